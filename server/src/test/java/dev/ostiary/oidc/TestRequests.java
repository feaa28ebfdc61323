package dev.ostiary.oidc;

import dev.ostiary.http.Request;
import dev.ostiary.http.Site;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Requests without a socket. */
public final class TestRequests {
    private TestRequests() {}

    public static Request get(String pathAndQuery, String... headers) {
        return request("GET", pathAndQuery, "", headers);
    }

    public static Request form(String path, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/x-www-form-urlencoded";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return request("POST", path, body, all);
    }

    /** @param headers name, value, name, value; a later one replaces an earlier one */
    public static Request request(String method, String pathAndQuery, String body, String... headers) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        String[] parts = pathAndQuery.split("\\?", 2);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Request(
                method,
                parts[0],
                parts.length == 2 ? parts[1] : "",
                new Site("default", "http://localhost:3001"),
                "0123456789abcdef",
                "127.0.0.1",
                all::get,
                () -> bytes);
    }
}
