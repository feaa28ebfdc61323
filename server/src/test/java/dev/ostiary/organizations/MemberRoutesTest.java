package dev.ostiary.organizations;

import static dev.ostiary.organizations.OrganizationsHouse.MACHINE;
import static dev.ostiary.organizations.OrganizationsHouse.ORGANIZATIONS;
import static dev.ostiary.organizations.OrganizationsHouse.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MemberRoutesTest {
    private static final String NO_MEMBER = "organization.require_membership";
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
    void users_become_members_are_replaced_and_leave() {
        String users = ORGANIZATIONS + "/" + house.organization() + "/users";
        String one = house.user();
        String two = house.user();
        // One that is named twice counts once.
        Answer added = house.api.post(users, Map.of("userIds", List.of(one, one)));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().get("userIds").valueStream().map(JsonNode::asString))
                .containsExactly(one);
        Answer again = house.api.post(users, Map.of("userIds", List.of(two, one)));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.code()).isEqualTo("entity.unique_integrity_violation");
        assertThat(house.ids(users)).as("all or nothing").containsExactly(one);
        assertThat(house.api.put(users, Map.of("userIds", List.of(two, two))).status())
                .isEqualTo(204);
        assertThat(house.ids(users)).containsExactly(two);
        assertThat(house.total(users)).isEqualTo("1");
        assertThat(house.api.delete(users + "/" + two).status()).isEqualTo(204);
        assertThat(house.api.delete(users + "/" + two).status()).isEqualTo(404);
        assertThat(house.api.put(users, Map.of("userIds", List.of())).status()).isEqualTo(204);
        assertThat(house.total(users)).isEqualTo("0");
    }

    @Test
    void a_list_of_members_shows_users_and_their_roles_here() {
        String organization = house.organization();
        String users = ORGANIZATIONS + "/" + organization + "/users";
        String role = house.role(USER);
        String user = house.user();
        house.join(organization, user, house.user());
        house.api.post(users + "/" + user + "/roles", Map.of("organizationRoleIds", List.of(role)));
        String elsewhere = house.organization();
        house.join(elsewhere, user);
        JsonNode found = house.api.get(users + "?organizationRoleId=" + role).json();
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/organizationRoles/0/id").asString()).isEqualTo(role);
        assertThat(found.get(0).has("passwordDigest")).isFalse();
        assertThat(house.total(users + "?organizationRoleId=" + role)).isEqualTo("1");
        assertThat(house.api
                        .get(ORGANIZATIONS + "/" + elsewhere + "/users")
                        .json()
                        .at("/0/organizationRoles"))
                .isEmpty();
        assertThat(house.api.get(ORGANIZATIONS + "/nobody/users").code()).isEqualTo("entity.not_exists_with_id");
        assertThat(house.api.get(ORGANIZATIONS + "/nobody/applications").status())
                .isEqualTo(404);
    }

    @Test
    void members_are_found_by_any_part_of_what_a_user_is_known_by() {
        String organization = house.organization();
        String users = ORGANIZATIONS + "/" + organization + "/users";
        String ann = house.user("default", "ann_" + organization);
        String bob = house.user("default", "bob_" + organization);
        house.user("default", "ann_outside_" + organization);
        house.join(organization, ann, bob);
        assertThat(house.ids(users + "?q=ANN_")).containsExactly(ann);
        assertThat(house.ids(users + "?q=%40example")).containsExactlyInAnyOrder(ann, bob);
        assertThat(house.total(users + "?q=%40example&page_size=1")).isEqualTo("2");
        assertThat(house.ids(users + "?q=name%20of%20bob")).containsExactly(bob);
        assertThat(house.ids(users + "?q=" + bob)).containsExactly(bob);
        assertThat(house.ids(users + "?q=b_")).as("too short for the index").containsExactly(bob);
        assertThat(house.ids(users + "?q=a%25b")).isEmpty();
        String role = house.role(USER);
        house.api.post(users + "/roles", Map.of("userIds", List.of(bob), "organizationRoleIds", List.of(role)));
        assertThat(house.ids(users + "?q=example&organizationRoleId=" + role)).containsExactly(bob);
    }

    @Test
    void roles_of_a_member_are_given_by_id_or_name_replaced_and_taken_back() {
        String organization = house.organization();
        String user = house.user();
        house.join(organization, user);
        String roles = ORGANIZATIONS + "/" + organization + "/users/" + user + "/roles";
        String one = house.role(USER);
        String two = house.role(USER);
        String nameOfTwo =
                house.api.get("/organization-roles/" + two).json().get("name").asString();
        Answer given = house.api.post(
                roles, Map.of("organizationRoleIds", List.of(one), "organizationRoleNames", List.of(nameOfTwo)));
        assertThat(given.status()).isEqualTo(201);
        assertThat(given.json().get("organizationRoleIds")).hasSize(2);
        assertThat(house.ids(roles)).containsExactlyInAnyOrder(one, two);
        assertThat(house.api
                        .post(roles, Map.of("organizationRoleIds", List.of(one)))
                        .code())
                .isEqualTo("entity.unique_integrity_violation");
        Answer unknown = house.api.post(roles, Map.of("organizationRoleNames", List.of("no such role")));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.code()).isEqualTo("organization.role_names_not_found");
        assertThat(house.api.post(roles, Map.of()).status()).isEqualTo(400);
        assertThat(house.api
                        .put(roles, Map.of("organizationRoleNames", List.of(nameOfTwo)))
                        .status())
                .isEqualTo(204);
        assertThat(house.ids(roles)).containsExactly(two);
        assertThat(house.total(roles + "?page=1")).isEqualTo("1");
        assertThat(house.api.delete(roles + "/" + two).status()).isEqualTo(204);
        assertThat(house.api.delete(roles + "/" + two).status()).isEqualTo(404);
        assertThat(house.api.put(roles, Map.of()).status()).isEqualTo(204);
    }

    @Test
    void scopes_of_a_member_come_through_roles_in_that_organization_alone() {
        String organization = house.organization();
        String user = house.user();
        house.join(organization, user);
        String member = ORGANIZATIONS + "/" + organization + "/users/" + user;
        String scope = house.scope();
        String role = house.role(USER);
        String second = house.role(USER);
        house.api.post("/organization-roles/" + role + "/scopes", Map.of("organizationScopeIds", List.of(scope)));
        house.api.post("/organization-roles/" + second + "/scopes", Map.of("organizationScopeIds", List.of(scope)));
        assertThat(house.ids(member + "/scopes")).isEmpty();
        house.api.post(member + "/roles", Map.of("organizationRoleIds", List.of(role, second)));
        assertThat(house.ids(member + "/scopes")).containsExactly(scope);
        String other = house.organization();
        house.join(other, user);
        assertThat(house.ids(ORGANIZATIONS + "/" + other + "/users/" + user + "/scopes"))
                .isEmpty();
    }

    @Test
    void who_is_no_member_has_no_roles_and_gets_none() {
        String organization = house.organization();
        String user = house.user();
        String role = house.role(USER);
        String member = ORGANIZATIONS + "/" + organization + "/users/" + user;
        Map<String, Object> body = Map.of("organizationRoleIds", List.of(role));
        assertThat(house.api.get(member + "/roles").code()).isEqualTo(NO_MEMBER);
        assertThat(house.api.get(member + "/scopes").code()).isEqualTo(NO_MEMBER);
        assertThat(house.api.post(member + "/roles", body).code()).isEqualTo(NO_MEMBER);
        assertThat(house.api.put(member + "/roles", body).status()).isEqualTo(422);
        assertThat(house.api.delete(member + "/roles/" + role).code()).isEqualTo(NO_MEMBER);
        String bulk = ORGANIZATIONS + "/" + organization + "/users/roles";
        assertThat(house.api
                        .post(bulk, Map.of("userIds", List.of(user), "organizationRoleIds", List.of(role)))
                        .code())
                .isEqualTo(NOBODY);
        // What was given goes with the membership.
        house.join(organization, user);
        house.api.post(member + "/roles", body);
        house.api.delete(member);
        house.join(organization, user);
        assertThat(house.ids(member + "/roles")).isEmpty();
    }

    @Test
    void many_get_many_roles_in_one_call_as_often_as_it_is_made() {
        String organization = house.organization();
        String users = ORGANIZATIONS + "/" + organization + "/users";
        String one = house.user();
        String two = house.user();
        house.join(organization, one, two);
        List<String> roles = List.of(house.role(USER), house.role(USER));
        Map<String, Object> body = Map.of("userIds", List.of(one, two, one), "organizationRoleIds", roles);
        for (int i = 0; i < 2; i++) {
            Answer given = house.api.post(users + "/roles", body);
            assertThat(given.status()).isEqualTo(201);
            assertThat(given.text()).isEmpty();
        }
        assertThat(house.ids(users + "/" + one + "/roles")).containsExactlyInAnyOrderElementsOf(roles);
        assertThat(house.ids(users + "/" + two + "/roles")).containsExactlyInAnyOrderElementsOf(roles);
    }

    @Test
    void machines_become_members_with_roles_of_machines() {
        String applications = ORGANIZATIONS + "/" + house.organization() + "/applications";
        String machine = house.machine();
        String other = house.machine();
        Answer added = house.api.post(applications, Map.of("applicationIds", List.of(machine)));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text()).isEmpty();
        assertThat(house.api
                        .post(applications, Map.of("applicationIds", List.of(house.application("SPA"))))
                        .code())
                .isEqualTo("entity.db_constraint_violated");
        String role = house.role(MACHINE);
        String roles = applications + "/" + machine + "/roles";
        assertThat(house.api
                        .post(roles, Map.of("organizationRoleIds", List.of(role)))
                        .status())
                .isEqualTo(201);
        assertThat(house.ids(roles)).containsExactly(role);
        JsonNode listed = house.api.get(applications + "?q=application").json();
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/organizationRoles/0/id").asString()).isEqualTo(role);
        assertThat(house.ids(applications + "?q=nothing-like-that")).isEmpty();
        assertThat(house.api
                        .put(applications, Map.of("applicationIds", List.of(other, machine)))
                        .status())
                .isEqualTo(204);
        assertThat(house.ids(roles)).as("who stays keeps what it has").containsExactly(role);
        Map<String, Object> all =
                Map.of("applicationIds", List.of(other, machine), "organizationRoleIds", List.of(role));
        assertThat(house.api.post(applications + "/roles", all).status()).isEqualTo(201);
        assertThat(house.ids(applications + "/" + other + "/roles")).containsExactly(role);
        assertThat(house.total(applications + "?page_size=1")).isEqualTo("2");
        assertThat(house.api.delete(roles + "/" + role).status()).isEqualTo(204);
        assertThat(house.api.delete(applications + "/" + machine).status()).isEqualTo(204);
        assertThat(house.api.delete(applications + "/" + machine).status()).isEqualTo(404);
        assertThat(house.api.get(roles).code()).isEqualTo(NO_MEMBER);
    }

    @Test
    void a_role_is_given_to_its_own_kind_of_members() {
        String organization = house.organization();
        String user = house.user();
        String machine = house.machine();
        house.join(organization, user);
        String base = ORGANIZATIONS + "/" + organization;
        house.api.post(base + "/applications", Map.of("applicationIds", List.of(machine)));
        String ofUsers = house.role(USER);
        String ofMachines = house.role(MACHINE);
        Map<String, Object> wrong = Map.of("organizationRoleIds", List.of(ofMachines));
        assertThat(house.api.post(base + "/users/" + user + "/roles", wrong).code())
                .isEqualTo("entity.db_constraint_violated");
        assertThat(house.api.put(base + "/users/" + user + "/roles", wrong).status())
                .isEqualTo(422);
        assertThat(house.api
                        .post(
                                base + "/users/roles",
                                Map.of("userIds", List.of(user), "organizationRoleIds", List.of(ofMachines)))
                        .status())
                .isEqualTo(422);
        assertThat(house.api
                        .post(
                                base + "/applications/" + machine + "/roles",
                                Map.of("organizationRoleIds", List.of(ofUsers)))
                        .status())
                .isEqualTo(422);
        // Nor does a role that is held become one of the other kind.
        house.api.post(base + "/users/" + user + "/roles", Map.of("organizationRoleIds", List.of(ofUsers)));
        assertThat(house.api
                        .patch("/organization-roles/" + ofUsers, Map.of("type", MACHINE))
                        .status())
                .isEqualTo(422);
        assertThat(house.api
                        .patch("/organization-roles/" + ofMachines, Map.of("type", USER))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void ids_that_nobody_has_or_can_have_are_refused() {
        String base = ORGANIZATIONS + "/" + house.organization();
        String user = house.user();
        for (String id : List.of("nobody", "x".repeat(64))) {
            assertThat(house.api
                            .post(base + "/users", Map.of("userIds", List.of(user, id)))
                            .status())
                    .isEqualTo(422);
            assertThat(house.api
                            .put(base + "/users", Map.of("userIds", List.of(id)))
                            .status())
                    .isEqualTo(422);
            assertThat(house.api
                            .post(base + "/applications", Map.of("applicationIds", List.of(id)))
                            .status())
                    .isEqualTo(422);
            assertThat(house.api.delete(base + "/users/" + id).status()).isEqualTo(404);
        }
        assertThat(house.api
                        .post(ORGANIZATIONS + "/nobody/users", Map.of("userIds", List.of(user)))
                        .code())
                .isEqualTo(NOBODY);
        for (Object ids :
                List.of(List.of(), List.of(""), List.of("nul\u0000"), List.of("x".repeat(10_000)), "x", List.of(1))) {
            assertThat(house.api.post(base + "/users", Map.of("userIds", ids)).code())
                    .isEqualTo("guard.invalid_input");
        }
        assertThat(house.api.delete(base + "/users/a%00b").status()).isBetween(400, 499);
        assertThat(house.ids(base + "/users")).isEmpty();
    }

    @Test
    void a_call_names_a_thousand_at_most_and_says_so() {
        String base = ORGANIZATIONS + "/" + house.organization();
        List<String> many = IntStream.range(0, 10_000).mapToObj(i -> "user" + i).toList();
        Answer refused = house.api.post(base + "/users", Map.of("userIds", many));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("guard.invalid_input", "1000");
        assertThat(house.api
                        .post(
                                base + "/users/roles",
                                Map.of(
                                        "userIds",
                                        many.subList(0, 1_000),
                                        "organizationRoleIds",
                                        many.subList(0, 1_000)))
                        .text())
                .contains("10000");
        List<String> thousand = house.server.app().database().write("default", tx -> {
            List<String> ids = new ArrayList<>();
            tx.query(
                            """
                    INSERT INTO users (tenant_id, id, username)
                    SELECT :tenant, 'bulk' || n, 'bulk_' || n FROM generate_series(1, 1000) AS n RETURNING id
                    """)
                    .mapTo(String.class)
                    .forEach(ids::add);
            return ids;
        });
        assertThat(house.api.post(base + "/users", Map.of("userIds", thousand)).status())
                .isEqualTo(201);
        assertThat(house.total(base + "/users")).isEqualTo("1000");
        Answer found = house.api.get(base + "/users?q=bulk_");
        assertThat(found.header("Total-Number")).hasValue("1000");
        assertThat(found.header("Total-Number-Is-Capped")).isEmpty();
    }

    @Test
    void lists_of_users_and_applications_leave_members_out() {
        String organization = house.organization();
        String member = house.user();
        String other = house.user();
        house.join(organization, member);
        String users = "/users?page_size=100&excludeOrganizationId=" + organization;
        assertThat(house.ids(users)).contains(other).doesNotContain(member);
        long all = Long.parseLong(house.total("/users"));
        assertThat(house.total(users)).isEqualTo(Long.toString(all - 1));
        assertThat(house.ids(users + "&search=%25user_%25")).doesNotContain(member);
        String machine = house.machine();
        String applications = "/applications?excludeOrganizationId=" + organization;
        assertThat(house.ids(applications)).contains(machine);
        house.api.post(
                ORGANIZATIONS + "/" + organization + "/applications", Map.of("applicationIds", List.of(machine)));
        assertThat(house.ids(applications)).doesNotContain(machine);
    }

    @Test
    void who_made_whom_a_member_is_in_the_log() {
        String organization = house.organization();
        String user = house.user();
        house.join(organization, user);
        house.api.delete(ORGANIZATIONS + "/" + organization + "/users/" + user);
        List<JsonNode> told = house.api
                .get("/logs?logKey=Organization.Membership.Updated&page_size=100")
                .json()
                .valueStream()
                .filter(entry -> entry.toString().contains(organization))
                .toList();
        assertThat(told).hasSize(2);
        assertThat(told.getFirst().toString()).contains("removedUserIds", user, "test-machine");
        assertThat(told.getLast().toString()).contains("addedUserIds", user);
    }
}
