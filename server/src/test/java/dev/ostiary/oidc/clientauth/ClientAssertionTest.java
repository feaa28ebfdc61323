package dev.ostiary.oidc.clientauth;

import static dev.ostiary.oidc.TestOidc.form;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.grants.TestGrants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import dev.ostiary.testing.TestServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** RFC 7523, over the introspection endpoint: a client that is let in learns that its token is not active. */
class ClientAssertionTest {
    private static final String PATH = "/oidc/token/introspection";
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final TestKey KEY = TestKey.of("ES256");

    private static TestOidc oidc;

    @BeforeAll
    static void open() {
        oidc = TestOidc.start();
    }

    @BeforeEach
    void now() {
        oidc.server().clock().reset();
    }

    @AfterAll
    static void close() {
        oidc.close();
    }

    // clients ---------------------------------------------------------------------------------------------------------

    private static String client(Map<String, ?> metadata) {
        return client(metadata, Map.of());
    }

    private static String client(Map<String, ?> metadata, Map<String, ?> custom) {
        Map<String, Object> oidcMetadata = new LinkedHashMap<>();
        oidcMetadata.put("redirectUris", List.of("https://shop.example/callback"));
        oidcMetadata.put("postLogoutRedirectUris", List.of());
        oidcMetadata.putAll(metadata);
        return oidc.server()
                .api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Shop",
                                "type",
                                "Traditional",
                                "oidcClientMetadata",
                                oidcMetadata,
                                "customClientMetadata",
                                custom))
                .path("id")
                .asString();
    }

    private static String keyClient(TestKey... keys) {
        return client(Map.of("tokenEndpointAuthMethod", "private_key_jwt", "jwks", jwks(keys)));
    }

    private static JsonNode jwks(TestKey... keys) {
        var document = Json.object();
        var list = document.putArray("keys");
        for (int i = 0; i < keys.length; i++) {
            list.add(keys[i].jwk("k" + i));
        }
        return document;
    }

    private static String issuer() {
        return oidc.server().origin() + "/oidc";
    }

    private static Map<String, Object> claims(String client, @Nullable Object... changes) {
        long now = oidc.server().clock().instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", client);
        claims.put("sub", client);
        claims.put("aud", issuer());
        claims.put("jti", Ids.secure().token());
        claims.put("iat", now);
        claims.put("exp", now + 60);
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                claims.remove(changes[i]);
            } else {
                claims.put((String) changes[i], changes[i + 1]);
            }
        }
        return claims;
    }

    private static Answer present(String client, String assertion) {
        return present(oidc.browser(), PATH, client, assertion);
    }

    private static Answer present(TestBrowser browser, String path, String client, String assertion) {
        return browser.form(
                path,
                form("token", "x", "client_id", client, "client_assertion_type", TYPE, "client_assertion", assertion));
    }

    private static String secretOf(String client) {
        return oidc.server()
                .api()
                .get("/applications/" + client + "/secrets")
                .json()
                .get(0)
                .get("value")
                .asString();
    }

    private static String hmac(String secret, Map<String, Object> header, Map<String, Object> claims) {
        String input = TestKey.base64(Json.write(header)) + "." + TestKey.base64(Json.write(claims));
        return input + "."
                + Hmac.withKey(secret.getBytes(StandardCharsets.UTF_8)).sign(input);
    }

    private static void letIn(Answer answer) {
        assertThat(ok(answer).text()).isEqualTo("{\"active\":false}");
    }

    private static void refused(Answer answer, String reason) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("oidc.invalid_client");
        assertThat(answer.json().get("error_description").asString())
                .isEqualTo("client authentication failed" + reason);
    }

    // private_key_jwt -------------------------------------------------------------------------------------------------

    @Test
    void every_advertised_algorithm_lets_a_client_in() {
        for (String algorithm : List.of("RS256", "PS256", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")) {
            TestKey key = TestKey.of(algorithm);
            String client = keyClient(key);
            letIn(present(client, key.sign(Map.of("kid", "k0"), claims(client))));
            letIn(present(client, key.sign(Map.of("typ", "JWT"), claims(client))));
        }
    }

    @Test
    void one_that_is_not_advertised_does_not() {
        TestKey key = TestKey.of("RS256");
        String client = keyClient(key);
        refused(present(client, key.sign(Map.of("alg", "RS512"), claims(client))), ": the algorithm is not allowed");
    }

    @Test
    void the_client_id_may_be_left_out_and_must_otherwise_be_the_same() {
        String client = keyClient(KEY);
        letIn(oidc.browser()
                .form(
                        PATH,
                        form(
                                "token",
                                "x",
                                "client_assertion_type",
                                TYPE,
                                "client_assertion",
                                KEY.sign(Map.of(), claims(client)))));
        String other = keyClient(KEY);
        refused(present(other, KEY.sign(Map.of(), claims(client))), ": iss must be the client_id");
        refused(present(client, KEY.sign(Map.of(), claims(client, "sub", other))), ": sub must be the client_id");
    }

    @Test
    void one_of_several_keys_is_named_by_its_id() {
        TestKey second = TestKey.of("ES256");
        String client = keyClient(KEY, second);
        letIn(present(client, second.sign(Map.of("kid", "k1"), claims(client))));
        refused(present(client, second.sign(Map.of("kid", "k0"), claims(client))), ": the signature does not verify");
        refused(
                present(client, second.sign(Map.of(), claims(client))),
                ": no single key of the client fits the assertion");
    }

    @Test
    void the_audience_is_the_issuer_the_token_endpoint_or_the_endpoint_called() {
        String client = keyClient(KEY);
        for (Object audience : List.of(
                issuer(),
                issuer() + "/token",
                oidc.server().origin() + PATH,
                List.of(issuer()),
                List.of(issuer(), issuer() + "/token"))) {
            letIn(present(client, KEY.sign(Map.of(), claims(client, "aud", audience))));
        }
    }

    @Test
    void the_token_endpoint_takes_one_too() {
        String client = keyClient(KEY);
        for (String audience : List.of(issuer(), issuer() + "/token")) {
            Answer answer = oidc.browser()
                    .form(
                            "/oidc/token",
                            form(
                                    "grant_type",
                                    "refresh_token",
                                    "refresh_token",
                                    "x",
                                    "client_assertion_type",
                                    TYPE,
                                    "client_assertion",
                                    KEY.sign(Map.of(), claims(client, "aud", audience))));
            assertThat(answer.code()).as(answer.text()).isEqualTo("oidc.invalid_grant");
        }
    }

    @Test
    void a_broken_rule_is_told_by_its_name_CA1() {
        String client = keyClient(KEY);
        long now = oidc.server().clock().instant().getEpochSecond();
        Map<Map<String, Object>, String> table = new LinkedHashMap<>();
        table.put(claims(client, "aud", null), "aud must be the issuer");
        table.put(claims(client, "aud", "https://evil.example/oidc"), "aud must be the issuer");
        table.put(claims(client, "aud", issuer() + "/"), "aud must be the issuer");
        table.put(claims(client, "aud", oidc.server().adminOrigin() + "/oidc"), "aud must be the issuer");
        table.put(claims(client, "aud", List.of(issuer(), "https://evil.example")), "aud must name nobody else");
        table.put(claims(client, "exp", null), "the assertion has expired or says no exp");
        table.put(claims(client, "exp", now - 11), "the assertion has expired or says no exp");
        table.put(claims(client, "exp", now + 3700), "exp is too far ahead");
        table.put(claims(client, "exp", Long.MAX_VALUE), "exp is too far ahead");
        table.put(
                claims(client, "exp", new BigInteger("18446744073709551616").add(BigInteger.valueOf(now))),
                "exp is too far ahead");
        table.put(claims(client, "nbf", now + 60), "nbf is ahead");
        table.put(claims(client, "iat", now + 100), "iat is ahead");
        table.put(claims(client, "jti", null), "jti is missing");
        table.put(claims(client, "jti", ""), "jti must be a text of 1 to 256 characters");
        table.put(claims(client, "jti", 5), "jti must be a text of 1 to 256 characters");
        table.put(claims(client, "jti", "x".repeat(257)), "jti must be a text of 1 to 256 characters");
        table.put(claims(client, "iss", "somebody"), "iss must be the client_id");
        table.put(claims(client, "sub", null), "sub must be the client_id");
        table.forEach((claims, reason) -> refused(present(client, KEY.sign(Map.of(), claims)), ": " + reason));
        letIn(present(client, KEY.sign(Map.of(), claims(client, "exp", now + 3600))));
        letIn(present(client, KEY.sign(Map.of(), claims(client, "iat", null, "nbf", now + 5))));
    }

    @Test
    void an_assertion_for_another_host_is_none_for_us_by_a_forged_host_header_CA1() {
        String client = keyClient(KEY);
        String relayed = KEY.sign(Map.of(), claims(client, "aud", "https://evil.example" + PATH));
        TestBrowser browser = new TestBrowser(oidc.server().origin());
        Answer answer = browser.form(
                PATH,
                form("token", "x", "client_id", client, "client_assertion_type", TYPE, "client_assertion", relayed),
                "X-Forwarded-Host",
                "evil.example",
                "X-Forwarded-Proto",
                "https");
        refused(answer, ": aud must be the issuer");
    }

    @Test
    void with_a_profile_the_audience_is_the_issuer_alone_and_life_is_short_CA1() {
        assertThat(oidc.server()
                        .api()
                        .post("/configs/oidc/private-keys/rotate", Map.of("signingKeyAlgorithm", "P-256"))
                        .status())
                .isEqualTo(200);
        String client = client(
                Map.of("tokenEndpointAuthMethod", "private_key_jwt", "jwks", jwks(KEY)),
                Map.of("securityProfile", "fapi2"));
        long now = oidc.server().clock().instant().getEpochSecond();
        letIn(present(client, KEY.sign(Map.of(), claims(client))));
        refused(
                present(client, KEY.sign(Map.of(), claims(client, "aud", List.of(issuer())))),
                ": aud must be the issuer, as a string");
        refused(
                present(client, KEY.sign(Map.of(), claims(client, "aud", issuer() + "/token"))),
                ": aud must be the issuer");
        refused(present(client, KEY.sign(Map.of(), claims(client, "exp", now + 400))), ": exp is too far ahead");
    }

    @Test
    void an_assertion_is_good_once_on_all_nodes_and_for_two_at_once_CA1() throws Exception {
        String client = keyClient(KEY);
        try (TestServer second = TestServer.start(oidc.server().database(), BootstrapCredentials.none())) {
            long now = oidc.server().clock().instant().getEpochSecond();
            String token = KEY.sign(Map.of(), claims(client, "aud", List.of(issuer()), "exp", now + 300));
            letIn(present(client, token));
            refused(present(client, token), ": the assertion was used before");
            // The second node has another port, so another issuer: the same jti in a token of its own.
            Map<String, Object> sameJti = claims(client, "jti", "once", "exp", now + 300);
            letIn(present(client, KEY.sign(Map.of(), sameJti)));
            Map<String, Object> elsewhere = new LinkedHashMap<>(sameJti);
            elsewhere.put("aud", second.origin() + "/oidc");
            refused(
                    present(second.browser(), PATH, client, KEY.sign(Map.of(), elsewhere)),
                    ": the assertion was used before");
        }
        String contested = KEY.sign(Map.of(), claims(client));
        assertThat(TestGrants.atOnce(8, () -> present(client, contested)))
                .extracting(Answer::status)
                .containsOnlyOnce(200);
    }

    // attacks ---------------------------------------------------------------------------------------------------------

    @Test
    void the_token_chooses_neither_its_key_nor_its_algorithm_TK2_TK4() {
        TestKey foreign = TestKey.of("ES256");
        String client = keyClient(KEY);
        Map<String, Object> claims = claims(client);
        String publicKey = Json.write(KEY.jwk("k0"));
        for (String secret : List.of(publicKey, Json.write(jwks(KEY)), "x".repeat(32), secretOf(client))) {
            refused(
                    present(client, hmac(secret, Map.of("alg", "HS256", "kid", "k0"), claims)),
                    ": the algorithm is not allowed");
        }
        String unsigned = TestKey.base64("{\"alg\":\"none\"}") + "." + TestKey.base64(Json.write(claims)) + ".";
        refused(present(client, unsigned), ": the assertion is no signed JWT");
        refused(present(client, unsigned + "AAAA"), ": the algorithm is not allowed");
        refused(present(client, foreign.sign(Map.of("kid", "k0"), claims)), ": the signature does not verify");
        for (Map<String, ?> header : List.of(
                Map.of("jwk", foreign.jwk()),
                Map.of("jku", "http://127.0.0.1:1/jwks"),
                Map.of("x5u", "http://127.0.0.1:1/x"),
                Map.of("x5c", List.of("AAAA")),
                Map.of("crit", List.of("exp")),
                Map.of("zip", "DEF"))) {
            refused(present(client, foreign.sign(header, claims)), ": the assertion is no signed JWT");
        }
        for (String kid : List.of("../../../../dev/null", "' OR 1=1 --", "", "k0\u0000")) {
            refused(
                    present(client, KEY.sign(Map.of("kid", kid), claims)),
                    ": no single key of the client fits the assertion");
        }
    }

    @Test
    void nonsense_signatures_are_refused_TK3() {
        TestKey edwards = TestKey.of("Ed25519");
        for (TestKey key : List.of(KEY, edwards)) {
            String client = keyClient(key);
            String honest = key.sign(Map.of(), claims(client));
            String input = honest.substring(0, honest.lastIndexOf('.') + 1);
            for (byte[] signature : List.of(new byte[64], new byte[1], new byte[128])) {
                refused(
                        present(client, input + dev.ostiary.crypto.Hashes.base64Url(signature)),
                        ": the signature does not verify");
            }
        }
    }

    @Test
    void other_kinds_of_token_are_no_assertions_TK5() {
        String client = keyClient(KEY);
        for (String typ : List.of("at+jwt", "dpop+jwt", "logout+jwt", "secevent+jwt", "x")) {
            refused(present(client, KEY.sign(Map.of("typ", typ), claims(client))), ": typ is of another kind of token");
        }
        String ours = oidc.server().app().keys().signer("default").sign("", claims(client));
        refused(present(client, ours), ": no single key of the client fits the assertion");
    }

    @Test
    void what_is_oversized_encrypted_or_nested_costs_nothing_DO1() {
        String client = keyClient(KEY);
        String nested = KEY.sign(Map.of(), claims(client));
        for (int i = 0; i < 4; i++) {
            nested = KEY.sign(Map.of("cty", "JWT"), Map.of("sub", client, "jwt", nested));
        }
        List<String> table = List.of(
                "x".repeat(17_000) + ".x.x",
                KEY.signText("{\"alg\":\"ES256\"}", "[".repeat(6000)),
                KEY.signText("{\"a\":".repeat(3000), "{}"),
                "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiemlwIjoiREVGIn0..AAAA." + "A".repeat(15_000) + ".AAAA",
                nested);
        for (String token : table) {
            long start = System.nanoTime();
            assertThat(present(client, token).status()).isEqualTo(401);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    // methods ---------------------------------------------------------------------------------------------------------

    @Test
    void the_registered_method_is_the_only_one_CA2() {
        String byKey = keyClient(KEY);
        refusedPlainly(oidc.browser().form(PATH, form("token", "x", "client_id", byKey)));
        refusedPlainly(
                oidc.browser().form(PATH, form("token", "x", "client_id", byKey, "client_secret", secretOf(byKey))));
        refusedPlainly(oidc.browser()
                .form(PATH, form("token", "x"), "Authorization", TestOidc.Client.basic(byKey, secretOf(byKey))));
        String basic = client(Map.of("tokenEndpointAuthMethod", "client_secret_basic"));
        letIn(oidc.browser()
                .form(PATH, form("token", "x"), "Authorization", TestOidc.Client.basic(basic, secretOf(basic))));
        refusedPlainly(
                oidc.browser().form(PATH, form("token", "x", "client_id", basic, "client_secret", secretOf(basic))));
        String post = client(Map.of("tokenEndpointAuthMethod", "client_secret_post"));
        letIn(oidc.browser().form(PATH, form("token", "x", "client_id", post, "client_secret", secretOf(post))));
        refusedPlainly(oidc.browser()
                .form(PATH, form("token", "x"), "Authorization", TestOidc.Client.basic(post, secretOf(post))));
        refusedPlainly(present(post, hmac(secretOf(post), Map.of("alg", "HS256"), claims(post))));
    }

    private static void refusedPlainly(Answer answer) {
        refused(answer, "");
    }

    @Test
    void one_mechanism_is_enough_CA2() {
        String client = keyClient(KEY);
        Map<String, String> form = form(
                "token", "x", "client_assertion_type", TYPE, "client_assertion", KEY.sign(Map.of(), claims(client)));
        Answer answer = oidc.browser().form(PATH, form, "Authorization", TestOidc.Client.basic(client, "x"));
        assertThat(answer.json().get("error_description").asString())
                .isEqualTo("client authentication must only be provided using one mechanism");
        Map<String, String> untyped = form("token", "x", "client_id", client, "client_assertion", "a.b.c");
        assertThat(oidc.browser()
                        .form(PATH, untyped)
                        .json()
                        .get("error_description")
                        .asString())
                .isEqualTo("client_assertion_type must have value " + TYPE);
        Map<String, String> empty = form("token", "x", "client_id", client, "client_assertion_type", TYPE);
        assertThat(oidc.browser()
                        .form(PATH, empty)
                        .json()
                        .get("error_description")
                        .asString())
                .isEqualTo("missing required parameter(s) 'client_assertion'");
    }

    @Test
    void a_secret_signs_as_long_as_it_lives() {
        String client = client(Map.of("tokenEndpointAuthMethod", "client_secret_jwt"));
        Map<String, Object> hs256 = Map.of("alg", "HS256");
        letIn(present(client, hmac(secretOf(client), hs256, claims(client))));
        long end = oidc.server().clock().millis() + 60_000;
        String second = oidc.server()
                .api()
                .created("/applications/" + client + "/secrets", Map.of("name", "second", "expiresAt", end))
                .path("value")
                .asString();
        letIn(present(client, hmac(second, hs256, claims(client))));
        oidc.server().clock().forward(Duration.ofMinutes(2));
        Answer expired = present(client, hmac(second, hs256, claims(client)));
        assertThat(expired.status()).isEqualTo(400);
        assertThat(expired.json().get("error_description").asString()).isEqualTo("client secret has expired");
        letIn(present(client, hmac(secretOf(client), hs256, claims(client))));
        refused(present(client, hmac("x".repeat(32), hs256, claims(client))), ": the signature does not verify");
        refused(present(client, KEY.sign(Map.of(), claims(client))), ": the algorithm is not allowed");
        refused(
                present(client, hmac(secretOf(client), Map.of("alg", "HS512"), claims(client))),
                ": the algorithm is not allowed");
    }

    // jwks_uri --------------------------------------------------------------------------------------------------------

    @Test
    void keys_behind_an_address_are_asked_for_once_renewed_slowly_and_survive_an_outage() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<String> document = new ArrayList<>(List.of(Json.write(jwks(KEY))));
        HttpServer host = host(asked, document);
        try {
            String uri = "http://127.0.0.1:" + host.getAddress().getPort() + "/jwks";
            String client = client(Map.of("tokenEndpointAuthMethod", "private_key_jwt", "jwksUri", uri));
            assertThat(TestGrants.atOnce(6, () -> present(client, KEY.sign(Map.of("kid", "k0"), claims(client)))))
                    .extracting(Answer::status)
                    .containsOnly(200);
            assertThat(asked).hasValue(1);
            TestKey next = TestKey.of("PS256");
            document.set(0, Json.write(jwks(KEY, next)));
            letIn(present(client, next.sign(Map.of("kid", "k1"), claims(client))));
            assertThat(asked).hasValue(2);
            for (int i = 0; i < 5; i++) {
                refused(
                        present(client, next.sign(Map.of("kid", "guess" + i), claims(client))),
                        ": no single key of the client fits the assertion");
            }
            assertThat(asked).as("strangers do not make us ask").hasValue(2);
            host.stop(0);
            oidc.server().clock().forward(Duration.ofHours(2));
            letIn(present(client, KEY.sign(Map.of("kid", "k0"), claims(client))));
            oidc.server().clock().forward(Duration.ofHours(25));
            refused(
                    present(client, KEY.sign(Map.of("kid", "k0"), claims(client))),
                    ": the keys of the client cannot be fetched");
        } finally {
            host.stop(0);
        }
    }

    @Test
    void an_address_inside_our_network_is_not_asked_and_what_it_says_is_not_told_SS1_SS3() throws Exception {
        for (String uri : List.of(
                "https://169.254.169.254/latest/meta-data",
                "https://10.0.0.1/jwks",
                "https://[fd00::1]/jwks",
                "https://metadata.google.internal/jwks")) {
            String client = client(Map.of("tokenEndpointAuthMethod", "private_key_jwt", "jwksUri", uri));
            refused(present(client, KEY.sign(Map.of(), claims(client))), ": the keys of the client cannot be fetched");
        }
        AtomicInteger asked = new AtomicInteger();
        HttpServer host = host(asked, new ArrayList<>(List.of("root:x:0:0 secret")));
        try {
            String uri = "http://127.0.0.1:" + host.getAddress().getPort() + "/jwks";
            String client = client(Map.of("tokenEndpointAuthMethod", "private_key_jwt", "jwksUri", uri));
            Answer answer = present(client, KEY.sign(Map.of(), claims(client)));
            refused(answer, ": the keys of the client cannot be fetched");
            assertThat(answer.text()).doesNotContain("root");
        } finally {
            host.stop(0);
        }
    }

    private static HttpServer host(AtomicInteger asked, List<String> document) throws IOException {
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/jwks", exchange -> {
            asked.incrementAndGet();
            byte[] body = document.getFirst().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        host.start();
        return host;
    }
}
