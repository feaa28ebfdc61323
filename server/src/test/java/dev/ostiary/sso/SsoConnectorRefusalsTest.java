package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a connector cannot be, and what it can be that looks as if it could not. */
class SsoConnectorRefusalsTest {
    private static final String URL = SsoHouse.URL;

    private static SsoHouse house;

    @BeforeAll
    static void start() {
        house = new SsoHouse();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientId", "clientSecret", "issuer"})
    void a_partial_config_is_refused(String missing) {
        ObjectNode config = house.config("good");
        config.remove(missing);
        assertThat(house.make(Map.of("config", config)).code()).isEqualTo("connector.invalid_config");
        config.put(missing, "");
        assertThat(house.make(Map.of("config", config)).code()).isEqualTo("connector.invalid_config");
        config.put(missing, 7);
        Answer refused = house.make(Map.of("config", config));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("connector.invalid_config");
        assertThat(house.make(Map.of("config", Map.of())).code()).isEqualTo("connector.invalid_config");
    }

    @Test
    void a_provider_that_knows_our_key_needs_no_secret() {
        ObjectNode config = house.config("good").put("clientAuthentication", "private_key_jwt");
        config.remove("clientSecret");
        String id = house.created(Map.of("config", config));
        JsonNode single = house.api.get(URL + "/" + id).json();
        assertThat(single.get("providerConfig").has("clientSecret")).isFalse();
        JsonNode read = single.get("config");
        assertThat(read.has("clientSecret")).isFalse();
        assertThat(read.get("clientAuthentication").asString()).isEqualTo("private_key_jwt");
        assertThat(house.make(Map.of("config", config.put("clientAuthentication", "client_secret_post")))
                        .code())
                .isEqualTo("connector.invalid_config");
        assertThat(house.make(Map.of("config", config.put("clientAuthentication", "none")))
                        .code())
                .isEqualTo("connector.invalid_config");
    }

    @Test
    void google_has_one_issuer_that_nobody_chooses() {
        SsoConfig config = SsoConfigJson.read(
                SsoProvider.GOOGLE_WORKSPACE,
                Json.object()
                        .put("clientId", "c")
                        .put("clientSecret", "s")
                        .put("issuer", "https://evil.example")
                        .put("offlineAccess", true));
        assertThat(((OidcConfig) config).issuer()).isEqualTo("https://accounts.google.com");
        assertThat(SsoConfigJson.write(SsoProvider.GOOGLE_WORKSPACE, config).has("issuer"))
                .isFalse();
    }

    @Test
    void public_domains_are_refused_in_every_spelling() {
        List<String> nineteen =
                List.of("gmail.com yahoo.com hotmail.com outlook.com live.com icloud.com aol.com yandex.com mail.com"
                        .split(" "));
        for (String domain : nineteen) {
            assertThat(house.make(Map.of("domains", List.of(domain))).code())
                    .isEqualTo("single_sign_on.forbidden_domains");
        }
        for (String domain :
                "protonmail.com yanex.com gmx.com mail.ru zoho.com qq.com 163.com 126.com sina.com sohu.com"
                        .split(" ")) {
            assertThat(house.make(Map.of("domains", List.of(domain))).status()).isEqualTo(422);
        }
        Answer refused = house.make(Map.of("domains", List.of("corp.example", "GMail.com", "ｑｑ.com", "aol.com.")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("data").get("data").toString())
                .isEqualTo("[\"gmail.com\",\"qq.com\",\"aol.com\"]");
        String id = house.created(Map.of());
        assertThat(house.api
                        .patch(URL + "/" + id, Map.of("domains", List.of("gmail.com")))
                        .code())
                .isEqualTo("single_sign_on.forbidden_domains");
    }

    @ParameterizedTest
    @CsvSource({
        "corp.example,corp.example",
        "corp.example,CORP.Example",
        "corp.example,corp.example.",
        "bücher.example,xn--bcher-kva.example",
        "corp.example,ｃｏｒｐ.example"
    })
    void a_domain_is_listed_once(String one, String other) {
        Answer refused = house.make(Map.of("domains", List.of(one, "third.example", other)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("single_sign_on.duplicated_domains");
        assertThat(refused.json().get("data").get("data")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "corp example.com",
                "ana@corp.example",
                "https://corp.example",
                "1.2.3.4",
                "*.corp.example",
                "'; DROP TABLE users; --",
                "<script>alert(1)</script>",
                "😀"
            })
    void what_is_no_domain_is_refused(String domain) {
        Answer refused = house.make(Map.of("domains", List.of("corp.example", domain)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("guard.invalid_input");
        assertThat(refused.json().get("data").get("issues").get(0).get("path").toString())
                .isEqualTo("[\"domains\",1]");
    }

    @Test
    void two_connectors_may_share_a_domain() {
        house.created(Map.of("domains", List.of("shared.example")));
        assertThat(house.make(Map.of("domains", List.of("shared.example"))).status())
                .isEqualTo(200);
    }

    @Test
    void no_field_takes_what_the_database_or_a_page_could_not_hold() {
        String longName = "x".repeat(10_000);
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("connectorName", ""),
                Map.of("connectorName", "x".repeat(129)),
                Map.of("connectorName", longName),
                Map.of("connectorName", "a\u0000b"),
                Map.of("domains", List.of("a\u0000b.example")),
                Map.of("domains", List.of(longName)),
                Map.of("domains", "corp.example"),
                Map.of("domains", List.of(1)),
                Map.of("domains", List.of(List.of())),
                Map.of("branding", Map.of("displayName", longName)),
                Map.of("branding", Map.of("displayName", "\u0000")),
                Map.of("branding", Map.of("logo", "javascript:alert(1)")),
                Map.of("branding", Map.of("darkLogo", "data:text/html,<script>alert(1)</script>")),
                Map.of("branding", List.of()),
                Map.of("syncProfile", "true"),
                Map.of("enableTokenStorage", 1),
                Map.of("config", "x"),
                Map.of("config", house.config("good").put("clientId", "a\u0000b")))) {
            Answer refused = house.make(body);
            assertThat(refused.status()).as(body.keySet().toString()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("guard.invalid_input");
        }
        for (String field : List.of("clientId", "clientSecret", "issuer", "scope")) {
            assertThat(house.make(Map.of("config", house.config("good").put(field, longName)))
                            .code())
                    .as(field)
                    .isEqualTo("connector.invalid_config");
        }
    }

    @Test
    void any_other_text_comes_back_as_it_was_sent() {
        for (String text :
                List.of("Robert'); DROP TABLE users; --", "<b onload=x>&amp;\"</b>", "😀".repeat(128), "会社")) {
            String id = house.created(Map.of("connectorName", text, "branding", Map.of("displayName", text)));
            JsonNode view = house.api.get(URL + "/" + id).json();
            assertThat(view.get("connectorName").asString()).isEqualTo(text);
            assertThat(view.get("branding").get("displayName").asString()).isEqualTo(text);
            house.api.delete(URL + "/" + id);
        }
        for (String odd : List.of("'", "%00", "%F0%9F%98%80", "x".repeat(2_000), "..%2f..")) {
            assertThat(house.api.get(URL + "/" + odd).status()).as(odd).isEqualTo(404);
            assertThat(house.api.patch(URL + "/" + odd, Map.of()).status())
                    .as(odd)
                    .isEqualTo(404);
            assertThat(house.api.delete(URL + "/" + odd).status()).as(odd).isEqualTo(404);
        }
    }

    @Test
    void tokens_are_stored_for_openid_connectors_only() {
        Answer refused = house.api.post(
                URL, Map.of("providerName", "SAML", "connectorName", house.name(), "enableTokenStorage", true));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("connector.token_storage_not_supported");
        String draft = house.api
                .created(URL, Map.of("providerName", "SAML", "connectorName", house.name()))
                .get("id")
                .asString();
        assertThat(house.api
                        .patch(URL + "/" + draft, Map.of("enableTokenStorage", true))
                        .code())
                .isEqualTo("connector.token_storage_not_supported");
        String id = house.created(Map.of("enableTokenStorage", true));
        assertThat(house.api
                        .get(URL + "/" + id)
                        .json()
                        .get("enableTokenStorage")
                        .asBoolean())
                .isTrue();
    }

    /** Half of a pair is no character: neither UTF-8 nor PostgreSQL has it. */
    @Test
    void half_a_character_does_no_harm() {
        String body = "{\"providerName\":\"OIDC\",\"connectorName\":\"half \\ud83d\"}";
        Answer answer = house.server
                .browser()
                .send(
                        "POST",
                        "/api" + URL,
                        body,
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + house.server.managementToken("default"));
        assertThat(answer.status()).as(answer.text()).isLessThan(500);
    }
}
