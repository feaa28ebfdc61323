package dev.ostiary.oidc.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.SigningKey;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.testing.TestBrowser.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DiscoveryTest {
    private static final DiscoveryDocument.Switches NONE = new DiscoveryDocument.Switches(false, false);

    private final TestOidc oidc = TestOidc.shared();

    @Test
    void both_names_give_the_document_of_the_wire() throws IOException {
        JsonNode expected = golden(oidc.server().origin());
        for (String name : new String[] {"openid-configuration", "oauth-authorization-server"}) {
            Answer answer = oidc.browser().get("/oidc/.well-known/" + name);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
            assertThat(answer.json()).isEqualTo(expected);
            assertThat(answer.json().propertyNames()).containsExactlyElementsOf(expected.propertyNames());
        }
    }

    @Test
    void endpoints_are_where_the_request_arrived_and_the_issuer_is_as_configured() {
        String issuer = oidc.server().origin() + "/oidc";
        assertThat(DiscoveryDocument.of(issuer, "https://auth.example.com", List.of("ES384"), NONE))
                .containsEntry("issuer", issuer)
                .containsEntry("token_endpoint", "https://auth.example.com/oidc/token");
    }

    @Test
    void the_algorithms_follow_the_key() {
        assertThat(DiscoveryDocument.of("i", "o", List.of("ES256"), NONE).get("id_token_signing_alg_values_supported"))
                .isEqualTo(List.of("ES256"));
        SigningKey rsa = SigningKey.generate(SigningKey.Type.RSA_2048);
        assertThat(DiscoveryDocument.of("i", "o", rsa.algorithms(), NONE).get("id_token_signing_alg_values_supported"))
                .isEqualTo(List.of("PS256", "RS256"));
    }

    @Test
    void credentials_on_the_way_do_no_harm_and_a_known_tag_saves_the_body() {
        Answer first = oidc.browser().get("/oidc/.well-known/openid-configuration", "Authorization", "Basic YTpi");
        assertThat(first.status()).isEqualTo(200);
        Answer again = oidc.browser()
                .get(
                        "/oidc/.well-known/openid-configuration",
                        "If-None-Match",
                        first.header("ETag").orElseThrow());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
    }

    @Test
    void it_is_compressed_for_those_who_accept_it() {
        Answer answer = oidc.browser().get("/oidc/.well-known/openid-configuration", "Accept-Encoding", "gzip, br");
        assertThat(answer.header("Content-Encoding")).contains("gzip");
        assertThat(answer.headers("Vary")).anyMatch(vary -> vary.contains("Accept-Encoding"));
    }

    @Test
    void keys_have_string_members_only_and_name_their_use() {
        Answer answer = oidc.browser().get("/oidc/jwks");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/jwk-set+json; charset=utf-8");
        assertThat(answer.header("Cache-Control")).contains("no-cache, max-age=0, must-revalidate");
        JsonNode keys = answer.json().get("keys");
        assertThat(keys).hasSize(1);
        JsonNode key = keys.get(0);
        assertThat(key.propertyNames()).containsExactly("kty", "use", "kid", "alg", "crv", "x", "y");
        key.forEach(member -> assertThat(member.isString()).isTrue());
        assertThat(key.get("alg").asString()).isEqualTo("ES384");
        assertThat(key.get("use").asString()).isEqualTo("sig");
    }

    @Test
    void any_origin_may_read_them_without_credentials() {
        for (String path : new String[] {"/oidc/jwks", "/oidc/.well-known/openid-configuration"}) {
            Answer answer = oidc.browser().get(path, "Origin", "https://app.example.com");
            assertThat(answer.header("Access-Control-Allow-Origin")).contains("https://app.example.com");
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(answer.headers("Vary")).anyMatch(vary -> vary.contains("Origin"));
        }
    }

    @Test
    void nothing_of_it_is_at_the_root() {
        assertThat(oidc.browser().get("/.well-known/openid-configuration").status())
                .isEqualTo(404);
    }

    @Test
    void an_unknown_route_or_method_answers_in_oauth_words() {
        Answer unknown = oidc.browser().get("/oidc/nowhere");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().get("error_description").asString())
                .isEqualTo("unrecognized route or not allowed method (GET on /nowhere)");
        Answer method = oidc.browser().send("DELETE", "/oidc/token", null);
        assertThat(method.status()).isEqualTo(404);
        assertThat(method.code()).isEqualTo("oidc.invalid_request");
        assertThat(method.json().get("error_description").asString())
                .isEqualTo("unrecognized route or not allowed method (DELETE on /token)");
    }

    private static JsonNode golden(String origin) throws IOException {
        try (InputStream in = DiscoveryTest.class.getResourceAsStream("/wire/oidc/discovery.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Json.read(text.replace("http://localhost:3001", origin));
        }
    }
}
