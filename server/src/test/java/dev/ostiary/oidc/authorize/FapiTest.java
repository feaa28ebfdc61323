package dev.ostiary.oidc.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.base.Ids;
import dev.ostiary.http.Params;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.dpop.TestProofs;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** FAPI 2.0 Security Profile, section 5.3.2: an application that keeps it, from the pushed request to userinfo. */
class FapiTest {
    private static final TestKey KEY = TestKey.of("PS256");
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static SignInHouse house;
    private static TestProofs proofs;
    private static String client;
    private static String nonce = "";
    private static Answer beforeRotation;
    private static Answer announced;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        proofs = TestProofs.of(house.server);
        beforeRotation = house.server.api().post("/applications", settings(Map.of()));
        assertThat(rotate("P-256", 600).status()).isEqualTo(200);
        announced = house.server.api().post("/applications", settings(Map.of()));
        assertThat(rotate("P-256", 0).status()).isEqualTo(200);
        client = create(Map.of());
    }

    private static Answer rotate(String kind, int grace) {
        return house.server
                .api()
                .post(
                        "/configs/oidc/private-keys/rotate",
                        Map.of("signingKeyAlgorithm", kind, "rotationGracePeriod", grace));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void now() {
        house.server.clock().reset();
        nonce = "";
        push().header("DPoP-Nonce").ifPresent(fresh -> nonce = fresh);
    }

    private static Map<String, Object> settings(Map<String, ?> changes) {
        var jwks = Json.object();
        jwks.putArray("keys").add(KEY.jwk("k"));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("redirectUris", List.of(SignInHouse.CALLBACK));
        metadata.put("postLogoutRedirectUris", List.of());
        metadata.put("tokenEndpointAuthMethod", "private_key_jwt");
        metadata.put("jwks", jwks);
        metadata.putAll(changes);
        return Map.of(
                "name",
                "Bank",
                "type",
                "Traditional",
                "oidcClientMetadata",
                metadata,
                "customClientMetadata",
                Map.of("securityProfile", "fapi2", "alwaysIssueRefreshToken", true));
    }

    private static String create(Map<String, ?> changes) {
        return house.server
                .api()
                .created("/applications", settings(changes))
                .path("id")
                .asString();
    }

    private static String assertion() {
        long now = house.server.clock().instant().getEpochSecond();
        return KEY.sign(
                Map.of(),
                Map.of(
                        "iss",
                        client,
                        "sub",
                        client,
                        "aud",
                        house.server.origin() + "/oidc",
                        "jti",
                        Ids.secure().token(),
                        "exp",
                        now + 60));
    }

    private static Map<String, String> proven(Map<String, String> form) {
        Map<String, String> whole = new LinkedHashMap<>(form);
        whole.put("client_assertion_type", TYPE);
        whole.put("client_assertion", assertion());
        return whole;
    }

    private static Answer push(String... pairs) {
        return house.server
                .browser()
                .form(
                        "/oidc/request",
                        proven(SignInHouse.params(client, pairs)),
                        "DPoP",
                        proofs.proof("POST", "/oidc/request", "nonce", nonce));
    }

    private static String reference(Answer pushed) {
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        return pushed.json().path("request_uri").asString();
    }

    private static Answer code(TestBrowser browser, String reference) {
        Answer sentOff = browser.get("/oidc/auth?client_id=" + client + "&request_uri=" + Params.encode(reference));
        return sentOff.location().startsWith("/") ? browser.get(house.answerAs(browser, "u1")) : sentOff;
    }

    private static Answer token(TestProofs by, Map<String, String> form) {
        return house.server.browser().form("/oidc/token", proven(form), "DPoP", by.token("nonce", nonce));
    }

    private static Answer redeem(TestProofs by, String code) {
        return token(by, redemption(code));
    }

    private static Map<String, String> redemption(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", SignInHouse.CALLBACK);
        form.put("code_verifier", SignInHouse.VERIFIER);
        return form;
    }

    private static void refused(Answer answer, String error, @Nullable String description) {
        assertThat(answer.code()).as(answer.text()).isEqualTo("oidc." + error);
        if (description != null) {
            assertThat(answer.json().path("error_description").asString()).isEqualTo(description);
        }
    }

    @Test
    void the_whole_way_is_bound_to_the_key_and_refresh_tokens_do_not_rotate() {
        Answer answer = code(house.server.browser(), reference(push()));
        assertThat(SignInHouse.param(answer.location(), "iss")).contains(house.server.origin() + "/oidc");
        Answer tokens = redeem(proofs, SignInHouse.code(answer));
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        assertThat(tokens.json().path("token_type").asString()).isEqualTo("DPoP");
        String access = tokens.json().path("access_token").asString();
        Answer me = house.server
                .browser()
                .get("/oidc/me", "Authorization", "DPoP " + access, "DPoP", proofs.me(access, "nonce", nonce));
        assertThat(me.status()).as(me.text()).isEqualTo(200);
        assertThat(house.server
                        .browser()
                        .get("/oidc/me", "Authorization", "Bearer " + access)
                        .status())
                .isEqualTo(401);
        String refresh = tokens.json().path("refresh_token").asString();
        house.server.clock().forward(Duration.ofDays(12));
        nonce = push().header("DPoP-Nonce").orElseThrow();
        Answer refreshed = token(proofs, Map.of("grant_type", "refresh_token", "refresh_token", refresh));
        assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
        assertThat(refreshed.json().path("refresh_token").asString()).isEqualTo(refresh);
    }

    @Test
    void the_switch_waits_until_the_tenant_signs_as_the_profile_permits_FAPI2_5_4_1() {
        for (Answer refused : List.of(beforeRotation, announced)) {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("application.signing_key_not_for_fapi");
            assertThat(refused.json().at("/data/algorithms").toString()).contains("ES384");
            assertThat(refused.json().at("/data/permitted").toString()).contains("ES256", "PS256", "EdDSA");
            assertThat(refused.json().path("message").asString()).contains("ES384");
        }
    }

    @Test
    void no_key_takes_over_that_the_profile_does_not_permit_FAPI2_5_4_1() {
        for (String kind : List.of("EC", "P-521")) {
            Answer refused = rotate(kind, 0);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("oidc.signing_algorithm_not_permitted");
            assertThat(refused.json().at("/data/permitted").toString()).contains("ES256");
        }
        Answer code = code(house.server.browser(), reference(push("scope", "openid")));
        String idToken =
                redeem(proofs, SignInHouse.code(code)).json().path("id_token").asString();
        assertThat(new String(java.util.Base64.getUrlDecoder().decode(idToken.split("\\.")[0])))
                .contains("\"ES256\"");
    }

    @Test
    void with_an_RSA_key_all_that_it_gets_is_signed_with_PS256_FAPI2_5_4_1() throws Exception {
        String api = "https://accounts.bank.example";
        house.server.api().created("/resources", Map.of("name", "Accounts", "indicator", api));
        assertThat(rotate("RSA-2048", 0).status()).isEqualTo(200);
        try {
            create(Map.of());
            Answer code = code(house.server.browser(), reference(push("resource", api)));
            Map<String, String> form = redemption(SignInHouse.code(code));
            form.put("resource", api);
            Answer tokens = token(proofs, form);
            for (String name : List.of("id_token", "access_token")) {
                SignedJWT token = house.server.verified(tokens.json().path(name).asString());
                assertThat(token.getHeader().getAlgorithm()).as(name).isEqualTo(JWSAlgorithm.PS256);
            }
            SignedJWT access =
                    house.server.verified(tokens.json().path("access_token").asString());
            assertThat(access.getJWTClaimsSet().getAudience()).containsExactly(api);
        } finally {
            assertThat(rotate("P-256", 0).status()).isEqualTo(200);
        }
    }

    @Test
    void a_request_that_is_not_pushed_is_refused_by_name() {
        Answer answer = SignInHouse.authorize(house.server.browser(), client);
        assertThat(SignInHouse.error(answer)).isEqualTo("invalid_request");
        assertThat(SignInHouse.param(answer.location(), "error_description"))
                .contains("fapi2: authorization requests must be pushed");
        assertThat(SignInHouse.authorize(house.server.browser(), client, "redirect_uri", "https://evil.example/")
                        .header("Location"))
                .isEmpty();
    }

    @Test
    void each_demand_on_a_request_is_told_by_name() {
        refused(push("response_type", "code id_token"), "invalid_request", "fapi2: response_type must be code");
        refused(push("redirect_uri", ""), "invalid_request", "fapi2: redirect_uri must be sent");
        refused(push("code_challenge", "", "code_challenge_method", ""), "invalid_request", null);
        refused(push("code_challenge_method", "plain"), "invalid_request", null);
        refused(push("request", "e30.e30.e30"), "request_not_supported", null);
        // Of RFC 9126 section 2.3; applications without a profile are told invalid_redirect_uri, as they ever were.
        refused(push("redirect_uri", "https://evil.example/"), "invalid_request", null);
    }

    @Test
    void a_code_is_for_the_key_of_its_request_and_for_a_minute() {
        String stolen = SignInHouse.code(code(house.server.browser(), reference(push())));
        refused(redeem(TestProofs.of(house.server), stolen), "invalid_grant", "grant request is invalid");
        String late = SignInHouse.code(code(house.server.browser(), reference(push())));
        house.server.clock().forward(Duration.ofSeconds(61));
        refused(redeem(proofs, late), "invalid_grant", "grant request is invalid");
    }

    @Test
    void a_token_request_without_proof_or_nonce_is_refused_by_name() {
        String code = SignInHouse.code(code(house.server.browser(), reference(push())));
        refused(
                house.server.browser().form("/oidc/token", proven(redemption(code))),
                "invalid_request",
                "a DPoP proof is required");
        refused(
                house.server.browser().form("/oidc/token", proven(redemption(code)), "DPoP", proofs.token()),
                "use_dpop_nonce",
                null);
        TestProofs weak = new TestProofs(house.server, TestKey.of("RS256"));
        refused(redeem(weak, code), "invalid_dpop_proof", "the algorithm of the DPoP proof is not allowed");
        assertThat(redeem(proofs, code).status()).isEqualTo(200);
    }

    @Test
    void dpop_jkt_and_the_proof_at_the_pushed_request_are_the_same_key_RFC9449_10() {
        refused(
                push("dpop_jkt", TestProofs.of(house.server).jkt()),
                "invalid_dpop_proof",
                "dpop_jkt is not the key of the DPoP proof");
        reference(push("dpop_jkt", proofs.jkt()));
        refused(
                house.server.browser().form("/oidc/request", proven(SignInHouse.params(client, "dpop_jkt", "short"))),
                "invalid_request",
                "dpop_jkt must be a SHA-256 thumbprint in base64url");
    }

    @Test
    void dpop_jkt_alone_binds_a_code_too_RFC9449_10() {
        house.application("bound", "SPA", List.of(SignInHouse.CALLBACK), "{\"dpop\":\"optional\"}");
        for (TestProofs by : new ArrayList<>(List.of(TestProofs.of(house.server), proofs))) {
            TestBrowser browser = house.server.browser();
            Answer answer = house.signIn(browser, "u1", "bound", "dpop_jkt", proofs.jkt());
            Map<String, String> form = redemption(SignInHouse.code(answer));
            form.put("client_id", "bound");
            Answer tokens = browser.form("/oidc/token", form, "DPoP", by.token());
            assertThat(tokens.status()).as(tokens.text()).isEqualTo(by == proofs ? 200 : 400);
        }
        TestBrowser browser = house.server.browser();
        Answer answer = house.signIn(browser, "u1", "bound", "dpop_jkt", proofs.jkt());
        Map<String, String> form = redemption(SignInHouse.code(answer));
        form.put("client_id", "bound");
        refused(browser.form("/oidc/token", form), "invalid_grant", "grant request is invalid");
    }

    @Test
    void another_clients_reference_is_of_no_use_AZ5_RFC9126_7_3() {
        String reference = reference(push());
        Answer hijacked =
                house.server.browser().get("/oidc/auth?client_id=web&request_uri=" + Params.encode(reference));
        assertThat(hijacked.code()).isEqualTo("oidc.invalid_request_uri");
        // Whoever tries has not used it up.
        assertThat(SignInHouse.code(code(house.server.browser(), reference))).isNotEmpty();
        assertThat(house.server
                        .browser()
                        .get("/oidc/auth?client_id=" + client + "&request_uri=" + Params.encode(reference))
                        .code())
                .isEqualTo("oidc.invalid_request_uri");
    }

    @Test
    void what_was_pushed_is_in_no_cookie_and_no_address_AZ5() {
        Answer sentOff = house.server
                .browser()
                .get("/oidc/auth?client_id=" + client + "&request_uri="
                        + Params.encode(reference(push("nonce", "canary-nonce", "state", "canary-state"))));
        assertThat(sentOff.headers("Set-Cookie").toString() + sentOff.location())
                .doesNotContain("canary")
                .doesNotContain(SignInHouse.CHALLENGE)
                .doesNotContain(proofs.jkt());
    }

    @Test
    void the_switch_cannot_be_turned_on_over_settings_that_break_it() {
        Answer answer = house.server
                .api()
                .post("/applications", settings(Map.of("tokenEndpointAuthMethod", "client_secret_basic")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("guard.invalid_input");
        assertThat(answer.json().path("data").path("issues").get(0).path("path").toString())
                .isEqualTo("[\"oidcClientMetadata\",\"tokenEndpointAuthMethod\"]");
        assertThat(house.server
                        .api()
                        .patch(
                                "/applications/" + client,
                                Map.of("customClientMetadata", Map.of("securityProfile", "fapi2", "dpop", "off")))
                        .status())
                .isEqualTo(400);
    }
}
