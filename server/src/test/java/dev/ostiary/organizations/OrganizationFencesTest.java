package dev.ostiary.organizations;

import static dev.ostiary.organizations.OrganizationsHouse.MACHINE;
import static dev.ostiary.organizations.OrganizationsHouse.ORGANIZATIONS;
import static dev.ostiary.organizations.OrganizationsHouse.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What other tenants, others' rights, odd paths and bad moments must not do. */
class OrganizationFencesTest {
    private static final List<List<String>> OPERATIONS = List.of(
            List.of("GET", "/organizations"),
            List.of("POST", "/organizations"),
            List.of("GET", "/organizations/$o"),
            List.of("PATCH", "/organizations/$o"),
            List.of("DELETE", "/organizations/$o"),
            List.of("GET", "/organizations/$o/users"),
            List.of("POST", "/organizations/$o/users"),
            List.of("PUT", "/organizations/$o/users"),
            List.of("DELETE", "/organizations/$o/users/$u"),
            List.of("POST", "/organizations/$o/users/roles"),
            List.of("GET", "/organizations/$o/users/$u/roles"),
            List.of("POST", "/organizations/$o/users/$u/roles"),
            List.of("PUT", "/organizations/$o/users/$u/roles"),
            List.of("DELETE", "/organizations/$o/users/$u/roles/$r"),
            List.of("GET", "/organizations/$o/users/$u/scopes"),
            List.of("POST", "/organizations/$o/applications"),
            List.of("PUT", "/organizations/$o/applications/$u/roles"),
            List.of("GET", "/organization-roles"),
            List.of("PATCH", "/organization-roles/$r"),
            List.of("PUT", "/organization-roles/$r/scopes"),
            List.of("POST", "/organization-scopes"),
            List.of("GET", "/users/$u/organizations"));

    private static OrganizationsHouse house;
    private static TestApi other;

