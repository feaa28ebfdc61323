package dev.ostiary.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import dev.ostiary.users.NewUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RoleRoutesTest {
    private static final String MACHINE = "MachineToMachine";

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
    void a_role_is_made_read_changed_and_deleted() {
        Answer made = api.post("/roles", Map.of("name", "Librarian", "description", "Lends books"));
        assertThat(made.status()).isEqualTo(200);
        assertThat(new ArrayList<>(made.json().propertyNames()))
                .containsExactly("tenantId", "id", "name", "description", "type", "isDefault");
        assertThat(made.json().get("type").asString()).isEqualTo("User");
        String url = "/roles/" + made.json().get("id").asString();
        assertThat(api.patch(url, Map.of("description", "Lends and takes back"))
                        .json()
                        .get("name")
                        .asString())
                .isEqualTo("Librarian");
        assertThat(api.patch(url, Map.of()).status()).isEqualTo(200);
        assertThat(api.post("/roles", Map.of("name", "Librarian", "description", "x"))
                        .code())
                .isEqualTo("role.name_in_use");
        assertThat(api.delete(url).status()).isEqualTo(204);
        assertThat(api.get(url).code()).isEqualTo("entity.not_exists_with_id");
        assertThat(api.patch(url, Map.of("name", "x")).status()).isEqualTo(404);
        assertThat(api.delete(url).status()).isEqualTo(404);
    }

    @Test
    void internal_roles_are_out_of_reach_MA4() {
        assertThat(api.get("/roles").text()).doesNotContain("#internal:");
        assertThat(api.post("/roles", Map.of("name", "#internal:mine", "description", "x"))
                        .code())
                .isEqualTo("role.internal_role_violation");
        String role = role("User");
        assertThat(api.patch("/roles/" + role, Map.of("name", "#internal:mine")).status())
                .isEqualTo(403);
        assertThat(api.patch("/roles/admin-role", Map.of("name", "mine")).status())
                .isEqualTo(403);
        assertThat(api.delete("/roles/admin-role").status()).isEqualTo(403);
        assertThat(api.post("/roles/admin-role/scopes", Map.of("scopeIds", List.of("management-api-all")))
                        .status())
                .isEqualTo(403);
        String machine = application(MACHINE);
        assertThat(api.post("/applications/" + machine + "/roles", Map.of("roleIds", List.of("admin-role")))
                        .status())
                .isEqualTo(403);
        assertThat(api.post("/roles/admin-role/applications", Map.of("applicationIds", List.of(machine)))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void the_management_api_is_given_to_machines_and_not_to_users_MA4() {
        List<String> all = List.of("management-api-all");
        assertThat(api.post("/roles", Map.of("name", "Boss", "description", "x", "scopeIds", all))
                        .code())
                .isEqualTo("role.management_api_scopes_not_assignable_to_user_role");
        assertThat(api.post("/roles/" + role("User") + "/scopes", Map.of("scopeIds", all))
                        .status())
                .isEqualTo(400);
        String machine = application(MACHINE);
        JsonNode access = api.get("/roles?search.name=Logto%20Management%20API%20access&mode=exact")
                .json()
                .get(0);
        assertThat(access.get("type").asString()).isEqualTo(MACHINE);
        api.created(
                "/applications/" + machine + "/roles",
                Map.of("roleIds", List.of(access.get("id").asString())));
        assertThat(scopesOfApplication(machine, "management-api")).containsExactly("all");
    }

    @Test
    void a_role_made_with_scopes_has_them_and_its_holders_too() {
        String resource = resource();
        String read = scope(resource, "read");
        String write = scope(resource, "write");
        Map<String, Object> body =
                Map.of("name", unique(), "description", "x", "type", MACHINE, "scopeIds", List.of(read));
        String role = api.created("/roles", body).get("id").asString();
        String scopes = "/roles/" + role + "/scopes";
        JsonNode listed = api.get(scopes).json();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).at("/resource/id").asString()).isEqualTo(resource);
        Answer added = api.post(scopes, Map.of("scopeIds", List.of(write)));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().get(0).get("name").asString()).isEqualTo("write");
        assertThat(api.post(scopes, Map.of("scopeIds", List.of(write))).code()).isEqualTo("role.scope_exists");
        assertThat(api.post(scopes, Map.of("scopeIds", List.of())).code()).isEqualTo("guard.invalid_input");
        assertThat(api.post(scopes, Map.of("scopeIds", List.of("nobody"))).status())
                .isEqualTo(404);
        assertThat(api.get(scopes + "?search.name=w%25").json()).hasSize(1);
        String machine = application(MACHINE);
        api.created("/applications/" + machine + "/roles", Map.of("roleIds", List.of(role)));
        assertThat(scopesOfApplication(machine, resource)).containsExactlyInAnyOrder("read", "write");
        assertThat(api.delete(scopes + "/" + read).status()).isEqualTo(204);
        assertThat(api.delete(scopes + "/" + read).status()).isEqualTo(404);
        assertThat(scopesOfApplication(machine, resource)).containsExactly("write");
    }

    /** Remembered for the token endpoint, so each way to change it has to be heard of (CH3). */
    @Test
    void whatever_changes_what_a_machine_may_is_so_at_once_CH3() {
        String resource = resource();
        String read = scope(resource, "read");
        String write = scope(resource, "write");
        String machine = application(MACHINE);
        String reads = machineRole(read);
        String writes = machineRole(write);
        assertThat(scopesOfApplication(machine, resource)).isEmpty();
        String given = "/applications/" + machine + "/roles";
        api.created(given, Map.of("roleIds", List.of(reads)));
        assertThat(scopesOfApplication(machine, resource)).containsExactly("read");
        api.created("/roles/" + writes + "/applications", Map.of("applicationIds", List.of(machine)));
        assertThat(scopesOfApplication(machine, resource)).containsExactlyInAnyOrder("read", "write");
        assertThat(api.delete(given + "/" + writes).status()).isEqualTo(204);
        assertThat(scopesOfApplication(machine, resource)).containsExactly("read");
        assertThat(api.put(given, Map.of("roleIds", List.of(writes))).status()).isBetween(200, 204);
        assertThat(scopesOfApplication(machine, resource)).containsExactly("write");
        api.post("/roles/" + writes + "/scopes", Map.of("scopeIds", List.of(read)));
        assertThat(scopesOfApplication(machine, resource)).containsExactlyInAnyOrder("read", "write");
        api.patch("/resources/" + resource + "/scopes/" + read, Map.of("name", "look"));
        assertThat(scopesOfApplication(machine, resource)).containsExactlyInAnyOrder("look", "write");
        assertThat(api.delete("/resources/" + resource + "/scopes/" + read).status())
                .isEqualTo(204);
        assertThat(scopesOfApplication(machine, resource)).containsExactly("write");
        assertThat(api.delete("/roles/" + writes + "/applications/" + machine).status())
                .isEqualTo(204);
        assertThat(scopesOfApplication(machine, resource)).isEmpty();
        api.created(given, Map.of("roleIds", List.of(writes)));
        assertThat(scopesOfApplication(machine, resource)).containsExactly("write");
        assertThat(api.delete("/roles/" + writes).status()).isEqualTo(204);
        assertThat(scopesOfApplication(machine, resource)).isEmpty();
        api.created(given, Map.of("roleIds", List.of(machineRole(write))));
        assertThat(scopesOfApplication(machine, resource)).containsExactly("write");
        assertThat(api.delete("/resources/" + resource).status()).isEqualTo(204);
        assertThat(scopesOfApplication(machine, resource)).isEmpty();
    }

    private static String machineRole(String scope) {
        Map<String, Object> body =
                Map.of("name", unique(), "description", "x", "type", MACHINE, "scopeIds", List.of(scope));
        return api.created("/roles", body).get("id").asString();
    }

    @Test
    void roles_of_a_user_are_assigned_replaced_and_taken_back() {
        String user = user();
        String one = role("User");
        String two = role("User");
        String roles = "/users/" + user + "/roles";
        Answer first = api.post(roles, Map.of("roleIds", List.of(one)));
        assertThat(first.status()).isEqualTo(201);
        Answer again = api.post(roles, Map.of("roleIds", List.of(one, two)));
        assertThat(again.json().get("roleIds")).hasSize(2);
        assertThat(again.json().get("addedRoleIds")).hasSize(1);
        assertThat(api.get(roles).json()).hasSize(2);
        assertThat(api.get(roles + "?page=1&page_size=1").header("Total-Number"))
                .hasValue("2");
        assertThat(api.put(roles, Map.of("roleIds", List.of(two))).status()).isEqualTo(200);
        assertThat(api.get(roles).json().get(0).get("id").asString()).isEqualTo(two);
        assertThat(api.delete(roles + "/" + two).status()).isEqualTo(204);
        assertThat(api.delete(roles + "/" + two).status()).isEqualTo(404);
        assertThat(api.put(roles, Map.of("roleIds", List.of())).status()).isEqualTo(200);
        assertThat(api.post(roles, Map.of("roleIds", List.of(role(MACHINE)))).code())
                .isEqualTo("user.invalid_role_type");
        assertThat(api.post(roles, Map.of("roleIds", List.of("nobody"))).status())
                .isEqualTo(404);
        assertThat(api.get("/users/nobody/roles").status()).isEqualTo(404);
        assertThat(api.post("/users/nobody/roles", Map.of("roleIds", List.of(one)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void roles_of_an_application_are_assigned_replaced_and_taken_back() {
        String machine = application(MACHINE);
        String one = role(MACHINE);
        String two = role(MACHINE);
        String roles = "/applications/" + machine + "/roles";
        api.patch("/applications/" + machine, Map.of("isAdmin", true));
        assertThat(api.post(roles, Map.of("roleIds", List.of(one))).status()).isEqualTo(201);
        assertThat(api.put(roles, Map.of("roleIds", List.of(two))).status()).isEqualTo(200);
        assertThat(api.get(roles).json()).hasSize(1);
        // A replacement does not take the mark of administrators along.
        assertThat(api.get("/applications/" + machine).json().get("isAdmin").asBoolean())
                .isTrue();
        assertThat(api.delete(roles + "/" + two).status()).isEqualTo(204);
        assertThat(api.post(roles, Map.of("roleIds", List.of(role("User")))).code())
                .isEqualTo("application.invalid_role_type");
        assertThat(api.post("/applications/" + application("SPA") + "/roles", Map.of("roleIds", List.of(one)))
                        .code())
                .isEqualTo("application.invalid_type");
        assertThat(api.get("/applications?excludeRoleId=" + one).text()).contains(machine);
        api.post(roles, Map.of("roleIds", List.of(one)));
        assertThat(api.get("/applications?excludeRoleId=" + one).text()).doesNotContain(machine);
    }

    @Test
    void a_role_is_given_to_many_from_its_own_side() {
        String role = role("User");
        String user = user();
        String other = user();
        String users = "/roles/" + role + "/users";
        assertThat(api.post(users, Map.of("userIds", List.of(user, other))).status())
                .isEqualTo(201);
        assertThat(api.post(users, Map.of("userIds", List.of(user))).code()).isEqualTo("role.user_exists");
        assertThat(api.post(users, Map.of("userIds", List.of("nobody"))).status())
                .isEqualTo(404);
        Answer holders = api.get(users);
        assertThat(holders.header("Total-Number")).hasValue("2");
        assertThat(holders.json().get(0).has("username")).isTrue();
        assertThat(holders.text()).doesNotContain("passwordDigest");
        assertThat(api.get(users + "?search.id=" + user + "&mode=exact").json()).hasSize(1);
        assertThat(api.get("/roles/nobody/users").status()).isEqualTo(404);
        JsonNode overview = api.get("/roles?search.id=" + role).json().get(0);
        assertThat(overview.get("usersCount").asInt()).isEqualTo(2);
        assertThat(overview.get("featuredUsers")).hasSize(2);
        assertThat(overview.get("applicationsCount").asInt()).isZero();
        assertThat(api.delete(users + "/" + user).status()).isEqualTo(204);
        assertThat(api.delete(users + "/" + user).status()).isEqualTo(404);

        String machineRole = role(MACHINE);
        String machine = application(MACHINE);
        String applications = "/roles/" + machineRole + "/applications";
        assertThat(api.post(applications, Map.of("applicationIds", List.of(machine)))
                        .status())
                .isEqualTo(201);
        assertThat(api.post(applications, Map.of("applicationIds", List.of(machine)))
                        .code())
                .isEqualTo("role.application_exists");
        assertThat(api.post(applications, Map.of("applicationIds", List.of(application("SPA"))))
                        .code())
                .isEqualTo("application.invalid_type");
        Answer listed = api.get(applications);
        assertThat(listed.json().get(0).get("id").asString()).isEqualTo(machine);
        assertThat(listed.header("Total-Number")).hasValue("1");
        assertThat(api.get(applications + "?search=nothing").json()).isEmpty();
        assertThat(api.delete(applications + "/" + machine).status()).isEqualTo(204);
        assertThat(api.get("/roles/nobody/applications").status()).isEqualTo(404);
    }

    @Test
    void lists_are_filtered() {
        String machineRole = role(MACHINE);
        String userRole = role("User");
        assertThat(api.get("/roles?type=User").text()).contains(userRole).doesNotContain(machineRole);
        assertThat(api.get("/roles?type=Fridge").status()).isEqualTo(400);
        String user = user();
        api.post("/users/" + user + "/roles", Map.of("roleIds", List.of(userRole)));
        assertThat(api.get("/roles?excludeUserId=" + user).text())
                .doesNotContain(userRole)
                .contains(machineRole);
        assertThat(api.get("/roles?search.password=x").code()).isEqualTo("request.invalid_input");
    }

    @Test
    void a_list_costs_the_same_number_of_statements_whatever_its_length() {
        for (int i = 0; i < 5; i++) {
            api.post("/roles/" + role("User") + "/users", Map.of("userIds", List.of(user(), user())));
        }
        long before = server.app().database().statements();
        assertThat(api.get("/roles").json().size()).isGreaterThan(4);
        assertThat(server.app().database().statements() - before).isEqualTo(1);
    }

    @Test
    void new_users_get_the_default_roles() {
        Map<String, Object> body = new HashMap<>(Map.of("name", unique(), "description", "x", "isDefault", true));
        String role = api.created("/roles", body).get("id").asString();
        assertThat(api.get("/users/" + user() + "/roles").text()).contains(role);
        api.patch("/roles/" + role, Map.of("isDefault", false));
        assertThat(api.get("/users/" + user() + "/roles").text()).doesNotContain(role);
    }

    @Test
    void what_another_tenant_has_is_not_there_MA2() {
        String role = role("User");
        String user = user();
        TestApi other = server.adminApi();
        assertThat(other.get("/roles/" + role).status()).isEqualTo(404);
        assertThat(other.patch("/roles/" + role, Map.of("name", "x")).status()).isEqualTo(404);
        assertThat(other.delete("/roles/" + role).status()).isEqualTo(404);
        assertThat(other.get("/users/" + user + "/roles").status()).isEqualTo(404);
        assertThat(other.post("/roles/" + role + "/users", Map.of("userIds", List.of(user)))
                        .status())
                .isEqualTo(404);
        String theirs = other.created("/roles", Map.of("name", unique(), "description", "x"))
                .get("id")
                .asString();
        assertThat(other.post("/roles/" + theirs + "/users", Map.of("userIds", List.of(user)))
                        .status())
                .isEqualTo(404);
        assertThat(api.post("/users/" + user + "/roles", Map.of("roleIds", List.of(theirs)))
                        .status())
                .isEqualTo(404);
        String scope = scope(resource(), "read");
        assertThat(other.post("/roles/" + theirs + "/scopes", Map.of("scopeIds", List.of(scope)))
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/users/" + user + "/roles").json()).isEmpty();
    }

    @Test
    void seeding_again_changes_nothing() {
        long before = rows();
        server.app().database().run("admin", ManagementRoles::seedAdminTenant);
        server.app().database().run("default", ManagementRoles::seed);
        assertThat(rows()).isEqualTo(before);
    }

    private static long rows() {
        return server.app().database().read("*", tx -> tx.query(
                        "SELECT (SELECT count(*) FROM roles) + (SELECT count(*) FROM scopes)"
                                + " + (SELECT count(*) FROM resources) + (SELECT count(*) FROM role_scopes)")
                .mapTo(Long.class)
                .one());
    }

    /** As the token endpoint has them, remembered or read. */
    private static java.util.Set<String> scopesOfApplication(String application, String resource) {
        return server.app().roles().scopesOfApplication("default", application, resource);
    }

    private static String unique() {
        return "Role " + ++number;
    }

    private static String role(String type) {
        return api.created("/roles", Map.of("name", unique(), "description", "x", "type", type))
                .get("id")
                .asString();
    }

    private static String application(String type) {
        return api.created("/applications", Map.of("name", type, "type", type))
                .get("id")
                .asString();
    }

    private static String resource() {
        return api.created("/resources", Map.of("name", "Books", "indicator", "https://books.example.com/" + ++number))
                .get("id")
                .asString();
    }

    private static String scope(String resource, String name) {
        return api.created("/resources/" + resource + "/scopes", Map.of("name", name))
                .get("id")
                .asString();
    }

    private static String user() {
        return server.app()
                .database()
                .write("default", tx -> server.app()
                        .users()
                        .create(
                                tx,
                                new NewUser(
                                        "reader" + ++number,
                                        null,
                                        null,
                                        null,
                                        null,
                                        Json.object(),
                                        Json.object(),
                                        null)))
                .id();
    }

    @Test
    void roles_are_found_by_the_resource_and_the_permission_they_give() {
        String resource = api.created("/resources", Map.of("name", "Shelf", "indicator", "https://shelf.example"))
                .path("id")
                .asString();
        List<String> scopes = new ArrayList<>();
        for (String name : List.of("read:shelf", "sort:shelf")) {
            scopes.add(api.created("/resources/" + resource + "/scopes", Map.of("name", name))
                    .path("id")
                    .asString());
        }
        for (String scope : scopes) {
            api.post("/roles", Map.of("name", "of " + scope, "description", "x", "scopeIds", List.of(scope)));
        }
        assertThat(api.get("/roles?resourceId=" + resource).json()).hasSize(2);
        assertThat(api.get("/roles?page=1&page_size=1&resourceId=" + resource).header("Total-Number"))
                .contains("2");
        JsonNode one = api.get("/roles?scopeId=" + scopes.getFirst()).json();
        assertThat(one).hasSize(1);
        assertThat(one.path(0).path("name").asString()).isEqualTo("of " + scopes.getFirst());
        assertThat(api.get("/roles?resourceId=nobody").json()).isEmpty();
    }

    @Test
    void a_role_that_thousands_hold_is_counted_paged_and_searched() {
        String role = api.created("/roles", Map.of("name", "Crowd", "description", "x"))
                .path("id")
                .asString();
        server.app().database().run("default", tx -> {
            tx.update(
                            """
                            INSERT INTO users (tenant_id, id, username, created_at)
                            SELECT :tenant, 'crowd' || g, 'crowd_' || g, now() - g * interval '1 minute'
                            FROM generate_series(1, 5100) AS g
                            """)
                    .execute();
            tx.update(
                            """
                            INSERT INTO user_roles (tenant_id, user_id, role_id)
                            SELECT :tenant, id, :role FROM users WHERE tenant_id = :tenant AND username LIKE 'crowd%'
                            """)
                    .bind("role", role)
                    .execute();
        });
        String list = "/roles/" + role + "/users?page=2&page_size=3";
        Answer page = api.get(list);
        assertThat(page.header("Total-Number")).contains("5100");
        assertThat(page.json().valueStream().map(user -> user.path("username").asString()))
                .containsExactly("crowd_4", "crowd_5", "crowd_6");
        server.app().database().run("*", tx -> tx.update("ANALYZE users, user_search, user_roles")
                .execute());
        Answer many = api.get(list + "&search=%25crowd%25");
        assertThat(many.header("Total-Number")).contains("1001");
        assertThat(many.header("Total-Number-Is-Capped")).contains("true");
        assertThat(many.json().path(0).path("username").asString()).isEqualTo("crowd_4");
        Answer few = api.get(list + "&search=%25crowd_50_1");
        assertThat(few.header("Total-Number")).contains("10");
        assertThat(few.json().path(0).path("username").asString()).isEqualTo("crowd_5031");
        assertThat(api.get("/users?page=1&page_size=1&excludeRoleId=" + role)
                        .json()
                        .path(0)
                        .path("username")
                        .asString())
                .doesNotStartWith("crowd");

        api.delete("/users/crowd1");
        server.app().database().run("*", Roles::foldCounts);
        JsonNode overview = api.get("/roles?search.name=Crowd").json().path(0);
        assertThat(overview.path("usersCount").asLong()).isEqualTo(5099);
        assertThat(api.delete("/roles/" + role).status()).isEqualTo(204);
    }

    @Test
    void who_was_slower_overwrites_nothing() {
        JsonNode made = api.created("/roles", Map.of("name", "Contested", "description", "first"));
        String path = "/roles/" + made.path("id").asString();
        String seen = api.get(path).header("ETag").orElseThrow();
        assertThat(changeIf(path, seen, "second").status()).isEqualTo(200);
        assertThat(changeIf(path, seen, "third").code()).isEqualTo("entity.changed_meanwhile");
        assertThat(api.get(path).json().path("description").asString()).isEqualTo("second");
        assertThat(changeIf("/roles/nobody", seen, "x").status()).isEqualTo(404);
    }

    private static Answer changeIf(String path, String tag, String description) {
        String bearer = "Bearer " + server.managementToken("default");
        return server.browser()
                .json(
                        "PATCH",
                        "/api" + path,
                        Map.of("description", description),
                        "Authorization",
                        bearer,
                        "If-Match",
                        tag);
    }
}
