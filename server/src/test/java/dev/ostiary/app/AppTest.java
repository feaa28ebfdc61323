package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void who_comes_first_is_told_what_they_become() {
        dev.ostiary.testing.TestBrowser visitor = new dev.ostiary.testing.TestBrowser(server.adminOrigin());
        visitor.get(
                "/oidc/auth?client_id=admin-console&response_type=code&scope=openid&redirect_uri="
                        + server.adminOrigin()
                        + "/console/callback&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
        assertThat(visitor.get("/register").text()).contains("The first account becomes the administrator of");
        assertThat(server.browser().get("/register").text()).doesNotContain("administrator");
    }

    @Test
    void status_is_204_when_ready() {
        assertThat(server.browser().get("/api/status").status()).isEqualTo(204);
    }

    @Test
    void an_unknown_api_path_is_plain_404_and_a_wrong_verb_405_with_allow() {
        var unknown = server.browser().get("/api/nothing");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).isEqualTo("Not Found");
        var verb = server.browser().send("DELETE", "/api/status", null);
        assertThat(verb.status()).isEqualTo(405);
        assertThat(verb.header("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void every_answer_names_its_request() {
        assertThat(server.browser().get("/api/status").header("Logto-Core-Request-Id"))
                .get()
                .asString()
                .hasSize(16);
    }

    @Test
    void the_management_api_wants_a_token_of_ours_with_scope_all() {
        assertThat(server.browser().get("/api/logs").code()).isEqualTo("auth.authorization_header_missing");
        assertThat(server.browser().get("/api/logs", "Authorization", "Basic x").code())
                .isEqualTo("auth.authorization_token_type_not_supported");
        var malformed = server.browser().get("/api/logs", "Authorization", "Bearer nonsense");
        assertThat(malformed.status()).isEqualTo(401);
        assertThat(malformed.code()).isEqualTo("auth.unauthorized");
        assertThat(malformed.json().at("/data/code").asString()).isEqualTo("ERR_JWS_INVALID");
        String narrow = server.managementToken("default", Map.of("scope", "read"));
        assertThat(server.browser()
                        .get("/api/logs", "Authorization", "Bearer " + narrow)
                        .status())
                .isEqualTo(403);
        assertThat(server.api().get("/logs").status()).isEqualTo(200);
    }

    @Test
    void a_token_of_the_default_tenant_opens_nothing_of_the_admin_tenant_MA3() {
        String token = server.managementToken("default");
        assertThat(new dev.ostiary.testing.TestBrowser(server.adminOrigin())
                        .get("/api/logs", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusals_are_in_the_audit_log() {
        server.browser().get("/api/logs", "Authorization", "Bearer forged");
        var logs =
                server.api().get("/logs?logKey=ManagementApi.GET&page_size=5").json();
        assertThat(logs.get(0).at("/payload/error").asString()).isEqualTo("auth.unauthorized");
        assertThat(logs.get(0).at("/payload/result").asString()).isEqualTo("Error");
    }

    @Test
    void pages_out_of_range_are_refused() {
        for (String bad : List.of("page_size=-1", "page_size=101", "page=0", "page=x")) {
            assertThat(server.api().get("/logs?" + bad).code()).as(bad).isEqualTo("guard.invalid_pagination");
        }
    }

    @Test
    void the_api_answers_pages_of_the_console_and_of_nobody_else() {
        var console = server.browser()
                .send(
                        "OPTIONS",
                        "/api/logs",
                        null,
                        "Origin",
                        server.adminOrigin(),
                        "Access-Control-Request-Method",
                        "GET");
        assertThat(console.header("Access-Control-Allow-Origin")).hasValue(server.adminOrigin());
        var foreign = server.browser().get("/api/status", "Origin", "https://evil.example");
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
