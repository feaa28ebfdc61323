package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an administrator is told of a provider, before a configuration is stored and when it is looked at. */
class SsoDiscoveryTest {
    private static int number;
    private static MetadataStub provider;
    private static TestServer server;
    private static TestApi api;

    @BeforeAll
    static void start() {
        provider = new MetadataStub();
        server = TestServer.start();
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "/.well-known/openid-configuration", "/.well-known/openid-configuration/"})
    void an_issuer_is_found_however_it_is_pasted(String tail) {
        JsonNode found = discover(provider.issuer("good") + tail).json();
        assertThat(found.propertyNames())
                .containsExactly(
                        "issuer",
                        "issuerToStore",
                        "authorizationEndpoint",
                        "tokenEndpoint",
                        "userinfoEndpoint",
                        "jwksUri");
        assertThat(found.get("issuerToStore").asString()).isEqualTo(provider.issuer("good"));
        assertThat(found.get("tokenEndpoint").asString()).isEqualTo(provider.issuer("good") + "/token");
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, not_found, fail_to_fetch_config",
        "moved, redirected, fail_to_fetch_config",
        "slow, timeout, fail_to_fetch_config",
        "text, not_json, invalid_config_response",
        "liar, issuer_mismatch, invalid_config_response",
        "poor, missing_endpoint, invalid_config_response"
    })
    void each_fault_has_its_own_name_and_nothing_is_stored(String name, String fault, String message) {
        for (Answer refused : new Answer[] {discover(provider.issuer(name)), create(provider.issuer(name))}) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("connector.invalid_config");
            JsonNode data = refused.json().get("data");
            assertThat(data.get("ssoErrorCode").asString()).isEqualTo("invalid_config");
            assertThat(data.get("config").get("issuer").asString()).isEqualTo(provider.issuer(name));
            assertThat(data.get("message").asString()).isEqualTo(message);
            assertThat(data.get("fault").asString()).isEqualTo(fault);
            assertThat(data.get("error").asString()).isNotBlank();
            assertThat(refused.text()).doesNotContain("canary");
        }
        assertThat(api.get("/sso-connectors").text()).doesNotContain(provider.issuer(name) + "\"");
    }

    /** SS1 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]",
                "https://[fd00::1]",
                "https://[::ffff:10.0.0.1]",
                "https://10.0.0.1",
                "https://192.168.1.1:8443",
                "https://100.64.0.1",
                "https://0.0.0.0",
                "https://metadata.google.internal",
                "https://nowhere.invalid",
                "http://example.com",
                "file:///etc/passwd",
                "gopher://example.com",
                "javascript:alert(1)",
                "//example.com",
                "example.com",
                "https://",
                "https://user@169.254.169.254",
                "' OR 1=1 --",
                "😀"
            })
    void an_issuer_that_is_no_public_https_address_is_refused(String issuer) {
        for (Answer refused : new Answer[] {discover(issuer), create(issuer)}) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("connector.invalid_config");
            assertThat(refused.json().get("data").get("fault").asString())
                    .isIn("private_address", "not_https", "not_a_url", "host_not_found");
        }
    }

    @Test
    void only_openid_providers_are_looked_up() {
        assertThat(discover("SAML", provider.issuer("good")).code()).isEqualTo("guard.invalid_input");
        assertThat(discover("Keycloak", provider.issuer("good")).code()).isEqualTo("connector.not_found");
        assertThat(api.post("/sso-connectors/discovery", Map.of("providerName", "OIDC"))
                        .code())
                .isEqualTo("guard.invalid_input");
        assertThat(discover("x".repeat(10_000)).code()).isEqualTo("guard.invalid_input");
        assertThat(discover("https://a\u0000.example").code()).isEqualTo("guard.invalid_input");
    }

    @Test
    void a_provider_that_is_down_makes_neither_reading_nor_listing_slow() {
        String id = id(create(provider.issuer("good-later")));
        server.app().database().run("default", tx -> tx.update(
                        "UPDATE sso_connectors SET config = jsonb_set(config, '{issuer}', CAST(:issuer AS jsonb))"
                                + " WHERE tenant_id = :tenant AND id = :id")
                .bind("issuer", Json.write(provider.issuer("slow")))
                .bind("id", id)
                .execute());
        api.patch("/sso-connectors/" + id, Map.of("syncProfile", true));
        Instant start = Instant.now();
        JsonNode view = api.get("/sso-connectors/" + id).json();
        api.get("/sso-connectors");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(view.has("providerConfig")).isFalse();
        assertThat(view.get("config").get("issuer").asString()).isEqualTo(provider.issuer("slow"));
    }

    @Test
    void a_provider_is_not_asked_again_for_every_reader() {
        String id = id(create(provider.issuer("good-often")));
        int before = provider.requests();
        for (int i = 0; i < 5; i++) {
            assertThat(api.get("/sso-connectors/" + id).json().has("providerConfig"))
                    .isTrue();
            api.get("/sso-connectors");
        }
        assertThat(provider.requests() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void a_test_is_an_address_on_the_tenants_own_origin() {
        String id = id(create(provider.issuer("good-test")));
        Answer started = api.post("/sso-connectors/" + id + "/test", Map.of());
        assertThat(started.status()).isEqualTo(200);
        assertThat(started.json().get("testUri").asString())
                .matches(java.util.regex.Pattern.quote(server.origin() + "/enterprise-sso/" + id + "/test?ticket=")
                        + "[\\w-]{43}");
        String draft =
                id(api.post("/sso-connectors", Map.of("providerName", "OIDC", "connectorName", "Draft " + ++number)));
        assertThat(api.post("/sso-connectors/" + draft + "/test", Map.of()).code())
                .isEqualTo("connector.not_found");
        assertThat(api.post("/sso-connectors/nobody/test", Map.of()).status()).isEqualTo(404);
    }

    private static Answer discover(String issuer) {
        return discover("OIDC", issuer);
    }

    private static Answer discover(String type, String issuer) {
        return api.post("/sso-connectors/discovery", Map.of("providerName", type, "issuer", issuer));
    }

    private static Answer create(String issuer) {
        ObjectNode config =
                Json.object().put("clientId", "c").put("clientSecret", "canary").put("issuer", issuer);
        Map<String, Object> body = new HashMap<>();
        body.put("providerName", "OIDC");
        body.put("connectorName", "Company " + ++number);
        body.put("config", config);
        return api.post("/sso-connectors", body);
    }

    private static String id(Answer made) {
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.json().get("id").asString();
    }
}
