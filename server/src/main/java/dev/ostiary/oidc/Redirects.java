package dev.ostiary.oidc;

import dev.ostiary.http.Params;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
        String address = ascii(uri);
        if (members.isEmpty()) {
            return address;
        }
        int question = address.indexOf('?');
        if (question < 0) {
            return address + "?" + encode(members);
        }
        StringBuilder kept = new StringBuilder();
        for (String pair : address.substring(question + 1).split("&")) {
            if (!pair.isEmpty() && Params.parse(pair).names().stream().noneMatch(reserved::contains)) {
                kept.append(pair).append('&');
            }
        }
        return address.substring(0, question) + "?" + kept + encode(members);
    }

    /** The same address without letters beyond ASCII: a header that had some would be read differently by everybody. */
    public static String ascii(String uri) {
        if (uri.chars().allMatch(c -> c < 0x80)) {
            return uri;
        }
        StringBuilder escaped = new StringBuilder();
        for (byte b : uri.getBytes(StandardCharsets.UTF_8)) {
            escaped.append(b < 0 ? String.format(Locale.ROOT, "%%%02X", b & 0xFF) : String.valueOf((char) b));
        }
        return escaped.toString();
    }

    /** Whereto it leads, as far as it says whose place that is: host and port, or the scheme of an application. */
    public static String place(String uri) {
        int colon = uri.indexOf(':');
        if (!uri.startsWith("://", colon)) {
            return uri.substring(0, colon + 1);
        }
        int end = colon + 3;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        return end == colon + 3 ? uri.substring(0, colon + 1) : uri.substring(colon + 3, end);
    }

    public static String encode(Map<String, String> members) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        members.forEach((name, value) -> lists.put(name, List.of(value)));
        return Params.of(lists).encode();
    }
}
