package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SsoConnectorRoutesTest {
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

    @Test
    void a_connector_has_the_shape_of_the_wire() throws IOException {
        String name = house.name();
        ObjectNode config = house.config("good").put("scope", "groups").put("unknown", "dropped");
        Answer made = house.api.post(
                URL,
                Map.of(
                        "providerName",
                        "OIDC",
                        "connectorName",
                        name,
                        "config",
                        config,
                        "domains",
                        List.of("Corp.EXAMPLE.", "bücher.example"),
                        "branding",
                        Map.of("displayName", "Corp", "logo", "https://corp.example/logo.png", "x", "y"),
                        "syncProfile",
                        true,
                        "tenantId",
                        "admin"));
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.json().get("createdAt").asLong()).isPositive();
        assertThat(levelled(made.json(), name)).isEqualTo(golden("created"));
        String id = made.json().get("id").asString();
        assertThat(id).matches("[0-9a-z]{12}");

        JsonNode single = house.api.get(URL + "/" + id).json();
        assertThat(new ArrayList<>(single.propertyNames()))
                .containsExactlyElementsOf(golden("single").propertyNames());
        assertThat(levelled(single, name)).isEqualTo(golden("single"));

        JsonNode patched = house.api.patch(URL + "/" + id, Map.of()).json();
        assertThat(levelled(patched, name)).isEqualTo(golden("single"));

        ObjectNode listed = (ObjectNode) golden("single");
        ((ObjectNode) listed.get("config")).remove("clientSecret");
        ((ObjectNode) listed.get("providerConfig")).remove("clientSecret");
        assertThat(levelled(listed(id), name)).isEqualTo(listed);

        assertThat(house.api.delete(URL + "/" + id).status()).isEqualTo(204);
        assertThat(house.api.delete(URL + "/" + id).code()).isEqualTo("entity.not_found");
        assertThat(house.api.get(URL + "/" + id).code()).isEqualTo("entity.not_exists_with_id");
        assertThat(house.api.patch(URL + "/" + id, Map.of()).code()).isEqualTo("entity.not_exists_with_id");
    }

    @Test
    void the_provider_types_have_the_shape_of_the_wire_in_three_languages() throws IOException {
        JsonNode rows = house.api.get("/sso-connector-providers").json();
        for (JsonNode row : rows) {
            assertThat(row.get("logo").asString()).startsWith("data:image/svg+xml;base64,");
            assertThat(row.get("description").asString()).isNotBlank();
            ((ObjectNode) row).put("logo", "<svg>").put("logoDark", "<svg>").put("description", "<text>");
        }
        assertThat(rows).isEqualTo(golden("providers"));
        String english = house.api.get("/sso-connector-providers").text();
        assertThat(house.api.get("/sso-connector-providers?locale=ja").text()).isNotEqualTo(english);
        assertThat(house.api.get("/sso-connector-providers?locale=zh-CN").text())
                .isNotEqualTo(english)
                .contains("企业");
    }

    @Test
    void a_draft_needs_only_a_type_and_a_name() {
        for (SsoProvider type : SsoProvider.values()) {
            Answer made = house.api.post(URL, Map.of("providerName", type.word(), "connectorName", house.name()));
            assertThat(made.status()).isEqualTo(200);
            assertThat(made.json().get("config")).isEqualTo(Json.object());
            assertThat(made.json().get("domains")).isEmpty();
            assertThat(made.json().get("branding")).isEqualTo(Json.object());
            JsonNode view =
                    house.api.get(URL + "/" + made.json().get("id").asString()).json();
            assertThat(view.has("providerConfig")).isEqualTo(type.type() == ProviderType.SAML);
            assertThat(view.get("providerType").asString())
                    .isEqualTo(type.type().word());
        }
    }

    @Test
    void an_unknown_type_is_refused() {
        for (String type : List.of("oidc", "Keycloak", "", "OIDC ")) {
            Answer refused = house.api.post(URL, Map.of("providerName", type, "connectorName", house.name()));
            assertThat(refused.code()).isEqualTo(type.isEmpty() ? "guard.invalid_input" : "connector.not_found");
            assertThat(refused.status()).isEqualTo(type.isEmpty() ? 400 : 422);
        }
    }

    @Test
    void a_config_is_replaced_whole() {
        String id = house.created(Map.of("config", house.config("good").put("scope", "groups")));
        ObjectNode fresh = house.config("good2").put("clientSecret", "other");
        JsonNode patched =
                house.api.patch(URL + "/" + id, Map.of("config", fresh)).json();
        assertThat(patched.get("config").has("scope")).isFalse();
        assertThat(patched.get("config").get("clientSecret").asString()).isEqualTo("other");
        assertThat(patched.get("config").get("issuer").asString()).isEqualTo(house.provider.issuer("good2"));
        ObjectNode withoutSecret = house.config("good2");
        withoutSecret.remove("clientSecret");
        assertThat(house.api
                        .patch(URL + "/" + id, Map.of("config", withoutSecret))
                        .code())
                .isEqualTo("connector.invalid_config");
        assertThat(house.api.get(URL + "/" + id).json().get("config")).isEqualTo(patched.get("config"));
    }

    @Test
    void pages_have_bounds() {
        house.created(Map.of());
        house.created(Map.of());
        Answer page = house.api.get(URL + "?page=1&page_size=1");
        assertThat(page.json()).hasSize(1);
        assertThat(Integer.parseInt(page.header("Total-Number").orElseThrow())).isGreaterThan(1);
        assertThat(page.header("Link").orElseThrow()).contains("rel=\"next\"");
        assertThat(house.api.get(URL).header("Total-Number")).isEmpty();
        assertThat(house.api.get(URL + "?page=1000000").json()).isEmpty();
        for (String query : List.of("page=0", "page=-1", "page=x", "page_size=0", "page_size=101", "page=1e99")) {
            assertThat(house.api.get(URL + "?" + query).code()).as(query).isEqualTo("guard.invalid_pagination");
        }
    }

    @Test
    void the_list_is_searched_by_name_and_domain() {
        String id = house.created(
                Map.of("connectorName", "Searched_Company", "domains", List.of("one.example", "two.find.example")));
        for (String found : List.of(
                "search=%25searched%25",
                "search=%25two.find%25",
                "search.connectorName=Searched_Company",
                "search.domains=%25find%25",
                "search.id=" + id)) {
            assertThat(house.api.get(URL + "?" + found).json()).as(found).hasSize(1);
            assertThat(house.api.get(URL + "?page=1&" + found).header("Total-Number"))
                    .hasValue("1");
        }
        assertThat(house.api.get(URL + "?search=%25nobody-has-this%25").json()).isEmpty();
        for (String refused : List.of("search=", "search.config=x", "search.clientSecret=x", "search=x&mode=glob")) {
            assertThat(house.api.get(URL + "?" + refused).code()).as(refused).isEqualTo("request.invalid_input");
        }
    }

    @Test
    void a_saml_connector_is_prepared_and_not_offered() {
        Map<String, Object> body = new HashMap<>(Map.of("providerName", "SAML", "domains", List.of("saml.example")));
        for (Map<String, Object> config : List.<Map<String, Object>>of(
                Map.of("entityId", "https://idp.example"),
                Map.of("attributeMapping", Map.of("id", "uid")),
                Map.of("metadataUrl", ""),
                Map.of("metadataUrl", "file:///etc/passwd"),
                Map.of("entityId", "e", "signInEndpoint", "javascript:alert(1)", "x509Certificate", "c"),
                Map.of("metadataUrl", "https://idp.example/m", "requestSignatureAlgorithm", "md5"))) {
            body.put("connectorName", house.name());
            body.put("config", config);
            assertThat(house.api.post(URL, body).code()).isEqualTo("connector.invalid_config");
        }
        body.put("config", Map.of("metadataUrl", "https://idp.example/m", "signAuthnRequest", true));
        assertThat(house.api.post(URL, body).code()).isEqualTo("single_sign_on.active_signing_key_required");
        body.put(
                "config",
                Map.of("entityId", "e", "signInEndpoint", "https://i.example", "x509Certificate", "nonsense"));
        assertThat(house.api.post(URL, body).code()).isEqualTo("connector.invalid_certificate");
        body.put("config", Map.of("metadataUrl", "https://idp.example/m", "attributeMapping", Map.of("id", "uid")));
        JsonNode made = house.api.created(URL, body);
        assertThat(made.get("config").toString())
                .isEqualTo("{\"metadataUrl\":\"https://idp.example/m\",\"attributeMapping\":{\"id\":\"uid\"}}");
        String id = made.get("id").asString();
        JsonNode told = house.api.get(URL + "/" + id).json().get("providerConfig");
        assertThat(told.get("serviceProvider").get("entityId").asString())
                .isEqualTo(house.server.origin() + "/enterprise-sso/" + id);
        assertThat(told.get("serviceProvider")
                        .get("assertionConsumerServiceUrl")
                        .asString())
                .isEqualTo(house.server.origin() + "/api/authn/single-sign-on/saml/" + id);
        SsoConnectors connectors = house.server.app().ssoConnectors();
        assertThat(connectors.forEmail("default", "ana@saml.example")).isEmpty();
        assertThat(connectors.available("default"))
                .noneMatch(connector -> connector.id().equals(id));
    }

    private static JsonNode listed(String id) {
        for (JsonNode row : house.api.get(URL).json()) {
            if (row.get("id").asString().equals(id)) {
                return row;
            }
        }
        throw new AssertionError("Not listed: " + id);
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in = SsoConnectorRoutesTest.class.getResourceAsStream("/wire/sso/" + name + ".json")) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return Json.read(text.replace("<issuer>", house.provider.issuer("good")));
        }
    }

    /** Without what differs each time. */
    private static JsonNode levelled(JsonNode row, String name) {
        ObjectNode copy = (ObjectNode) Json.read(row.toString().replace(Json.write(name), "\"<name>\""));
        copy.put("id", "<id>").put("createdAt", 0);
        if (copy.has("providerLogo")) {
            copy.put("providerLogo", "<svg>").put("providerLogoDark", "<svg>");
        }
        return copy;
    }
}
