package dev.ostiary.audit;

import dev.ostiary.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Keeps credentials out of the log (LG1): by the name of the key, at any depth. */
final class Masking {
    private static final String MASK = "******";
    private static final int LONGEST_TEXT = 2048;
    private static final Set<String> MASKED = Set.of("authorization", "token", "xfunctionskey", "code", "codeverifier");

    private Masking() {}

    static JsonNode apply(JsonNode value) {
        if (value.isObject()) {
            ObjectNode masked = Json.object();
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                String name = entry.getKey().replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
                if (isDropped(name)) {
                    continue;
                }
                masked.set(clean(entry.getKey()), isMasked(name) ? StringNode.valueOf(MASK) : apply(entry.getValue()));
            }
            return masked;
        }
        if (value.isArray()) {
            ArrayNode masked = Json.mapper().createArrayNode();
            value.forEach(element -> masked.add(apply(element)));
            return masked;
        }
        return value.isString() ? StringNode.valueOf(clean(value.asString())) : value;
    }

    private static boolean isMasked(String name) {
        return MASKED.contains(name)
                || name.endsWith("token")
                || name.contains("secret")
                || name.contains("password")
                || name.contains("apikey")
                || name.contains("privatekey")
                || name.contains("credential")
                || name.contains("cookie");
    }

    private static boolean isDropped(String name) {
        return name.startsWith("script") || name.endsWith("script") || name.contains("environmentvariables");
    }

    private static String clean(String text) {
        String bounded = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        return bounded.replace("\0", "");
    }
}
