package dev.ostiary.account;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestProvider;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the company's provider to an application that uses its API: the whole program, and the whole way. */
class ProviderTokenTest {
    private static SignInHouse house;
    private static int count;
    private TestProvider provider;
    private String domain;
    private String connector;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        house.server.api().patch("/sign-in-exp", Map.of("singleSignOnEnabled", true));
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @BeforeEach
    void connect() {
        house.server.clock().reset();
        provider = TestProvider.start();
        provider.clock = house.server.clock();
        domain = "acme" + ++count + ".test";
        provider.user = Map.of("sub", "ada", "name", "Ada", "email", "ada@" + domain, "email_verified", true);
        connector = house.server
                .api()
                .created(
                        "/sso-connectors",
                        Map.of(
                                "providerName",
                                "OIDC",
                                "connectorName",
                                domain,
                                "domains",
                                List.of(domain),
                                "enableTokenStorage",
                                true,
                                "config",
                                Map.of(
                                        "clientId",
                                        provider.clientId,
                                        "clientSecret",
                                        provider.clientSecret,
                                        "issuer",
                                        provider.issuer(),
                                        "scope",
                                        "offline_access")))
                .path("id")
                .asString();
    }

    @AfterEach
    void leave() {
        house.server.api().delete("/sso-connectors/" + connector);
        provider.close();
    }

