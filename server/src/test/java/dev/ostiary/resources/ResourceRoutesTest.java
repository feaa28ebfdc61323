package dev.ostiary.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ResourceRoutesTest {
    private static int number;
    private static TestServer server;
    private static TestApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_resource_is_made_read_changed_and_deleted() {
        Answer made = api.post("/resources", Map.of("name", "Books", "indicator", "https://books.example.com/api"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(new ArrayList<>(made.json().propertyNames()))
                .containsExactly("tenantId", "id", "name", "indicator", "isDefault", "accessTokenTtl", "scopes");
        assertThat(made.json().get("accessTokenTtl").asLong()).isEqualTo(3600);
        String url = "/resources/" + made.json().get("id").asString();
        assertThat(api.get(url).json().has("scopes")).isFalse();
        JsonNode changed = api.patch(url, Map.of("accessTokenTtl", 60, "indicator", "https://other.example.com"))
                .json();
        assertThat(changed.get("accessTokenTtl").asLong()).isEqualTo(60);
        assertThat(changed.get("indicator").asString()).isEqualTo("https://books.example.com/api");
        assertThat(api.post("/resources", Map.of("name", "B", "indicator", "https://books.example.com/api"))
                        .code())
                .isEqualTo("resource.resource_identifier_in_use");
        assertThat(api.delete(url).status()).isEqualTo(204);
        assertThat(api.get(url).code()).isEqualTo("entity.not_exists_with_id");
        assertThat(api.delete(url).status()).isEqualTo(404);
        assertThat(api.patch(url, Map.of("name", "x")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "books",
                "/books",
                "//books.example.com",
                "https://books.example.com/#x",
                "https://books example.com",
                "urn:logto:resource:organizations",
                "urn:logto:organization:abc",
                ""
            })
    void an_indicator_is_an_absolute_uri_without_a_fragment(String indicator) {
        assertThat(api.post("/resources", Map.of("name", "Books", "indicator", indicator))
                        .code())
                .isEqualTo("guard.invalid_input");
    }

    @Test
    void one_resource_at_most_is_the_default() {
        String one = create();
        String other = create();
        assertThat(api.patch("/resources/" + one + "/is-default", Map.of("isDefault", true))
                        .json()
                        .get("isDefault")
                        .asBoolean())
                .isTrue();
        Resources resources = server.app().resources();
        assertThat(resources.findDefault("default").orElseThrow().id()).isEqualTo(one);
        api.patch("/resources/" + other + "/is-default", Map.of("isDefault", true));
        assertThat(resources.findDefault("default").orElseThrow().id()).isEqualTo(other);
        assertThat(api.get("/resources/" + one).json().get("isDefault").asBoolean())
                .isFalse();
        // Taking it back from one that has it not leaves the other.
        api.patch("/resources/" + one + "/is-default", Map.of("isDefault", false));
        assertThat(resources.findDefault("default")).isPresent();
        api.patch("/resources/" + other + "/is-default", Map.of("isDefault", false));
        assertThat(resources.findDefault("default")).isEmpty();
    }

    @Test
    void scopes_are_made_listed_searched_changed_and_deleted() {
        String scopes = "/resources/" + create() + "/scopes";
        Answer made = api.post(scopes, Map.of("name", "read:books", "description", "Reads"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(new ArrayList<>(made.json().propertyNames()))
                .containsExactly("tenantId", "id", "resourceId", "name", "description", "createdAt");
        api.created(scopes, Map.of("name", "write:books"));
        assertThat(api.post(scopes, Map.of("name", "read:books")).code()).isEqualTo("scope.name_exists");
        for (String name : List.of("read books", "read\tbooks", " ")) {
            assertThat(api.post(scopes, Map.of("name", name)).code()).isEqualTo("scope.name_with_space");
        }
        assertThat(api.get(scopes).json()).hasSize(2);
        assertThat(api.get(scopes + "?search=read%25").json()).hasSize(1);
        assertThat(api.get(scopes + "?page=1&page_size=1").header("Total-Number"))
                .hasValue("2");
        String scope = scopes + "/" + made.json().get("id").asString();
        assertThat(api.patch(scope, Map.of("description", "Reads all"))
                        .json()
                        .get("name")
                        .asString())
                .isEqualTo("read:books");
        assertThat(api.patch(scope, Map.of("name", "write:books")).code()).isEqualTo("scope.name_exists");
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("description", null);
        assertThat(api.patch(scope, nothing).json().get("description").isNull()).isTrue();
        assertThat(api.delete(scope).status()).isEqualTo(204);
        assertThat(api.delete(scope).code()).isEqualTo("entity.not_found");
        assertThat(api.post("/resources/nobody/scopes", Map.of("name", "x")).status())
                .isEqualTo(404);
        assertThat(api.get("/resources/nobody/scopes").json()).isEmpty();
    }

    @Test
    void a_scope_answers_only_below_its_own_resource_MA2() {
        String one = create();
        String other = create();
        String scope = api.created("/resources/" + one + "/scopes", Map.of("name", "read"))
                .get("id")
                .asString();
        assertThat(api.patch("/resources/" + other + "/scopes/" + scope, Map.of("name", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(api.delete("/resources/" + other + "/scopes/" + scope).status())
                .isEqualTo(404);
        TestApi admin = server.adminApi();
        assertThat(admin.get("/resources/" + one).status()).isEqualTo(404);
        assertThat(admin.delete("/resources/" + one).status()).isEqualTo(404);
        assertThat(admin.get("/resources/" + one + "/scopes").json()).isEmpty();
        assertThat(admin.post("/resources/" + one + "/scopes", Map.of("name", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/resources/" + one + "/scopes").json()).hasSize(1);
    }

    @Test
    void the_management_api_is_there_and_stays_as_it_is() {
        JsonNode management = api.get("/resources/management-api").json();
        assertThat(management.get("indicator").asString()).isEqualTo("https://default.logto.app/api");
        assertThat(api.patch("/resources/management-api", Map.of("accessTokenTtl", 1))
                        .code())
                .isEqualTo("resource.cannot_modify_management_api");
        assertThat(api.patch("/resources/management-api/is-default", Map.of("isDefault", true))
                        .code())
                .isEqualTo("resource.cannot_modify_management_api");
        assertThat(api.delete("/resources/management-api").code()).isEqualTo("resource.cannot_delete_management_api");
        assertThat(api.post("/resources/management-api/scopes", Map.of("name", "more"))
                        .code())
                .isEqualTo("resource.cannot_modify_management_api");
        assertThat(api.delete("/resources/management-api/scopes/management-api-all")
                        .code())
                .isEqualTo("resource.cannot_modify_management_api");
        assertThat(api.get("/resources/management-api/scopes")
                        .json()
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("all");
        List<String> indicators = server.adminApi()
                .get("/resources")
                .json()
                .valueStream()
                .map(resource -> resource.get("indicator").asString())
                .toList();
        assertThat(indicators)
                .containsExactlyInAnyOrder(
                        "https://admin.logto.app/api", "https://default.logto.app/api", "https://admin.logto.app/me");
    }

    @Test
    void a_list_costs_the_same_number_of_statements_whatever_its_length() {
        for (int i = 0; i < 5; i++) {
            String id = create();
            api.created("/resources/" + id + "/scopes", Map.of("name", "read"));
        }
        long before = server.app().database().statements();
        JsonNode list = api.get("/resources?includeScopes=true").json();
        assertThat(server.app().database().statements() - before).isEqualTo(1);
        assertThat(list.get(0).get("scopes")).hasSize(1);
    }

    @Test
    void changes_are_seen_at_once_through_the_cache() {
        Resources resources = server.app().resources();
        String id = create();
        String indicator = api.get("/resources/" + id).json().get("indicator").asString();
        assertThat(resources.findByIndicator("default", indicator).orElseThrow().scopes())
                .isEmpty();
        api.created("/resources/" + id + "/scopes", Map.of("name", "read"));
        assertThat(resources.findByIndicator("default", indicator).orElseThrow().scopeNames())
                .containsExactly("read");
        assertThat(resources.findByIndicator("admin", indicator)).isEmpty();
        assertThat(resources.findByIndicator("default", indicator + "/")).isEmpty();
        api.delete("/resources/" + id);
        assertThat(resources.findByIndicator("default", indicator)).isEmpty();
    }

    private static String create() {
        return api.created("/resources", Map.of("name", "Books", "indicator", "https://books.example.com/" + ++number))
                .get("id")
                .asString();
    }

    @Test
    void a_resource_is_found_by_name_and_indicator_and_changed_by_the_faster_only() {
        String id = api.created("/resources", Map.of("name", "Reading room", "indicator", "https://quiet.example"))
                .path("id")
                .asString();
        assertThat(api.get("/resources?page=1&search=%25reading%25").header("Total-Number"))
                .contains("1");
        assertThat(api.get("/resources?search=%25quiet%25")
                        .json()
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(id);
        assertThat(api.get("/resources?search=%25loud%25").json()).isEmpty();

        String seen = api.get("/resources/" + id).header("ETag").orElseThrow();
        assertThat(renameIf(id, seen, "Second").status()).isEqualTo(200);
        assertThat(renameIf(id, seen, "Third").code()).isEqualTo("entity.changed_meanwhile");
        assertThat(api.get("/resources/" + id).json().path("name").asString()).isEqualTo("Second");
    }

    private static Answer renameIf(String id, String tag, String name) {
        String bearer = "Bearer " + server.managementToken("default");
        return server.browser()
                .json("PATCH", "/api/resources/" + id, Map.of("name", name), "Authorization", bearer, "If-Match", tag);
    }
}
