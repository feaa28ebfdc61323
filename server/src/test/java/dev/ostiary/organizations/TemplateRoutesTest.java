package dev.ostiary.organizations;

import static dev.ostiary.organizations.OrganizationsHouse.MACHINE;
import static dev.ostiary.organizations.OrganizationsHouse.USER;
import static dev.ostiary.organizations.OrganizationsHouse.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TemplateRoutesTest {
    private static final String ROLES = "/organization-roles";
    private static final String SCOPES = "/organization-scopes";
    private static final String TAKEN = "entity.unique_integrity_violation";
    private static final String NOBODY = "entity.relation_foreign_key_not_found";

    private static OrganizationsHouse house;

    @BeforeAll
    static void start() {
        house = new OrganizationsHouse();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @Test
    void a_role_is_made_read_changed_and_deleted() {
        String name = unique("editor");
        Answer made = house.api.post(ROLES, Map.of("name", name));
        assertThat(made.status()).isEqualTo(201);
        assertThat(new ArrayList<>(made.json().propertyNames()))
                .containsExactly("tenantId", "id", "name", "description", "type");
        assertThat(made.json().get("type").asString()).isEqualTo(USER);
        String url = ROLES + "/" + made.json().get("id").asString();
        assertThat(house.api.get(url).text()).isEqualTo(made.text());
        assertThat(house.api.post(ROLES, Map.of("name", name)).code()).isEqualTo(TAKEN);
        String other = house.role(USER);
        assertThat(house.api.patch(ROLES + "/" + other, Map.of("name", name)).code())
                .isEqualTo(TAKEN);
        assertThat(house.api
                        .patch(url, Map.of("description", "Edits"))
                        .json()
                        .get("name")
                        .asString())
                .isEqualTo(name);
        assertThat(house.api.patch(url, Map.of()).status()).isEqualTo(200);
        assertThat(house.api.delete(url).status()).isEqualTo(204);
        assertThat(house.api.get(url).code()).isEqualTo("entity.not_exists_with_id");
        assertThat(house.api.patch(url, Map.of()).status()).isEqualTo(404);
        assertThat(house.api.delete(url).status()).isEqualTo(404);
        assertThat(house.api.get(url + "/scopes").status()).isEqualTo(404);
        assertThat(house.api.get(url + "/resource-scopes").status()).isEqualTo(404);
    }

    @Test
    void a_scope_is_made_read_changed_and_deleted() {
        String name = unique("invoice:read");
        Answer made = house.api.post(SCOPES, Map.of("name", name, "description", "Reads invoices"));
        assertThat(made.status()).isEqualTo(201);
        String url = SCOPES + "/" + made.json().get("id").asString();
        assertThat(house.api.get(url).text()).isEqualTo(made.text());
        assertThat(house.api.post(SCOPES, Map.of("name", name)).code()).isEqualTo(TAKEN);
        assertThat(house.api
                        .patch(url, Map.of("name", unique("invoice:write")))
                        .json()
                        .get("description")
                        .asString())
                .isEqualTo("Reads invoices");
        assertThat(house.api.delete(url).status()).isEqualTo(204);
        assertThat(house.api.get(url).status()).isEqualTo(404);
        assertThat(house.api.delete(url).status()).isEqualTo(404);
    }

    @Test
    void what_no_scope_or_role_can_be_is_refused() {
        for (String name : List.of("two words", "tab\there", "line\nbreak")) {
            assertThat(house.api.post(SCOPES, Map.of("name", name)).code()).isEqualTo("scope.name_with_space");
            assertThat(house.api
                            .patch(SCOPES + "/" + house.scope(), Map.of("name", name))
                            .status())
                    .isEqualTo(400);
        }
        for (String name : List.of("", "x".repeat(129), "x".repeat(10_000), "nul\u0000")) {
            assertThat(house.api.post(SCOPES, Map.of("name", name)).code()).isEqualTo("guard.invalid_input");
            assertThat(house.api.post(ROLES, Map.of("name", name)).code()).isEqualTo("guard.invalid_input");
        }
        assertThat(house.api.post(ROLES, Map.of("name", "x", "type", "Boss")).status())
                .isEqualTo(400);
        assertThat(house.api
                        .post(ROLES, Map.of("name", "x", "description", "x".repeat(257)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void who_changes_an_older_state_is_told() {
        for (String url : List.of(ROLES + "/" + house.role(USER), SCOPES + "/" + house.scope())) {
            String tag = house.api.get(url).header("ETag").orElseThrow();
            assertThat(house.patchIf(tag, url, Map.of("description", "mine")).status())
                    .isEqualTo(200);
            assertThat(house.patchIf(tag, url, Map.of("description", "theirs")).code())
                    .isEqualTo("entity.changed_meanwhile");
            assertThat(house.api.get(url).json().get("description").asString()).isEqualTo("mine");
        }
    }

    @Test
    void a_role_made_with_scopes_has_them_and_the_list_shows_them() {
        String resource = house.resource();
        String read = house.resourceScope(resource, "read");
        String scope = house.scope();
        String name = unique("auditor");
        String role = house.created(
                ROLES,
                Map.of("name", name, "organizationScopeIds", List.of(scope, scope), "resourceScopeIds", List.of(read)));
        JsonNode listed = house.api
                .get(ROLES + "?q=" + name.toUpperCase(java.util.Locale.ROOT))
                .json();
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/scopes/0/id").asString()).isEqualTo(scope);
        assertThat(listed.at("/0/resourceScopes/0/name").asString()).isEqualTo("read");
        assertThat(listed.at("/0/resourceScopes/0/resource/id").asString()).isEqualTo(resource);
        assertThat(house.ids(ROLES + "/" + role + "/scopes")).containsExactly(scope);
        assertThat(house.ids(ROLES + "/" + role + "/resource-scopes")).containsExactly(read);
        // All or nothing.
        String unmade = unique("ghost");
        assertThat(house.api
                        .post(ROLES, Map.of("name", unmade, "organizationScopeIds", List.of(scope, "nobody")))
                        .code())
                .isEqualTo(NOBODY);
        assertThat(house.api
                        .post(ROLES, Map.of("name", unmade, "resourceScopeIds", List.of("nobody")))
                        .code())
                .isEqualTo(NOBODY);
        assertThat(house.ids(ROLES + "?q=" + unmade)).isEmpty();
    }

    @Test
    void scopes_of_a_role_are_added_replaced_and_taken_away() {
        String role = house.role(USER);
        String resource = house.resource();
        relation(ROLES + "/" + role + "/scopes", "organizationScopeIds", house.scope(), house.scope());
        relation(
                ROLES + "/" + role + "/resource-scopes",
                "scopeIds",
                house.resourceScope(resource, "read"),
                house.resourceScope(resource, "write"));
    }

    private static void relation(String url, String key, String one, String two) {
        Answer added = house.api.post(url, Map.of(key, List.of(one, one)));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text()).isEmpty();
        assertThat(house.api.post(url, Map.of(key, List.of(two, one))).code()).isEqualTo(TAKEN);
        assertThat(house.ids(url)).containsExactly(one);
        assertThat(house.api.post(url, Map.of(key, List.of())).status()).isEqualTo(400);
        assertThat(house.api.post(url, Map.of(key, List.of("nobody"))).code()).isEqualTo(NOBODY);
        assertThat(house.api.put(url, Map.of(key, List.of("nobody"))).code()).isEqualTo(NOBODY);
        assertThat(house.ids(url)).as("a refused replacement changes nothing").containsExactly(one);
        assertThat(house.api.put(url, Map.of(key, List.of(two))).status()).isEqualTo(204);
        assertThat(house.ids(url)).containsExactly(two);
        assertThat(house.total(url + "?page=1&page_size=1")).isEqualTo("1");
        assertThat(house.api.delete(url + "/" + two).status()).isEqualTo(204);
        assertThat(house.api.delete(url + "/" + two).status()).isEqualTo(404);
        assertThat(house.api.put(url, Map.of(key, List.of())).status()).isEqualTo(204);
        assertThat(house.ids(url)).isEmpty();
    }

    @Test
    void no_role_of_an_organization_opens_the_management_api_MA4() {
        List<String> all = List.of("management-api-all");
        String code = "role.management_api_scopes_not_assignable_to_user_role";
        for (String type : List.of(USER, MACHINE)) {
            assertThat(house.api
                            .post(ROLES, Map.of("name", unique("boss"), "type", type, "resourceScopeIds", all))
                            .code())
                    .isEqualTo(code);
            String url = ROLES + "/" + house.role(type) + "/resource-scopes";
            assertThat(house.api.post(url, Map.of("scopeIds", all)).code()).isEqualTo(code);
            assertThat(house.api.put(url, Map.of("scopeIds", all)).code()).isEqualTo(code);
        }
    }

    @Test
    void lists_are_whole_or_by_page_and_in_the_order_of_names() {
        String word = unique("ordered");
        for (String letter : List.of("c", "a", "b")) {
            house.created(SCOPES, Map.of("name", word + ":" + letter));
            house.created(ROLES, Map.of("name", word + " " + letter));
        }
        for (String list : List.of(SCOPES, ROLES)) {
            Answer whole = house.api.get(list + "?q=" + word);
            assertThat(whole.header("Total-Number")).isEmpty();
            assertThat(whole.json()).hasSize(3);
            assertThat(whole.json().findValuesAsString("name")).isSorted();
            assertThat(house.total(list + "?q=" + word + "&page=2&page_size=2")).isEqualTo("3");
            assertThat(house.ids(list + "?q=" + word + "&page=2&page_size=2")).hasSize(1);
        }
    }
}