    @BeforeAll
    static void start() {
        house = new OrganizationsHouse();
        other = house.server.adminApi();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @Test
    void what_belongs_to_another_tenant_does_not_exist_MA2() {
        String theirs = id(other.created(ORGANIZATIONS, Map.of("name", "theirs")));
        String theirRole = id(other.created("/organization-roles", Map.of("name", "their role")));
        String theirScope = id(other.created("/organization-scopes", Map.of("name", "their:scope")));
        String theirUser = house.user("admin", "their_user");
        String theirMachine = id(other.created("/applications", Map.of("name", "machine", "type", MACHINE)));
        other.post(ORGANIZATIONS + "/" + theirs + "/users", Map.of("userIds", List.of(theirUser)));
        String before = other.get(ORGANIZATIONS + "/" + theirs + "/users").text();

        String ours = house.organization();
        String user = house.user();
        String role = house.role(USER);
        house.join(ours, user);
        for (String url : List.of(
                ORGANIZATIONS + "/" + theirs,
                ORGANIZATIONS + "/" + theirs + "/users",
                ORGANIZATIONS + "/" + theirs + "/applications",
                "/organization-roles/" + theirRole,
                "/organization-roles/" + theirRole + "/scopes",
                "/organization-scopes/" + theirScope,
                "/users/" + theirUser + "/organizations",
                "/applications/" + theirMachine + "/organizations")) {
            assertThat(house.api.get(url).status()).as(url).isEqualTo(404);
        }
        for (String url : List.of(
                ORGANIZATIONS + "/" + theirs,
                "/organization-roles/" + theirRole,
                "/organization-scopes/" + theirScope)) {
            assertThat(house.api.patch(url, Map.of("name", "mine")).status())
                    .as(url)
                    .isEqualTo(404);
            assertThat(house.api.delete(url).status()).as(url).isEqualTo(404);
        }
        Map<String, Object> theirRoles = Map.of("organizationRoleIds", List.of(theirRole));
        Map<String, Object> theirUsers = Map.of("userIds", List.of(theirUser));
        String members = ORGANIZATIONS + "/" + ours + "/users";
        refused(house.api.post(members, theirUsers));
        refused(house.api.put(members, Map.of("userIds", List.of(user, theirUser))));
        refused(house.api.post(ORGANIZATIONS + "/" + theirs + "/users", Map.of("userIds", List.of(user))));
        refused(house.api.post(
                ORGANIZATIONS + "/" + ours + "/applications", Map.of("applicationIds", List.of(theirMachine))));
        refused(house.api.post(members + "/" + user + "/roles", theirRoles));
        refused(house.api.put(members + "/" + user + "/roles", theirRoles));
        refused(house.api.post(
                members + "/" + user + "/roles", Map.of("organizationRoleNames", List.of("their role"))));
        refused(house.api.post(
                members + "/roles", Map.of("userIds", List.of(user), "organizationRoleIds", List.of(theirRole))));
        refused(house.api.post(
                "/organization-roles/" + role + "/scopes", Map.of("organizationScopeIds", List.of(theirScope))));
        refused(house.api.post(
                "/organization-roles", Map.of("name", "x", "organizationScopeIds", List.of(theirScope))));
        refused(house.api.get(ORGANIZATIONS + "/" + theirs + "/users/" + theirUser + "/roles"));
        assertThat(house.ids(members + "?organizationRoleId=" + theirRole)).isEmpty();
        assertThat(house.ids(ORGANIZATIONS + "?q=theirs")).isEmpty();
        assertThat(house.ids(members + "?q=their_user")).isEmpty();
        assertThat(house.ids("/users?page_size=100&excludeOrganizationId=" + theirs))
                .contains(user);
        assertThat(house.ids(members)).containsExactly(user);
        assertThat(other.get(ORGANIZATIONS + "/" + theirs + "/users").text()).isEqualTo(before);
    }

    /** The statement without its own condition: row security alone must hold (MA2). */
    @Test
    void row_security_alone_hides_another_tenants_members_MA2() {
        String theirs = id(other.created(ORGANIZATIONS, Map.of("name", "hidden")));
        other.post(
                ORGANIZATIONS + "/" + theirs + "/users",
                Map.of("userIds", List.of(house.user("admin", "hidden_user"))));
        for (String table : List.of("organizations", "organization_users", "organization_user_counts")) {
            String column = table.equals("organizations") ? "id" : "organization_id";
            long seen = house.server.app().database().read("default", tx -> tx.query(
                            "SELECT count(*) FROM " + table + " WHERE " + column + " = :id")
                    .bind("id", theirs)
                    .mapTo(Long.class)
                    .one());
            assertThat(seen).as(table).isZero();
        }
    }

    @Test
    void who_may_not_administer_reads_and_changes_nothing_OR2() {
        String organization = house.organization();
        String user = house.user();
        String role = house.role(USER);
        house.join(organization, user);
        // A member's token: not for this API, of another tenant, or without its scope.
        Map<String, Object> member = Map.of("sub", user, "client_id", "app", "scope", "read:users");
        Map<String, Object> organizationToken = Map.of("aud", "urn:logto:organization:" + organization, "sub", user);
        List<String> tokens = List.of(
                house.server.managementToken("default", member),
                house.server.managementToken("default", organizationToken),
                house.server.managementToken("admin"),
                "garbage");
        for (List<String> operation : OPERATIONS) {
            String path = "/api"
                    + operation
                            .getLast()
                            .replace("$o", organization)
                            .replace("$u", user)
                            .replace("$r", role);
            assertThat(house.server
                            .browser()
                            .json(operation.getFirst(), path, null)
                            .status())
                    .as("%s", operation)
                    .isEqualTo(401);
            for (String token : tokens) {
                Answer answer = house.server
                        .browser()
                        .json(operation.getFirst(), path, Map.of(), "Authorization", "Bearer " + token);
                assertThat(answer.status()).as("%s", operation).isIn(401, 403);
            }
        }
        assertThat(house.ids(ORGANIZATIONS + "/" + organization + "/users")).containsExactly(user);
    }

    @Test
    void a_path_is_one_route_or_none_MA7() {
        String organization = house.organization();
        for (String path : List.of(
                "/api/organizations;x",
                "/api/organizations/" + organization + ";a=b",
                "/api//organizations",
                "//api/organizations",
                "/api/./organizations",
                "/api/x/../organizations",
                "/api/%6frganizations",
                "/api/organizations/%2e%2e/organizations",
                "/api/status/../organizations",
                "/api/organizations%2f" + organization,
                "/API/organizations")) {
            int status = house.server
                    .browser()
                    .get(
                            path,
                            "X-Forwarded-Prefix",
                            "/x",
                            "X-Original-URL",
                            "/api/status",
                            "X-HTTP-Method-Override",
                            "GET")
                    .status();
            assertThat(status).as(path).isIn(400, 401, 404, 405, 501);
        }
    }

    @Test
    void a_membership_ends_at_once_for_whoever_asks_OR3() {
        String organization = house.organization();
        String user = house.user();
        String role = house.role(USER);
        String scope = house.scope();
        house.api.post("/organization-roles/" + role + "/scopes", Map.of("organizationScopeIds", List.of(scope)));
        assertThat(membership("default", organization, user)).isEmpty();
        house.join(organization, user);
        house.api.post(
                ORGANIZATIONS + "/" + organization + "/users/" + user + "/roles",
                Map.of("organizationRoleIds", List.of(role)));
        Membership membership = membership("default", organization, user).orElseThrow();
        assertThat(membership.scopes()).hasSize(1);
        assertThat(membership.isMfaRequired()).isFalse();
        house.api.patch(ORGANIZATIONS + "/" + organization, Map.of("isMfaRequired", true));
        assertThat(membership("default", organization, user).orElseThrow().isMfaRequired())
                .isTrue();
        assertThat(membership("admin", organization, user)).isEmpty();
        assertThat(membership("default", "o\u0000", user)).isEmpty();
        house.api.delete("/organization-roles/" + role);
        assertThat(membership("default", organization, user).orElseThrow().scopes())
                .isEmpty();
        house.api.delete(ORGANIZATIONS + "/" + organization);
        assertThat(membership("default", organization, user)).isEmpty();
    }

    private static Optional<Membership> membership(String tenant, String organization, String user) {
        return house.server.app().database().read(tenant, tx -> new OrganizationAccess()
                .ofUser(tx, organization, user));
    }

    @Test
    void a_role_deleted_while_it_is_given_is_given_or_unknown() throws Exception {
        String organization = house.organization();
        String user = house.user();
        house.join(organization, user);
        String roles = ORGANIZATIONS + "/" + organization + "/users/" + user + "/roles";
        for (int i = 0; i < 20; i++) {
            String role = house.role(USER);
            List<Answer> answers = together(
                    () -> house.api.post(roles, Map.of("organizationRoleIds", List.of(role))),
                    () -> house.api.delete("/organization-roles/" + role));
            assertThat(answers.getFirst().status()).isIn(201, 422);
            assertThat(answers.getLast().status()).isEqualTo(204);
        }
        assertThat(house.ids(roles)).isEmpty();
    }

    @Test
    void an_organization_deleted_while_somebody_joins_is_joined_or_unknown() throws Exception {
        for (int i = 0; i < 20; i++) {
            String organization = house.organization();
            String user = house.user();
            List<Answer> answers = together(
                    () -> house.api.post(
                            ORGANIZATIONS + "/" + organization + "/users", Map.of("userIds", List.of(user))),
                    () -> house.api.delete(ORGANIZATIONS + "/" + organization));
            assertThat(answers.getFirst().status()).isIn(201, 422);
            assertThat(answers.getLast().status()).isEqualTo(204);
            assertThat(house.ids("/users/" + user + "/organizations")).isEmpty();
        }
    }

    @Test
    void two_who_replace_the_members_at_once_leave_what_one_of_them_wanted() throws Exception {
        String users = ORGANIZATIONS + "/" + house.organization() + "/users";
        List<String> mine = List.of(house.user(), house.user());
        List<String> yours = List.of(house.user(), house.user());
        for (int i = 0; i < 10; i++) {
            List<Answer> answers = together(
                    () -> house.api.put(users, Map.of("userIds", mine)),
                    () -> house.api.put(users, Map.of("userIds", yours)));
            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(204));
            List<String> members = house.ids(users);
            assertThat(members).hasSize(2);
            assertThat(members.containsAll(mine) || members.containsAll(yours)).isTrue();
            assertThat(house.total(users)).isEqualTo("2");
        }
    }

    @Test
    void two_who_add_the_same_user_at_once_make_one_member() throws Exception {
        for (int i = 0; i < 10; i++) {
            String users = ORGANIZATIONS + "/" + house.organization() + "/users";
            Map<String, Object> body = Map.of("userIds", List.of(house.user()));
            List<Answer> answers = together(() -> house.api.post(users, body), () -> house.api.post(users, body));
            assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(201, 422);
            assertThat(house.total(users)).isEqualTo("1");
        }
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    }

    private static String id(tools.jackson.databind.JsonNode made) {
        return made.get("id").asString();
    }

    private static List<Answer> together(Callable<Answer> one, Callable<Answer> two) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Answer> first = threads.submit(one);
            Future<Answer> second = threads.submit(two);
            return List.of(first.get(), second.get());
        }
    }
}
