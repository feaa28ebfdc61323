package dev.ostiary.http;

import dev.ostiary.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer: status, headers, cookies and bytes. Immutable; the {@code with} methods copy. */
public final class Response {
    private static final byte[] EMPTY = new byte[0];

    private final int status;
    private final Map<String, String> headers;
    private final List<Cookie> cookies;
    private final byte[] body;

    private Response(int status, Map<String, String> headers, List<Cookie> cookies, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.cookies = cookies;
        this.body = body;
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), List.of(), EMPTY);
    }

    public static Response noContent() {
        return empty(204);
    }

    public static Response json(@Nullable Object value) {
        return json(200, value);
    }

    public static Response json(int status, @Nullable Object value) {
        return bytes(status, "application/json; charset=utf-8", Json.bytes(value));
    }

    public static Response html(int status, byte[] page) {
        return bytes(status, "text/html; charset=utf-8", page);
    }

    public static Response text(int status, String text) {
        return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static Response bytes(int status, String contentType, byte[] body) {
        return new Response(status, Map.of("Content-Type", contentType), List.of(), body);
    }

    /** 303: the browser follows with GET, and a form's body goes no further (RFC 9700 section 4.12). */
    public static Response seeOther(String location) {
        return empty(303).with("Location", location);
    }

    public static Response found(String location) {
        return empty(302).with("Location", location);
    }

    public Response with(String header, String value) {
        Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.put(header, value);
        return new Response(status, copy, cookies, body);
    }

    /** Sets the headers that are not there yet. */
    public Response withDefaults(Map<String, String> defaults) {
        Map<String, String> copy = new LinkedHashMap<>(defaults);
        copy.putAll(headers);
        return new Response(status, copy, cookies, body);
    }

    public Response with(Cookie cookie) {
        List<Cookie> copy = new ArrayList<>(cookies);
        copy.add(cookie);
        return new Response(status, headers, Collections.unmodifiableList(copy), body);
    }

    public Response with(List<Cookie> more) {
        Response response = this;
        for (Cookie cookie : more) {
            response = response.with(cookie);
        }
        return response;
    }

    public Response withoutBody(int newStatus) {
        Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.remove("Content-Type");
        return new Response(newStatus, copy, cookies, EMPTY);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public List<Cookie> cookies() {
        return cookies;
    }

    public byte[] body() {
        return body;
    }
}
