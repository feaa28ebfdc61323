package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole trip of one visitor through all rooms, as an SDK and a page of one's own make it. */
class SignInJourneyTest {
    private static final String CALLBACK = "https://bookstore.example/callback";
    private static final String PASSWORD = "Plum-tree47-window";
    private static final String VERIFIER = "a-verifier-of-exactly-the-right-kind-0123456789._~";

    private static TestServer server;
    private static String clientId;
    private static String basic;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        JsonNode application = server.api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Bookstore",
                                "type",
                                "Traditional",
                                "oidcClientMetadata",
                                Map.of("redirectUris", List.of(CALLBACK), "postLogoutRedirectUris", List.of())));
        clientId = application.get("id").asString();
        String secret = server.api()
                .get("/applications/" + clientId + "/secrets")
                .json()
                .get(0)
                .get("value")
                .asString();
        basic = "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
        server.api().created("/users", Map.of("username", "alice", "password", PASSWORD));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String authorize(TestBrowser browser, String more) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", clientId);
        query.put("redirect_uri", CALLBACK);
        query.put("response_type", "code");
        query.put("scope", "openid profile offline_access");
        query.put("prompt", "consent");
        query.put("state", "s");
        query.put("code_challenge", Hashes.sha256Base64Url(VERIFIER));
        query.put("code_challenge_method", "S256");
        Answer sent = browser.get("/oidc/auth?" + TestBrowser.encode(query) + more);
        assertThat(sent.status()).as(sent.text()).isEqualTo(303);
        return sent.location();
    }

    private static JsonNode step(TestBrowser browser, String method, String path, Map<String, ?> body) {
        Answer answer = browser.json(method, "/api/experience" + path, body, "Logto-App-Id", clientId);
        assertThat(answer.status()).as(path + " " + answer.text()).isBetween(200, 204);
        return answer.text().isEmpty() ? Json.object() : answer.json();
    }

    private static void prove(TestBrowser browser) {
        step(browser, "PUT", "", Map.of("interactionEvent", "SignIn"));
        String id = step(
                        browser,
                        "POST",
                        "/verification/password",
                        Map.of("identifier", Map.of("type", "username", "value", "alice"), "password", PASSWORD))
                .get("verificationId")
                .asString();
        step(browser, "POST", "/identification", Map.of("verificationId", id));
    }

    private static JsonNode redeem(TestBrowser browser, String redirectTo) {
        Answer last = browser.follow(browser.get(redirectTo));
        URI back = URI.create(last.location());
        assertThat(last.location()).startsWith(CALLBACK);
        String code = back.getQuery().replaceAll(".*code=([^&]+).*", "$1");
        Answer tokens = browser.form(
                "/oidc/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", CALLBACK,
                        "code_verifier", VERIFIER),
                "Authorization",
                basic);
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        return tokens.json();
    }

    @Test
    void a_visitor_signs_in_and_the_application_gets_tokens_with_few_statements() {
        for (int round = 0; round < 2; round++) {
            long before = server.app().database().statements();
            TestBrowser browser = server.browser();
            assertThat(authorize(browser, "")).isEqualTo("/sign-in?app_id=" + clientId);
            prove(browser);
            String redirectTo =
                    step(browser, "POST", "/submit", Map.of()).get("redirectTo").asString();
            JsonNode tokens = redeem(browser, redirectTo);
            assertThat(tokens.propertyNames()).contains("access_token", "id_token", "refresh_token");
            long statements = server.app().database().statements() - before;
            if (round > 0) {
                assertThat(statements).isLessThanOrEqualTo(25);
            }
        }
    }

    @Test
    void a_visitor_registers_and_the_application_gets_tokens() {
        TestBrowser browser = server.browser();
        assertThat(authorize(browser, "&interaction_mode=signUp")).startsWith("/register");
        step(browser, "PUT", "", Map.of("interactionEvent", "Register"));
        String id = step(
                        browser,
                        "POST",
                        "/verification/new-password-identity",
                        Map.of("identifier", Map.of("type", "username", "value", "bob"), "password", PASSWORD))
                .get("verificationId")
                .asString();
        step(browser, "POST", "/identification", Map.of("verificationId", id));
        String redirectTo =
                step(browser, "POST", "/submit", Map.of()).get("redirectTo").asString();
        assertThat(redeem(browser, redirectTo).has("id_token")).isTrue();
        JsonNode bob = server.api().get("/users?search.username=bob").json().get(0);
        assertThat(bob.get("lastSignInAt").asLong()).isPositive();
        assertThat(bob.get("applicationId").asString()).isEqualTo(clientId);
    }

    /** AZ6: knowing or planting the way back gives nobody the session or the code. */
    @Test
    void the_way_back_works_in_the_browser_that_began_only() {
        TestBrowser victim = server.browser();
        authorize(victim, "");
        prove(victim);
        String redirectTo =
                step(victim, "POST", "/submit", Map.of()).get("redirectTo").asString();
        Answer stolen = server.browser().get(redirectTo);
        assertThat(stolen.status()).isEqualTo(400);
        assertThat(stolen.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("_session="));
        assertThat(redeem(victim, redirectTo).has("access_token")).isTrue();
    }
}
