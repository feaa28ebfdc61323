package dev.ostiary.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An OpenID provider on loopback whose one user is always signed in, honest until told otherwise: each {@code …} setting
 * changes one thing about it. It demands PKCE, the exact redirect URI, and the client's secret in the way it announces.
 */
public final class TestProvider implements AutoCloseable {
    /** A raw answer in the place of an endpoint's own. */
    public record Reply(int status, String type, String body) {}

    private record Grant(Map<String, String> asked) {}

    private final HttpServer server;
    private final String path;
    private final Ids ids = Ids.secure();
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> tokenRequests = new CopyOnWriteArrayList<>();
    private volatile RSAKey key = newKey();

    public volatile String clientId = "ostiary-at-provider";
    public volatile String clientSecret = "s3cret+/%:&=ü ~end";
    /** Claims of the user who signs in. */
    public volatile Map<String, Object> user = Map.of(
            "sub", "provider-user-1",
            "name", "Ada Example",
            "email", "ada@acme.test",
            "email_verified", true,
            "picture", "https://img.example/ada.png");
    /** The time it believes in. */
    public volatile Clock clock = Clock.systemUTC();

    public volatile boolean rotatesRefreshTokens = true;
    public volatile UnaryOperator<Map<String, Object>> metadata = UnaryOperator.identity();
    public volatile UnaryOperator<Map<String, Object>> idToken = UnaryOperator.identity();
    public volatile UnaryOperator<Map<String, Object>> userinfo = UnaryOperator.identity();
    public volatile UnaryOperator<Map<String, Object>> tokenAnswer = UnaryOperator.identity();
    /** Parameters that go back with the browser: {@code code}, {@code state}, {@code iss}; or {@code error}. */
    public volatile UnaryOperator<Map<String, String>> callback = UnaryOperator.identity();
    /** Makes the ID token of its claims; {@link #sign} if it is not replaced. */
    public volatile Function<Map<String, Object>, String> mint = this::sign;
    /** By path below the issuer, e.g. {@code /token}. */
    public final Map<String, Reply> replies = new ConcurrentHashMap<>();

