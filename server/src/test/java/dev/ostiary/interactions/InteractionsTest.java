package dev.ostiary.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.Cookie;
import dev.ostiary.http.Request;
import dev.ostiary.http.Site;
import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class InteractionsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static Database database;

    private static final Interactions interactions() {
        return new Interactions(database, Ids.secure(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @BeforeAll
    static void open() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        database = new Database(new Database.Settings(fresh.jdbcUrl(), fresh.user(), fresh.password(), 4));
        new Tenants(Map.of(), 0).seed(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static ObjectNode asked() {
        ObjectNode request = Json.object();
        request.putObject("params").put("ui_locales", "fr; x").put("organization_id", "o1");
        request.putObject("prompt").put("name", "login");
        return request;
    }

    private static Interaction start(String client) {
        return database.write("default", tx -> interactions().start(tx, client, asked(), null));
    }

    private static Request request(String origin, Map<String, String> headers, String query) {
        return new Request(
                "GET", "/x", query, new Site("default", origin), "r", "192.0.2.1", headers::get, () -> new byte[0]);
    }

    private static Request browser(List<Cookie> cookies, Map<String, String> more, String query) {
        String sent = cookies.stream().map(c -> c.name() + "=" + c.value()).collect(Collectors.joining("; "));
        Map<String, String> headers = new java.util.HashMap<>(more);
        headers.put("Cookie", sent);
        return request("http://localhost:3001", headers, query);
    }

    @Test
    void the_cookies_have_the_wire_format() {
        Interaction interaction = start("demo-app");
        List<Cookie> cookies = InteractionCookies.starting(browser(List.of(), Map.of(), ""), interaction);
        String uid = interaction.uid();
        assertThat(cookies).extracting(Cookie::name).containsExactly("_logto", "_interaction", "_interaction_resume");
        assertThat(cookies.get(0).value())
                .isEqualTo("{\"appId\":\"demo-app\",\"organizationId\":\"o1\",\"uiLocales\":\"fr\\u003b\\u0020x\"}");
        assertThat(cookies.get(0).httpOnly()).isFalse();
        assertThat(cookies.get(1).value())
                .isEqualTo("%7B%22demo-app%22%3A%22" + uid + "%22%2C%22_legacy%22%3A%22" + uid + "%22%7D");
        assertThat(cookies.get(2).path()).isEqualTo("/oidc/auth/" + uid);
        assertThat(cookies).filteredOn(c -> !c.name().equals("_logto")).allSatisfy(cookie -> {
            assertThat(cookie.httpOnly()).isTrue();
            assertThat(cookie.sameSite()).isEqualTo("Lax");
            assertThat(cookie.maxAge()).isEqualTo(Duration.ofHours(1));
        });
    }

    @Test
    void two_tabs_with_two_applications_keep_their_own_interactions() {
        Interaction one = start("one");
        List<Cookie> first = InteractionCookies.starting(browser(List.of(), Map.of(), ""), one);
        Interaction two = start("two");
        List<Cookie> both = InteractionCookies.starting(browser(first, Map.of(), ""), two);
        assertThat(interactions()
                        .resolve(browser(both, Map.of("Logto-App-Id", "one"), ""))
                        .uid())
                .isEqualTo(one.uid());
        assertThat(interactions().resolve(browser(both, Map.of(), "app_id=two")).uid())
                .isEqualTo(two.uid());
        assertThat(interactions().resolve(browser(both, Map.of(), "")).uid()).isEqualTo(two.uid());
        assertThatThrownBy(() -> interactions().resolve(browser(both, Map.of("Logto-App-Id", "three"), "")))
                .isInstanceOfSatisfying(AppException.class, refusal -> assertThat(refusal.error())
                        .isEqualTo(InteractionError.CLIENT_MISMATCH));
        List<Cookie> left = InteractionCookies.ending(browser(both, Map.of(), ""), two);
        assertThat(interactions().resolve(browser(left, Map.of(), "app_id=one")).uid())
                .isEqualTo(one.uid());
        assertThat(interactions().locate(browser(left, Map.of(), ""))).isEmpty();
    }

    @Test
    void SE6_a_malformed_cookie_is_no_cookie() {
        List<String> broken = new ArrayList<>(List.of(
                "",
                "x",
                "%",
                "%7B",
                "[]",
                "null",
                "%7B%22a%22%3A1%7D",
                "%7B%22a%22%3A%22short%22%7D",
                "%00",
                "\u00ff"));
        broken.add("x".repeat(8_000));
        broken.add("%5B".repeat(2_000));
        for (String value : broken) {
            Request request = request("http://localhost", Map.of("Cookie", "_interaction=" + value), "");
            assertThat(interactions().locate(request)).isEmpty();
        }
    }

    @Test
    void SE1_on_https_only_a_cookie_that_no_sibling_domain_can_set_counts() {
        Interaction interaction = start("demo-app");
        String origin = "https://id.example.com";
        Request plain = request(origin, Map.of("Cookie", "_interaction=" + interaction.uid()), "");
        assertThat(interactions().locate(plain)).isEmpty();
        Request fenced = request(origin, Map.of("Cookie", "__Host-_interaction=" + interaction.uid()), "");
        assertThat(interactions().locate(fenced)).isPresent();
    }

    @Test
    void AZ6_going_on_needs_both_cookies_and_the_id() {
        Interaction interaction = start("demo-app");
        String uid = interaction.uid();
        List<Cookie> cookies = InteractionCookies.starting(browser(List.of(), Map.of(), ""), interaction);
        assertThat(interactions().belongsTo(browser(cookies, Map.of(), ""), uid))
                .isTrue();
        assertThat(interactions().belongsTo(browser(List.of(), Map.of(), ""), uid))
                .isFalse();
        assertThat(interactions().belongsTo(browser(cookies.subList(0, 2), Map.of(), ""), uid))
                .isFalse();
        assertThat(interactions().belongsTo(browser(cookies.subList(2, 3), Map.of(), ""), uid))
                .isFalse();
        assertThat(interactions()
                        .belongsTo(
                                browser(cookies, Map.of(), ""),
                                start("demo-app").uid()))
                .isFalse();
    }

    @Test
    void an_interaction_of_another_tenant_or_an_expired_one_is_not_found() {
        Interaction interaction = start("demo-app");
        assertThat(database.<Optional<Interaction>>read(
                        "admin", tx -> interactions().find(tx, interaction.uid())))
                .isEmpty();
        Interactions later =
                new Interactions(database, Ids.secure(), Clock.fixed(NOW.plusSeconds(3600), ZoneOffset.UTC));
        assertThat(database.<Optional<Interaction>>read("default", tx -> later.find(tx, interaction.uid())))
                .isEmpty();
    }

    @Test
    void the_first_answer_counts_and_one_of_two_threads_takes_it() throws Exception {
        Interaction interaction = start("demo-app");
        ObjectNode answer = Json.object();
        answer.putObject("login").put("accountId", "u1");
        database.run("default", tx -> interactions().answer(tx, interaction.uid(), answer));
        assertThatThrownBy(() ->
                        database.run("default", tx -> interactions().answer(tx, interaction.uid(), Json.object())))
                .isInstanceOf(AppException.class);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> take =
                    () -> database.write("default", tx -> interactions().finish(tx, interaction.uid()))
                            .isPresent();
            int taken = 0;
            for (Future<Boolean> result : threads.invokeAll(List.of(take, take, take, take))) {
                taken += result.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        }
    }
}
