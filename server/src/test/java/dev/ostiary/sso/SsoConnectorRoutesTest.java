package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SsoConnectorRoutesTest {
    private static final String URL = "/sso-connectors";

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

    @Test
    void a_connector_has_the_shape_of_the_wire() throws IOException {
        String name = name();
        ObjectNode config = config("good").put("scope", "groups").put("unknown", "dropped");
        Answer made = api.post(
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

        JsonNode single = api.get(URL + "/" + id).json();
        assertThat(new ArrayList<>(single.propertyNames()))
                .containsExactlyElementsOf(golden("single").propertyNames());
        assertThat(levelled(single, name)).isEqualTo(golden("single"));

        JsonNode patched = api.patch(URL + "/" + id, Map.of()).json();
        assertThat(levelled(patched, name)).isEqualTo(golden("single"));

        ObjectNode listed = (ObjectNode) golden("single");
        ((ObjectNode) listed.get("config")).remove("clientSecret");
        ((ObjectNode) listed.get("providerConfig")).remove("clientSecret");
        assertThat(levelled(listed(id), name)).isEqualTo(listed);

        assertThat(api.delete(URL + "/" + id).status()).isEqualTo(204);
        assertThat(api.delete(URL + "/" + id).code()).isEqualTo("entity.not_found");
        assertThat(api.get(URL + "/" + id).code()).isEqualTo("entity.not_exists_with_id");
        assertThat(api.patch(URL + "/" + id, Map.of()).code()).isEqualTo("entity.not_exists_with_id");
    }

    @Test
    void the_provider_types_have_the_shape_of_the_wire_in_three_languages() throws IOException {
        JsonNode rows = api.get("/sso-connector-providers").json();
        for (JsonNode row : rows) {
            assertThat(row.get("logo").asString()).startsWith("data:image/svg+xml;base64,");
            assertThat(row.get("description").asString()).isNotBlank();
            ((ObjectNode) row).put("logo", "<svg>").put("logoDark", "<svg>").put("description", "<text>");
        }
        assertThat(rows).isEqualTo(golden("providers"));
        String english = api.get("/sso-connector-providers").text();
        assertThat(api.get("/sso-connector-providers?locale=ja").text()).isNotEqualTo(english);
        assertThat(api.get("/sso-connector-providers?locale=zh-CN").text())
                .isNotEqualTo(english)
                .contains("企业");
    }

    @Test
    void a_draft_needs_only_a_type_and_a_name() {
        for (SsoProvider type : SsoProvider.values()) {
            Answer made = api.post(URL, Map.of("providerName", type.word(), "connectorName", name()));
            assertThat(made.status()).isEqualTo(200);
            assertThat(made.json().get("config")).isEqualTo(Json.object());
            assertThat(made.json().get("domains")).isEmpty();
            assertThat(made.json().get("branding")).isEqualTo(Json.object());
            JsonNode view =
                    api.get(URL + "/" + made.json().get("id").asString()).json();
            assertThat(view.has("providerConfig")).isEqualTo(type.type() == ProviderType.SAML);
            assertThat(view.get("providerType").asString())
                    .isEqualTo(type.type().word());
        }
    }

    @Test
    void an_unknown_type_is_refused() {
        for (String type : List.of("oidc", "Keycloak", "", "OIDC ")) {
            Answer refused = api.post(URL, Map.of("providerName", type, "connectorName", name()));
            assertThat(refused.code()).isEqualTo(type.isEmpty() ? "guard.invalid_input" : "connector.not_found");
            assertThat(refused.status()).isEqualTo(type.isEmpty() ? 400 : 422);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientId", "clientSecret", "issuer"})
    void a_partial_config_is_refused(String missing) {
        ObjectNode config = config("good");
        config.remove(missing);
        assertThat(make(Map.of("config", config)).code()).isEqualTo("connector.invalid_config");
        config.put(missing, "");
        assertThat(make(Map.of("config", config)).code()).isEqualTo("connector.invalid_config");
        config.put(missing, 7);
        Answer refused = make(Map.of("config", config));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("connector.invalid_config");
        assertThat(make(Map.of("config", Map.of())).code()).isEqualTo("connector.invalid_config");
    }

    @Test
    void a_provider_that_knows_our_key_needs_no_secret() {
        ObjectNode config = config("good").put("clientAuthentication", "private_key_jwt");
        config.remove("clientSecret");
        String id = created(Map.of("config", config));
        JsonNode read = api.get(URL + "/" + id).json().get("config");
        assertThat(read.has("clientSecret")).isFalse();
        assertThat(read.get("clientAuthentication").asString()).isEqualTo("private_key_jwt");
        assertThat(make(Map.of("config", config.put("clientAuthentication", "client_secret_post")))
                        .code())
                .isEqualTo("connector.invalid_config");
        assertThat(make(Map.of("config", config.put("clientAuthentication", "none")))
                        .code())
                .isEqualTo("connector.invalid_config");
    }

    @Test
    void a_config_is_replaced_whole() {
        String id = created(Map.of("config", config("good").put("scope", "groups")));
        ObjectNode fresh = config("good2").put("clientSecret", "other");
        JsonNode patched = api.patch(URL + "/" + id, Map.of("config", fresh)).json();
        assertThat(patched.get("config").has("scope")).isFalse();
        assertThat(patched.get("config").get("clientSecret").asString()).isEqualTo("other");
        assertThat(patched.get("config").get("issuer").asString()).isEqualTo(provider.issuer("good2"));
        ObjectNode withoutSecret = config("good2");
        withoutSecret.remove("clientSecret");
        assertThat(api.patch(URL + "/" + id, Map.of("config", withoutSecret)).code())
                .isEqualTo("connector.invalid_config");
        assertThat(api.get(URL + "/" + id).json().get("config")).isEqualTo(patched.get("config"));
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
    void names_are_unique_even_in_a_race() throws Exception {
        String name = name();
        CyclicBarrier start = new CyclicBarrier(8);
        List<Callable<Answer>> racers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            racers.add(() -> {
                start.await();
                return server.api().post(URL, Map.of("providerName", "OIDC", "connectorName", name));
            });
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var racer : threads.invokeAll(racers)) {
                statuses.add(racer.get().status());
            }
        }
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        Answer refused = api.post(URL, Map.of("providerName", "OIDC", "connectorName", name));
        assertThat(refused.code()).isEqualTo("single_sign_on.duplicate_connector_name");
        String other = created(Map.of());
        assertThat(api.patch(URL + "/" + other, Map.of("connectorName", name)).status())
                .isEqualTo(409);
        // Its own name is no other's.
        String own = api.get(URL + "/" + other).json().get("connectorName").asString();
        assertThat(api.patch(URL + "/" + other, Map.of("connectorName", own)).status())
                .isEqualTo(200);
    }

    @Test
    void public_domains_are_refused_in_every_spelling() {
        List<String> nineteen =
                List.of("gmail.com yahoo.com hotmail.com outlook.com live.com icloud.com aol.com yandex.com mail.com"
                        .split(" "));
        for (String domain : nineteen) {
            assertThat(make(Map.of("domains", List.of(domain))).code()).isEqualTo("single_sign_on.forbidden_domains");
        }
        for (String domain :
                "protonmail.com yanex.com gmx.com mail.ru zoho.com qq.com 163.com 126.com sina.com sohu.com"
                        .split(" ")) {
            assertThat(make(Map.of("domains", List.of(domain))).status()).isEqualTo(422);
        }
        Answer refused = make(Map.of("domains", List.of("corp.example", "GMail.com", "ｑｑ.com", "aol.com.")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("data").get("data").toString())
                .isEqualTo("[\"gmail.com\",\"qq.com\",\"aol.com\"]");
        String id = created(Map.of());
        assertThat(api.patch(URL + "/" + id, Map.of("domains", List.of("gmail.com")))
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
        Answer refused = make(Map.of("domains", List.of(one, "third.example", other)));
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
        Answer refused = make(Map.of("domains", List.of("corp.example", domain)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("guard.invalid_input");
        assertThat(refused.json().get("data").get("issues").get(0).get("path").toString())
                .isEqualTo("[\"domains\",1]");
    }

    @Test
    void two_connectors_may_share_a_domain() {
        created(Map.of("domains", List.of("shared.example")));
        assertThat(make(Map.of("domains", List.of("shared.example"))).status()).isEqualTo(200);
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
                Map.of("config", config("good").put("clientId", "a\u0000b")))) {
            Answer refused = make(body);
            assertThat(refused.status()).as(body.keySet().toString()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("guard.invalid_input");
        }
        for (String field : List.of("clientId", "clientSecret", "issuer", "scope")) {
            assertThat(make(Map.of("config", config("good").put(field, longName)))
                            .code())
                    .as(field)
                    .isEqualTo("connector.invalid_config");
        }
    }

    @Test
    void any_other_text_comes_back_as_it_was_sent() {
        for (String text :
                List.of("Robert'); DROP TABLE users; --", "<b onload=x>&amp;\"</b>", "😀".repeat(128), "会社")) {
            String id = created(Map.of("connectorName", text, "branding", Map.of("displayName", text)));
            JsonNode view = api.get(URL + "/" + id).json();
            assertThat(view.get("connectorName").asString()).isEqualTo(text);
            assertThat(view.get("branding").get("displayName").asString()).isEqualTo(text);
            api.delete(URL + "/" + id);
        }
        for (String odd : List.of("'", "%00", "%F0%9F%98%80", "x".repeat(2_000), "..%2f..")) {
            assertThat(api.get(URL + "/" + odd).status()).as(odd).isEqualTo(404);
            assertThat(api.patch(URL + "/" + odd, Map.of()).status()).as(odd).isEqualTo(404);
            assertThat(api.delete(URL + "/" + odd).status()).as(odd).isEqualTo(404);
        }
    }

    @Test
    void pages_have_bounds() {
        created(Map.of());
        created(Map.of());
        Answer page = api.get(URL + "?page=1&page_size=1");
        assertThat(page.json()).hasSize(1);
        assertThat(Integer.parseInt(page.header("Total-Number").orElseThrow())).isGreaterThan(1);
        assertThat(page.header("Link").orElseThrow()).contains("rel=\"next\"");
        assertThat(api.get(URL).header("Total-Number")).isEmpty();
        assertThat(api.get(URL + "?page=1000000").json()).isEmpty();
        for (String query : List.of("page=0", "page=-1", "page=x", "page_size=0", "page_size=101", "page=1e99")) {
            assertThat(api.get(URL + "?" + query).code()).as(query).isEqualTo("guard.invalid_pagination");
        }
    }

    @Test
    void the_list_is_searched_by_name_and_domain() {
        String id = created(
                Map.of("connectorName", "Searched_Company", "domains", List.of("one.example", "two.find.example")));
        for (String found : List.of(
                "search=%25searched%25",
                "search=%25two.find%25",
                "search.connectorName=Searched_Company",
                "search.domains=%25find%25",
                "search.id=" + id)) {
            assertThat(api.get(URL + "?" + found).json()).as(found).hasSize(1);
            assertThat(api.get(URL + "?page=1&" + found).header("Total-Number")).hasValue("1");
        }
        assertThat(api.get(URL + "?search=%25nobody-has-this%25").json()).isEmpty();
        for (String refused : List.of("search=", "search.config=x", "search.clientSecret=x", "search=x&mode=glob")) {
            assertThat(api.get(URL + "?" + refused).code()).as(refused).isEqualTo("request.invalid_input");
        }
    }

    @Test
    void tokens_are_stored_for_openid_connectors_only() {
        Answer refused =
                api.post(URL, Map.of("providerName", "SAML", "connectorName", name(), "enableTokenStorage", true));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("connector.token_storage_not_supported");
        String draft = api.created(URL, Map.of("providerName", "SAML", "connectorName", name()))
                .get("id")
                .asString();
        assertThat(api.patch(URL + "/" + draft, Map.of("enableTokenStorage", true))
                        .code())
                .isEqualTo("connector.token_storage_not_supported");
        String id = created(Map.of("enableTokenStorage", true));
        assertThat(api.get(URL + "/" + id).json().get("enableTokenStorage").asBoolean())
                .isTrue();
    }

    @Test
    void a_saml_connector_is_prepared_and_not_offered() {
        Map<String, Object> body = new HashMap<>(Map.of("providerName", "SAML", "domains", List.of("saml.example")));
        for (Map<String, Object> config : List.<Map<String, Object>>of(
                Map.of("entityId", "https://idp.example"),
                Map.of("attributeMapping", Map.of("id", "uid")),
                Map.of("metadataUrl", ""),
                Map.of("metadataUrl", "https://idp.example/m", "requestSignatureAlgorithm", "md5"))) {
            body.put("connectorName", name());
            body.put("config", config);
            assertThat(api.post(URL, body).code()).isEqualTo("connector.invalid_config");
        }
        body.put("config", Map.of("metadataUrl", "https://idp.example/m", "signAuthnRequest", true));
        assertThat(api.post(URL, body).code()).isEqualTo("single_sign_on.active_signing_key_required");
        body.put(
                "config",
                Map.of("entityId", "e", "signInEndpoint", "https://i.example", "x509Certificate", "nonsense"));
        assertThat(api.post(URL, body).code()).isEqualTo("connector.invalid_certificate");
        body.put("config", Map.of("metadataUrl", "https://idp.example/m", "attributeMapping", Map.of("id", "uid")));
        JsonNode made = api.created(URL, body);
        assertThat(made.get("config").toString())
                .isEqualTo("{\"metadataUrl\":\"https://idp.example/m\",\"attributeMapping\":{\"id\":\"uid\"}}");
        String id = made.get("id").asString();
        JsonNode told = api.get(URL + "/" + id).json().get("providerConfig");
        assertThat(told.get("serviceProvider").get("entityId").asString())
                .isEqualTo(server.origin() + "/enterprise-sso/" + id);
        assertThat(told.get("serviceProvider")
                        .get("assertionConsumerServiceUrl")
                        .asString())
                .isEqualTo(server.origin() + "/api/authn/single-sign-on/saml/" + id);
        SsoConnectors connectors = server.app().ssoConnectors();
        assertThat(connectors.forEmail("default", "ana@saml.example")).isEmpty();
        assertThat(connectors.available("default"))
                .noneMatch(connector -> connector.id().equals(id));
    }

    @Test
    void what_an_administrator_changes_is_what_visitors_meet() {
        SsoConnectors connectors = server.app().ssoConnectors();
        String id = created(Map.of("config", config("good"), "domains", List.of("meet.example")));
        assertThat(connectors.forEmail("default", "Ana@MEET.example."))
                .extracting(SsoConnector::id)
                .containsExactly(id);
        assertThat(connectors.anyAvailable("default")).isTrue();
        assertThat(connectors.forEmail("default", "ana@sub.meet.example")).isEmpty();
        api.patch(URL + "/" + id, Map.of("domains", List.of("moved.example")));
        assertThat(connectors.forEmail("default", "ana@meet.example")).isEmpty();
        assertThat(connectors.forEmail("default", "ana@moved.example")).hasSize(1);
        api.patch(URL + "/" + id, Map.of("domains", List.of()));
        assertThat(connectors.find("default", id).orElseThrow().isAvailable()).isFalse();
        api.patch(URL + "/" + id, Map.of("domains", List.of("moved.example")));
        api.delete(URL + "/" + id);
        assertThat(connectors.forEmail("default", "ana@moved.example")).isEmpty();
        assertThat(connectors.find("default", id)).isEmpty();
    }

    @Test
    void two_administrators_do_not_overwrite_each_other() {
        String id = created(Map.of());
        String read = api.get(URL + "/" + id).header("ETag").orElseThrow();
        Answer first = patchIf(read, id, Map.of("syncProfile", true));
        assertThat(first.status()).isEqualTo(200);
        Answer late = patchIf(read, id, Map.of("connectorName", name()));
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("single_sign_on.connector_changed");
        assertThat(api.get(URL + "/" + id).json().get("syncProfile").asBoolean())
                .isTrue();
        String fresh = first.header("ETag").orElseThrow();
        assertThat(patchIf(fresh, id, Map.of("syncProfile", false)).status()).isEqualTo(200);
        assertThat(patchIf("*", id, Map.of()).status()).isEqualTo(200);
        assertThat(patchIf("W/\"nonsense\"", id, Map.of()).status()).isEqualTo(412);
        // In another language the answer differs, the connector does not.
        String japanese = api.get(URL + "/" + id + "?locale=ja").header("ETag").orElseThrow();
        assertThat(patchIf(japanese, id, Map.of("syncProfile", true)).status()).isEqualTo(200);
    }

    /** MA2 */
    @Test
    void a_connector_of_another_tenant_does_not_exist() {
        TestApi other = server.adminApi();
        String name = name();
        String id = other.created(URL, Map.of("providerName", "OIDC", "connectorName", name))
                .get("id")
                .asString();
        assertThat(api.get(URL + "/" + id).status()).isEqualTo(404);
        assertThat(api.patch(URL + "/" + id, Map.of("connectorName", "taken")).status())
                .isEqualTo(404);
        assertThat(api.delete(URL + "/" + id).status()).isEqualTo(404);
        assertThat(api.post(URL + "/" + id + "/test", Map.of()).status()).isEqualTo(404);
        assertThat(api.get(URL).text()).doesNotContain(id);
        assertThat(other.get(URL + "/" + id).json().get("connectorName").asString())
                .isEqualTo(name);
        // Names are unique in a tenant, not among all.
        assertThat(api.post(URL, Map.of("providerName", "OIDC", "connectorName", name))
                        .status())
                .isEqualTo(200);
    }

    /** MA5, LG */
    @Test
    void the_secret_is_in_no_list_no_log_and_not_in_the_database() {
        String id = created(Map.of("config", config("good").put("clientSecret", "canary-4711")));
        api.patch(URL + "/" + id, Map.of("config", config("good").put("clientSecret", "canary-4711")));
        assertThat(api.get(URL + "/" + id).text()).contains("canary-4711");
        assertThat(api.get(URL).text()).doesNotContain("canary");
        assertThat(api.get(URL + "?page=1").text()).doesNotContain("canary");
        assertThat(api.get("/logs?page_size=100").text()).contains(id).doesNotContain("canary");
        String stored = server.app().database().read("default", tx -> tx.query(
                        "SELECT string_agg(c::text, ' ') FROM sso_connectors c WHERE tenant_id = :tenant")
                .mapTo(String.class)
                .one());
        assertThat(stored).contains(id).doesNotContain("canary");
        assertThat(server.app()
                        .ssoConnectors()
                        .find("default", id)
                        .orElseThrow()
                        .toString())
                .doesNotContain("canary");
    }

    private static Answer patchIf(String tag, String id, Object body) {
        return server.browser()
                .json(
                        "PATCH",
                        "/api" + URL + "/" + id,
                        body,
                        "Authorization",
                        "Bearer " + server.managementToken("default"),
                        "If-Match",
                        tag);
    }

    private static JsonNode listed(String id) {
        for (JsonNode row : api.get(URL).json()) {
            if (row.get("id").asString().equals(id)) {
                return row;
            }
        }
        throw new AssertionError("Not listed: " + id);
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in = SsoConnectorRoutesTest.class.getResourceAsStream("/wire/sso/" + name + ".json")) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return Json.read(text.replace("<issuer>", provider.issuer("good")));
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

    private static String name() {
        return "Connector " + ++number;
    }

    private static ObjectNode config(String issuer) {
        return Json.object()
                .put("clientId", "client")
                .put("clientSecret", "s3cret")
                .put("issuer", provider.issuer(issuer));
    }

    /** An OIDC connector with these fields. */
    private static Answer make(Map<String, Object> fields) {
        Map<String, Object> body = new HashMap<>(Map.of("providerName", "OIDC", "connectorName", name()));
        body.putAll(fields);
        return api.post(URL, body);
    }

    private static String created(Map<String, Object> fields) {
        Answer answer = make(fields);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("id").asString();
    }
}
