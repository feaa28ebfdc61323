package dev.ostiary.oidc.attacks;

import static dev.ostiary.oidc.TestOidc.form;
import static dev.ostiary.oidc.TestOidc.member;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ostiary.base.Ids;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.dpop.TestProofs;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every kind of token at every door that is not its own, all of them honest and alive; and keys that are somebody's, but
 * not the ones that count. RFC 9700 sections 4.6, 4.9 and 4.10, RFC 8725 sections 3.1, 3.10 and 3.12.
 */
class TokenSubstitutionTest {
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String MANAGEMENT = "https://default.logto.app/api";

    private final TestOidc oidc = TestOidc.shared();
    private final TestKey key = TestKey.of("ES256");
    private final Client web = oidc.client("Traditional", "{\"allowTokenExchange\":true,\"dpop\":\"optional\"}");
    private final String user = oidc.user("victim");

    private String issuer() {
        return oidc.server().origin() + "/oidc";
    }

    /** By what it is. */
    private Map<String, String> tokens(String keyClient) {
        String indicator = "https://" + Ids.secure().standard().toLowerCase(java.util.Locale.ROOT) + ".example";
        String resource = oidc.resource(indicator, "read");
        oidc.permit(user, resource, "read");
        Answer plain = oidc.signIn(web, user, "openid profile offline_access");
        Answer forApi = TestOidc.ok(oidc.redeem(
                web,
                oidc.code(
                        web,
                        user,
                        "openid read offline_access",
                        Map.of(indicator, Set.of("read")),
                        TestOidc.CHALLENGE)));
        Answer apiToken = TestOidc.ok(oidc.refresh(web, member(forApi, "refresh_token"), "resource", indicator));
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("opaque access token", member(plain, "access_token"));
        tokens.put("refresh token", member(plain, "refresh_token"));
        tokens.put("code", oidc.code(web, user, "openid"));
        tokens.put("ID token", member(plain, "id_token"));
        tokens.put("access token of another audience", member(apiToken, "access_token"));
        tokens.put("management token", oidc.server().managementToken(Tenants.DEFAULT));
        tokens.put("management token of the other tenant", oidc.server().managementToken(Tenants.ADMIN));
        tokens.put("personal access token", oidc.personalAccessToken(user));
        tokens.put("subject token", oidc.subjectToken(user));
        tokens.put("DPoP proof", TestProofs.of(oidc.server()).token());
        tokens.put("client assertion", key.sign(Map.of("kid", "k"), assertion(keyClient)));
        // The worst that a token of another kind could say.
        for (String typ : List.of("logout+jwt", "JWT", "dpop+jwt", "secevent+jwt", "client-authentication+jwt")) {
            tokens.put("ours, with the claims of a management token, typed " + typ, ours(typ, managementClaims()));
        }
        tokens.put("ours, with the claims of a client assertion", ours("JWT", assertion(keyClient)));
        tokens.put("ours, logout token", ours("logout+jwt", logoutClaims()));
        return tokens;
    }

    private String ours(String typ, Map<String, Object> claims) {
        return oidc.server().app().keys().signer(Tenants.DEFAULT).sign(typ, claims);
    }

    private Map<String, Object> managementClaims() {
        long now = oidc.server().clock().instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", Ids.secure().token());
        claims.put("sub", user);
        claims.put("client_id", web.id());
        claims.put("iss", issuer());
        claims.put("aud", MANAGEMENT);
        claims.put("scope", "all openid profile");
        claims.put("iat", now);
        claims.put("exp", now + 600);
        return claims;
    }

    private Map<String, Object> logoutClaims() {
        Map<String, Object> claims = managementClaims();
        claims.put("aud", web.id());
        claims.put("sid", "sid");
        claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return claims;
    }

    private Map<String, Object> assertion(String client) {
        Map<String, Object> claims = managementClaims();
        claims.put("iss", client);
        claims.put("sub", client);
        claims.put("aud", issuer());
        return claims;
    }

    private String keyClient(JsonNode keys) {
        return client(Map.of("tokenEndpointAuthMethod", "private_key_jwt", "jwks", keys));
    }

    private String client(Map<String, ?> more) {
        Map<String, Object> metadata = new LinkedHashMap<>(
                Map.of("redirectUris", List.of(TestOidc.REDIRECT_URI), "postLogoutRedirectUris", List.of()));
        metadata.putAll(more);
        return oidc.server()
                .api()
                .created("/applications", Map.of("name", "Shop", "type", "Traditional", "oidcClientMetadata", metadata))
                .path("id")
                .asString();
    }

