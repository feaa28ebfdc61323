package dev.ostiary.testing;

import dev.ostiary.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP client that keeps cookies as a browser does (by name and path; an expired or emptied one is gone) and follows
 * no redirect by itself, so that a test sees each step.
 */
public final class TestBrowser {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private record CookieKey(String name, String path) {}

    private final String origin;
    private final Map<CookieKey, String> jar = new LinkedHashMap<>();

    public TestBrowser(String origin) {
        this.origin = origin;
    }

    /** An answer, with its body as text. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            return Json.readStored(response.body());
        }

        public String code() {
            return json().path("code").asString("");
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        public List<String> headers(String name) {
            return response.headers().allValues(name);
        }

        public String location() {
            return header("Location").orElseThrow(() -> new AssertionError("No Location: " + status() + " " + text()));
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer json(String method, String path, Object body, String... headers) {
        return send(
                method,
                path,
                body == null ? null : Json.write(body),
                with(headers, "Content-Type", "application/json"));
    }

    public Answer form(String path, Map<String, String> fields, String... headers) {
        return send("POST", path, encode(fields), with(headers, "Content-Type", "application/x-www-form-urlencoded"));
    }

    /** @param path absolute, or relative to this browser's origin */
    public Answer send(String method, String path, String body, String... headers) {
        return exchange(method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body), headers);
    }

    /** A form with a file, named {@code file}. */
    public Answer upload(String path, String contentType, byte[] content, String... headers) {
        String boundary = "----part" + System.nanoTime();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n"
                + "Content-Type: " + contentType + "\r\n\r\n";
        List<byte[]> parts = List.of(
                head.getBytes(StandardCharsets.UTF_8),
                content,
                ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return exchange(
                "POST",
                path,
                BodyPublishers.ofByteArrays(parts),
                with(headers, "Content-Type", "multipart/form-data; boundary=" + boundary));
    }

    private Answer exchange(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        URI uri = URI.create(path.startsWith("http") ? path : origin + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body);
        for (int i = 0; i + 1 < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        String cookies = cookiesFor(uri.getPath());
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            holdAgainstContract(method, uri, response);
            return new Answer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void holdAgainstContract(String method, URI uri, HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        Contract.find(method, uri.getPath())
                .map(o -> Contract.faults(o, response.statusCode(), type, response.body()))
                .filter(faults -> !faults.isEmpty())
                .ifPresent(faults -> {
                    throw new AssertionError(method + " " + uri.getPath() + " breaks the contract: " + faults + " in "
                            + response.statusCode() + " " + response.body());
                });
    }

    /** Follows redirects while they stay on this browser's origin; the answer is the last one. */
    public Answer follow(Answer answer) {
        Answer last = answer;
        for (int i = 0; i < 12 && last.status() >= 301 && last.status() <= 303; i++) {
            URI target = last.response().uri().resolve(last.location());
            if (!target.toString().startsWith(origin)) {
                return last;
            }
            last = get(target.toString());
        }
        return last;
    }

    public Optional<String> cookie(String name) {
        return jar.entrySet().stream()
                .filter(e -> e.getKey().name.equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    public void setCookie(String name, String value) {
        jar.put(new CookieKey(name, "/"), value);
    }

    public void forgetCookies() {
        jar.clear();
    }

    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private String cookiesFor(String path) {
        return jar.entrySet().stream()
                .filter(e -> matches(e.getKey().path, path))
                .map(e -> e.getKey().name + "=" + e.getValue())
                .collect(Collectors.joining("; "));
    }

    private static boolean matches(String cookiePath, String path) {
        return cookiePath.equals("/")
                || path.equals(cookiePath)
                || path.startsWith(cookiePath.endsWith("/") ? cookiePath : cookiePath + "/");
    }

    private void keep(String header) {
        String[] parts = header.split(";");
        int equals = parts[0].indexOf('=');
        String path = "/";
        boolean gone = false;
        for (String part : parts) {
            String attribute = part.strip().toLowerCase(java.util.Locale.ROOT);
            if (attribute.startsWith("path=")) {
                path = part.strip().substring(5);
            }
            gone |= attribute.equals("max-age=0");
        }
        CookieKey key = new CookieKey(parts[0].substring(0, equals).strip(), path);
        String value = parts[0].substring(equals + 1).strip();
        if (gone || value.isEmpty()) {
            jar.remove(key);
        } else {
            jar.put(key, value);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                return headers;
            }
        }
        String[] more = java.util.Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = name;
        more[headers.length + 1] = value;
        return more;
    }
}
