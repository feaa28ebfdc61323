package dev.ostiary.oidc.conformance;

import static dev.ostiary.oidc.conformance.RegisteredHouse.CALLBACK;
import static dev.ostiary.oidc.conformance.RegisteredHouse.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The modules of {@code oidcc-dynamic-certification-test-plan}, with {@code response_type=code}. */
class DynamicPlanTest {
    private static RegisteredHouse house;

    @BeforeAll
    static void open() {
        house = new RegisteredHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void now() {
        house.house.server.clock().reset();
    }

    private static TestBrowser browser() {
        return house.house.server.browser();
    }

    private static ObjectNode keys(TestKey key, String kid) {
        ObjectNode jwks = Json.object();
        jwks.putArray("keys").add(key.jwk(kid).put("use", "sig").put("alg", key.algorithm()));
        return jwks;
    }

    private static JsonNode discovered() {
        return browser().get("/oidc/.well-known/openid-configuration").json();
    }

    private static void refused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.json().path("error").asString()).isEqualTo(error);
    }

    private static void refusedOnAPage(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
    }

    @Test
    void oidcc_discovery_endpoint_verification_with_registration() {
        JsonNode document = discovered();
        assertThat(document.path("registration_endpoint").asString()).isEqualTo(house.issuer + "/register");
        assertThat(document.path("id_token_signing_alg_values_supported").toString())
                .contains("\"RS256\"");
        assertThat(document.path("response_types_supported").toString()).contains("\"code\"", "\"id_token\"");
        assertThat(document.path("grant_types_supported").toString()).contains("authorization_code", "implicit");
    }

    @Test
    void oidcc_server_of_a_client_that_has_registered_itself() {
        JsonNode client = house.registered();
        Answer tokens = house.redeem(client, house.signIn(browser(), client));
        house.idToken(tokens, client);
        Answer me = browser()
                .get(
                        "/oidc/me",
                        "Authorization",
                        "Bearer " + tokens.json().path("access_token").asString());
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().path("sub").asString()).isEqualTo("u1");
        // As the suite ends: UnregisterDynamicallyRegisteredClient.
        assertThat(house.manage("DELETE", client).status()).isEqualTo(204);
        assertThat(house.manage("GET", client).status()).isEqualTo(401);
    }

    @Test
    void oidcc_ensure_client_assertion_with_iss_aud_succeeds() {
        TestKey key = TestKey.of("RS256");
        JsonNode client = house.registered("token_endpoint_auth_method", "private_key_jwt", "jwks", keys(key, "k"));
        for (String audience : List.of(house.issuer, house.issuer + "/token")) {
            Map<String, String> form = house.redemption(client, house.signIn(browser(), client));
            house.idToken(house.proven(form, client, key, "k", audience), client);
        }
    }

    @Test
    void oidcc_ensure_redirect_uri_in_authorization_request() {
        JsonNode client = house.registered();
        Answer answer = house.authorize(browser(), client, "redirect_uri", "");
        assertThat(SignInHouse.error(answer)).isEqualTo("invalid_request");
        assertThat(SignInHouse.param(answer.location(), "state")).contains("suite-state");
        JsonNode several = house.registered("redirect_uris", List.of(CALLBACK, CALLBACK + "2"));
        refusedOnAPage(house.authorize(browser(), several, "redirect_uri", ""));
    }

    @Test
    void oidcc_idtoken_rs256() {
        JsonNode client = house.registered("id_token_signed_response_alg", "RS256");
        assertThat(client.path("id_token_signed_response_alg").asString()).isEqualTo("RS256");
        house.idToken(house.redeem(client, house.signIn(browser(), client)), client);
    }

    @Test
    void oidcc_idtoken_unsigned_is_skipped_and_cannot_be_registered() {
        assertThat(discovered().path("id_token_signing_alg_values_supported").toString())
                .doesNotContain("none");
        refused(house.register("id_token_signed_response_alg", "none"), "invalid_client_metadata");
    }

    @Test
    void oidcc_redirect_uri_query_OK() {
        JsonNode client = house.registered("redirect_uris", List.of(CALLBACK + "?foo=bar"));
        Answer answer = house.signIn(browser(), client);
        assertThat(answer.location()).startsWith(CALLBACK + "?foo=bar&");
        house.idToken(house.redeem(client, answer), client);
    }

    @Test
    void oidcc_redirect_uri_query_added() {
        JsonNode client = house.registered();
        refusedOnAPage(house.authorize(browser(), client, "redirect_uri", CALLBACK + "?foo=bar"));
    }

    @Test
    void oidcc_redirect_uri_query_mismatch() {
        JsonNode client = house.registered("redirect_uris", List.of(CALLBACK + "?foo=bar"));
        for (String other : List.of("?bar=foo", "?foo=baz", "?foo=bar&foo=bar", "?foo=bar&x=y", "")) {
            refusedOnAPage(house.authorize(browser(), client, "redirect_uri", CALLBACK + other));
        }
    }

    @Test
    void oidcc_redirect_uri_regfrag() {
        refused(house.register("redirect_uris", List.of(CALLBACK + "#foobar")), "invalid_redirect_uri");
    }

    @Test
    void oidcc_refresh_token_of_a_client_that_has_registered_itself() {
        JsonNode client = house.registered("grant_types", List.of("authorization_code", "refresh_token"));
        Answer tokens = house.redeem(
                client, house.signIn(browser(), client, "scope", "openid offline_access", "prompt", "consent"));
        String old = house.idToken(tokens, client);
        String refresh = tokens.json().path("refresh_token").asString();
        assertThat(refresh).matches("[\\x20-\\x7E]+");
        Answer refreshed = browser()
                .form(
                        "/oidc/token",
                        Map.of("grant_type", "refresh_token", "refresh_token", refresh),
                        "Authorization",
                        RegisteredHouse.basic(client));
        assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
        assertThat(refreshed.json().path("access_token").asString())
                .isNotEqualTo(tokens.json().path("access_token").asString());
        JsonNode before = part(old, 1);
        JsonNode after = part(refreshed.json().path("id_token").asString(), 1);
        for (String same : List.of("iss", "sub", "aud")) {
            assertThat(after.path(same)).isEqualTo(before.path(same));
        }
        // The second client may not use it.
        JsonNode other = house.registered("grant_types", List.of("authorization_code", "refresh_token"));
        Answer stolen = browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                refreshed.json().path("refresh_token").asString()),
                        "Authorization",
                        RegisteredHouse.basic(other));
        assertThat(stolen.status()).isEqualTo(400);
        assertThat(stolen.json().path("error").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void oidcc_refresh_token_rp_key_rotation() {
        TestKey first = TestKey.of("RS256");
        house.jwks = keys(first, "one");
        JsonNode client = house.registered(
                "token_endpoint_auth_method",
                "private_key_jwt",
                "jwks_uri",
                house.jwksUri(),
                "grant_types",
                List.of("authorization_code", "refresh_token"));
        assertThat(client.path("jwks_uri").asString()).isEqualTo(house.jwksUri());
        Answer answer = house.signIn(browser(), client, "scope", "openid offline_access", "prompt", "consent");
        Answer tokens = house.proven(house.redemption(client, answer), client, first, "one", house.issuer);
        house.idToken(tokens, client);
        TestKey second = TestKey.of("RS256");
        house.jwks = keys(second, "two");
        house.house.server.clock().forward(Duration.ofSeconds(60));
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", tokens.json().path("refresh_token").asString());
        Answer refreshed = house.proven(form, client, second, "two", house.issuer);
        assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
    }

    @Test
    void oidcc_registration_jwks_uri() {
        TestKey key = TestKey.of("RS256");
        house.jwks = keys(key, "k");
        JsonNode client =
                house.registered("token_endpoint_auth_method", "private_key_jwt", "jwks_uri", house.jwksUri());
        Map<String, String> form = house.redemption(client, house.signIn(browser(), client));
        house.idToken(house.proven(form, client, key, "k", house.issuer), client);
    }

    /** The page that somebody who has just signed in sees. */
    private static String consent(JsonNode client) {
        TestBrowser browser = browser();
        house.authorize(browser, client);
        Answer asked = browser.get(house.house.answerAs(browser, "u1"));
        assertThat(asked.location()).startsWith("/consent");
        return browser.get(asked.location()).text();
    }

    @Test
    void oidcc_registration_logo_uri_is_kept_and_not_shown_of_a_stranger() {
        JsonNode client = house.registered("logo_uri", "https://suite.example/images/openid.png");
        assertThat(client.path("logo_uri").asString()).isEqualTo("https://suite.example/images/openid.png");
        assertThat(consent(client)).contains("oidcc certification test").doesNotContain("images/openid.png");
    }

    @Test
    void oidcc_registration_policy_uri() {
        JsonNode client = house.registered("policy_uri", "https://suite.example/login.html");
        assertThat(client.path("policy_uri").asString()).isEqualTo("https://suite.example/login.html");
        assertThat(consent(client)).contains("href=\"https://suite.example/login.html\"");
    }

    @Test
    void oidcc_registration_tos_uri() {
        JsonNode client = house.registered("tos_uri", "https://suite.example/tos.html");
        assertThat(client.path("tos_uri").asString()).isEqualTo("https://suite.example/tos.html");
        assertThat(consent(client)).contains("href=\"https://suite.example/tos.html\"");
    }

    @Test
    void oidcc_registration_sector_uri_and_sector_bad_are_skipped_because_pairwise_is_not_advertised() {
        assertThat(discovered().path("subject_types_supported").toString()).isEqualTo("[\"public\"]");
        refused(
                house.register(
                        "subject_type",
                        "pairwise",
                        "sector_identifier_uri",
                        "https://suite.example/redirect_uris.json"),
                "invalid_client_metadata");
    }

    @Test
    void oidcc_request_uri_unsigned_and_signed_rs256_fail_because_no_address_of_a_stranger_is_asked() {
        JsonNode client = house.registered();
        assertThat(discovered().path("request_uri_parameter_supported").asBoolean(true))
                .isFalse();
        Answer answer = house.authorize(browser(), client, "request_uri", "https://suite.example/requesturi");
        assertThat(SignInHouse.error(answer)).isEqualTo("request_uri_not_supported");
        assertThat(SignInHouse.param(answer.location(), "state")).contains("suite-state");
        assertThat(SignInHouse.param(answer.location(), "iss")).contains(house.issuer);
    }

    @Test
    void oidcc_ensure_request_object_with_redirect_uri_of_a_client_that_has_registered_itself() {
        JsonNode client = house.registered();
        Answer answer = house.authorize(browser(), client, "request", "eyJhbGciOiJub25lIn0.e30.");
        assertThat(SignInHouse.error(answer)).isEqualTo("request_not_supported");
        assertThat(SignInHouse.param(answer.location(), "state")).contains("suite-state");
    }

    @Test
    void oidcc_userinfo_rs256_fails_because_userinfo_is_not_signed() {
        assertThat(discovered().has("userinfo_signing_alg_values_supported")).isFalse();
        refused(house.register("userinfo_signed_response_alg", "RS256"), "invalid_client_metadata");
    }

    @Test
    void oidcc_server_rotate_keys() {
        JsonNode client = house.registered();
        String before = house.idToken(house.redeem(client, house.signIn(browser(), client)), client);
        house.house
                .server
                .api()
                .created(
                        "/configs/oidc/private-keys/rotate",
                        Map.of("signingKeyAlgorithm", "RSA", "rotationGracePeriod", 0));
        String after = house.idToken(house.redeem(client, house.signIn(browser(), client)), client);
        assertThat(part(after, 0).path("kid")).isNotEqualTo(part(before, 0).path("kid"));
        JsonNode keys = browser().get("/oidc/jwks").json().path("keys");
        assertThat(keys.findValuesAsString("kid"))
                .doesNotHaveDuplicates()
                .contains(part(before, 0).path("kid").asString());
    }
}
