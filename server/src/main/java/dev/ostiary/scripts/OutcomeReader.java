package dev.ostiary.scripts;

import dev.ostiary.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what the driver has handed over: within limits, and nothing in it believed. */
final class OutcomeReader {
    /** More does not fit into the header that the token will travel in. */
    static final int MOST_BYTES = 16_384;

    static final int MOST_DEPTH = 16;
    private static final int MOST_MESSAGE = 1_000;

    private OutcomeReader() {}

    static ScriptOutcome read(JsonNode value) {
        if (value.path("denied").isString()) {
            return new ScriptOutcome.Denied(shortened(value.path("denied").asString()));
        }
        return value.path("claims").isString() ? claims(value.path("claims").asString()) : failed(value);
    }

    private static ScriptOutcome claims(String json) {
        if (json.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return ScriptOutcome.limit("The claims are larger than " + MOST_BYTES + " bytes");
        }
        try {
            if (!(Json.read(json) instanceof ObjectNode claims)) {
                return ScriptOutcome.limit("getCustomJwtClaims must return a plain object");
            }
            if (isDeeper(claims, MOST_DEPTH)) {
                return ScriptOutcome.limit("The claims are nested deeper than " + MOST_DEPTH + " levels");
            }
            dropPrototypes(claims);
            return new ScriptOutcome.Claims(claims);
        } catch (JacksonException e) {
            return ScriptOutcome.limit("The claims are no JSON, or nested deeper than " + MOST_DEPTH + " levels");
        }
    }

    private static boolean isDeeper(JsonNode node, int levels) {
        if (levels == 0) {
            return node.isContainer();
        }
        for (JsonNode child : node) {
            if (isDeeper(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    /** What reads the token may be JavaScript, and careless. */
    private static void dropPrototypes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("__proto__");
        }
        node.forEach(OutcomeReader::dropPrototypes);
    }

    private static ScriptOutcome failed(JsonNode value) {
        return new ScriptOutcome.Failed(new ScriptFault(
                shortened(value.path("name").asString("Error")),
                shortened(value.path("message").asString("")),
                value.path("line").isInt() ? value.path("line").asInt() : null,
                value.path("column").isInt() ? value.path("column").asInt() : null));
    }

    private static String shortened(String text) {
        return text.length() <= MOST_MESSAGE ? text : text.substring(0, MOST_MESSAGE) + "…";
    }
}
