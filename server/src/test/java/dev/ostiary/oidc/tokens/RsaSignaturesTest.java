package dev.ostiary.oidc.tokens;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.JwtSigner;
import dev.ostiary.crypto.SigningKey;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.oidc.dpop.TestProofs;
import dev.ostiary.oidc.logout.ListeningClient;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An RSA key signs with RS256 and, for who wants it, with PS256: what is signed, what is taken, and what a rotation does. */
class RsaSignaturesTest {
    private static final String API = "https://rsa.example/api";
    private static final Pattern XSRF = Pattern.compile("name=\"xsrf\" value=\"([^\"]+)\"");

    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        rotate("RSA-2048");
        api().created("/resources", Map.of("name", "API", "indicator", API));
        api().patch("/configs/oidc/registration", Map.of("enabled", true, "requiresInitialAccessToken", false));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static TestApi api() {
        return house.server.api();
    }

    private static void rotate(String kind) {
        api().created(
                        "/configs/oidc/private-keys/rotate",
                        Map.of("signingKeyAlgorithm", kind, "rotationGracePeriod", 0));
    }

    private static Map<String, Object> application(Map<String, ?> oidc, Map<String, ?> custom) {
        Map<String, Object> metadata =
                new LinkedHashMap<>(Map.of("redirectUris", List.of(CALLBACK), "postLogoutRedirectUris", List.of()));
        metadata.putAll(oidc);
        return Map.of("name", "Shop", "type", "SPA", "oidcClientMetadata", metadata, "customClientMetadata", custom);
    }

    private static String client(Map<String, ?> oidc, Map<String, ?> custom) {
        return api().created("/applications", application(oidc, custom))
                .path("id")
                .asString();
    }

    private static String client(String algorithm) {
        return client(Map.of(), Map.of("idTokenSignedResponseAlg", algorithm));
    }

    private static Answer token(String client, Map<String, String> form) {
        Map<String, String> whole = new LinkedHashMap<>(form);
        whole.put("client_id", client);
        Answer answer = house.server.browser().form("/oidc/token", whole);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static Answer signIn(TestBrowser browser, String client, String... pairs) {
        Answer code = house.signIn(browser, "u1", client, pairs);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", SignInHouse.code(code));
        form.put("redirect_uri", CALLBACK);
        form.put("code_verifier", SignInHouse.VERIFIER);
        return token(client, form);
    }

    private static String idToken(String client) {
        return signIn(house.server.browser(), client).json().path("id_token").asString();
    }

    private static String member(Answer answer, String name) {
        return answer.json().path(name).asString();
    }

    /** With which a client library verifies it. */
    private static String algorithm(String token) {
        return house.server.verified(token).getHeader().getAlgorithm().getName();
    }

    @Test
    void who_wants_PS256_has_it_and_everybody_else_RS256_of_the_same_key() {
        String client = client("PS256");
        Answer tokens = signIn(
                house.server.browser(), client, "scope", "openid offline_access", "prompt", "consent", "resource", API);
        assertThat(algorithm(member(tokens, "id_token"))).isEqualTo("PS256");
        Answer refreshed = token(
                client,
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        member(tokens, "refresh_token"),
                        "resource",
                        API));
        assertThat(algorithm(member(refreshed, "id_token"))).isEqualTo("PS256");
        assertThat(algorithm(member(refreshed, "access_token")))
                .as("is for somebody who has not asked for it")
                .isEqualTo("RS256");
        for (String other : List.of(idToken("spa"), idToken(client("RS256")))) {
            assertThat(algorithm(other)).isEqualTo("RS256");
            assertThat(house.server.verified(other).getHeader().getKeyID())
                    .isEqualTo(house.server
                            .verified(member(tokens, "id_token"))
                            .getHeader()
                            .getKeyID());
        }
    }

