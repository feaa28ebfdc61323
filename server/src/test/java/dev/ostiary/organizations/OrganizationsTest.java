package dev.ostiary.organizations;

import static dev.ostiary.organizations.OrganizationsHouse.MACHINE;
import static dev.ostiary.organizations.OrganizationsHouse.ORGANIZATIONS;
import static dev.ostiary.organizations.OrganizationsHouse.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.audit.AuditLog;
import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.Changes;
import dev.ostiary.events.Events;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The doors that other rooms use. */
class OrganizationsTest {
    private static final String TENANT = "default";

    private static OrganizationsHouse house;
    private static Database database;
    private static Changes changes;
    private static Events events;
    private static Organizations organizations;
    private static final OrganizationAccess access = new OrganizationAccess();

    @BeforeAll
    static void start() {
        house = new OrganizationsHouse();
        database = house.server.app().database();
        changes = new Changes(database);
        changes.start();
        events = new Events(database, new AuditLog(Ids.secure(), Clock.systemUTC()));
        organizations = new Organizations(database, changes, events, Ids.secure(), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        events.close();
        changes.close();
        house.close();
    }

    @Test
    void who_joins_is_told_once_and_all_get_the_roles() {
        String organization = house.organization();
        String one = house.user();
        String two = house.user();
        String role = house.role(USER);
        assertThat(join(organization, List.of(one), List.of())).containsExactly(one);
        for (int i = 0; i < 2; i++) {
            List<String> expected = i == 0 ? List.of(two) : List.of();
            assertThat(join(organization, List.of(one, two), List.of(role))).isEqualTo(expected);
        }
        boolean isMember = database.read(TENANT, tx -> organizations.isMember(tx, organization, one));
        assertThat(isMember).isTrue();
        List<Affiliation> affiliations = database.read(TENANT, tx -> access.ofUser(tx, one));
        assertThat(affiliations)
                .containsExactly(new Affiliation(
                        organization,
                        database.read(TENANT, tx -> organizations.get(tx, organization))
                                .name(),
                        null,
                        List.of(name(role))));
        String ofMachines = house.role(MACHINE);
        assertThatThrownBy(() -> join(organization, List.of(one), List.of(ofMachines)))
                .isInstanceOf(AppException.class)
                .hasMessage("entity.db_constraint_violated");
        assertThatThrownBy(() -> join("nobody", List.of(one), List.of()))
                .hasMessage("entity.relation_foreign_key_not_found");
    }

    @Test
    void scopes_of_resources_come_through_the_roles_of_one_organization() {
        String resource = house.resource();
        String elsewhere = house.resource();
        String read = house.resourceScope(resource, "read");
        String write = house.resourceScope(elsewhere, "write");
        String ofUsers = house.created(
                "/organization-roles",
                Map.of("name", OrganizationsHouse.unique("reader"), "resourceScopeIds", List.of(read, write)));
        String ofMachines = house.created(
                "/organization-roles",
                Map.of("name", OrganizationsHouse.unique("robot"), "type", MACHINE, "resourceScopeIds", List.of(read)));
        String organization = house.organization();
        String user = house.user();
        String machine = house.machine();
        database.run(TENANT, tx -> organizations.join(tx, organization, List.of(user), List.of(ofUsers)));
        String applications = ORGANIZATIONS + "/" + organization + "/applications";
        house.api.post(applications, Map.of("applicationIds", List.of(machine)));
        house.api.post(applications + "/" + machine + "/roles", Map.of("organizationRoleIds", List.of(ofMachines)));
        database.run(TENANT, tx -> {
            assertThat(access.resourceScopesOfUser(tx, organization, user, resource))
                    .containsExactly("read");
            assertThat(access.resourceScopesOfUser(tx, organization, user, elsewhere))
                    .containsExactly("write");
            assertThat(access.resourceScopesOfUser(tx, "another", user, resource))
                    .isEmpty();
            assertThat(access.resourceScopesOfApplication(tx, organization, machine, resource))
                    .containsExactly("read");
            assertThat(access.ofApplication(tx, organization, machine)).isPresent();
            assertThat(access.ofApplication(tx, organization, user)).isEmpty();
        });
    }

    @Test
    void two_hundred_organizations_are_one_statement() {
        String user = house.user();
        String role = house.role(USER);
        List<String> ids =
                IntStream.range(0, 200).mapToObj(i -> house.organization()).toList();
        database.run(TENANT, tx -> ids.forEach(id -> organizations.join(tx, id, List.of(user), List.of(role))));
        long before = database.statements();
        List<Affiliation> all = database.read(TENANT, tx -> access.ofUser(tx, user));
        assertThat(database.statements() - before).isEqualTo(1);
        String name = name(role);
        assertThat(all).hasSize(200).allSatisfy(a -> assertThat(a.roleNames()).containsExactly(name));
    }

    @Test
    void a_look_is_remembered_until_it_changes() {
        String organization = house.organization();
        house.api.patch(ORGANIZATIONS + "/" + organization, Map.of("color", Map.of("primaryColor", "#112233")));
        assertThat(colour(organization)).isEqualTo("#112233");
        // The node hears of its own change a moment later, and then looks once more.
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (statementsOfLook(organization) > 0) {
            assertThat(System.nanoTime()).as("it is looked up each time").isLessThan(deadline);
        }
        database.run(TENANT, tx -> {
            Organization old = organizations.lock(tx, organization);
            organizations.update(
                    tx,
                    new Organization(
                            old.id(),
                            old.name(),
                            null,
                            old.customData(),
                            false,
                            old.color().deepCopy().put("primaryColor", "#445566"),
                            old.branding(),
                            "a { }",
                            old.createdAt()));
        });
        assertThat(colour(organization)).isEqualTo("#445566");
        assertThat(organizations.branding(TENANT, "x".repeat(5_000))).isEmpty();
        assertThat(organizations.branding(TENANT, "a\u0000")).isEmpty();
        assertThat(organizations.branding("admin", organization)).isEmpty();
    }

    private static List<String> join(String organization, List<String> users, List<String> roles) {
        return database.write(TENANT, tx -> organizations.join(tx, organization, users, roles));
    }

    private static long statementsOfLook(String organization) {
        long before = database.statements();
        assertThat(colour(organization)).isEqualTo("#112233");
        return database.statements() - before;
    }

    private static String colour(String organization) {
        return organizations
                .branding(TENANT, organization)
                .orElseThrow()
                .at("/color/primaryColor")
                .asString();
    }

    private static String name(String role) {
        return house.api.get("/organization-roles/" + role).json().get("name").asString();
    }
}
