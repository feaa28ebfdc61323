package dev.ostiary.http;

import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI 3.0 document of mounted routes: code first, so there is nothing to drift. */
public final class ApiDocument {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private ApiDocument() {}

    /**
     * @param server origin the paths are relative to
     * @param included which patterns belong to this document
     */
    public static ObjectNode of(
            String title, String version, String server, List<Operation> operations, Predicate<String> included) {
        ObjectNode document = Json.object().put("openapi", "3.0.1");
        document.putObject("info").put("title", title).put("version", version);
        document.putArray("servers").addObject().put("url", server);
        ObjectNode paths = document.putObject("paths");
        for (Operation operation : operations) {
            if (operation.id != null && included.test(operation.pattern)) {
                path(paths, operation.pattern).set(operation.method.toLowerCase(Locale.ROOT), describe(operation));
            }
        }
        document.putObject("components")
                .putObject("securitySchemes")
                .putObject("OAuth2")
                .put("type", "http")
                .put("scheme", "bearer");
        document.putArray("security").addObject().putArray("OAuth2");
        return document;
    }

    private static ObjectNode path(ObjectNode paths, String pattern) {
        return paths.has(pattern) ? (ObjectNode) paths.get(pattern) : paths.putObject(pattern);
    }

    private static ObjectNode describe(Operation operation) {
        ObjectNode node = Json.object().put("operationId", operation.id);
        node.putArray("tags").add(operation.tag);
        ArrayNode parameters = node.putArray("parameters");
        Matcher matcher = PARAMETER.matcher(operation.pattern);
        while (matcher.find()) {
            parameter(parameters, "path", matcher.group(1)).put("required", true);
        }
        operation.queryParameters.forEach(
                name -> parameter(parameters, "query", name).put("required", false));
        if (operation.request != null) {
            ObjectNode schema = Shape.of(operation.request).schema(true);
            content(
                    node.putObject("requestBody").put("required", true),
                    operation.requestIsList ? array(schema) : schema);
        }
        if (operation.file != null) {
            ObjectNode schema = Json.object().put("type", "object");
            schema.putArray("required").add(operation.file);
            schema.putObject("properties")
                    .putObject(operation.file)
                    .put("type", "string")
                    .put("format", "binary");
            ObjectNode body = node.putObject("requestBody").put("required", true);
            body.putObject("content").putObject("multipart/form-data").set("schema", schema);
        }
        ObjectNode responses = node.putObject("responses");
        for (Map.Entry<Integer, Operation.Answer> answer : operation.answers.entrySet()) {
            ObjectNode response =
                    responses.putObject(answer.getKey().toString()).put("description", "");
            Class<?> type = answer.getValue().type();
            if (type != null) {
                ObjectNode schema = Shape.of(type).schema(false);
                content(response, answer.getValue().list() ? array(schema) : schema);
            }
        }
        return node;
    }

    private static ObjectNode parameter(ArrayNode parameters, String in, String name) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
        ObjectNode schema = parameter.putObject("schema");
        switch (name) {
            case "page" -> schema.put("type", "integer").put("minimum", 1).put("default", 1);
            case "page_size" -> schema.put("type", "integer").put("minimum", 1).put("default", Page.DEFAULT_SIZE);
            default -> schema.put("type", "string");
        }
        return parameter;
    }

    private static void content(ObjectNode node, ObjectNode schema) {
        node.putObject("content").putObject("application/json").set("schema", schema);
    }

    private static ObjectNode array(ObjectNode element) {
        ObjectNode array = Json.object().put("type", "array");
        array.set("items", element);
        return array;
    }
}
