package dev.ostiary.oidc;

import dev.ostiary.http.Params;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Addresses of clients with our parameters in them. */
public final class Redirects {
    private Redirects() {}

    /**
     * @param uri checked to be the client's
     * @param reserved names that only we may set: what the URI holds under them goes, so a client never finds two of one
     *     (RFC 6749 section 3.1.2 lets a registered URI have a query of its own)
     */
    public static String withQuery(String uri, Map<String, String> members, Set<String> reserved) {
        if (members.isEmpty()) {
            return uri;
        }
        int question = uri.indexOf('?');
        if (question < 0) {
            return uri + "?" + encode(members);
        }
        StringBuilder kept = new StringBuilder();
        for (String pair : uri.substring(question + 1).split("&")) {
            if (!pair.isEmpty() && Params.parse(pair).names().stream().noneMatch(reserved::contains)) {
                kept.append(pair).append('&');
            }
        }
        return uri.substring(0, question) + "?" + kept + encode(members);
    }

    public static String encode(Map<String, String> members) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        members.forEach((name, value) -> lists.put(name, List.of(value)));
        return Params.of(lists).encode();
    }
}
