package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ostiary.base.Ids;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server as the plans with {@code client_registration=dynamic_client} want it: an RSA key, registration open to everybody;
 * and the suite beside it, with addresses of its own on this machine.
 */
final class RegisteredHouse implements AutoCloseable {
    static final String CALLBACK = "https://suite.example/test/a/ostiary/callback";
    static final String BYE = "https://suite.example/test/a/ostiary/post_logout_redirect";

    private static final Pattern TOKEN = Pattern.compile("name=\"_token\" value=\"([^\"]+)\"");

    final SignInHouse house = new SignInHouse();
    final String issuer = house.server.origin() + "/oidc";
    private final HttpServer suite;

    /** What is served at {@link #jwksUri}. */
    volatile ObjectNode jwks = Json.object();

    /** Bodies that were posted to {@link #backchannelUri}. */
    final List<String> posted = new CopyOnWriteArrayList<>();

    RegisteredHouse() {
        var api = house.server.api();
        api.created(
                "/configs/oidc/private-keys/rotate", Map.of("signingKeyAlgorithm", "RSA", "rotationGracePeriod", 0));
        Answer set = api.patch(
                "/configs/oidc/registration",
                Map.of("enabled", true, "requiresInitialAccessToken", false, "attemptsPerHour", 10_000));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        try {
            suite = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        suite.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        suite.createContext("/jwks", this::keys);
        suite.createContext("/backchannel_logout", this::back);
        suite.start();
    }

    private void keys(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = Json.write(jwks).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void back(HttpExchange exchange) throws IOException {
        try (exchange) {
            posted.add(exchange.getRequestHeaders().getFirst("Content-Type") + "\n"
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    String jwksUri() {
        return "http://127.0.0.1:" + suite.getAddress().getPort() + "/jwks";
    }

    String backchannelUri() {
        return "http://127.0.0.1:" + suite.getAddress().getPort() + "/backchannel_logout";
    }

    // registration ----------------------------------------------------------------------------------------------------

    /** What the suite registers; the members are laid over it, a null value takes one away. */
    Answer register(@Nullable Object... members) {
        ObjectNode document = Json.object();
        document.put("client_name", "oidcc certification test");
        document.putArray("grant_types").add("authorization_code");
        document.putArray("response_types").add("code");
        document.putArray("redirect_uris").add(CALLBACK);
        document.putArray("contacts").add("certification@oidf.org");
        document.put("token_endpoint_auth_method", "client_secret_basic");
        Map<String, Object> changes = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            if (members[i + 1] == null) {
                document.remove((String) members[i]);
            } else {
                changes.put((String) members[i], members[i + 1]);
            }
        }
        ((ObjectNode) Json.read(Json.write(changes)))
                .properties()
                .forEach(each -> document.set(each.getKey(), each.getValue()));
        return house.server.browser().json("POST", "/oidc/register", document);
    }

    /** As every module begins: registered, and told everything (OpenID Connect Dynamic Client Registration section 3.2). */
    JsonNode registered(@Nullable Object... members) {
        Answer answer = register(members);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
        JsonNode client = answer.json();
        assertThat(client.path("client_id").asString()).isNotEmpty();
        assertThat(client.path("client_name").asString()).isEqualTo("oidcc certification test");
        assertThat(client.path("registration_client_uri").asString()).startsWith(issuer + "/register/");
        assertThat(client.path("registration_access_token").asString()).isNotEmpty();
        if (client.has("client_secret")) {
            assertThat(client.path("client_secret_expires_at").isIntegralNumber())
                    .isTrue();
        }
        return client;
    }

    Answer manage(String method, JsonNode client) {
        return house.server
                .browser()
                .send(
                        method,
                        client.path("registration_client_uri").asString(),
                        null,
                        "Authorization",
                        "Bearer " + client.path("registration_access_token").asString());
    }

    // the front channel -----------------------------------------------------------------------------------------------

    static String id(JsonNode client) {
        return client.path("client_id").asString();
    }

    /** Pairs are laid over an ordinary request, an empty value takes one away. */
    Answer authorize(TestBrowser browser, JsonNode client, String... pairs) {
        Map<String, String> params = new LinkedHashMap<>(Map.of(
                "client_id", id(client),
                "redirect_uri", client.path("redirect_uris").get(0).asString(),
                "response_type", "code",
                "scope", "openid",
                "state", "suite-state",
                "nonce", "suite-nonce",
                "code_challenge", SignInHouse.CHALLENGE,
                "code_challenge_method", "S256"));
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1].isEmpty()) {
                params.remove(pairs[i]);
            } else {
                params.put(pairs[i], pairs[i + 1]);
            }
        }
        return browser.get("/oidc/auth?" + TestBrowser.encode(params));
    }

    /** Signs in and allows, wherever that is asked. The answer to the client. */
    Answer signIn(TestBrowser browser, JsonNode client, String... pairs) {
        Answer answer = authorize(browser, client, pairs);
        if (answer.header("Location").filter(to -> to.startsWith("/sign-in")).isPresent()) {
            answer = browser.get(house.answerAs(browser, "u1"));
        }
        if (answer.header("Location").filter(to -> to.startsWith("/consent")).isPresent()) {
            String page = answer.location();
            Matcher token = TOKEN.matcher(browser.get(page).text());
            assertThat(token.find()).isTrue();
            Map<String, String> form = Map.of("_token", token.group(1), "decision", "allow");
            answer = browser.get(
                    browser.form(page, form, "Origin", house.server.origin()).location());
        }
        return answer;
    }

    // the back channel ------------------------------------------------------------------------------------------------

    Answer redeem(JsonNode client, Answer answer) {
        Map<String, String> form = redemption(client, answer);
        return house.server.browser().form("/oidc/token", form, "Authorization", basic(client));
    }

    Map<String, String> redemption(JsonNode client, Answer answer) {
        assertThat(SignInHouse.param(answer.location(), "state")).contains("suite-state");
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", SignInHouse.code(answer));
        form.put("redirect_uri", client.path("redirect_uris").get(0).asString());
        form.put("code_verifier", SignInHouse.VERIFIER);
        return form;
    }

    static String basic(JsonNode client) {
        return Client.basic(id(client), client.path("client_secret").asString());
    }

    /** With an assertion, as {@code private_key_jwt} has it. */
    Answer proven(Map<String, String> form, JsonNode client, TestKey key, String kid, String audience) {
        long now = house.server.clock().instant().getEpochSecond();
        Map<String, String> whole = new LinkedHashMap<>(form);
        whole.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        whole.put(
                "client_assertion",
                key.sign(
                        Map.of("kid", kid),
                        Map.of(
                                "iss",
                                id(client),
                                "sub",
                                id(client),
                                "aud",
                                audience,
                                "jti",
                                Ids.secure().token(),
                                "iat",
                                now,
                                "exp",
                                now + 60)));
        return house.server.browser().form("/oidc/token", whole);
    }

    /** The ID token of an answer, by what the suite asks of each. */
    String idToken(Answer tokens, JsonNode client) {
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        String token = tokens.json().path("id_token").asString();
        JsonNode header = part(token, 0);
        assertThat(header.path("alg").asString()).isEqualTo("RS256");
        JsonNode keys = house.server.browser().get("/oidc/jwks").json().path("keys");
        assertThat(keys.findValuesAsString("kid")).contains(header.path("kid").asString());
        JsonNode claims = part(token, 1);
        assertThat(claims.path("iss").asString()).isEqualTo(issuer);
        assertThat(claims.path("aud").asString()).isEqualTo(id(client));
        assertThat(claims.path("sub").asString()).isEqualTo("u1");
        assertThat(claims.path("nonce").asString()).isEqualTo("suite-nonce");
        return token;
    }

    static JsonNode part(String jwt, int index) {
        return Json.read(
                new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        suite.stop(0);
        house.close();
    }
}
