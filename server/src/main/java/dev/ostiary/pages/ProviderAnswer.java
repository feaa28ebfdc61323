package dev.ostiary.pages;

import dev.ostiary.http.Params;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came to the callback: the parameters that a provider's answer has, and nothing else. */
record ProviderAnswer(Map<String, String> fields) {
    /** With the longest that each may be: enough for Entra's codes, and together less than a request line. */
    private static final Map<String, Integer> KNOWN = Map.of(
            "code", 4096, "state", 256, "iss", 512, "error", 128, "error_description", 1024, "session_state", 256);

    private static final List<String> ORDER =
            List.of("code", "state", "iss", "error", "error_description", "session_state");

    /**
     * A parameter that comes twice counts as none (RFC 6749 section 3.1), and so does one that is longer than any honest
     * one; only of a description, which nobody has to read whole, the beginning is kept.
     */
    static ProviderAnswer of(Params sent) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : ORDER) {
            List<String> values = sent.all(name);
            int longest = KNOWN.getOrDefault(name, 0);
            if (values.size() != 1) {
                continue;
            }
            String value = values.getFirst();
            if (value.length() <= longest) {
                fields.put(name, value);
            } else if (name.equals("error_description")) {
                fields.put(name, value.substring(0, longest));
            }
        }
        return new ProviderAnswer(fields);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    String state() {
        return fields.getOrDefault("state", "");
    }

    String query() {
        Params query = Params.NONE;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            query = query.with(field.getKey(), field.getValue());
        }
        return query.encode();
    }
}
