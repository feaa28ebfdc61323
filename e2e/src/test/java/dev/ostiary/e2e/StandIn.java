package dev.ostiary.e2e;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What the stand-ins of providers share that cannot be had here: an HTTP server on 127.0.0.1 and signed tokens. */
abstract class StandIn implements IdentityProvider {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private volatile RSAKey key = newKey();

    /** One question. Parameters are those of the query, or of the form if one was sent. */
    record Question(String method, URI address, Map<String, String> parameters, Map<String, String> headers) {
        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }

        /** Client id and secret, from the Authorization header (RFC 6749 section 2.3.1) or the form. */
        List<String> client() {
            String basic = headers.getOrDefault("Authorization", "");
            if (!basic.startsWith("Basic ")) {
                return List.of(parameter("client_id"), parameter("client_secret"));
            }
            String[] pair =
                    new String(Base64.getDecoder().decode(basic.substring(6)), StandardCharsets.UTF_8).split(":", 2);
            return List.of(decode(pair[0]), decode(pair[1]));
        }
    }

    /** One answer; a location makes it a redirect. */
    record Answer(int status, String type, String body, Map<String, String> headers) {
        static Answer json(int status, Map<String, ?> body) {
            return new Answer(status, "application/json; charset=utf-8", JSON.writeValueAsString(body), Map.of());
        }

        static Answer page(int status, String body) {
            return new Answer(
                    status, "text/html; charset=utf-8", "<!doctype html><title>Sign in</title>" + body, Map.of());
        }

        static Answer redirect(String address, Map<String, String> parameters) {
            return new Answer(
                    302,
                    "text/plain",
                    "",
                    Map.of("Location", address + (address.contains("?") ? "&" : "?") + encode(parameters)));
        }
    }

    StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::handle);
            server.start();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    abstract Answer answer(Question question);

    /** Without a slash at the end. */
    final String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The requests it got, as "GET /path?query", oldest first. */
    final List<String> seen() {
        return List.copyOf(seen);
    }

    final void forgetSeen() {
        seen.clear();
    }

    /** A new signing key; the one of before is not published any more. */
    final void rotateKey() {
        key = newKey();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    final Map<String, Object> publicKeys() {
        return Map.of("keys", List.of(key.toPublicJWK().toJSONObject()));
    }

    final String sign(Map<String, ?> claims) {
        try {
            JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
            claims.forEach(set::claim);
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    set.build());
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer answer;
        try {
            answer = answer(read(exchange));
        } catch (RuntimeException fault) {
            answer = new Answer(500, "text/plain", fault.toString(), Map.of());
        }
        exchange.getResponseHeaders().set("Content-Type", answer.type);
        answer.headers.forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Question read(HttpExchange exchange) throws IOException {
        URI address = exchange.getRequestURI();
        seen.add(exchange.getRequestMethod() + " " + address);
        Map<String, String> parameters = new LinkedHashMap<>(parse(address.getRawQuery()));
        parameters.putAll(parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Question(exchange.getRequestMethod(), address, parameters, headers);
    }

    private static Map<String, String> parse(String form) {
        Map<String, String> values = new LinkedHashMap<>();
        if (form != null && !form.isEmpty()) {
            for (String pair : form.split("&")) {
                String[] parts = pair.split("=", 2);
                values.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
            }
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** A login page that keeps the request in hidden fields. */
    static Answer loginPage(String action, Map<String, String> request, String name, String password, String value) {
        StringBuilder page = new StringBuilder("<h1>Sign in</h1><form method=\"post\" action=\"" + action + "\">");
        request.forEach((field, content) -> page.append("<input type=\"hidden\" name=\"request_")
                .append(escape(field))
                .append("\" value=\"")
                .append(escape(content))
                .append("\">"));
        page.append("<input name=\"" + name + "\" value=\"" + escape(value) + "\">")
                .append("<input name=\"" + password + "\" type=\"password\"><button>Sign in</button></form>");
        return Answer.page(200, page.toString());
    }

    /** The request that {@link #loginPage} kept. */
    static Map<String, String> keptRequest(Question form) {
        Map<String, String> request = new LinkedHashMap<>();
        form.parameters().forEach((name, value) -> {
            if (name.startsWith("request_")) {
                request.put(name.substring("request_".length()), value);
            }
        });
        return request;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
