package dev.ostiary.oidc.logout;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BackchannelLogoutTest {
    private static final Pattern XSRF = Pattern.compile("name=\"xsrf\" value=\"([^\"]+)\"");
    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /** A new one each time: tests move the clock beyond the life of its token. */
    private static TestApi api() {
        return house.server.api();
    }

    private static String application(String backchannelLogoutUri, boolean withSession) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("redirectUris", List.of(CALLBACK));
        metadata.put("postLogoutRedirectUris", List.of("https://shop.example/"));
        metadata.put("backchannelLogoutUri", backchannelLogoutUri);
        metadata.put("backchannelLogoutSessionRequired", withSession);
        return api().created("/applications", Map.of("name", "Shop", "type", "SPA", "oidcClientMetadata", metadata))
                .path("id")
                .asString();
    }

    private static String user() {
        return api().created("/users", Map.of("username", "u" + System.nanoTime()))
                .path("id")
                .asString();
    }

    private static TestBrowser signedIn(String user, String... clients) {
        TestBrowser browser = house.server.browser();
        house.signIn(browser, user, clients[0]);
        for (int i = 1; i < clients.length; i++) {
            code(authorize(browser, clients[i]));
        }
        return browser;
    }

    private static Answer signOut(TestBrowser browser) {
        Matcher xsrf =
                XSRF.matcher(browser.get("/oidc/session/end?client_id=spa").text());
        assertThat(xsrf.find()).isTrue();
        Answer done = browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf.group(1), "logout", "yes"));
        assertThat(done.status()).isEqualTo(303);
        return done;
    }

    /** Long enough for a machine that does much else; what has to be quick is asserted by what came before what. */
    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited for 30 s").isBefore(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static JsonNode logs(String client) {
        return api().get("/logs?logKey=BackchannelLogout&applicationId=" + client)
                .json();
    }

    private static long waiting(String client) {
        return house.server.app().database().read("default", tx -> tx.query(
                        "SELECT count(*) FROM logout_notices WHERE tenant_id = :tenant AND client_id = :client")
                .bind("client", client)
                .mapTo(Long.class)
                .one());
    }

    private static JsonNode claims(String token) {
        try {
            return Json.read(SignedJWT.parse(token).getPayload().toString());
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static String sid(String user, String client) {
        return api().get("/users/" + user + "/sessions")
                .json()
                .at("/sessions/0/payload/authorizations/" + client + "/sid")
                .asString();
    }

    @Test
    void every_application_of_the_session_that_wants_it_is_told_with_a_token_of_the_standard() throws Exception {
        try (ListeningClient one = new ListeningClient();
                ListeningClient other = new ListeningClient()) {
            String withSession = application(one.uri(), true);
            String without = application(other.uri(), false);
            String user = user();
            TestBrowser browser = signedIn(user, withSession, without, "spa");
            String sid = sid(user, withSession);
            signOut(browser);
            await(() -> one.tokens().size() + other.tokens().size() == 2);
            SignedJWT token = SignedJWT.parse(one.tokens().getFirst());
            assertThat(token.getHeader().toJSONObject()).containsOnlyKeys("typ", "alg", "kid");
            assertThat(token.getHeader().getType().getType()).isEqualTo("logout+jwt");
            JsonNode claims = claims(one.tokens().getFirst());
            assertThat(claims.propertyNames())
                    .containsExactly("sub", "sid", "events", "jti", "aud", "iat", "exp", "iss");
            assertThat(claims.path("sub").asString()).isEqualTo(user);
            assertThat(claims.path("sid").asString()).isEqualTo(sid).hasSize(43);
            assertThat(claims.path("events").toString())
                    .isEqualTo("{\"http://schemas.openid.net/event/backchannel-logout\":{}}");
            assertThat(claims.path("aud").asString()).isEqualTo(withSession);
            assertThat(claims.path("exp").asLong() - claims.path("iat").asLong())
                    .isEqualTo(120);
            assertThat(claims.path("iss").asString()).isEqualTo(house.server.origin() + "/oidc");
            assertThat(claims(other.tokens().getFirst()).has("sid")).isFalse();
            assertThat(one.contentTypes().getFirst()).startsWith("application/x-www-form-urlencoded");
            await(() -> waiting(withSession) + waiting(without) == 0);
            JsonNode log = logs(withSession).path(0).path("payload");
            assertThat(log.path("result").asString()).isEqualTo("Success");
            assertThat(log.path("attempt").asInt()).isEqualTo(1);
            assertThat(log.path("status").asInt()).isEqualTo(200);
            assertThat(log.path("userId").asString()).isEqualTo(user);
            assertThat(log.path("sessionId").asString()).isNotEmpty();
        }
    }

    @Test
    void LO1_whoever_ends_the_session_the_application_is_told() {
        try (ListeningClient client = new ListeningClient()) {
            String app = application(client.uri(), true);
            List<String> told = client.tokens();
            String user = user();
            signedIn(user, app);
            String session = api().get("/users/" + user + "/sessions")
                    .json()
                    .at("/sessions/0/payload/uid")
                    .asString();
            assertThat(api().delete("/users/" + user + "/sessions/" + session).status())
                    .isEqualTo(204);
            await(() -> told.size() == 1);
            signedIn(user, app);
            signedIn(user, app);
            assertThat(api().delete("/users/" + user + "/sessions").status()).isEqualTo(204);
            await(() -> told.size() == 3);
            signedIn(user, app);
            api().patch("/users/" + user + "/is-suspended", Map.of("isSuspended", true));
            await(() -> told.size() == 4);
            api().patch("/users/" + user + "/is-suspended", Map.of("isSuspended", false));
            signedIn(user, app);
            assertThat(api().delete("/users/" + user).status()).isEqualTo(204);
            await(() -> told.size() == 5);
            assertThat(told)
                    .allMatch(token -> claims(token).path("sub").asString().equals(user));
            assertThat(new HashSet<>(told)).hasSize(5);
        }
    }

    @Test
    void LO1_a_switch_of_the_account_tells_the_applications_of_the_first_one() {
        try (ListeningClient client = new ListeningClient()) {
            String app = application(client.uri(), true);
            String first = user();
            String second = user();
            TestBrowser browser = signedIn(first, app);
            authorize(browser, "spa", "prompt", "login");
            Answer switching = browser.get(house.answerAs(browser, second));
            Matcher xsrf = XSRF.matcher(switching.text());
            assertThat(xsrf.find()).isTrue();
            browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf.group(1), "logout", "yes"));
            await(() -> client.tokens().size() == 1);
            assertThat(claims(client.tokens().getFirst()).path("sub").asString())
                    .isEqualTo(first);
        }
    }

    @Test
    void a_slow_application_holds_up_neither_the_visitor_nor_other_applications() {
        try (ListeningClient slow = new ListeningClient();
                ListeningClient quick = new ListeningClient()) {
            slow.slowness = Duration.ofSeconds(4);
            String slowApp = application(slow.uri(), false);
            String quickApp = application(quick.uri(), false);
            List<TestBrowser> browsers = new java.util.ArrayList<>();
            for (int i = 0; i < 8; i++) {
                browsers.add(signedIn(user(), slowApp));
            }
            TestBrowser other = signedIn(user(), quickApp);
            Instant start = Instant.now();
            browsers.forEach(BackchannelLogoutTest::signOut);
            signOut(other);
            // one after the other they would have taken 32 s
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(16));
            await(() -> quick.tokens().size() == 1);
            assertThat(slow.answered()).isLessThan(8);
            await(() -> slow.tokens().size() == 8);
        }
    }

    @Test
    void what_failed_is_tried_again_later_with_a_fresh_token_and_given_up_in_the_end() {
        try (ListeningClient client = new ListeningClient()) {
            client.status = 503;
            String app = application(client.uri(), false);
            signOut(signedIn(user(), app));
            for (int attempt = 1; attempt <= 5; attempt++) {
                int tries = attempt;
                await(() -> logs(app).size() == tries);
                assertThat(waiting(app)).isEqualTo(attempt < 5 ? 1 : 0);
                house.server
                        .clock()
                        .forward(
                                Duration.ofSeconds(List.of(10, 60, 600, 3600, 1).get(attempt - 1)));
            }
            Set<String> ids = new HashSet<>();
            client.tokens().forEach(token -> ids.add(claims(token).path("jti").asString()));
            assertThat(ids).hasSize(5);
            long first = claims(client.tokens().get(0)).path("exp").asLong();
            assertThat(claims(client.tokens().get(4)).path("exp").asLong()).isGreaterThan(first + 4000);
            assertThat(logs(app).path(0).at("/payload/error").asString()).isEqualTo("backchannel_logout.http_503");
            assertThat(logs(app).path(0).path("payload").has("retryAt")).isFalse();
            assertThat(logs(app).path(1).path("payload").has("retryAt")).isTrue();
        }
    }

    @Test
    void a_refusal_of_the_application_is_final() {
        try (ListeningClient client = new ListeningClient()) {
            client.status = 400;
            String app = application(client.uri(), false);
            signOut(signedIn(user(), app));
            await(() -> logs(app).size() == 1);
            assertThat(waiting(app)).isZero();
        }
    }

    @Test
    void SS2_a_redirect_is_not_followed_and_SS1_a_private_address_not_asked() {
        try (ListeningClient client = new ListeningClient()) {
            client.status = 302;
            String redirecting = application(client.uri(), false);
            String inside = application("https://10.0.0.1/logout", false);
            String metadata = application("https://169.254.169.254/latest", false);
            signOut(signedIn(user(), redirecting, inside, metadata));
            await(() -> logs(redirecting).size() == 1
                    && logs(inside).size() == 1
                    && logs(metadata).size() == 1);
            assertThat(client.paths()).containsExactly("/back");
            assertThat(logs(redirecting).path(0).at("/payload/error").asString())
                    .isEqualTo("backchannel_logout.redirected");
            for (String app : List.of(inside, metadata)) {
                assertThat(logs(app).path(0).at("/payload/error").asString())
                        .isEqualTo("backchannel_logout.private_address");
            }
        }
    }

    @Test
    void what_a_node_had_taken_when_it_died_is_delivered_by_another() {
        try (ListeningClient client = new ListeningClient()) {
            String app = application(client.uri(), false);
            // as a node leaves it that was killed during the first try
            house.server.app().database().run("default", tx -> tx.update(
                            """
                    INSERT INTO logout_notices (tenant_id, session_uid, client_id, user_id, sid, attempts, due_at, expires_at)
                    VALUES (:tenant, 'killed', :client, 'u1', 'sid', 1, :until, :until::timestamptz + interval '1 hour')
                    """)
                    .bind("client", app)
                    .bind("until", house.server.clock().instant().plusSeconds(30))
                    .execute());
            house.server.clock().forward(Duration.ofSeconds(29));
            assertThat(client.tokens()).isEmpty();
            house.server.clock().forward(Duration.ofSeconds(2));
            await(() -> client.tokens().size() == 1 && waiting(app) == 0);
            assertThat(logs(app).path(0).at("/payload/attempt").asInt()).isEqualTo(2);
        }
    }

    /** What autovacuum makes of the table at the wrong moment: rows are there that PostgreSQL does not reckon with. */
    @Test
    void no_more_are_taken_than_asked_for_whatever_postgresql_believes_of_the_table() {
        String insert =
                """
                INSERT INTO logout_notices (tenant_id, session_uid, client_id, user_id, sid, due_at, expires_at)
                SELECT :tenant, 'believed' || i, 'believed', 'u1', 'sid', :due, :due::timestamptz + interval '1 hour'
                FROM generate_series(:first::int, :last::int) AS i
                """;
        Instant now = house.server.clock().instant();
        house.server.app().database().run("default", tx -> {
            tx.update(insert).bind("due", now).bind("first", 1).bind("last", 1).execute();
            tx.update("ANALYZE logout_notices").execute();
            tx.update(insert).bind("due", now).bind("first", 2).bind("last", 12).execute();
            assertThat(LogoutNoticeStore.take(tx, 4, List.of(), now, now.plusSeconds(12)))
                    .hasSize(4);
            tx.update("DELETE FROM logout_notices WHERE tenant_id = :tenant AND client_id = 'believed'")
                    .execute();
        });
    }

    @Test
    void two_nodes_deliver_each_logout_once() {
        try (ListeningClient client = new ListeningClient();
                TestServer second = TestServer.start(house.server.database(), BootstrapCredentials.none())) {
            assertThat(second.origin()).isNotEmpty();
            String app = application(client.uri(), true);
            String user = user();
            for (int i = 0; i < 12; i++) {
                signedIn(user, app);
            }
            assertThat(api().delete("/users/" + user + "/sessions").status()).isEqualTo(204);
            await(() -> waiting(app) == 0);
            Set<String> sids = new HashSet<>();
            client.tokens().forEach(token -> sids.add(claims(token).path("sid").asString()));
            assertThat(client.tokens()).hasSize(12);
            assertThat(sids).hasSize(12);
        }
    }

    @Test
    void LO2_a_logout_token_is_worth_nothing_anywhere_else() {
        try (ListeningClient client = new ListeningClient()) {
            String app = application(client.uri(), true);
            signOut(signedIn(user(), app));
            await(() -> client.tokens().size() == 1);
            String token = client.tokens().getFirst();
            TestBrowser browser = house.server.browser();
            assertThat(browser.get("/oidc/session/end?id_token_hint=" + token).status())
                    .isEqualTo(400);
            assertThat(browser.get("/oidc/me", "Authorization", "Bearer " + token)
                            .status())
                    .isEqualTo(401);
            assertThat(browser.get("/api/users", "Authorization", "Bearer " + token)
                            .status())
                    .isEqualTo(401);
            assertThat(claims(token).has("nonce")).isFalse();
        }
    }
}