    private static JsonNode keys(JsonNode... keys) {
        var document = Json.object();
        var list = document.putArray("keys");
        List.of(keys).forEach(list::add);
        return document;
    }

    private record Door(Set<String> own, Function<String, Answer> knock) {}

    private Map<String, Door> doors(String keyClient) {
        Map<String, Door> doors = new LinkedHashMap<>();
        doors.put("/oidc/me", new Door(Set.of("opaque access token"), oidc::userinfo));
        doors.put("the Management API", new Door(Set.of("management token"), token -> oidc.browser()
                .get("/api/users", "Authorization", "Bearer " + token)));
        doors.put("the account API", new Door(Set.of("opaque access token"), token -> oidc.browser()
                .json(
                        "POST",
                        "/api/verifications/password",
                        Map.of("password", "x"),
                        "Authorization",
                        "Bearer " + token)));
        doors.put("a refresh", new Door(Set.of("refresh token"), token -> oidc.refresh(web, token)));
        doors.put("a redemption", new Door(Set.of("code"), token -> oidc.redeem(web, token)));
        doors.put("a device's poll", new Door(Set.of(), token -> oidc.poll(web, token)));
        doors.put("client_assertion", new Door(Set.of("client assertion"), token -> oidc.browser()
                .form(
                        "/oidc/token/introspection",
                        form(
                                "token",
                                "x",
                                "client_id",
                                keyClient,
                                "client_assertion_type",
                                ASSERTION,
                                "client_assertion",
                                token))));
        doors.put(
                "DPoP",
                new Door(
                        Set.of(), // spent by nobody here: the refresh token beside it is none
                        token -> oidc.browser()
                                .form(
                                        "/oidc/token",
                                        form("grant_type", "refresh_token", "refresh_token", "x"),
                                        "Authorization",
                                        web.basic(),
                                        "DPoP",
                                        token)));
        doors.put("id_token_hint of a logout", new Door(Set.of("ID token"), token -> oidc.browser()
                .form("/oidc/session/end", form("id_token_hint", token))));
        return doors;
    }

    @Test
    void each_token_is_taken_at_its_own_door_and_at_no_other_rfc9700_4_6_and_4_10_2() {
        String keyClient = keyClient(keys(key.jwk("k")));
        Map<String, String> tokens = tokens(keyClient);
        doors(keyClient).forEach((name, door) -> {
            // Its own last: a code that was tried is spent.
            tokens.forEach((kind, token) -> {
                if (!door.own.contains(kind)) {
                    Answer answer = door.knock.apply(token);
                    assertThat(answer.status())
                            .as(kind + " at " + name + ": " + answer.text())
                            .isBetween(400, 403);
                    assertThat(answer.text()).doesNotContain("access_token\":");
                }
            });
            door.own.forEach(kind -> {
                Answer answer = door.knock.apply(tokens.get(kind));
                assertThat(answer.status())
                        .as(kind + " at " + name + ": " + answer.text())
                        .isEqualTo(name.equals("the account API") ? 422 : 200);
            });
        });
    }

    @Test
    void introspection_calls_nothing_active_that_is_no_token_of_the_asking_client_rfc9700_4_10_2() {
        String keyClient = keyClient(keys(key.jwk("k")));
        Set<String> active = Set.of("opaque access token", "refresh token");
        tokens(keyClient).forEach((kind, token) -> {
            Answer answer = oidc.post("/oidc/token/introspection", web, "token", token);
            assertThat(answer.json().path("active").asBoolean(false)).as(kind).isEqualTo(active.contains(kind));
            Answer other = oidc.post("/oidc/token/introspection", oidc.web(), "token", token);
            assertThat(other.json().path("active").asBoolean(false)).as(kind).isFalse();
        });
    }

    @Test
    void an_exchange_takes_access_tokens_and_nothing_that_only_looks_like_one_rfc9700_4_10_2() {
        String keyClient = keyClient(keys(key.jwk("k")));
        tokens(keyClient).forEach((kind, token) -> {
            // Others are honest here: TokenExchangeGrantTest tells what each is worth.
            if (kind.startsWith("ours")
                    || List.of(
                                    "ID token",
                                    "refresh token",
                                    "code",
                                    "DPoP proof",
                                    "client assertion",
                                    "management token of the other tenant")
                            .contains(kind)) {
                Answer answer = oidc.exchange(web, token, ACCESS_TOKEN);
                assertThat(answer.status()).as(kind + ": " + answer.text()).isEqualTo(400);
                assertThat(answer.json().has("access_token")).isFalse();
            }
        });
    }