    @Test
    void an_id_token_of_the_authorization_endpoint_is_signed_and_hashes_alike() throws Exception {
        String client =
                client(Map.of("responseTypes", List.of("code id_token")), Map.of("idTokenSignedResponseAlg", "PS256"));
        Answer answer =
                house.signIn(house.server.browser(), "u1", client, "response_type", "code id_token", "nonce", "n");
        String location = answer.location();
        SignedJWT token =
                house.server.verified(SignInHouse.param(location, "id_token").orElseThrow());
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.PS256);
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(SignInHouse.param(location, "code").orElseThrow().getBytes(StandardCharsets.US_ASCII));
        assertThat(token.getJWTClaimsSet().getStringClaim("c_hash"))
                .isEqualTo(Hashes.base64Url(Arrays.copyOf(hash, 16)));
    }

    @Test
    void a_logout_is_told_as_an_id_token_is() throws Exception {
        try (ListeningClient listening = new ListeningClient()) {
            String client = client(
                    Map.of("backchannelLogoutUri", listening.uri()), Map.of("idTokenSignedResponseAlg", "PS256"));
            TestBrowser browser = house.server.browser();
            String hint = member(signIn(browser, client), "id_token");
            Matcher xsrf = XSRF.matcher(
                    browser.get("/oidc/session/end?id_token_hint=" + hint).text());
            assertThat(xsrf.find()).isTrue();
            browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf.group(1), "logout", "yes"));
            Instant end = Instant.now().plusSeconds(30);
            while (listening.tokens().isEmpty()) {
                assertThat(Instant.now()).as("waited for 30 s").isBefore(end);
                Thread.sleep(20);
            }
            SignedJWT token = house.server.verified(listening.tokens().getFirst());
            assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.PS256);
            assertThat(token.getHeader().getType().getType()).isEqualTo("logout+jwt");
        }
    }

    private static SigningKey key() {
        return house.server.app().keys().signer(Tenants.DEFAULT).key();
    }

    private static Map<String, Object> claims(String audience) {
        long now = house.server.clock().instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", house.server.origin() + "/oidc");
        claims.put("sub", "u1");
        claims.put("aud", audience);
        claims.put("iat", now);
        claims.put("exp", now + 600);
        claims.put("client_id", "spa");
        claims.put("scope", "all");
        return claims;
    }

    private static Answer quietly(TestBrowser browser, String hint) {
        return SignInHouse.authorize(browser, "spa", "prompt", "none", "id_token_hint", hint);
    }

    private static int farewell(String hint) {
        return house.server
                .browser()
                .get("/oidc/session/end?id_token_hint=" + hint)
                .status();
    }

    private static Answer exchange(String client, String token) {
        Map<String, String> form = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id",
                client,
                "subject_token",
                token,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "resource",
                API);
        return house.server.browser().form("/oidc/token", form);
    }

    private static int managed(String token) {
        return house.server
                .browser()
                .get("/api/applications", "Authorization", "Bearer " + token)
                .status();
    }

    @Test
    void what_it_signs_with_either_is_taken_wherever_tokens_of_ours_are() {
        TestBrowser browser = house.server.browser();
        house.signIn(browser, "u1", "spa");
        String exchanging = client(Map.of(), Map.of("allowTokenExchange", true));
        for (String algorithm : key().algorithms()) {
            JwtSigner signer = new JwtSigner(key(), algorithm);
            String hint = signer.sign("", claims("spa"));
            assertThat(SignInHouse.code(quietly(browser, hint))).as(algorithm).isNotEmpty();
            assertThat(farewell(hint)).as(algorithm).isEqualTo(200);
            assertThat(managed(signer.sign("at+jwt", claims("https://default.logto.app/api"))))
                    .as(algorithm)
                    .isEqualTo(200);
            assertThat(exchange(exchanging, signer.sign("at+jwt", claims(API))).status())
                    .as(algorithm)
                    .isEqualTo(200);
        }
    }

    @Test
    void TK2_nothing_else_of_the_key_is_taken_anywhere() throws Exception {
        TestBrowser browser = house.server.browser();
        house.signIn(browser, "u1", "spa");
        String exchanging = client(Map.of(), Map.of("allowTokenExchange", true));
        for (String algorithm : List.of("RS384", "RS512", "PS384", "PS512", "HS256", "none")) {
            assertThat(SignInHouse.error(quietly(browser, forged(algorithm, "", "spa"))))
                    .as(algorithm)
                    .isEqualTo("login_required");
            assertThat(farewell(forged(algorithm, "", "spa"))).as(algorithm).isEqualTo(400);
            assertThat(managed(forged(algorithm, "at+jwt", "https://default.logto.app/api")))
                    .as(algorithm)
                    .isEqualTo(401);
            assertThat(exchange(exchanging, forged(algorithm, "at+jwt", API)).code())
                    .as(algorithm)
                    .isEqualTo("oidc.invalid_grant");
        }
    }

    /** By our own key with another algorithm, by its public half as a secret, or by nothing. */
    private static String forged(String algorithm, String typ, String audience) throws Exception {
        if (algorithm.length() == 5 && !algorithm.startsWith("HS")) {
            return new JwtSigner(key(), algorithm).sign(typ, claims(audience));
        }
        ObjectNode header = Json.object().put("alg", algorithm).put("kid", key().kid());
        if (!typ.isEmpty()) {
            header.put("typ", typ);
        }
        Payload payload = new Payload(Json.write(claims(audience)));
        if (algorithm.equals("none")) {
            return TestKey.base64(Json.write(header)) + "." + payload.toBase64URL() + ".AAAA";
        }
        JWSObject signed = new JWSObject(JWSHeader.parse(Json.write(header)), payload);
        signed.sign(new MACSigner(key().verificationKey().jwkJson()));
        return signed.serialize();
    }

    @Test
    void a_machine_that_keeps_FAPI_2_gets_PS256_without_a_further_word() {
        TestKey key = TestKey.of("ES256");
        ObjectNode jwks = Json.object();
        jwks.putArray("keys").add(key.jwk("k"));
        Map<String, Object> oidc = Map.of(
                "redirectUris",
                List.of(),
                "postLogoutRedirectUris",
                List.of(),
                "tokenEndpointAuthMethod",
                "private_key_jwt",
                "jwks",
                jwks);
        Map<String, String> custom = Map.of("securityProfile", "fapi2", "idTokenSignedResponseAlg", "RS256");
        String client = api().created(
                        "/applications",
                        Map.of(
                                "name",
                                "Bank",
                                "type",
                                "MachineToMachine",
                                "oidcClientMetadata",
                                oidc,
                                "customClientMetadata",
                                custom))
                .path("id")
                .asString();
        TestProofs proofs = TestProofs.of(house.server);
        Answer first = machine(client, key, proofs.token());
        Answer answer = machine(
                client, key, proofs.token("nonce", first.header("DPoP-Nonce").orElseThrow()));
        assertThat(algorithm(member(answer, "access_token"))).isEqualTo("PS256");
    }

    private static Answer machine(String client, TestKey key, String proof) {
        long now = house.server.clock().instant().getEpochSecond();
        Map<String, Object> assertion = Map.of(
                "iss",
                client,
                "sub",
                client,
                "aud",
                house.server.origin() + "/oidc",
                "jti",
                Ids.secure().token(),
                "exp",
                now + 60);
        Map<String, String> form = Map.of(
                "grant_type",
                "client_credentials",
                "resource",
                API,
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                key.sign(Map.of("kid", "k"), assertion));
        return house.server.browser().form("/oidc/token", form, "DPoP", proof);
    }

    private static Answer register(String algorithm) {
        return house.server
                .browser()
                .json("POST", "/oidc/register", metadata().put("id_token_signed_response_alg", algorithm));
    }

    private static ObjectNode metadata() {
        ObjectNode metadata = Json.object().put("token_endpoint_auth_method", "none");
        metadata.putArray("redirect_uris").add(CALLBACK);
        return metadata;
    }

    private static Answer own(String method, JsonNode client, @Nullable String body) {
        return house.server
                .browser()
                .send(
                        method,
                        client.path("registration_client_uri").asString(),
                        body,
                        "Authorization",
                        "Bearer " + client.path("registration_access_token").asString(),
                        "Content-Type",
                        "application/json");
    }

    private static String told(JsonNode client) {
        return client.path("id_token_signed_response_alg").asString();
    }

    private static String signedInto(JsonNode client) {
        TestBrowser browser = house.server.browser();
        SignInHouse.authorize(browser, client.path("client_id").asString(), "scope", "openid");
        Answer answer = browser.get(house.answerAs(browser, "u1"));
        String page = answer.location();
        Matcher token = Pattern.compile("name=\"_token\" value=\"([^\"]+)\"")
                .matcher(browser.get(page).text());
        assertThat(token.find()).as(page).isTrue();
        Answer allowed = browser.form(
                page, Map.of("_token", token.group(1), "decision", "allow"), "Origin", house.server.origin());
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", SignInHouse.code(browser.get(allowed.location())));
        form.put("redirect_uri", CALLBACK);
        form.put("code_verifier", SignInHouse.VERIFIER);
        return algorithm(member(token(client.path("client_id").asString(), form), "id_token"));
    }

    @Test
    void who_registers_has_what_discovery_lists_and_is_told_so() {
        Answer made = register("PS256");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode client = made.json();
        assertThat(told(client)).isEqualTo("PS256");
        assertThat(told(own("GET", client, null).json())).isEqualTo("PS256");
        assertThat(signedInto(client)).isEqualTo("PS256");
        for (String other : List.of("ES384", "ES256", "RS512", "PS512", "HS256", "EdDSA", "none", "ps256")) {
            Answer refused = register(other);
            assertThat(refused.status()).as(other).isEqualTo(400);
            assertThat(member(refused, "error")).isEqualTo("invalid_client_metadata");
            assertThat(member(refused, "error_description"))
                    .isEqualTo("id_token_signed_response_alg can only be PS256 or RS256");
        }
        ObjectNode again = metadata().put("client_id", client.path("client_id").asString());
        client = own("PUT", client, Json.write(again)).json();
        assertThat(told(client)).as("left out, it stays").isEqualTo("PS256");
        client = own("PUT", client, Json.write(again.put("id_token_signed_response_alg", "RS256")))
                .json();
        assertThat(told(client)).isEqualTo("RS256");
        assertThat(signedInto(client)).isEqualTo("RS256");
        assertThat(told(house.server
                        .browser()
                        .json("POST", "/oidc/register", metadata())
                        .json()))
                .as("who says nothing")
                .isEqualTo("RS256");
    }

    @Test
    void what_no_key_of_the_tenant_has_cannot_be_set() {
        for (String algorithm : List.of("ES384", "RS512", "HS256", "none", "ps256")) {
            Answer refused =
                    api().post("/applications", application(Map.of(), Map.of("idTokenSignedResponseAlg", algorithm)));
            assertThat(refused.status()).as(algorithm).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("guard.invalid_input");
            assertThat(refused.text()).contains("idTokenSignedResponseAlg", "PS256, RS256");
        }
    }

    @Test
    void a_rotation_keeps_nobody_from_signing_in_and_who_wanted_PS256_has_it_again_afterwards() {
        String client = client("PS256");
        JsonNode registered = register("PS256").json();
        String hint = idToken(client);
        rotate("P-384");
        try {
            assertThat(algorithm(idToken(client))).isEqualTo("ES384");
            assertThat(signedInto(registered)).isEqualTo("ES384");
            assertThat(told(own("GET", registered, null).json()))
                    .as("what is so")
                    .isEqualTo("ES384");
            assertThat(farewell(hint)).as("of the previous key").isEqualTo(200);
            assertThat(algorithm(hint)).isEqualTo("PS256");
            Map<String, Object> kept = Map.of("idTokenSignedResponseAlg", "PS256", "idTokenTtl", 600);
            assertThat(api().patch("/applications/" + client, Map.of("customClientMetadata", kept))
                            .status())
                    .as("its other settings can be changed")
                    .isEqualTo(200);
            assertThat(register("PS256").status()).isEqualTo(400);
            assertThat(api().post("/applications", application(Map.of(), Map.of("idTokenSignedResponseAlg", "PS256")))
                            .status())
                    .isEqualTo(400);
            Answer next = api().post(
                            "/configs/oidc/private-keys/rotate",
                            Map.of("signingKeyAlgorithm", "RSA-2048", "rotationGracePeriod", 600));
            assertThat(next.status()).isEqualTo(200);
            assertThat(told(register("PS256").json()))
                    .as("discovery lists the next key")
                    .isEqualTo("PS256");
            assertThat(algorithm(idToken(client))).as("which does not sign yet").isEqualTo("ES384");
        } finally {
            rotate("RSA-2048");
        }
        assertThat(algorithm(idToken(client))).isEqualTo("PS256");
        assertThat(signedInto(registered)).isEqualTo("PS256");
    }
}
