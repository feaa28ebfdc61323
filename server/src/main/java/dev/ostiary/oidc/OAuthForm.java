package dev.ostiary.oidc;

import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the body of a back-channel request (RFC 6749 section 3.2); JSON is taken as if it were a form. */
public final class OAuthForm {
    /** No honest request comes near. */
    private static final int MOST_BYTES = 56 * 1024;

    private OAuthForm() {}

    /**
     * The parameters. One without a value counts as left out (RFC 6749 section 3.2).
     *
     * @throws OAuthException {@code invalid_request} for another media type, more than 56 kB, a NUL, or a parameter given
     *     twice: two readers of it might see two different requests. {@code resource} may be repeated (RFC 8707)
     */
    public static Params read(Request request) {
        byte[] body = request.body();
        if (body.length > MOST_BYTES) {
            throw OAuthError.INVALID_REQUEST.because(413, "request entity too large");
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        switch (request.contentType()) {
            case "application/x-www-form-urlencoded" -> form(body, values);
            case "application/json" -> json(body, values);
            case "" -> {
                if (body.length > 0) {
                    throw unsupported(request);
                }
            }
            default -> throw unsupported(request);
        }
        values.forEach(OAuthForm::check);
        return Params.of(values);
    }

    private static OAuthException unsupported(Request request) {
        return OAuthError.INVALID_REQUEST.because(
                "only application/x-www-form-urlencoded content-type bodies are supported on " + request.method() + " "
                        + request.path().substring("/oidc".length()));
    }

    private static void form(byte[] body, Map<String, List<String>> values) {
        Params form = Params.parse(new String(body, StandardCharsets.UTF_8));
        for (String name : form.names()) {
            for (String value : form.all(name)) {
                add(values, name, value);
            }
        }
    }

    /** Malformed JSON is an empty body; values that are no scalars are no parameters. */
    private static void json(byte[] body, Map<String, List<String>> values) {
        JsonNode tree;
        try {
            tree = Json.read(body);
        } catch (JacksonException malformed) {
            return;
        }
        tree.properties().forEach(entry -> {
            if (entry.getValue().isArray()) {
                entry.getValue().forEach(item -> addScalar(values, entry.getKey(), item));
            } else {
                addScalar(values, entry.getKey(), entry.getValue());
            }
        });
    }

    private static void addScalar(Map<String, List<String>> values, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            add(values, name, value.asString());
        }
    }

    private static void add(Map<String, List<String>> values, String name, String value) {
        if (!value.isEmpty()) {
            values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
        }
    }

    private static void check(String name, List<String> values) {
        if (values.size() > 1 && !name.equals("resource")) {
            throw OAuthError.INVALID_REQUEST.because("'" + name + "' parameter must not be provided twice");
        }
        if (name.indexOf('\0') >= 0 || values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            throw OAuthError.INVALID_REQUEST.because("parameters must not contain NUL characters");
        }
    }

    /**
     * @throws OAuthException {@code invalid_request} if one of them is missing
     */
    public static void require(Params form, String... names) {
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            if (!form.has(name)) {
                missing.add("'" + name + "'");
            }
        }
        if (!missing.isEmpty()) {
            throw OAuthError.INVALID_REQUEST.because("missing required parameter(s) " + String.join(", ", missing));
        }
    }
}