    /** RFC 8725 section 3.10: a key is good for what it was registered for. */
    @Test
    void a_clients_keys_never_verify_a_token_of_ours_rfc9700_4_9() throws IOException {
        String ourKid = oidc.browser()
                .get("/oidc/jwks")
                .json()
                .path("keys")
                .path(0)
                .path("kid")
                .asString();
        AtomicInteger asked = new AtomicInteger();
        HttpServer jwks = jwks(keys(key.jwk(ourKid), key.jwk("k")), asked);
        try {
            String inline = keyClient(keys(key.jwk(ourKid)));
            String address = "http://127.0.0.1:" + jwks.getAddress().getPort() + "/jwks";
            String remote = client(Map.of("tokenEndpointAuthMethod", "private_key_jwt", "jwksUri", address));
            // Both are in use: what could be remembered of their keys is remembered.
            for (String client : List.of(inline, remote)) {
                String proof = key.sign(Map.of("kid", ourKid), assertion(client));
                assertThat(present(client, proof).status()).as(client).isEqualTo(200);
            }
            int fetched = asked.get();
            assertThat(fetched).isEqualTo(1);
            for (Map<String, Object> header : headers(ourKid, address)) {
                String forged = key.sign(header, managementClaims());
                assertThat(oidc.browser()
                                .get("/api/users", "Authorization", "Bearer " + forged)
                                .status())
                        .as(header.toString())
                        .isEqualTo(401);
                assertThat(oidc.userinfo(forged).status()).isEqualTo(401);
                assertThat(oidc.exchange(web, forged, ACCESS_TOKEN).status()).isEqualTo(400);
                Map<String, Object> hint = managementClaims();
                hint.put("aud", web.id());
                String idToken = key.sign(with(header, "typ", "JWT"), hint);
                assertThat(oidc.browser()
                                .form("/oidc/session/end", form("id_token_hint", idToken))
                                .status())
                        .isEqualTo(400);
            }
            assertThat(asked).as("no token makes us ask for keys").hasValue(fetched);
            assertThat(oidc.browser().get("/oidc/jwks").text())
                    .doesNotContain(key.jwk().path("x").asString());
        } finally {
            jwks.stop(0);
        }
    }

    /** Everything by which a header might tell which key to believe (RFC 8725 section 3.10). */
    private List<Map<String, Object>> headers(String ourKid, String address) {
        Map<String, Object> plain = Map.of("typ", "at+jwt", "kid", ourKid);
        return List.of(
                plain,
                Map.of("typ", "at+jwt", "kid", "k"),
                Map.of("typ", "at+jwt"),
                with(plain, "jwk", key.jwk(ourKid)),
                with(plain, "jku", address),
                with(plain, "x5u", address),
                with(plain, "x5c", List.of("MIIB")),
                with(plain, "kid", address),
                with(plain, "kid", "../../jwks"),
                with(plain, "kid", "x' UNION SELECT '" + key.jwk().path("x").asString()));
    }

    private static Map<String, Object> with(Map<String, Object> header, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(header);
        changed.put(name, value);
        return changed;
    }

    /** A client whose registered keys are ours could otherwise replay what we have signed as its own proof. */
    @Test
    void keys_of_one_client_are_nothing_at_another_rfc9700_2_5() {
        String one = keyClient(keys(key.jwk("k")));
        String two = keyClient(keys(TestKey.of("ES256").jwk("k")));
        assertThat(present(two, key.sign(Map.of("kid", "k"), assertion(two))).status())
                .isEqualTo(401);
        assertThat(present(two, key.sign(Map.of("kid", "k"), assertion(one))).status())
                .isEqualTo(401);
        String embedded = key.sign(Map.of("kid", "k", "jwk", key.jwk("k")), assertion(two));
        assertThat(present(two, embedded).status()).isEqualTo(401);
    }

    private Answer present(String client, String proof) {
        return oidc.browser()
                .form(
                        "/oidc/token/introspection",
                        form(
                                "token",
                                "x",
                                "client_id",
                                client,
                                "client_assertion_type",
                                ASSERTION,
                                "client_assertion",
                                proof));
    }

    private static HttpServer jwks(JsonNode keys, AtomicInteger asked) throws IOException {
        byte[] body = Json.write(keys).getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
