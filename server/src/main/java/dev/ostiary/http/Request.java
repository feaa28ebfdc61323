package dev.ostiary.http;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.errors.Texts;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One request, read lazily. Lives on one virtual thread. */
public final class Request {
    private static final int LONGEST_DESCRIBED = 200;

    private final String method;
    private final String path;
    private final String query;
    private final Site site;
    private final String id;
    private final String clientIp;
    private final HeaderSource headers;
    private final BodySource bodySource;
    private final Map<String, Object> attributes = new HashMap<>();
    private Map<String, String> pathParams = Map.of();
    private @Nullable Params params;
    private @Nullable Map<String, String> cookies;
    private byte @Nullable [] body;

    /** Looks a header up, case-insensitively. */
    @FunctionalInterface
    public interface HeaderSource {
        @Nullable
        String get(String name);
    }

    /** Reads the body. */
    @FunctionalInterface
    interface BodySource {
        /** @throws AppException 413 {@code request.body_too_large} */
        byte[] read(int most);
    }

    public Request(
            String method,
            String path,
            String query,
            Site site,
            String id,
            String clientIp,
            HeaderSource headers,
            Supplier<byte[]> bodySource) {
        this(method, path, query, site, id, clientIp, headers, most -> bodySource.get());
    }

    /**
     * @param path percent-decoded, begins with a slash
     * @param query as sent, without the question mark; empty if there was none
     */
    Request(
            String method,
            String path,
            String query,
            Site site,
            String id,
            String clientIp,
            HeaderSource headers,
            BodySource bodySource) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.site = site;
        this.id = id;
        this.clientIp = clientIp;
        this.headers = headers;
        this.bodySource = bodySource;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    /** Method and path for the log: one line of bounded length, whatever was asked for. */
    public String described() {
        String shown = path.length() <= LONGEST_DESCRIBED ? path : path.substring(0, LONGEST_DESCRIBED) + "…";
        return method + " " + shown.replaceAll("\\p{Cntrl}", "?");
    }

    /** The query as sent, without the question mark. */
    public String rawQuery() {
        return query;
    }

    public Site site() {
        return site;
    }

    /** Id of the tenant this request addresses. */
    public String tenant() {
        return site.tenant();
    }

    /** 16 characters, also in the answer's {@code Logto-Core-Request-Id} and in the log. */
    public String id() {
        return id;
    }

    public String clientIp() {
        return clientIp;
    }

    public String userAgent() {
        String agent = headers.get("User-Agent");
        return agent == null ? "" : agent.substring(0, Math.min(agent.length(), 512));
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public Params query() {
        Params parsed = params;
        if (parsed == null) {
            parsed = Params.parse(query);
            params = parsed;
        }
        return parsed;
    }

    /** The value of {@code {name}} in the route's pattern. */
    public String param(String name) {
        String value = pathParams.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no {" + name + "}");
        }
        return value;
    }

    void pathParams(Map<String, String> found) {
        pathParams = found;
    }

    /**
     * The cookie of that name, as sent. None if there are two that differ: one of them was planted by a sibling domain or
     * for a longer path, and nobody can tell which (SE1).
     */
    public Optional<String> cookie(String name) {
        Map<String, String> found = cookies;
        if (found == null) {
            found = parseCookies(headers.get("Cookie"));
            cookies = found;
        }
        return Optional.ofNullable(found.get(name));
    }

    /** The body's bytes; empty if there is none. */
    public byte[] body() {
        return body(HttpServer.MAX_BODY);
    }

    /** As {@link #body()}, for a route that takes more than others. */
    byte[] body(int most) {
        byte[] read = body;
        if (read == null) {
            read = bodySource.read(most);
            body = read;
        }
        return read;
    }

    /** The media type without parameters, lower-case; empty if none was sent. */
    public String contentType() {
        String type = headers.get("Content-Type");
        if (type == null) {
            return "";
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The JSON body in a record's shape; a form body is read as an object of strings, an absent one as {@code {}}.
     *
     * @throws AppException 400 {@code guard.invalid_input}
     */
    public <T> T body(Class<T> shape) {
        return Shape.of(shape).read(json());
    }

    /** The JSON body as a tree; an absent one as {@code {}}. */
    public JsonNode json() {
        byte[] bytes = body();
        if (bytes.length == 0) {
            return Json.object();
        }
        String type = contentType();
        if (type.equals("application/x-www-form-urlencoded")) {
            var object = Json.object();
            Params form = form();
            form.names().forEach(name -> object.put(name, form.get(name)));
            return object;
        }
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            throw CommonError.UNSUPPORTED_MEDIA_TYPE.exception();
        }
        try {
            return Json.read(bytes);
        } catch (JacksonException e) {
            throw new MalformedJson(e.getOriginalMessage());
        }
    }

    /** The body read as {@code application/x-www-form-urlencoded}. */
    public Params form() {
        return Params.parse(new String(body(), StandardCharsets.UTF_8));
    }

    /** One of the languages we write: {@code locale} of the query first, then Accept-Language. */
    public String language() {
        return Texts.language(languages());
    }

    /** What the visitor would like to read, most wanted first: {@code locale} of the query, then Accept-Language. */
    public List<String> languages() {
        List<String> wanted = new ArrayList<>();
        String locale = query().get("locale");
        if (locale != null) {
            wanted.add(locale);
        }
        String accept = headers.get("Accept-Language");
        if (accept != null && accept.length() < 1000) {
            wanted.addAll(byQuality(accept));
        }
        return wanted;
    }

    /** What a filter found out for the handlers behind it. */
    public void attribute(String name, Object value) {
        attributes.put(name, value);
    }

    @SuppressWarnings("unchecked")
    public <T> Optional<T> attribute(String name, Class<T> type) {
        Object value = attributes.get(name);
        return type.isInstance(value) ? Optional.of((T) value) : Optional.empty();
    }

    private static List<String> byQuality(String header) {
        record Preference(String tag, double quality) {}
        return Arrays.stream(header.split(","))
                .map(part -> {
                    String[] pieces = part.strip().split(";\\s*q=");
                    double quality = 1;
                    if (pieces.length > 1) {
                        try {
                            quality = Double.parseDouble(pieces[1].strip());
                        } catch (NumberFormatException e) {
                            quality = 0;
                        }
                    }
                    return new Preference(pieces[0], quality);
                })
                .filter(p -> p.quality > 0)
                .sorted(Comparator.comparingDouble(Preference::quality).reversed())
                .map(Preference::tag)
                .toList();
    }

    private static Map<String, String> parseCookies(@Nullable String header) {
        Map<String, String> found = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        if (header == null) {
            return found;
        }
        for (String pair : header.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = pair.substring(0, equals).strip();
                String value = pair.substring(equals + 1).strip();
                String other = found.putIfAbsent(name, value);
                if (other != null && !other.equals(value)) {
                    ambiguous.add(name);
                }
            }
        }
        found.keySet().removeAll(ambiguous);
        return found;
    }
}
