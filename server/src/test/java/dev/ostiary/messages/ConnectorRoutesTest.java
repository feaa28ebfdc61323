package dev.ostiary.messages;

import static dev.ostiary.messages.MailHouse.FACTORY;
import static dev.ostiary.messages.MailHouse.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ConnectorRoutesTest {
    private static MailHouse house;

    @BeforeAll
    static void start() {
        house = new MailHouse();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    private static Answer make(Map<String, ?> more) {
        Map<String, Object> body = new java.util.HashMap<>(Map.of("connectorId", FACTORY, "config", house.config()));
        body.putAll(more);
        return house.api.post(URL, body);
    }

    @Test
    void a_connector_is_made_read_changed_and_deleted() {
        String id = house.connect(house.config());
        assertThat(id).matches("[0-9a-z]{12}");
        Answer one = house.api.get(URL + "/" + id);
        assertThat(one.json().path("type").asString()).isEqualTo("Email");
        assertThat(one.json().path("connectorId").asString()).isEqualTo(FACTORY);
        assertThat(one.json().path("platform").isNull()).isTrue();
        assertThat(one.json().at("/config/auth/pass").asString()).isEqualTo("s3cret");
        assertThat(one.header("Cache-Control")).contains("no-store");

        JsonNode listed = house.api.get(URL).json().get(0);
        assertThat(listed.get("id").asString()).isEqualTo(id);
        assertThat(listed.at("/config/auth/user").asString()).isEqualTo("mailer");
        assertThat(listed.toString()).doesNotContain("s3cret");
        assertThat(house.api.get(URL + "?target=" + FACTORY).json()).hasSize(1);
        assertThat(house.api.get(URL + "?target=github").json()).isEmpty();

        ObjectNode config = house.config().put("fromEmail", "other@example.com");
        config.remove("auth");
        Answer patched = house.api.patch(URL + "/" + id, Map.of("config", config));
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().at("/config/fromEmail").asString()).isEqualTo("other@example.com");
        assertThat(patched.json().at("/config/auth").isMissingNode()).isTrue();

        assertThat(house.api.delete(URL + "/" + id).status()).isEqualTo(204);
        assertThat(house.api.delete(URL + "/" + id).code()).isEqualTo("entity.not_found");
        assertThat(house.api.get(URL + "/" + id).status()).isEqualTo(404);
        assertThat(house.api.patch(URL + "/" + id, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void two_administrators_do_not_overwrite_each_other() {
        String id = house.connect(house.config());
        String tag = house.api.get(URL + "/" + id).header("ETag").orElseThrow();
        Map<String, Object> change = Map.of("config", house.config().put("fromEmail", "one@example.com"));
        String token = "Bearer " + house.server.managementToken(Tenants.DEFAULT);
        var browser = house.server.browser();
        String path = "/api" + URL + "/" + id;
        Answer first = browser.json("PATCH", path, change, "Authorization", token, "If-Match", tag);
        assertThat(first.status()).isEqualTo(200);
        assertThat(browser.json("PATCH", path, change, "Authorization", token, "If-Match", tag)
                        .status())
                .isEqualTo(412);
        String next = first.header("ETag").orElseThrow();
        assertThat(browser.json("PATCH", path, change, "Authorization", token, "If-Match", next)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_password_is_sealed_in_the_database() {
        house.connect(house.config());
        String row = house.server.app().database().read(Tenants.DEFAULT, tx -> tx.query(
                        "SELECT row_to_json(c)::text FROM connectors c WHERE tenant_id = :tenant")
                .mapTo(String.class)
                .one());
        assertThat(row).contains("v1.").doesNotContain("s3cret");
    }

    @Test
    void refusals_have_the_codes_of_the_wire() {
        house.connect(house.config());
        assertThat(make(Map.of()).code()).isEqualTo("connector.multiple_instances_not_supported");
        assertThat(make(Map.of("connectorId", "github-universal")).code())
                .isEqualTo("connector.not_found_with_connector_id");
        assertThat(make(Map.of("metadata", Map.of("target", "x"))).code())
                .isEqualTo("connector.cannot_overwrite_metadata_for_non_standard_connector");
        assertThat(make(Map.of("syncProfile", true)).code()).isEqualTo("connector.invalid_type_for_syncing_profile");
        assertThat(make(Map.of("enableTokenStorage", true)).code()).isEqualTo("connector.token_storage_not_supported");
        for (ObjectNode bad : List.of(
                Json.object(),
                house.config().put("fromEmail", "nobody"),
                house.config().put("fromEmail", "A\r\nBcc: x@example.com <a@example.com>"),
                house.config().put("port", 0),
                house.config().put("host", "x".repeat(10_000)),
                house.config()
                        .set(
                                "auth",
                                Json.object()
                                        .put("type", "OAuth2")
                                        .put("user", "u")
                                        .put("pass", "p")))) {
            Answer answer = make(Map.of("config", bad));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("connector.invalid_config");
        }
        assertThat(house.api.get(URL + "/" + "x".repeat(200)).status()).isEqualTo(404);
        assertThat(house.api.get("/connector-factories/none").status()).isEqualTo(404);
        assertThat(house.api.get("/connector-factories").json()).hasSize(1);
        assertThat(house.api
                        .get("/connector-factories/" + FACTORY)
                        .json()
                        .get("id")
                        .asString())
                .isEqualTo(FACTORY);
        assertThat(house.api
                        .get("/connector-factories/" + FACTORY + "/templates")
                        .json())
                .hasSize(27);
    }

    @Test
    void a_connector_can_be_tried_before_it_is_stored() {
        Answer sent = house.api.post(
                URL + "/" + FACTORY + "/test",
                Map.of("email", "try@example.com", "config", house.config(), "locale", "zh-CN"));
        assertThat(sent.status()).isEqualTo(204);
        assertThat(house.received("try@example.com")).hasSize(1);

        ObjectNode wrong = house.config().put("host", "10.0.0.1");
        Answer refused =
                house.api.post(URL + "/" + FACTORY + "/test", Map.of("email", "try@example.com", "config", wrong));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("connector.general");
        assertThat(refused.json().at("/data/fault").asString()).isEqualTo("private_address");

        assertThat(house.api
                        .post(URL + "/" + FACTORY + "/test", Map.of("config", house.config()))
                        .code())
                .isEqualTo("connector.insufficient_request_parameters");
        assertThat(house.api
                        .post(URL + "/" + FACTORY + "/test", Map.of("config", house.config(), "phone", "123"))
                        .code())
                .isEqualTo("connector.unexpected_type");
        assertThat(house.api
                        .post(URL + "/none/test", Map.of("email", "a@example.com", "config", house.config()))
                        .status())
                .isEqualTo(404);
    }
}
