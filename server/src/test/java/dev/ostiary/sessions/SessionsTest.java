package dev.ostiary.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Site;
import dev.ostiary.json.Json;
import dev.ostiary.sessions.Session.Authorization;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static Database database;

    @BeforeAll
    static void open() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        database = new Database(new Database.Settings(fresh.jdbcUrl(), fresh.user(), fresh.password(), 4));
        new Tenants(Map.of(), 0).seed(database);
        database.run(
                "default", tx -> tx.update("INSERT INTO users (tenant_id, id) VALUES (:tenant, 'u1'), (:tenant, 'u2')")
                        .execute());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Sessions at(Instant now) {
        return new Sessions(Ids.secure(), Clock.fixed(now, ZoneOffset.UTC), tx -> Duration.ofDays(14));
    }

    private static Request browser(String value) {
        return new Request(
                "GET",
                "/oidc/auth",
                "",
                new Site("default", "http://localhost:3001"),
                "r",
                "192.0.2.1",
                Map.of("Cookie", "_session=" + value)::get,
                () -> new byte[0]);
    }

    private static Sessions.Opened signIn(@Nullable Session before, String user) {
        return database.write("default", tx -> {
            Sessions.Opened opened = at(NOW).signIn(tx, before, user, NOW);
            at(NOW).save(tx, opened, Json.object(), "app", browser(""));
            return opened;
        });
    }

    private static Optional<Session> current(Instant now, String value) {
        return database.write("default", tx -> at(now).current(tx, browser(value)));
    }

    @Test
    void SE1_the_cookie_changes_at_each_sign_in_and_the_old_value_is_worth_nothing() {
        Sessions.Opened first = signIn(null, "u1");
        assertThat(current(NOW, first.value())).contains(first.session());
        Sessions.Opened again = signIn(first.session(), "u1");
        assertThat(again.session().uid()).isEqualTo(first.session().uid());
        assertThat(again.value()).isNotEqualTo(first.value()).hasSize(43);
        assertThat(current(NOW, first.value())).isEmpty();
        assertThat(current(NOW, again.value())).isPresent();
    }

    @Test
    void SE1_on_https_only_a_cookie_that_no_sibling_domain_can_set_counts() {
        String value = signIn(null, "u1").value();
        for (String name : List.of("_session", "__Host-_session")) {
            Request request = new Request(
                    "GET",
                    "/oidc/auth",
                    "",
                    new Site("default", "https://id.example.com"),
                    "r",
                    "192.0.2.1",
                    Map.of("Cookie", name + "=" + value)::get,
                    () -> new byte[0]);
            assertThat(database.<Optional<Session>>write("default", tx -> at(NOW).current(tx, request)))
                    .as(name)
                    .matches(found -> found.isPresent() == name.startsWith("__Host-"));
        }
    }

    @Test
    void SE1_of_two_cookies_of_one_name_neither_counts() {
        String victim = signIn(null, "u1").value();
        String planted = signIn(null, "u2").value();
        assertThat(current(NOW, planted + "; _session=" + victim)).isEmpty();
        assertThat(current(NOW, victim + "; _session=" + planted + "; _session=" + victim))
                .isEmpty();
        assertThat(current(NOW, victim + "; other=1; _session=" + victim)).isPresent();
        assertThat(current(NOW, victim + "; Session=" + planted)).isPresent();
    }

    @Test
    void another_user_gets_another_session_without_what_the_first_one_authorized() {
        Sessions.Opened first = signIn(null, "u1");
        database.run("default", tx -> at(NOW).authorize(
                        tx, first.session(), "app", new Authorization("sid", "grant", false)));
        Session known = current(NOW, first.value()).orElseThrow();
        assertThat(known.authorization("app")).contains(new Authorization("sid", "grant", false));
        Sessions.Opened other = signIn(known, "u2");
        assertThat(other.session().uid()).isNotEqualTo(known.uid());
        assertThat(current(NOW, other.value()).orElseThrow().authorizations()).isEmpty();
    }

    @Test
    void each_visit_counts_the_fourteen_days_anew() {
        String value = signIn(null, "u1").value();
        assertThat(current(NOW.plus(Duration.ofDays(13)), value)).isPresent();
        assertThat(current(NOW.plus(Duration.ofDays(26)), value)).isPresent();
        assertThat(current(NOW.plus(Duration.ofDays(40)), value)).isEmpty();
    }

    private static String version() {
        return database.read("default", tx -> tx.query("SELECT string_agg(ctid::text, ' ' ORDER BY uid) FROM sessions")
                .mapTo(String.class)
                .one());
    }

    @Test
    void visits_within_a_minute_write_nothing_and_the_next_one_does() {
        String value = signIn(null, "u1").value();
        String before = version();
        assertThat(current(NOW.plusSeconds(59), value)).isPresent();
        assertThat(version()).isEqualTo(before);
        Instant later = NOW.plusSeconds(61);
        assertThat(current(later, value).orElseThrow().expiresAt()).isEqualTo(later.plus(Duration.ofDays(14)));
        assertThat(version()).isNotEqualTo(before);
        assertThat(current(later, value).orElseThrow().expiresAt()).isEqualTo(later.plus(Duration.ofDays(14)));
    }

    @Test
    void a_shorter_lifetime_counts_from_the_next_visit_and_a_very_short_one_slides_too() {
        String value = signIn(null, "u1").value();
        for (Duration life : List.of(Duration.ofHours(1), Duration.ofSeconds(2))) {
            Sessions shorter = new Sessions(Ids.secure(), Clock.fixed(NOW, ZoneOffset.UTC), tx -> life);
            assertThat(database.<Optional<Session>>write("default", tx -> shorter.current(tx, browser(value)))
                            .orElseThrow()
                            .expiresAt())
                    .isEqualTo(NOW.plus(life));
        }
        Instant next = NOW.plusSeconds(1);
        Sessions shorter = new Sessions(Ids.secure(), Clock.fixed(next, ZoneOffset.UTC), tx -> Duration.ofSeconds(2));
        assertThat(database.<Optional<Session>>write("default", tx -> shorter.current(tx, browser(value)))
                        .orElseThrow()
                        .expiresAt())
                .isEqualTo(NOW.plusSeconds(3));
    }

    @Test
    void visits_of_one_moment_to_several_nodes_all_count() throws Exception {
        String value = signIn(null, "u1").value();
        Instant later = NOW.plus(Duration.ofDays(1));
        CountDownLatch together = new CountDownLatch(1);
        List<Future<Instant>> ends = new ArrayList<>();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                Instant moment = later.plusSeconds(i * 100L);
                ends.add(nodes.submit(() -> {
                    together.await();
                    return current(moment, value).orElseThrow().expiresAt();
                }));
            }
            together.countDown();
        }
        Instant last = later.plusSeconds(15 * 100).plus(Duration.ofDays(14));
        for (Future<Instant> end : ends) {
            assertThat(end.get()).isBetween(later.plus(Duration.ofDays(14)), last);
        }
        assertThat(current(later.plus(Duration.ofDays(14)).minusSeconds(1), value))
                .isPresent();
    }

    @Test
    void a_session_in_use_is_ended_after_the_request_that_uses_it() throws Exception {
        Sessions.Opened opened = signIn(null, "u1");
        CountDownLatch used = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> use = requests.submit(() -> database.run("default", tx -> {
                at(NOW).current(tx, browser(opened.value()));
                used.countDown();
                // Whoever ends it meanwhile waits: what this request issues is found by them.
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                order.add("used");
            }));
            used.await();
            database.run("default", tx -> {
                at(NOW).end(tx, opened.session().uid());
                order.add("ended");
            });
            use.get();
        }
        assertThat(order).containsExactly("used", "ended");
        assertThat(current(NOW, opened.value())).isEmpty();
    }

    @Test
    void a_session_of_another_tenant_or_of_a_suspended_user_is_none() {
        Sessions.Opened opened = signIn(null, "u2");
        assertThat(database.<Optional<Session>>write("admin", tx -> at(NOW).current(tx, browser(opened.value()))))
                .isEmpty();
        database.run("default", tx -> at(NOW).revokeAllOfUser(tx, "u2"));
        assertThat(current(NOW, opened.value())).isEmpty();
    }

    @Test
    void a_grant_grows_and_ends_with_all_that_hangs_on_it() {
        Grants grants = new Grants(Ids.secure(), Clock.fixed(NOW, ZoneOffset.UTC));
        Grant grant = database.write(
                "default",
                tx -> grants.create(tx, "u1", "app", null, Set.of("openid"), Map.of("https://api", Set.of("read"))));
        assertThat(database.<Optional<Grant>>read("default", tx -> grants.find(tx, grant.id())))
                .contains(grant);
        Grant more = database.write(
                "default", tx -> grants.extend(tx, grant, Set.of("profile"), Map.of("https://api", Set.of("write"))));
        assertThat(more.covers(Set.of("openid", "profile"), Map.of("https://api", Set.of("read", "write"))))
                .isTrue();
        assertThat(more.covers(Set.of(), Map.of("https://other", Set.of("read"))))
                .isFalse();
        assertThat(database.<Optional<Grant>>read("default", tx -> grants.find(tx, grant.id())))
                .contains(more);
        assertThat(database.<Boolean>write("default", tx -> grants.revoke(tx, grant.id())))
                .isTrue();
        assertThat(database.<Optional<Grant>>read("default", tx -> grants.find(tx, grant.id())))
                .isEmpty();
    }
}
