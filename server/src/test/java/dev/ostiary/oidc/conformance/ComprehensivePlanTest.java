package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.base.Ids;
import dev.ostiary.oidc.conformance.Suite.Callback;
import dev.ostiary.oidc.conformance.Suite.Client;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code oidcc-test-plan}, which is no certificate, with static clients: other ways for a client to prove itself, and what no
 * plan asks for but every client meets.
 */
class ComprehensivePlanTest {
    private static final Suite.Variant CODE = new Suite.Variant("code", false);
    private static final String WITH_QUERY = Suite.CALLBACK + "?dummy1=lorem&dummy2=ipsum";

    private final Suite suite = Suite.shared();

    private Client client(String method, Map<String, ?> more) {
        Map<String, Object> metadata = new LinkedHashMap<>(more);
        metadata.put("redirectUris", List.of(Suite.CALLBACK));
        metadata.put("postLogoutRedirectUris", List.of());
        metadata.put("tokenEndpointAuthMethod", method);
        return suite.client("Suite, " + method, Map.of("standardClaims", true), metadata);
    }

    private Client client(JWK key) {
        return client(
                "private_key_jwt",
                Map.of("jwks", Map.of("keys", List.of(key.toPublicJWK().toJSONObject()))));
    }

    private String assertion(Client client, JWSAlgorithm algorithm, String kid, JWSSigner signer, String audience) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(client.id())
                .subject(client.id())
                .audience(audience)
                .jwtID(Ids.secure().token())
                .issueTime(Date.from(suite.server.clock().instant()))
                .expirationTime(Date.from(suite.server.clock().instant().plusSeconds(60)))
                .build();
        SignedJWT jwt =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(kid).build(), claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return jwt.serialize();
    }

    private Answer redeem(String code, String assertion) {
        return suite.server
                .browser()
                .form(
                        "/oidc/token",
                        Suite.form(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code,
                                "redirect_uri",
                                Suite.CALLBACK,
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion",
                                assertion));
    }

    /** The whole flow, and the code a second time with a fresh assertion. */
    private void server(Client client, JWSAlgorithm algorithm, String kid, JWSSigner signer, String audience) {
        Map<String, String> request = suite.request(client, CODE);
        Callback callback = suite.signIn(suite.server.browser(), request);
        Conditions.success(suite, CODE, request, callback);
        JsonNode tokens =
                Conditions.tokens(redeem(callback.get("code"), assertion(client, algorithm, kid, signer, audience)));
        Conditions.idToken(suite, request, tokens.path("id_token").asString());
        Conditions.userinfo(suite, suite.userinfo(tokens.path("access_token").asString()), suite.user);
        Conditions.tokenError(
                redeem(callback.get("code"), assertion(client, algorithm, kid, signer, audience)),
                400,
                "invalid_grant");
    }

    private String tokenEndpoint() {
        return suite.discovery().path("token_endpoint").asString();
    }

    @Test
    void oidcc_server_with_client_auth_type_private_key_jwt() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        Client byRsa = client(rsa);
        server(byRsa, JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa), tokenEndpoint());
        server(byRsa, JWSAlgorithm.PS256, "rsa", new RSASSASigner(rsa), tokenEndpoint());
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        server(client(ec), JWSAlgorithm.ES256, "ec", new ECDSASigner(ec), tokenEndpoint());
    }

    @Test
    void oidcc_ensure_client_assertion_with_iss_aud_succeeds_for_static_clients() throws Exception {
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        server(client(ec), JWSAlgorithm.ES256, "ec", new ECDSASigner(ec), suite.issuer());
    }

    @Test
    void oidcc_server_with_client_auth_type_client_secret_jwt() throws Exception {
        Client client = client("client_secret_jwt", Map.of());
        MACSigner signer = new MACSigner(client.secret().getBytes(StandardCharsets.UTF_8));
        server(client, JWSAlgorithm.HS256, "any", signer, tokenEndpoint());
        server(client, JWSAlgorithm.HS256, null, signer, suite.issuer());
    }

    @Test
    void a_redirect_uri_keeps_its_own_query_in_every_way_of_answering() {
        for (Suite.Variant variant : List.of(
                CODE,
                new Suite.Variant("code", true),
                new Suite.Variant("code id_token", false),
                new Suite.Variant("id_token", true))) {
            TestBrowser browser = suite.server.browser();
            Map<String, String> request = suite.request(suite.client, variant, "redirect_uri", WITH_QUERY);
            Callback callback = suite.signIn(browser, request);
            Map<String, String> params = new LinkedHashMap<>(callback.params());
            if (callback.way().equals("query")) {
                assertThat(params.remove("dummy1")).isEqualTo("lorem");
                assertThat(params.remove("dummy2")).isEqualTo("ipsum");
            } else {
                assertThat(callback.address()).startsWith(WITH_QUERY);
            }
            Conditions.success(suite, variant, request, new Callback(callback.way(), callback.address(), params));
            if (variant.hasCode()) {
                Answer answer = suite.token(
                        suite.client,
                        "grant_type",
                        "authorization_code",
                        "code",
                        callback.get("code"),
                        "redirect_uri",
                        WITH_QUERY);
                Conditions.tokens(answer);
            }
        }
    }

    @Test
    void scripts_of_the_clients_own_origin_may_call_and_read() {
        String origin = "https://suite.example";
        Map<String, String> request = suite.request(suite.client, CODE);
        Callback callback = suite.signIn(suite.server.browser(), request);
        Answer tokens = suite.server
                .browser()
                .form(
                        "/oidc/token",
                        Suite.form(
                                "grant_type",
                                "authorization_code",
                                "code",
                                callback.get("code"),
                                "redirect_uri",
                                Suite.CALLBACK),
                        "Authorization",
                        suite.client.basic(),
                        "Origin",
                        origin);
        String token = Conditions.tokens(tokens).path("access_token").asString();
        assertThat(tokens.header("Access-Control-Allow-Origin")).contains(origin);
        Answer userinfo = suite.server.browser().get("/oidc/me", "Authorization", "Bearer " + token, "Origin", origin);
        Conditions.userinfo(suite, userinfo, suite.user);
        assertThat(userinfo.header("Access-Control-Allow-Origin")).contains(origin);
        Answer preflight = suite.server
                .browser()
                .send(
                        "OPTIONS",
                        "/oidc/me",
                        null,
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "GET",
                        "Access-Control-Request-Headers",
                        "authorization");
        assertThat(preflight.header("Access-Control-Allow-Origin")).contains(origin);
        assertThat(preflight.header("Access-Control-Allow-Headers").orElse("")).containsIgnoringCase("authorization");
        Answer elsewhere = suite.server
                .browser()
                .get("/oidc/me", "Authorization", "Bearer " + token, "Origin", "https://other.example");
        assertThat(elsewhere.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void a_client_of_logtos_wire_is_told_times_that_the_suite_takes_for_the_future() {
        Client wire = suite.client("Wire", Map.of());
        Map<String, String> request = suite.request(wire, CODE, "scope", "openid profile");
        Callback callback = suite.signIn(suite.server.browser(), request);
        String token = Conditions.tokens(suite.redeem(wire, callback.get("code")))
                .path("access_token")
                .asString();
        assertThatThrownBy(() -> Conditions.userinfo(suite, suite.userinfo(token), suite.user))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("updated_at, seconds");
    }

    @Test
    void a_request_without_redirect_uri_is_refused_where_several_are_registered() {
        // oidcc-ensure-redirect-uri-in-authorization-request; with one alone it stands for itself, as on Logto's wire.
        Map<String, String> request = suite.request(suite.client, CODE, "redirect_uri", "");
        Modules.page(Suite.authorize(suite.server.browser(), request));
    }

    @Test
    void errors_of_the_token_endpoint_have_their_status_and_their_challenge() {
        Answer basic = suite.server
                .browser()
                .form(
                        "/oidc/token",
                        Suite.form("grant_type", "authorization_code", "code", "x", "redirect_uri", Suite.CALLBACK),
                        "Authorization",
                        new Client(suite.client.id(), "wrong").basic());
        Conditions.tokenError(basic, 401, "invalid_client");
        assertThat(basic.header("WWW-Authenticate").orElse(""))
                .as("RFC 6749 section 5.2")
                .startsWith("Basic ");
        Conditions.tokenError(suite.token(suite.client, "grant_type", "password"), 400, "unsupported_grant_type");
        Conditions.tokenError(suite.token(suite.client, "code", "x"), 400, "invalid_request");
        Conditions.tokenError(suite.redeem(suite.client, "no-such-code"), 400, "invalid_grant");
    }
}
