package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code oidcc-config-certification-test-plan}: the discovery document and the keys, on https. */
class ConfigPlanTest {
    private static final String ISSUER = "https://id.example/oidc";
    private static final String[] FORWARDED = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "id.example"};

    /** Members of keys that nobody else may see (RFC 7518 section 6). */
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static TestServer server;

    @BeforeAll
    static void open() {
        server = TestServer.behindProxy();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Answer get(String path) {
        return server.browser().get("http://127.0.0.1:" + server.port() + path, FORWARDED);
    }

    private static void rotate(String algorithm) {
        Answer answer = server.browser()
                .json(
                        "POST",
                        "http://127.0.0.1:" + server.port() + "/api/configs/oidc/private-keys/rotate",
                        Map.of("signingKeyAlgorithm", algorithm),
                        "Authorization",
                        "Bearer " + server.managementToken("default"),
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "id.example");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static List<String> list(JsonNode document, String name) {
        assertThat(document.path(name).isArray()).as(name).isTrue();
        assertThat(document.path(name)).as(name).isNotEmpty().allMatch(JsonNode::isString);
        List<String> values =
                document.path(name).valueStream().map(JsonNode::asString).toList();
        assertThat(values).as(name).doesNotHaveDuplicates();
        return values;
    }

    @Test
    void oidcc_discovery_endpoint_verification() throws Exception {
        rotate("RSA");
        Answer answer = get("/oidc/.well-known/openid-configuration");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
        JsonNode document = answer.json();
        document.forEachEntry(
                (name, value) -> assertThat(value.isNull()).as(name).isFalse());
        assertThat(document.path("issuer").asString()).isEqualTo(ISSUER).doesNotEndWith("/");

        assertThat(list(document, "response_types_supported")).contains("code");
        assertThat(list(document, "subject_types_supported")).isSubsetOf("public", "pairwise");
        assertThat(list(document, "id_token_signing_alg_values_supported"))
                .contains("RS256")
                .doesNotContain("none");
        // Warnings of the suite where these are missing.
        assertThat(list(document, "claims_supported")).contains("sub", "name", "email", "iss", "auth_time");
        assertThat(list(document, "scopes_supported")).contains("openid");
        assertThat(list(document, "grant_types_supported")).contains("authorization_code");
        assertThat(list(document, "response_modes_supported")).contains("query", "fragment", "form_post");
        assertThat(list(document, "token_endpoint_auth_methods_supported"))
                .contains("client_secret_basic", "client_secret_post");
        assertThat(list(document, "token_endpoint_auth_signing_alg_values_supported"))
                .doesNotContain("none");
        assertThat(list(document, "code_challenge_methods_supported")).contains("S256");
        list(document, "claim_types_supported");
        for (String told : List.of(
                "request_parameter_supported",
                "request_uri_parameter_supported",
                "claims_parameter_supported",
                "authorization_response_iss_parameter_supported")) {
            assertThat(document.path(told).isBoolean()).as(told).isTrue();
        }

        for (String endpoint : List.of("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")) {
            assertThat(document.path(endpoint).asString("")).as(endpoint).startsWith("https://");
        }
        document.forEachEntry((name, value) -> {
            if (name.endsWith("_endpoint")) {
                assertThat(value.asString(""))
                        .as(name)
                        .startsWith("https://id.example/oidc/")
                        .doesNotContain("#", "?");
            }
        });
        keys(get(document.path("jwks_uri").asString().substring("https://id.example".length())));
    }

    /** Keys for signatures, each by a name of its own, nothing private, of a length that can be relied upon. */
    private static void keys(Answer answer) throws ParseException {
        assertThat(answer.status()).isEqualTo(200);
        JsonNode keys = answer.json().path("keys");
        assertThat(keys).hasSize(2);
        Set<String> ids = new HashSet<>();
        for (JsonNode key : keys) {
            assertThat(key.propertyNames()).doesNotContainAnyElementsOf(PRIVATE);
            assertThat(key.path("use").asString("")).isEqualTo("sig");
            assertThat(ids.add(key.path("kid").asString())).as("kid is unique").isTrue();
            assertThat(key.path("kid").asString()).isNotEmpty();
            for (String number : List.of("n", "e", "x", "y")) {
                if (key.has(number)) {
                    assertThat(key.path(number).asString()).as("base64url").matches("[A-Za-z0-9_-]+");
                }
            }
            if (key.path("kty").asString().equals("RSA")) {
                byte[] modulus = Base64.getUrlDecoder().decode(key.path("n").asString());
                assertThat(new BigInteger(1, modulus).bitLength()).isGreaterThanOrEqualTo(2048);
                assertThat(modulus[0])
                        .as("no zero in front (RFC 7518 section 6.3.1.1)")
                        .isNotZero();
            } else {
                ECKey parsed = JWK.parse(Json.write(key)).toECKey();
                int length = parsed.getCurve().equals(Curve.P_384) ? 48 : 32;
                for (String coordinate : List.of("x", "y")) {
                    assertThat(Base64.getUrlDecoder()
                                    .decode(key.path(coordinate).asString()))
                            .as("full length (RFC 7518 section 6.2.1.2)")
                            .hasSize(length);
                }
            }
        }
        assertThat(JWKSet.parse(answer.text()).getKeys()).hasSize(2).noneMatch(JWK::isPrivate);
    }

    @Test
    void a_fresh_server_signs_with_ES384_so_the_plan_needs_another_key() {
        try (TestServer fresh = TestServer.start()) {
            JsonNode document = fresh.browser()
                    .get("/oidc/.well-known/openid-configuration")
                    .json();
            assertThat(list(document, "id_token_signing_alg_values_supported")).containsExactly("ES384");
        }
    }

    @Test
    void scripts_of_any_site_read_the_document_and_the_keys() {
        for (String path : List.of("/oidc/.well-known/openid-configuration", "/oidc/jwks")) {
            Answer answer = server.browser()
                    .get(
                            "http://127.0.0.1:" + server.port() + path,
                            "Origin",
                            "https://suite.example",
                            "X-Forwarded-Proto",
                            "https",
                            "X-Forwarded-Host",
                            "id.example");
            assertThat(answer.header("Access-Control-Allow-Origin")).contains("https://suite.example");
        }
    }
}
