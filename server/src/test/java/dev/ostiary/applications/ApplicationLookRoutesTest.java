package dev.ostiary.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApplicationLookRoutesTest {
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

    private static String application() {
        Map<String, Object> body = Map.of(
                "name",
                "internal-name-7",
                "type",
                "SPA",
                "oidcClientMetadata",
                Map.of("redirectUris", List.of("https://shop.example/cb"), "postLogoutRedirectUris", List.of()));
        return api.created("/applications", body).path("id").asString();
    }

    private static Map<String, Object> look(Object... pairs) {
        Map<String, Object> look = new HashMap<>();
        look.put("termsOfUseUrl", null);
        look.put("privacyPolicyUrl", "");
        for (int i = 0; i < pairs.length; i += 2) {
            look.put((String) pairs[i], pairs[i + 1]);
        }
        return look;
    }

    private static String path(String id) {
        return "/applications/" + id + "/sign-in-experience";
    }

    @Test
    void the_first_is_created_and_what_a_later_one_leaves_out_stays() {
        String id = application();
        assertThat(api.get(path(id)).code()).isEqualTo("entity.not_found");
        Answer first = api.put(path(id), look("displayName", "Bookstore", "color", Map.of("primaryColor", "#123456")));
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("privacyPolicyUrl").isNull()).isTrue();
        Answer second = api.put(path(id), look("termsOfUseUrl", "https://shop.example/terms"));
        assertThat(second.status()).isEqualTo(200);
        JsonNode now = api.get(path(id)).json();
        assertThat(now).isEqualTo(second.json());
        assertThat(now.path("displayName").asString()).isEqualTo("Bookstore");
        assertThat(now.path("color").path("primaryColor").asString()).isEqualTo("#123456");
        assertThat(now.path("termsOfUseUrl").asString()).isEqualTo("https://shop.example/terms");
    }

    @Test
    void who_was_slower_is_told() {
        String id = application();
        api.put(path(id), look("displayName", "One"));
        String tag = api.get(path(id)).header("ETag").orElseThrow();
        api.put(path(id), look("displayName", "Two"));
        Answer late = server.browser()
                .json(
                        "PUT",
                        "/api" + path(id),
                        look("displayName", "Three"),
                        "Authorization",
                        "Bearer " + server.managementToken("default"),
                        "If-Match",
                        tag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(api.get(path(id)).json().path("displayName").asString()).isEqualTo("Two");
    }

    @Test
    void what_could_run_or_is_no_colour_is_refused_AZ8() {
        String id = application();
        for (Map<String, Object> bad : List.of(
                look("termsOfUseUrl", "javascript:alert(1)"),
                look("privacyPolicyUrl", "data:text/html,x"),
                look("branding", Map.of("logoUrl", "javascript:alert(1)")),
                look("color", Map.of("primaryColor", "red;}body{display:none")),
                look("displayName", "x".repeat(10_000)),
                Map.<String, Object>of("displayName", "no addresses"))) {
            assertThat(api.put(path(id), bad).status()).as(bad.toString()).isEqualTo(400);
        }
        assertThat(api.put(path("nobody"), look()).status()).isEqualTo(404);
        assertThat(api.get(path(id)).status()).isEqualTo(404);
    }

    @Test
    void another_tenant_neither_sees_nor_changes_it_MA2() {
        String id = application();
        api.put(path(id), look("displayName", "Ours"));
        TestApi other = server.adminApi();
        assertThat(other.get(path(id)).status()).isEqualTo(404);
        assertThat(other.put(path(id), look("displayName", "Theirs")).status()).isEqualTo(404);
        assertThat(api.get(path(id)).json().path("displayName").asString()).isEqualTo("Ours");
    }

    @Test
    void the_pages_show_it_to_who_comes_from_the_application_and_to_nobody_else() {
        String id = application();
        api.put(
                path(id),
                look(
                        "displayName",
                        "Bookstore <i>",
                        "color",
                        Map.of("primaryColor", "#123456"),
                        "branding",
                        Map.of("logoUrl", "https://shop.example/logo.svg")));
        TestBrowser visitor = server.browser();
        Answer page = visitor.follow(visitor.get("/oidc/auth?client_id=" + id
                + "&redirect_uri=https%3A%2F%2Fshop.example%2Fcb&response_type=code&scope=openid&state=s"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"));
        assertThat(page.text())
                .contains("Bookstore &lt;i&gt;", "https://shop.example/logo.svg")
                .doesNotContain("internal-name-7");
        String view = visitor.get("/api/.well-known/sign-in-exp?appId=" + id).text();
        assertThat(view).contains("#123456");
        assertThat(visitor.get("/api/.well-known/sign-in-exp").text()).doesNotContain("#123456");
        api.put(path(id), look("color", Map.of("primaryColor", "#654321")));
        assertThat(visitor.get("/api/.well-known/sign-in-exp?appId=" + id).text())
                .contains("#654321");
    }
}
