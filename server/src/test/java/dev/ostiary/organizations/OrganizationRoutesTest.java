package dev.ostiary.organizations;

import static dev.ostiary.organizations.OrganizationsHouse.ORGANIZATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OrganizationRoutesTest {
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
    void an_organization_is_made_read_changed_and_deleted() {
        Answer made = house.api.post(ORGANIZATIONS, Map.of("name", "Acme"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(new ArrayList<>(made.json().propertyNames()))
                .containsExactly(
                        "tenantId",
                        "id",
                        "name",
                        "description",
                        "customData",
                        "isMfaRequired",
                        "color",
                        "branding",
                        "customCss",
                        "createdAt");
        String id = made.json().get("id").asString();
        assertThat(id).matches("[0-9a-z]{12}");
        String url = ORGANIZATIONS + "/" + id;
        assertThat(house.api.get(url).text()).isEqualTo(made.text());
        JsonNode changed = house.api
                .patch(
                        url,
                        Map.of(
                                "description",
                                "Anvils",
                                "isMfaRequired",
                                true,
                                "customData",
                                Map.of("plan", "gold"),
                                "color",
                                Map.of("primaryColor", "#0a0"),
                                "branding",
                                Map.of("logoUrl", "https://acme.example/logo.png")))
                .json();
        assertThat(changed.get("name").asString()).isEqualTo("Acme");
        assertThat(changed.at("/customData/plan").asString()).isEqualTo("gold");
        assertThat(changed.get("isMfaRequired").asBoolean()).isTrue();
        assertThat(changed.get("color").size()).isEqualTo(1);
        // Objects are replaced as a whole, what is not named stays.
        JsonNode replaced =
                house.api.patch(url, Map.of("customData", Map.of("seats", 5))).json();
        assertThat(replaced.get("customData").has("plan")).isFalse();
        assertThat(replaced.get("description").asString()).isEqualTo("Anvils");
        assertThat(house.api.patch(url, Map.of()).status()).isEqualTo(200);
        assertThat(house.api.delete(url).status()).isEqualTo(204);
        assertThat(house.api.get(url).code()).isEqualTo("entity.not_exists_with_id");
        assertThat(house.api.patch(url, Map.of("name", "x")).status()).isEqualTo(404);
        assertThat(house.api.delete(url).status()).isEqualTo(404);
    }

    @Test
    void what_no_organization_can_be_is_refused() {
        for (Object body : List.of(
                Map.of(),
                Map.of("name", ""),
                Map.of("name", "x".repeat(129)),
                Map.of("name", "x".repeat(10_000)),
                Map.of("name", "nul\u0000"),
                Map.of("name", "x", "description", "x".repeat(257)),
                Map.of("name", "x", "customCss", "x".repeat(65_537)),
                Map.of("name", "x", "color", Map.of("primaryColor", "red")),
                Map.of("name", "x", "color", Map.of("primaryColor", "#ffff")),
                Map.of("name", "x", "branding", Map.of("logoUrl", "javascript:alert(1)")),
                Map.of("name", "x", "branding", Map.of("favicon", "data:text/html,x")),
                Map.of("name", "x", "customData", List.of()))) {
            Answer refused = house.api.post(ORGANIZATIONS, body);
            assertThat(refused.status()).as("%s", body).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("guard.invalid_input");
        }
        String url = ORGANIZATIONS + "/" + house.organization();
        assertThat(house.api
                        .call("PATCH", url, Collections.singletonMap("name", null))
                        .status())
                .isEqualTo(400);
        assertThat(house.api
                        .call("PATCH", url, Collections.singletonMap("description", null))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_id_that_cannot_be_is_unknown_and_no_fault_of_ours() {
        for (String id : List.of("nobody", "x".repeat(3_000), "%00", "a%00b", "%F0%9F%92%A9", "..%2f", "'--")) {
            assertThat(house.api.get(ORGANIZATIONS + "/" + id).status()).as(id).isBetween(400, 499);
            assertThat(house.api.patch(ORGANIZATIONS + "/" + id, Map.of()).status())
                    .as(id)
                    .isBetween(400, 499);
            assertThat(house.api.delete(ORGANIZATIONS + "/" + id).status())
                    .as(id)
                    .isBetween(400, 499);
            assertThat(house.api.get(ORGANIZATIONS + "/" + id + "/users").status())
                    .as(id)
                    .isBetween(400, 499);
        }
    }

    @Test
    void who_changes_an_older_state_is_told_and_loses_nothing() {
        String url = ORGANIZATIONS + "/" + house.organization();
        String tag = house.api.get(url).header("ETag").orElseThrow();
        Answer first = house.patchIf(tag, url, Map.of("description", "mine"));
        assertThat(first.status()).isEqualTo(200);
        Answer late = house.patchIf(tag, url, Map.of("name", "theirs"));
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("entity.changed_meanwhile");
        // The answer to a change names the state that it made.
        String next = first.header("ETag").orElseThrow();
        assertThat(next).isEqualTo(house.api.get(url).header("ETag").orElseThrow());
        assertThat(house.patchIf(next, url, Map.of("name", "mine too")).status())
                .isEqualTo(200);
        // A member who joins is no change of the organization.
        String now = house.api.get(url).header("ETag").orElseThrow();
        house.join(url.substring(ORGANIZATIONS.length() + 1), house.user());
        assertThat(house.patchIf(now, url, Map.of("isMfaRequired", true)).status())
                .isEqualTo(200);
    }

    @Test
    void organizations_are_listed_by_page_newest_first_and_found_by_any_part() {
        String word = OrganizationsHouse.unique("Needle");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            house.server.clock().forward(Duration.ofSeconds(1));
            made.addFirst(house.created(ORGANIZATIONS, Map.of("name", "100%_" + word.toUpperCase(Locale.ROOT) + i)));
        }
        String described =
                house.created(ORGANIZATIONS, Map.of("name", "Other", "description", "has a " + word + " inside"));
        assertThat(house.ids(ORGANIZATIONS)).startsWith(described);
        String search = ORGANIZATIONS + "?q=" + word.toLowerCase(Locale.ROOT);
        assertThat(house.ids(search)).contains(described).containsAll(made).hasSize(6);
        assertThat(house.ids(search + "&page=2&page_size=2")).hasSize(2).isSubsetOf(made);
        assertThat(house.total(search + "&page=2&page_size=2")).isEqualTo("6");
        assertThat(house.ids(search + "&page=4&page_size=2")).isEmpty();
        assertThat(house.total(search + "&page=4&page_size=2")).isEqualTo("6");
        assertThat(house.ids(ORGANIZATIONS + "?q=" + made.getFirst())).containsExactly(made.getFirst());
        // Wildcards stand for themselves.
        assertThat(house.ids(ORGANIZATIONS + "?q=00%25_n")).containsAll(made).hasSize(5);
        assertThat(house.ids(ORGANIZATIONS + "?q=1_0%25_n")).isEmpty();
        assertThat(house.ids(ORGANIZATIONS + "?q=%5C")).isEmpty();
        assertThat(house.ids(ORGANIZATIONS + "?q=x%25_n")).isEmpty();
        // One and two letters are too short for the index, and are found all the same.
        assertThat(house.ids(ORGANIZATIONS + "?q=%25_&page_size=100")).containsAll(made);
        // A changed name is found, the former one is not.
        house.api.patch(ORGANIZATIONS + "/" + described, Map.of("description", "renamed" + word));
        assertThat(house.ids(ORGANIZATIONS + "?q=RENAMED" + word)).containsExactly(described);
        assertThat(house.ids(ORGANIZATIONS + "?q=" + word + "%20inside")).isEmpty();
    }

    @Test
    void a_list_tells_how_many_members_there_are_and_shows_the_latest() {
        String organization = house.organization();
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            users.add(house.user());
            house.join(organization, users.getLast());
        }
        String list = ORGANIZATIONS + "?q=" + organization;
        JsonNode plain = house.api.get(list).json().get(0);
        assertThat(plain.has("usersCount")).isFalse();
        JsonNode featured = house.api.get(list + "&showFeatured=1").json().get(0);
        assertThat(featured.get("usersCount").asLong()).isEqualTo(4);
        assertThat(featured.get("featuredUsers")).hasSize(3);
        assertThat(new ArrayList<>(featured.at("/featuredUsers/0").propertyNames()))
                .containsExactlyInAnyOrder("id", "avatar", "name");
        house.api.delete(ORGANIZATIONS + "/" + organization + "/users/" + users.getFirst());
        // A user who is deleted is counted out as well.
        house.api.delete("/users/" + users.getLast());
        assertThat(house.api
                        .get(list + "&showFeatured=true")
                        .json()
                        .get(0)
                        .get("usersCount")
                        .asLong())
                .isEqualTo(2);
        house.server.app().database().run("*", Organizations::foldCounts);
        assertThat(house.total(ORGANIZATIONS + "/" + organization + "/users")).isEqualTo("2");
    }

    @Test
    void the_organizations_of_a_user_and_of_an_application_are_listed_with_their_roles() {
        String user = house.user();
        String machine = house.machine();
        String role = house.role(OrganizationsHouse.USER);
        String machineRole = house.role(OrganizationsHouse.MACHINE);
        String one = house.organization();
        String two = house.organization();
        house.join(one, user);
        house.join(two, user);
        house.api.post(
                ORGANIZATIONS + "/" + one + "/users/" + user + "/roles", Map.of("organizationRoleIds", List.of(role)));
        String applications = ORGANIZATIONS + "/" + one + "/applications";
        house.api.post(applications, Map.of("applicationIds", List.of(machine)));
        house.api.post(applications + "/" + machine + "/roles", Map.of("organizationRoleIds", List.of(machineRole)));

        Answer ofUser = house.api.get("/users/" + user + "/organizations");
        assertThat(ofUser.header("Total-Number")).isEmpty();
        assertThat(house.ids("/users/" + user + "/organizations")).containsExactlyInAnyOrder(one, two);
        assertThat(ofUser.json().findValuesAsString("tenantId")).containsOnly("default");
        assertThat(ofUser.text()).contains(role);
        assertThat(house.total("/users/" + user + "/organizations?page=1&page_size=1"))
                .isEqualTo("2");
        JsonNode ofMachine =
                house.api.get("/applications/" + machine + "/organizations").json();
        assertThat(ofMachine).hasSize(1);
        assertThat(ofMachine.at("/0/organizationRoles/0/id").asString()).isEqualTo(machineRole);
        assertThat(house.api.get("/users/nobody/organizations").status()).isEqualTo(404);
        assertThat(house.api.get("/applications/nobody/organizations").status()).isEqualTo(404);
    }

    @Test
    void what_is_to_be_searched_or_paged_is_checked_MA6() {
        String users = ORGANIZATIONS + "/" + house.organization() + "/users";
        for (String query : List.of("q=%00", "q=" + "x".repeat(257), "page=0", "page=x", "page_size=101")) {
            assertThat(house.api.get(ORGANIZATIONS + "?" + query).status())
                    .as(query)
                    .isEqualTo(400);
            assertThat(house.api.get(users + "?" + query).status()).as(query).isEqualTo(400);
            assertThat(house.api.get("/organization-roles?" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(house.api.get(users + "?organizationRoleId=%00").status()).isEqualTo(400);
        for (String text : List.of("'", "'%20OR%20'1'='1", "--", "(a%2B)%2B%24", ":tenant", "%3Ftenant", "%1F")) {
            assertThat(house.api.get(ORGANIZATIONS + "?q=" + text).status())
                    .as(text)
                    .isEqualTo(200);
            assertThat(house.api.get(users + "?q=" + text).json()).as(text).isEmpty();
            assertThat(house.api.get(users + "?organizationRoleId=" + text).json())
                    .as(text)
                    .isEmpty();
            assertThat(house.api.get("/organization-scopes?q=" + text).status())
                    .as(text)
                    .isEqualTo(200);
        }
        // An order is not for the caller to choose.
        assertThat(house.api.get(ORGANIZATIONS + "?sort=id;drop&order=x").status())
                .isEqualTo(200);
    }
}
