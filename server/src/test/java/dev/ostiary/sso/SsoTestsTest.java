package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.Changes;
import dev.ostiary.json.Json;
import dev.ostiary.testing.MovableClock;
import dev.ostiary.testing.TestPostgres;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SsoTestsTest {
    private static final String REDIRECT = "https://auth.example.com/callback/x";

    private static final MovableClock clock = new MovableClock();
    private static Database db;
    private static SsoTests tests;
    private static SsoConnector connector;
    private static SsoConnector other;

    /** A provider that sends the state back and names its visitor by the nonce that was kept. */
    private static final SsoProtocol ECHO = new SsoProtocol() {
        @Override
        public Departure depart(Departing departing) {
            ObjectNode kept = Json.object().put("nonce", departing.state());
            return new Departure(URI.create("https://idp.example/?state=" + departing.state()), kept);
        }

        @Override
        public SsoProfile arrive(SsoConnector at, String tenant, ObjectNode kept, Map<String, String> answer) {
            return new SsoProfile(
                    "https://idp.example",
                    kept.get("nonce").asString(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Json.object(),
                    Optional.empty());
        }
    };

    @BeforeAll
    static void start() {
        db = new Database(TestPostgres.freshDatabase().settings());
        db.run("*", tx -> tx.update("INSERT INTO tenants (id) VALUES ('default'), ('other')")
                .execute());
        SsoConnectors connectors =
                new SsoConnectors(db, new Changes(db), Ids.secure(), Sealer.fromKek(Sealer.newKek()), clock);
        tests = new SsoTests(db, connectors, new SsoSignIn(Map.of(ProviderType.OIDC, ECHO)), Ids.secure(), clock);
        connector = db.write("default", tx -> connectors.create(tx, wanted("A")));
        other = db.write("default", tx -> connectors.create(tx, wanted("B")));
    }

    @AfterAll
    static void close() {
        db.close();
    }

    @Test
    void a_test_goes_to_the_provider_and_back_and_needs_no_domains() {
        assertThat(connector.isAvailable()).isFalse();
        SsoTests.Opened opened = open(tests.start("default", connector));
        String state = state(opened);
        assertThat(SsoTests.isTest(state)).isTrue();
        SsoTests.Finished finished =
                tests.finish("default", connector.id(), state, opened.cookie(), Map.of("code", "c"));
        assertThat(finished.profile().identityId()).isEqualTo(state);
        assertThat(finished.connector().id()).isEqualTo(connector.id());
        assertRefused(() -> tests.finish("default", connector.id(), state, opened.cookie(), Map.of("code", "c")));
    }

    @Test
    void a_ticket_is_opened_once_even_by_two_at_the_same_time() throws Exception {
        String ticket = tests.start("default", connector);
        CyclicBarrier start = new CyclicBarrier(2);
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            racers.add(() -> {
                start.await();
                try {
                    open(ticket);
                    return true;
                } catch (AppException refused) {
                    return false;
                }
            });
        }
        List<Boolean> opened = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var racer : threads.invokeAll(racers)) {
                opened.add(racer.get());
            }
        }
        assertThat(opened).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void another_browser_neither_sees_nor_ends_a_test() {
        SsoTests.Opened opened = open(tests.start("default", connector));
        SsoTests.Opened foreign = open(tests.start("default", connector));
        String state = state(opened);
        assertRefused(() -> tests.finish("default", connector.id(), state, foreign.cookie(), Map.of()));
        assertRefused(() -> tests.finish("default", connector.id(), state, "", Map.of()));
        assertThat(tests.finish("default", connector.id(), state, opened.cookie(), Map.of())
                        .profile()
                        .identityId())
                .isEqualTo(state);
    }

    @Test
    void a_test_belongs_to_one_connector_and_one_tenant() {
        assertRefused(() -> tests.open("default", other.id(), tests.start("default", connector), REDIRECT));
        assertRefused(() -> tests.open("other", connector.id(), tests.start("default", connector), REDIRECT));
        SsoTests.Opened opened = open(tests.start("default", connector));
        assertRefused(() -> tests.finish("default", other.id(), state(opened), opened.cookie(), Map.of()));
    }

    @Test
    void a_test_is_over_after_five_minutes() {
        String ticket = tests.start("default", connector);
        SsoTests.Opened opened = open(tests.start("default", connector));
        clock.forward(Duration.ofMinutes(5).plusSeconds(1));
        try {
            assertRefused(() -> open(ticket));
            assertRefused(() -> tests.finish("default", connector.id(), state(opened), opened.cookie(), Map.of()));
        } finally {
            clock.reset();
        }
    }

    @Test
    void no_bearer_value_is_in_the_database() {
        String ticket = tests.start("default", connector);
        SsoTests.Opened opened = open(ticket);
        String stored = db.read("default", tx -> tx.query("SELECT string_agg(t::text, ' ') FROM sso_tests t")
                .mapTo(String.class)
                .one());
        assertThat(stored).doesNotContain(ticket).doesNotContain(opened.cookie());
        assertRefused(() -> open("nonsense"));
        assertRefused(() -> open(""));
    }

    private static SsoTests.Opened open(String ticket) {
        return tests.open("default", connector.id(), ticket, REDIRECT);
    }

    private static String state(SsoTests.Opened opened) {
        return opened.authorizationUri().getQuery().substring("state=".length());
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AppException.class, refused -> assertThat(refused.code())
                .isEqualTo("single_sign_on.test_expired"));
    }

    private static NewSsoConnector wanted(String name) {
        OidcConfig config =
                new OidcConfig("client", new Secret("s"), "https://idp.example", "", false, false, Optional.empty());
        return new NewSsoConnector(SsoProvider.OIDC, name, config, List.of(), SsoConnector.Branding.NONE, false, false);
    }
}