    private TestProvider(String path) throws IOException {
        this.path = path;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public static TestProvider start() {
        return start("");
    }

    /** @param path of the issuer, for example {@code /tenant/v2.0} */
    public static TestProvider start(String path) {
        try {
            return new TestProvider(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String issuer() {
        return origin() + path;
    }

    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Paths below the issuer that were asked, in their order. */
    public List<String> requests() {
        return requests;
    }

    public long count(String requested) {
        return requests.stream().filter(requested::equals).count();
    }

    /** Forms of the token requests, with the header {@code Authorization} under that name. */
    public List<Map<String, String>> tokenRequests() {
        return tokenRequests;
    }

    public RSAKey key() {
        return key;
    }

    /** From now on another key signs, and only that one is published. */
    public void rotateKey() {
        key = newKey();
    }

    /**
     * What the browser does there: goes to the address, is signed in already, comes back.
     *
     * @return the parameters of the callback
     */
    public Map<String, String> visit(URI authorizationUri) {
        Map<String, String> asked = form(authorizationUri.getRawQuery());
        return callback.apply(authorize(asked));
    }

    private Map<String, String> authorize(Map<String, String> asked) {
        Map<String, String> answer = new LinkedHashMap<>();
        boolean known = clientId.equals(asked.get("client_id"))
                && "code".equals(asked.get("response_type"))
                && "S256".equals(asked.get("code_challenge_method"));
        if (known) {
            String code = ids.token();
            codes.put(code, new Grant(Map.copyOf(asked)));
            answer.put("code", code);
        } else {
            answer.put("error", "invalid_request");
        }
        answer.put("state", asked.getOrDefault("state", ""));
        answer.put("iss", issuer());
        return answer;
    }

    /** Signs with the current key; what a provider does. */
    public String sign(Map<String, Object> claims) {
        return sign(
                claims,
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                key);
    }

    public static String sign(Map<String, Object> claims, JWSHeader header, RSAKey with) {
        try {
            JWSObject token = new JWSObject(header, new Payload(Json.write(claims)));
            token.sign(new RSASSASigner(with));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(Ids.secure().brief()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String full = exchange.getRequestURI().getPath();
            String asked = full.startsWith(path) ? full.substring(path.length()) : full;
            requests.add(asked);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = replies.get(asked);
            answer(exchange, asked, reply == null ? reply(exchange, asked, body) : reply);
        }
    }

    private void answer(HttpExchange exchange, String asked, Reply reply) throws IOException {
        byte[] bytes = reply.body.getBytes(StandardCharsets.UTF_8);
        if (reply.status == 302) {
            exchange.getResponseHeaders().set("Location", reply.body);
            bytes = new byte[0];
        } else {
            exchange.getResponseHeaders().set("Content-Type", reply.type);
        }
        exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Reply reply(HttpExchange exchange, String asked, String body) {
        return switch (asked) {
            case "/.well-known/openid-configuration" -> json(200, metadata.apply(metadata()));
            case "/jwks" -> json(200, Map.of("keys", List.of(key.toPublicJWK().toJSONObject())));
            case "/authorize" -> back(form(exchange.getRequestURI().getRawQuery()));
            case "/token" -> token(exchange, form(body));
            case "/userinfo" -> json(200, userinfo.apply(new LinkedHashMap<>(user)));
            default -> new Reply(404, "text/html", "<h1>Not found</h1>");
        };
    }

    private Reply back(Map<String, String> asked) {
        return new Reply(
                302, "", asked.get("redirect_uri") + "?" + TestBrowser.encode(callback.apply(authorize(asked))));
    }

    private Map<String, Object> metadata() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer());
        document.put("authorization_endpoint", issuer() + "/authorize");
        document.put("token_endpoint", issuer() + "/token");
        document.put("userinfo_endpoint", issuer() + "/userinfo");
        document.put("jwks_uri", issuer() + "/jwks");
        document.put("end_session_endpoint", issuer() + "/logout");
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("token_endpoint_auth_methods_supported", new ArrayList<>(List.of("client_secret_basic")));
        return document;
    }

    private Reply token(HttpExchange exchange, Map<String, String> form) {
        Map<String, String> seen = new LinkedHashMap<>(form);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            seen.put("Authorization", authorization);
        }
        tokenRequests.add(seen);
        if (!isClient(authorization, form)) {
            return json(401, Map.of("error", "invalid_client"));
        }
        if ("refresh_token".equals(form.get("grant_type"))) {
            return refreshed(form.getOrDefault("refresh_token", ""));
        }
        Grant grant = codes.remove(form.getOrDefault("code", ""));
        String verifier = form.getOrDefault("code_verifier", "");
        boolean good = grant != null
                && grant.asked.get("redirect_uri").equals(form.get("redirect_uri"))
                && Hashes.sha256Base64Url(verifier).equals(grant.asked.get("code_challenge"));
        return good ? json(200, granted(grant)) : json(400, Map.of("error", "invalid_grant"));
    }

    private Reply refreshed(String presented) {
        String scope = rotatesRefreshTokens ? refreshTokens.remove(presented) : refreshTokens.get(presented);
        return scope == null
                ? json(400, Map.of("error", "invalid_grant"))
                : json(200, tokenAnswer.apply(tokens(scope)));
    }

    private Map<String, Object> granted(Grant grant) {
        Map<String, Object> answer = tokens(grant.asked.getOrDefault("scope", ""));
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(user);
        claims.put("iss", issuer());
        claims.put("aud", clientId);
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("nonce", grant.asked.get("nonce"));
        answer.put("id_token", mint.apply(idToken.apply(claims)));
        return tokenAnswer.apply(answer);
    }

    private Map<String, Object> tokens(String scope) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", ids.token());
        answer.put("token_type", "Bearer");
        answer.put("expires_in", 3600);
        answer.put("scope", scope);
        String refresh = ids.token();
        refreshTokens.put(refresh, scope);
        answer.put("refresh_token", refresh);
        return answer;
    }

    private boolean isClient(String authorization, Map<String, String> form) {
        Object methods = metadata.apply(metadata()).get("token_endpoint_auth_methods_supported");
        List<?> accepted = methods instanceof List<?> list ? list : List.of("client_secret_basic");
        if (authorization != null) {
            String[] pair = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8)
                    .split(":", 2);
            return accepted.contains("client_secret_basic")
                    && clientId.equals(decode(pair[0]))
                    && clientSecret.equals(decode(pair[1]));
        }
        if (form.containsKey("client_assertion")) {
            return accepted.contains("private_key_jwt");
        }
        return accepted.contains("client_secret_post")
                && clientId.equals(form.get("client_id"))
                && clientSecret.equals(form.get("client_secret"));
    }

    private static Reply json(int status, Map<String, ?> body) {
        return new Reply(status, "application/json", Json.write(body));
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : encoded == null ? new String[0] : encoded.split("&")) {
            String[] pair = field.split("=", 2);
            fields.put(decode(pair[0]), pair.length > 1 ? decode(pair[1]) : "");
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
