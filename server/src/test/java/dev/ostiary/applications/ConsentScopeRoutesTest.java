package dev.ostiary.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConsentScopeRoutesTest {
    private static TestServer server;
    private static TestApi api;
    private static String resource;
    private static String scope;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
        resource = api.created("/resources", Map.of("name", "Books", "indicator", "https://books.example"))
                .path("id")
                .asString();
        scope = api.created("/resources/" + resource + "/scopes", Map.of("name", "read:books", "description", "Read"))
                .path("id")
                .asString();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String thirdParty() {
        return api.created("/applications", Map.of("name", "Partner", "type", "Traditional", "isThirdParty", true))
                .path("id")
                .asString();
    }

    private static String path(String id) {
        return "/applications/" + id + "/user-consent-scopes";
    }

    @Test
    void what_is_allowed_is_listed_by_kind_and_resource_and_can_be_taken_back() {
        String id = thirdParty();
        assertThat(api.get(path(id)).json().path("userScopes")).isEmpty();
        Map<String, Object> wanted = Map.of(
                "userScopes", List.of("profile", "email", "profile"),
                "resourceScopes", List.of(scope),
                "organizationResourceScopes", List.of(scope));
        Answer added = api.post(path(id), wanted);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text()).isEmpty();
        assertThat(api.post(path(id), wanted).status()).as("again").isEqualTo(201);
        JsonNode view = api.get(path(id)).json();
        assertThat(view.path("userScopes")).hasSize(2);
        assertThat(view.path("organizationScopes")).isEmpty();
        JsonNode ofResource = view.path("resourceScopes").get(0);
        assertThat(ofResource.path("resource").path("indicator").asString()).isEqualTo("https://books.example");
        assertThat(ofResource.path("scopes").get(0).path("name").asString()).isEqualTo("read:books");
        assertThat(api.delete(path(id) + "/resource-scopes/" + scope).status()).isEqualTo(204);
        assertThat(api.delete(path(id) + "/resource-scopes/" + scope).code()).isEqualTo("entity.not_found");
        assertThat(api.delete(path(id) + "/user-scopes/email").status()).isEqualTo(204);
        JsonNode left = api.get(path(id)).json();
        assertThat(left.path("resourceScopes")).isEmpty();
        assertThat(left.path("organizationResourceScopes")).hasSize(1);
        assertThat(left.path("userScopes").get(0).asString()).isEqualTo("profile");
    }

    @Test
    void a_scope_that_is_deleted_is_allowed_no_longer() {
        String id = thirdParty();
        String gone = api.created("/resources/" + resource + "/scopes", Map.of("name", "burn:books"))
                .path("id")
                .asString();
        api.post(path(id), Map.of("resourceScopes", List.of(gone)));
        api.delete("/resources/" + resource + "/scopes/" + gone);
        assertThat(api.get(path(id)).json().path("resourceScopes")).isEmpty();
    }

    @Test
    void nobody_else_is_lent_the_management_api_MA4() {
        String id = thirdParty();
        JsonNode management = api.get("/resources?includeScopes=true").json();
        String all = management
                .valueStream()
                .filter(each -> each.path("indicator").asString().endsWith(".logto.app/api"))
                .findFirst()
                .orElseThrow()
                .path("scopes")
                .get(0)
                .path("id")
                .asString();
        for (String kind : List.of("resourceScopes", "organizationResourceScopes")) {
            Answer answer = api.post(path(id), Map.of(kind, List.of(all)));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("application.consent_management_api_scopes_not_allowed");
        }
        assertThat(api.get(path(id)).json().path("resourceScopes")).isEmpty();
    }

    @Test
    void bad_input_is_refused_and_changes_nothing() {
        String id = thirdParty();
        for (String kind : List.of("resourceScopes", "organizationResourceScopes", "organizationScopes")) {
            Answer answer = api.post(path(id), Map.of("userScopes", List.of("profile"), kind, List.of("nobody")));
            assertThat(answer.status()).as(kind).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("application.user_consent_scopes_not_found");
            Answer many = api.post(path(id), Map.of(kind, Collections.nCopies(1001, scope)));
            assertThat(many.status()).isEqualTo(400);
        }
        assertThat(api.post(path(id), Map.of("userScopes", List.of("openid"))).status())
                .isEqualTo(400);
        assertThat(api.get(path(id)).json().path("userScopes")).isEmpty();
        assertThat(api.delete(path(id) + "/odd-scopes/" + scope).status()).isEqualTo(404);
        assertThat(api.get(path("nobody")).status()).isEqualTo(404);
        String own = api.created("/applications", Map.of("name", "Own", "type", "SPA"))
                .path("id")
                .asString();
        assertThat(api.post(path(own), Map.of("userScopes", List.of("profile"))).code())
                .isEqualTo("application.third_party_application_only");
    }

    @Test
    void ids_of_another_tenant_are_unknown_MA2() {
        String id = thirdParty();
        TestApi other = server.adminApi();
        assertThat(other.get(path(id)).status()).isEqualTo(404);
        assertThat(other.post(path(id), Map.of("userScopes", List.of("profile")))
                        .status())
                .isEqualTo(404);
        String theirs = other.created("/applications", Map.of("name", "P", "type", "SPA", "isThirdParty", true))
                .path("id")
                .asString();
        Answer foreign = other.post(path(theirs), Map.of("resourceScopes", List.of(scope)));
        assertThat(foreign.code()).isEqualTo("application.user_consent_scopes_not_found");
        api.post(path(id), Map.of("userScopes", List.of("profile")));
        assertThat(other.delete(path(id) + "/user-scopes/profile").status()).isEqualTo(404);
        assertThat(api.get(path(id)).json().path("userScopes")).hasSize(1);
    }
}
