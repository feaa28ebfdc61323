package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GrantLimitTest {
    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        house.application("two", "SPA", List.of(CALLBACK), "{\"maxAllowedGrants\":2}");
        house.application("one", "SPA", List.of(CALLBACK), "{\"maxAllowedGrants\":1}");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static TestBrowser signedIn(String user, String client) {
        TestBrowser browser = house.server.browser();
        code(house.signIn(browser, user, client));
        house.server.clock().forward(Duration.ofSeconds(1));
        return browser;
    }

    private static JsonNode tokens(TestBrowser browser, String client) {
        Answer answer = authorize(browser, client, "scope", "openid offline_access", "prompt", "consent");
        return redeem(code(answer), client).json();
    }

    private static Answer redeem(String code, String client) {
        return house.server
                .browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type", "authorization_code",
                                "code", code,
                                "client_id", client,
                                "redirect_uri", CALLBACK,
                                "code_verifier", SignInHouse.VERIFIER));
    }

    private static int me(JsonNode tokens) {
        return house.server
                .browser()
                .get(
                        "/oidc/me",
                        "Authorization",
                        "Bearer " + tokens.path("access_token").asString())
                .status();
    }

    private static int refresh(JsonNode tokens, String client) {
        return house.server
                .browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                tokens.path("refresh_token").asString(),
                                "client_id",
                                client))
                .status();
    }

    private static JsonNode authorizations(String user) {
        return house.server.api().get("/users/" + user + "/sessions").json().path("sessions");
    }

    private static int grants(String user, String client) {
        return house.server.app().database().read("default", tx -> tx.query("SELECT count(*) FROM grants"
                        + " WHERE tenant_id = :tenant AND user_id = :user AND client_id = :client")
                .bind("user", user)
                .bind("client", client)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void the_oldest_ends_with_its_tokens_and_its_session_forgets_the_application() {
        house.user("u3");
        TestBrowser first = signedIn("u3", "two");
        JsonNode oldest = tokens(first, "two");
        String unused = code(authorize(first, "two"));
        TestBrowser second = signedIn("u3", "two");
        JsonNode kept = tokens(second, "two");
        assertThat(me(oldest)).isEqualTo(200);
        signedIn("u3", "two");
        assertThat(me(oldest)).isEqualTo(401);
        assertThat(refresh(oldest, "two")).isEqualTo(400);
        assertThat(redeem(unused, "two").status()).isEqualTo(400);
        assertThat(me(kept)).isEqualTo(200);
        assertThat(refresh(kept, "two")).isEqualTo(200);
        List<Boolean> knows = new ArrayList<>();
        authorizations("u3")
                .forEach(session ->
                        knows.add(session.at("/payload/authorizations/two").isObject()));
        assertThat(knows).containsExactlyInAnyOrder(true, true, false);
        JsonNode log = house.server
                .api()
                .get("/logs?logKey=RevokeGrants&userId=u3")
                .json()
                .path(0)
                .path("payload");
        assertThat(log.path("reason").asString()).isEqualTo("Grant.LimitExceeded");
        assertThat(log.path("applicationId").asString()).isEqualTo("two");
        assertThat(log.path("revokedGrantIds")).hasSize(1);
        assertThat(log.path("maxAllowedGrants").asInt()).isEqualTo(2);
        assertThat(log.path("preRevocationActiveGrantCount").asInt()).isEqualTo(3);
    }

    @Test
    void the_session_that_lost_it_is_let_in_again_and_another_loses_its_own() {
        house.user("u4");
        TestBrowser first = signedIn("u4", "one");
        TestBrowser second = signedIn("u4", "one");
        JsonNode tokens = tokens(second, "one");
        code(authorize(first, "one"));
        assertThat(me(tokens)).isEqualTo(401);
        assertThat(grants("u4", "one")).isEqualTo(1);
    }

    @Test
    void what_another_user_or_application_has_is_not_counted() {
        house.user("u5");
        house.user("u6");
        TestBrowser other = signedIn("u6", "one");
        JsonNode others = tokens(other, "one");
        TestBrowser browser = signedIn("u5", "two");
        JsonNode elsewhere = tokens(browser, "two");
        signedIn("u5", "one");
        signedIn("u5", "one");
        assertThat(me(others)).isEqualTo(200);
        assertThat(me(elsewhere)).isEqualTo(200);
    }

    @Test
    void a_limit_that_was_lowered_holds_at_the_next_visit_and_keeps_what_is_used() {
        house.user("u7");
        String client = house.server
                .api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Shop",
                                "type",
                                "SPA",
                                "oidcClientMetadata",
                                Map.of("redirectUris", List.of(CALLBACK), "postLogoutRedirectUris", List.of())))
                .path("id")
                .asString();
        TestBrowser oldest = signedIn("u7", client);
        signedIn("u7", client);
        signedIn("u7", client);
        house.server
                .api()
                .patch("/applications/" + client, Map.of("customClientMetadata", Map.of("maxAllowedGrants", 1)));
        JsonNode tokens = tokens(oldest, client);
        assertThat(me(tokens)).isEqualTo(200);
        assertThat(grants("u7", client)).isEqualTo(1);
    }

    @Test
    void sign_ins_at_once_leave_no_more_than_allowed() throws Exception {
        house.user("u8");
        List<Callable<Integer>> visits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            TestBrowser browser = house.server.browser();
            authorize(browser, "two");
            String resume = house.answerAs(browser, "u8");
            visits.add(() -> browser.get(resume).status());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(visits)) {
                assertThat(done.get()).isEqualTo(303);
            }
        }
        assertThat(grants("u8", "two")).isEqualTo(2);
    }
}
