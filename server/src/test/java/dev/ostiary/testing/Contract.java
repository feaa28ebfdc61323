package dev.ostiary.testing;

import dev.ostiary.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the wire says about each operation: {@code wire/contract/*.json}, OpenAPI 3.0 without its prose, and with redirect
 * URIs as the strings they are. Every answer that a test gets through {@link TestBrowser} is held against it.
 */
public final class Contract {
    private static final List<String> DOCUMENTS = List.of("management", "experience", "user");
    private static final List<Operation> OPERATIONS =
            DOCUMENTS.stream().flatMap(Contract::read).toList();

    private Contract() {}

    /**
     * One method of one path.
     *
     * @param path with {@code {parameters}}
     * @param document where references lead into
     */
    public record Operation(
            String api, String method, String path, String id, String tag, JsonNode responses, JsonNode document) {
        /** An answer of 2xx that it may give. */
        public boolean maySucceedWith(int status) {
            return responses.has(Integer.toString(status));
        }

        private boolean matches(List<String> segments) {
            List<String> own = List.of(path.split("/", -1));
            if (own.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < own.size(); i++) {
                if (!own.get(i).startsWith("{") && !own.get(i).equals(segments.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private long parameters() {
            return path.chars().filter(c -> c == '{').count();
        }
    }

    public static List<Operation> operations() {
        return OPERATIONS;
    }

    /** @param path as it was asked for, without the query */
    static Optional<Operation> find(String method, String path) {
        List<String> segments = List.of(path.split("/", -1));
        return OPERATIONS.stream()
                .filter(o -> o.method.equals(method) && o.matches(segments))
                .min(Comparator.comparingLong(Operation::parameters));
    }

    /** How a successful answer differs from what the wire promises; empty if it does not, or nothing is promised. */
    static List<String> faults(Operation operation, int status, String contentType, String body) {
        if (status < 200 || status > 299) {
            return List.of();
        }
        if (!operation.maySucceedWith(status)) {
            return List.of("status " + status + " is none of its answers");
        }
        JsonNode schema = operation
                .responses
                .path(Integer.toString(status))
                .path("content")
                .path("application/json")
                .path("schema");
        if (schema.isMissingNode() || !contentType.startsWith("application/json")) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        check(operation.document, schema, Json.readStored(body), "$", faults);
        return faults;
    }

    private static void check(JsonNode document, JsonNode stated, JsonNode value, String at, List<String> faults) {
        JsonNode schema = resolve(document, stated);
        if (value.isNull()) {
            if (!isNullable(document, schema)) {
                faults.add(at + " is null");
            }
            return;
        }
        schema.path("allOf").forEach(part -> check(document, part, value, at, faults));
        for (String word : List.of("oneOf", "anyOf")) {
            JsonNode choices = schema.path(word);
            if (!choices.isEmpty() && choices.valueStream().noneMatch(c -> fits(document, c, value))) {
                faults.add(at + " fits none of its shapes: " + value);
            }
        }
        JsonNode words = schema.path("enum");
        if (!words.isEmpty() && words.valueStream().noneMatch(value::equals)) {
            faults.add(at + " is " + value + ", none of " + words);
        }
        String type = schema.path("type").asString("");
        if (!type.isEmpty() && !isOf(type, value)) {
            faults.add(at + " is no " + type + ": " + value);
        } else if (type.equals("array")) {
            for (int i = 0; i < value.size(); i++) {
                check(document, schema.path("items"), value.get(i), at + "[" + i + "]", faults);
            }
        } else if (value.isObject()) {
            members(document, schema, value, at, faults);
        }
    }

    private static void members(JsonNode document, JsonNode schema, JsonNode value, String at, List<String> faults) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                faults.add(at + "." + name.asString() + " is missing");
            }
        });
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode known = schema.path("properties").path(member.getKey());
            JsonNode others = schema.path("additionalProperties");
            if (!known.isMissingNode()) {
                check(document, known, member.getValue(), at + "." + member.getKey(), faults);
            } else if (others.isObject()) {
                check(document, others, member.getValue(), at + "." + member.getKey(), faults);
            }
        }
    }

    private static boolean fits(JsonNode document, JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        check(document, schema, value, "", faults);
        return faults.isEmpty();
    }

    private static boolean isNullable(JsonNode document, JsonNode schema) {
        JsonNode any = schema.has("oneOf") ? schema.path("oneOf") : schema.path("anyOf");
        return schema.isEmpty()
                || schema.path("nullable").asBoolean(false)
                || any.valueStream().anyMatch(choice -> isNullable(document, resolve(document, choice)));
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> throw new AssertionError("unknown type " + type);
        };
    }

    private static JsonNode resolve(JsonNode document, JsonNode schema) {
        JsonNode reference = schema.path("$ref");
        return reference.isString() ? document.at(reference.asString().substring(1)) : schema;
    }

    private static Stream<Operation> read(String api) {
        try (InputStream file =
                Objects.requireNonNull(Contract.class.getResourceAsStream("/wire/contract/" + api + ".json"))) {
            JsonNode document = Json.read(new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            return document.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
                    .map(method -> new Operation(
                            api,
                            method.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            method.getValue().path("operationId").asString(),
                            method.getValue().path("tags").path(0).asString(),
                            method.getValue().path("responses"),
                            document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
