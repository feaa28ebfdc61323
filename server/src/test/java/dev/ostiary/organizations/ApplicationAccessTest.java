package dev.ostiary.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApplicationAccessTest {
    private static TestServer server;
    private static TestApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
        insert("INSERT INTO organizations (tenant_id, id, name) VALUES (:tenant, 'acme', 'Acme')");
        insert(
                "INSERT INTO organization_roles (tenant_id, id, name, type) VALUES (:tenant, 'editor', 'editor', 'User')");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void insert(String sql) {
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(sql).execute());
    }

    private static String user(String name) {
        return api.created("/users", Map.of("username", name)).path("id").asString();
    }

    private static String application() {
        return api.created("/applications", Map.of("name", "Shop", "type", "SPA"))
                .path("id")
                .asString();
    }

    private static Map<String, Object> rules(Object... pairs) {
        Map<String, Object> rules = new HashMap<>(Map.of(
                "userIds", List.of(),
                "userRoleIds", List.of(),
                "organizationIds", List.of(),
                "organizationRoleRules", List.of()));
        for (int i = 0; i < pairs.length; i += 2) {
            rules.put((String) pairs[i], pairs[i + 1]);
        }
        return rules;
    }

    private static String path(String id) {
        return "/applications/" + id + "/access-control";
    }

    private static boolean allows(String application, String userId) {
        return server.app().database().read(Tenants.DEFAULT, tx -> new ApplicationAccess(
                        server.app().applications())
                .allows(tx, server.app().applications().get(tx, application), userId));
    }

    private static void enable(String application) {
        assertThat(api.patch("/applications/" + application, Map.of("appLevelAccessControlEnabled", true))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void each_kind_of_rule_lets_in_whom_it_names_and_nobody_else() {
        String app = application();
        String direct = user("direct");
        String holder = user("holder");
        String member = user("member");
        String editor = user("editor");
        String stranger = user("stranger");
        String role = api.created("/roles", Map.of("name", "Buyer", "description", "Buys", "type", "User"))
                .path("id")
                .asString();
        api.post("/users/" + holder + "/roles", Map.of("roleIds", List.of(role)));
        for (String id : List.of(member, editor)) {
            insert("INSERT INTO organization_users (tenant_id, organization_id, user_id) VALUES (:tenant, 'acme', '"
                    + id + "')");
        }
        insert("INSERT INTO organization_user_roles (tenant_id, organization_id, user_id, organization_role_id)"
                + " VALUES (:tenant, 'acme', '" + editor + "', 'editor')");
        List<String> everybody = List.of(direct, holder, member, editor, stranger);

        assertThat(everybody).allMatch(id -> allows(app, id));
        api.put(path(app), rules("userIds", List.of(direct)));
        enable(app);
        assertThat(everybody).filteredOn(id -> allows(app, id)).containsExactly(direct);
        api.put(path(app), rules("userRoleIds", List.of(role)));
        assertThat(everybody).filteredOn(id -> allows(app, id)).containsExactly(holder);
        api.put(path(app), rules("organizationIds", List.of("acme")));
        assertThat(everybody).filteredOn(id -> allows(app, id)).containsExactly(member, editor);
        Map<String, Object> pair = Map.of("organizationId", "acme", "organizationRoleIds", List.of("editor"));
        api.put(path(app), rules("organizationRoleRules", List.of(pair)));
        assertThat(everybody).filteredOn(id -> allows(app, id)).containsExactly(editor);
        insert("DELETE FROM organization_users WHERE tenant_id = :tenant AND user_id = '" + editor + "'");
        assertThat(everybody).noneMatch(id -> allows(app, id));
    }

    @Test
    void a_rule_goes_with_what_it_names_and_nobody_is_let_in_for_it() {
        String app = application();
        String gone = user("goner");
        api.put(path(app), rules("userIds", List.of(gone)));
        enable(app);
        api.delete("/users/" + gone);
        assertThat(api.get(path(app)).json().path("userIds")).isEmpty();
        assertThat(allows(app, user("latecomer"))).isFalse();
    }

    @Test
    void nobody_is_locked_out_by_mistake() {
        String app = application();
        Answer enabled = api.patch("/applications/" + app, Map.of("appLevelAccessControlEnabled", true));
        assertThat(enabled.code()).isEqualTo("application.access_control_without_rules");
        assertThat(api.get("/applications/" + app)
                        .json()
                        .path("appLevelAccessControlEnabled")
                        .asBoolean())
                .isFalse();
        api.put(path(app), rules("userIds", List.of(user("only"))));
        enable(app);
        assertThat(api.put(path(app), rules()).code()).isEqualTo("application.access_control_without_rules");
        assertThat(api.get(path(app)).json().path("userIds")).hasSize(1);
    }

    @Test
    void what_does_not_exist_is_too_much_or_half_is_refused() {
        String app = application();
        for (Map<String, Object> unknown : List.of(
                rules("userIds", List.of("nobody")),
                rules("userRoleIds", List.of("nothing")),
                rules("organizationIds", List.of("nowhere")),
                rules(
                        "organizationRoleRules",
                        List.of(Map.of("organizationId", "acme", "organizationRoleIds", List.of("none")))))) {
            Answer answer = api.put(path(app), unknown);
            assertThat(answer.status()).as(unknown.toString()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("entity.relation_foreign_key_not_found");
        }
        Map<String, Object> noRoles = Map.of("organizationId", "acme", "organizationRoleIds", List.of());
        for (Map<String, Object> bad : List.of(
                rules("userIds", Collections.nCopies(1001, "x")),
                rules("organizationRoleRules", List.of(noRoles)),
                Map.<String, Object>of("userIds", List.of()))) {
            assertThat(api.put(path(app), bad).status()).isEqualTo(400);
        }
        String twice = user("twice");
        assertThat(api.put(path(app), rules("userIds", List.of(twice, twice))).status())
                .isEqualTo(200);
        assertThat(api.get(path("nobody")).status()).isEqualTo(404);
    }

    @Test
    void another_tenant_neither_sees_nor_names_it_MA2() {
        String app = application();
        String ours = user("ours");
        TestApi other = server.adminApi();
        assertThat(other.get(path(app)).status()).isEqualTo(404);
        assertThat(other.put(path(app), rules()).status()).isEqualTo(404);
        String theirs = other.created("/applications", Map.of("name", "T", "type", "SPA"))
                .path("id")
                .asString();
        assertThat(other.put(path(theirs), rules("userIds", List.of(ours))).status())
                .isEqualTo(422);
    }
}