    @Test
    void an_application_reads_the_providers_token_of_its_user() {
        Answer answer = read(signIn("openid identities"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Set.copyOf(answer.json().propertyNames()))
                .isEqualTo(Set.of("access_token", "scope", "token_type", "expires_in"));
        assertThat(answer.json().path("scope").asString()).isEqualTo("openid profile email offline_access");
        assertThat(answer.json().path("expires_in").asInt()).isBetween(3500, 3600);
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void it_takes_a_token_with_the_scope_identities() {
        assertThat(read(signIn("openid")).code()).isEqualTo("auth.forbidden");
        assertThat(read("not-a-token").status()).isEqualTo(401);
        assertThat(house.server.browser().get(path()).status()).isEqualTo(401);
        assertThat(read(house.server.managementToken("default")).code()).isEqualTo("auth.unauthorized");
    }

    @Test
    void a_connector_that_cannot_be_is_one_that_is_not_there() {
        String token = signIn("openid identities");
        for (String id : List.of("nobody", "%00", "a%00b", "'", "%F0%9F%98%80", "x".repeat(5_000))) {
            Answer answer = house.server
                    .browser()
                    .get("/api/my-account/sso-identities/" + id + "/access-token", "Authorization", "Bearer " + token);
            assertThat(answer.status()).as(id).isEqualTo(404);
        }
    }

    @Test
    void pages_of_any_origin_may_call_it() {
        Answer answer = house.server
                .browser()
                .get(path(), "Authorization", "Bearer " + signIn("openid identities"), "Origin", "https://app.example");
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("https://app.example");
    }

    @Test
    void an_expired_token_is_refreshed_once_however_many_ask() throws Exception {
        provider.tokenAnswer = answer -> with(answer, "expires_in", 60);
        String token = signIn("openid identities");
        String first = accessToken(read(token));
        house.server.clock().forward(Duration.ofSeconds(40));
        provider.tokenAnswer = answer -> answer;
        // The provider replaces refresh tokens: a second use of the old one would fail.
        int before = provider.tokenRequests().size();
        Set<String> seen;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all =
                    pool.invokeAll(java.util.Collections.nCopies(8, (Callable<String>) () -> accessToken(read(token))));
            seen = all.stream().map(Future::resultNow).collect(Collectors.toSet());
        }
        assertThat(seen).hasSize(1).doesNotContain(first, "");
        assertThat(provider.tokenRequests().size() - before).isEqualTo(1);
    }

    @Test
    void a_refresh_that_the_provider_refuses_for_good_is_told_and_not_tried_again() {
        provider.tokenAnswer = answer -> with(answer, "expires_in", 60);
        String token = signIn("openid identities");
        house.server.clock().forward(Duration.ofSeconds(40));
        provider.replies.put(
                "/token", new TestProvider.Reply(400, "application/json", "{\"error\":\"invalid_grant\"}"));
        Answer refused = read(token);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("secrets.third_party_token_set.access_token_expired");
        long asked = provider.count("/token");
        assertThat(read(token).status()).isEqualTo(401);
        assertThat(provider.count("/token")).isEqualTo(asked);
    }

    @Test
    void a_provider_that_is_down_costs_no_refresh_token() {
        provider.tokenAnswer = answer -> with(answer, "expires_in", 60);
        String token = signIn("openid identities");
        house.server.clock().forward(Duration.ofSeconds(40));
        provider.replies.put("/token", new TestProvider.Reply(503, "text/plain", "down"));
        assertThat(read(token).code()).isEqualTo("connector.authorization_failed");
        provider.replies.clear();
        assertThat(read(token).status()).isEqualTo(200);
    }

    @Test
    void what_is_switched_off_or_deleted_ends_the_use_of_its_tokens_AL7() {
        String token = signIn("openid identities");
        assertThat(read(token).status()).isEqualTo(200);
        house.server.api().patch("/sso-connectors/" + connector, Map.of("enableTokenStorage", false));
        assertThat(read(token).code()).isEqualTo("secrets.third_party_token_set.token_not_found");
        house.server
                .api()
                .patch("/sso-connectors/" + connector, Map.of("enableTokenStorage", true, "domains", List.of()));
        assertThat(read(token).code()).isEqualTo("secrets.third_party_token_set.token_not_found");
        house.server.api().patch("/sso-connectors/" + connector, Map.of("domains", List.of(domain)));
        assertThat(read(token).status()).isEqualTo(200);
        house.server.api().patch("/sign-in-exp", Map.of("singleSignOnEnabled", false));
        assertThat(read(token).status()).isEqualTo(404);
        house.server.api().patch("/sign-in-exp", Map.of("singleSignOnEnabled", true));
        house.server.api().delete("/sso-connectors/" + connector);
        assertThat(read(token).status()).isEqualTo(404);
    }

    @Test
    void tokens_lie_sealed_in_the_database() {
        String token = accessToken(read(signIn("openid identities")));
        String rows = house.server.app().database().read("default", tx -> tx.query(
                        "SELECT coalesce(string_agg(t::text, ' '), '') FROM sso_token_sets AS t WHERE tenant_id = :tenant")
                .mapTo(String.class)
                .one());
        assertThat(rows).contains("v1.").doesNotContain(token);
    }

    private String path() {
        return "/api/my-account/sso-identities/" + connector + "/access-token";
    }

    private Answer read(String token) {
        return house.server.browser().get(path(), "Authorization", "Bearer " + token);
    }

    private static String accessToken(Answer answer) {
        return answer.json().path("access_token").asString("");
    }

    /** By the provider, as a client of the Experience API; a user is made on the way. */
    private String signIn(String scope) {
        TestBrowser browser = house.server.browser();
        SignInHouse.authorize(browser, "spa", "scope", scope, "nonce", "n-1");
        experience(browser, "PUT", "", Map.of("interactionEvent", "SignIn"));
        String callback = house.server.origin() + "/callback/" + connector;
        Answer away = experience(
                browser,
                "POST",
                "/verification/sso/" + connector + "/authorization-uri",
                Map.of("state", "s-1", "redirectUri", callback));
        String proof = away.json().path("verificationId").asString();
        Map<String, String> back =
                provider.visit(URI.create(away.json().path("authorizationUri").asString()));
        Answer verified = experience(
                browser,
                "POST",
                "/verification/sso/" + connector + "/verify",
                Map.of("verificationId", proof, "connectorData", back));
        assertThat(verified.status()).as(verified.text()).isEqualTo(200);
        if (experience(browser, "POST", "/identification", Map.of("verificationId", proof))
                        .status()
                == 404) {
            experience(browser, "PUT", "/interaction-event", Map.of("interactionEvent", "Register"));
            experience(browser, "POST", "/identification", Map.of("verificationId", proof));
        }
        String redirectTo = browser.send("POST", "/api/experience/submit", null, "Logto-App-Id", "spa")
                .json()
                .path("redirectTo")
                .asString();
        Answer last = browser.follow(browser.get(redirectTo));
        Answer tokens = house.server
                .browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                "spa",
                                "code",
                                SignInHouse.code(last),
                                "redirect_uri",
                                CALLBACK,
                                "code_verifier",
                                SignInHouse.VERIFIER));
        return tokens.json().path("access_token").asString();
    }

    private static Answer experience(TestBrowser browser, String method, String path, Map<String, ?> body) {
        return browser.json(method, "/api/experience" + path, body, "Logto-App-Id", "spa");
    }

    private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(map);
        changed.put(name, value);
        return changed;
    }
}
