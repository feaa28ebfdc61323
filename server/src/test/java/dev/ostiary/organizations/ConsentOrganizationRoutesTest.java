package dev.ostiary.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsentOrganizationRoutesTest {
    private static TestServer server;
    private static TestApi api;
    private static String app;
    private static String user;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
        app = api.created("/applications", Map.of("name", "Partner", "type", "SPA", "isThirdParty", true))
                .path("id")
                .asString();
        user = api.created("/users", Map.of("username", "member")).path("id").asString();
        for (String id : List.of("one", "two", "other")) {
            run("INSERT INTO organizations (tenant_id, id, name) VALUES (:tenant, '" + id + "', '" + id + "')");
        }
        for (String id : List.of("one", "two")) {
            run("INSERT INTO organization_users (tenant_id, organization_id, user_id) VALUES (:tenant, '" + id + "', '"
                    + user + "')");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void run(String sql) {
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(sql).execute());
    }

    private static String path() {
        return "/applications/" + app + "/users/" + user + "/consent-organizations";
    }

    private static Map<String, Object> ids(String... ids) {
        return Map.of("organizationIds", List.of(ids));
    }

    private static List<String> listed() {
        return api.get(path())
                .json()
                .path("organizations")
                .valueStream()
                .map(each -> each.path("id").asString())
                .toList();
    }

    @Test
    void what_a_user_has_allowed_is_listed_replaced_and_taken_back() {
        assertThat(api.put(path(), ids()).status()).isEqualTo(204);
        assertThat(api.post(path(), ids("one")).status()).isEqualTo(201);
        assertThat(api.post(path(), ids("one", "two", "two")).status()).isEqualTo(201);
        assertThat(listed()).containsExactlyInAnyOrder("one", "two");
        Answer page = api.get(path() + "?page=1&page_size=1");
        assertThat(page.json().path("organizations")).hasSize(1);
        assertThat(page.header("Total-Number")).contains("2");
        assertThat(api.put(path(), ids("two")).status()).isEqualTo(204);
        assertThat(listed()).containsExactly("two");
        assertThat(api.delete(path() + "/two").status()).isEqualTo(204);
        assertThat(api.delete(path() + "/two").code()).isEqualTo("entity.not_found");
        assertThat(listed()).isEmpty();
    }

    @Test
    void only_organizations_of_the_user_can_be_allowed_and_leaving_one_ends_it_OR3() {
        api.put(path(), ids());
        assertThat(api.post(path(), ids("other")).code()).isEqualTo("organization.require_membership");
        assertThat(api.post(path(), ids("nowhere")).code()).isEqualTo("organization.require_membership");
        api.post(path(), ids("one"));
        run("DELETE FROM organization_users WHERE tenant_id = :tenant AND organization_id = 'one'");
        run("INSERT INTO organization_users (tenant_id, organization_id, user_id) VALUES (:tenant, 'one', '" + user
                + "')");
        assertThat(listed()).isEmpty();
    }

    @Test
    void applications_of_our_own_are_allowed_nothing_by_users() {
        String own = api.created("/applications", Map.of("name", "Own", "type", "SPA"))
                .path("id")
                .asString();
        String ofOwn = path().replace(app, own);
        assertThat(api.post(ofOwn, ids("one")).code()).isEqualTo("application.third_party_application_only");
        assertThat(api.post(path(), Map.of("organizationIds", Collections.nCopies(1001, "one")))
                        .status())
                .isEqualTo(400);
        assertThat(api.get(path().replace(user, "nobody")).status()).isEqualTo(404);
        assertThat(server.adminApi().get(path()).status()).isEqualTo(404);
        assertThat(server.adminApi().put(path(), ids()).status()).isEqualTo(404);
    }
}
