package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestPostgres;
import dev.ostiary.testing.TestServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A node is stopped while people and machines write, as SIGTERM stops it: what was answered is there afterwards, and nobody is
 * answered with a fault.
 */
class StopUnderLoadTest {
    private static final int EACH = 3;
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");

    private record Registered(String id, String token) {}

    private final Queue<Registered> registered = new ConcurrentLinkedQueue<>();
    private final Queue<String> confirmed = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger savedScript = new AtomicInteger();
    private final AtomicInteger begunScript = new AtomicInteger();
    /** The stop comes when each kind of write has been answered a few times. */
    private final List<CountDownLatch> warm =
            List.of(new CountDownLatch(EACH), new CountDownLatch(EACH), new CountDownLatch(EACH));

    @FunctionalInterface
    private interface Write {
        void once();
    }

    @Test
    void what_was_answered_is_there_and_nothing_is_half_done() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        TestServer server = TestServer.start(database, BootstrapCredentials.none());
        prepare(server);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < EACH; i++) {
                writers.execute(() -> untilStopped(warm.get(0), () -> register(server)));
                writers.execute(() -> untilStopped(warm.get(1), () -> confirm(server)));
            }
            TestApi api = server.api();
            writers.execute(() -> untilStopped(warm.get(2), () -> saveScript(api)));
            for (CountDownLatch kind : warm) {
                assertThat(kind.await(60, TimeUnit.SECONDS)).isTrue();
            }
            server.close();
        }
        assertThat(faults).isEmpty();
        assertThat(registered).isNotEmpty();
        assertThat(confirmed).isNotEmpty();
        assertThat(savedScript.get()).isPositive();
        try (TestServer next = TestServer.start(database, BootstrapCredentials.none())) {
            look(next);
        }
    }

    private static void prepare(TestServer server) {
        Answer on = server.api()
                .patch(
                        "/configs/oidc/registration",
                        Map.of(
                                "enabled",
                                true,
                                "requiresInitialAccessToken",
                                false,
                                "attemptsPerHour",
                                10_000,
                                "maxClients",
                                10_000));
        assertThat(on.status()).as(on.text()).isEqualTo(200);
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(
                        """
                INSERT INTO applications (tenant_id, id, name, type, oidc_client_metadata, custom_client_metadata)
                VALUES (:tenant, 'tv', 'tv', 'Native', '{"redirectUris":[],"postLogoutRedirectUris":[]}',
                    '{"isDeviceFlow":true}')
                """)
                .execute());
    }

    /** A refused connection is the end; an answer that is a fault is what must not be. */
    private void untilStopped(CountDownLatch warm, Write write) {
        try {
            while (true) {
                write.once();
                warm.countDown();
            }
        } catch (UncheckedIOException stopped) {
            // the node is gone
        } catch (RuntimeException | Error e) {
            faults.add(String.valueOf(e));
        }
    }

    private static Answer good(Answer answer) {
        if (answer.status() >= 400) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer;
    }

    private void register(TestServer server) {
        JsonNode client = good(server.browser()
                        .send(
                                "POST",
                                "/oidc/register",
                                "{\"redirect_uris\":[\"https://agent.example/cb\"],\"token_endpoint_auth_method\":\"none\"}",
                                "Content-Type",
                                "application/json"))
                .json();
        registered.add(new Registered(
                client.path("client_id").asString(),
                client.path("registration_access_token").asString()));
    }

    private void saveScript(TestApi api) {
        int number = begunScript.incrementAndGet();
        String script = "const getCustomJwtClaims = async () => ({ number: " + number + " })";
        good(api.put("/configs/jwt-customizer/access-token", Map.of("script", script)));
        savedScript.set(number);
    }

    /** A person signs in with a new account for a device: the last step is one transaction. */
    private void confirm(TestServer server) {
        JsonNode waiting = good(server.browser()
                        .form("/oidc/device/auth", Map.of("client_id", "tv", "scope", "openid")))
                .json();
        TestBrowser person = server.browser();
        Answer typed = send(
                person,
                person.follow(person.get("/device")),
                "user_code",
                waiting.path("user_code").asString());
        Answer signIn = send(person, typed, "confirm", "yes");
        Answer register = person.follow(person.get("/register"));
        Answer done =
                send(person, register, "identifier", "person_" + System.nanoTime(), "password", "Plum-tree47-window");
        if (!done.response().uri().getPath().endsWith("/device/success")) {
            throw new AssertionError(signIn.status() + " " + done.response().uri() + " " + done.text());
        }
        confirmed.add(waiting.path("device_code").asString());
    }

    private static Answer send(TestBrowser person, Answer page, String... typed) {
        Map<String, String> form = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page.text());
        while (hidden.find()) {
            form.put(hidden.group(1), hidden.group(2).replace("&amp;", "&"));
        }
        for (int i = 0; i < typed.length; i += 2) {
            form.put(typed[i], typed[i + 1]);
        }
        Matcher action = ACTION.matcher(page.text());
        if (!action.find()) {
            throw new AssertionError(page.status() + " " + page.text());
        }
        return good(person.follow(good(person.form(action.group(1).replace("&amp;", "&"), form))));
    }

    private void look(TestServer next) {
        List<String> lost = new ArrayList<>();
        for (Registered client : registered) {
            Answer answer =
                    next.browser().get("/oidc/register/" + client.id, "Authorization", "Bearer " + client.token);
            if (answer.status() != 200) {
                lost.add("client " + client.id + ": " + answer.text());
            }
        }
        for (String code : confirmed) {
            Answer tokens = next.browser()
                    .form(
                            "/oidc/token",
                            Map.of(
                                    "grant_type", "urn:ietf:params:oauth:grant-type:device_code",
                                    "client_id", "tv",
                                    "device_code", code));
            if (tokens.status() != 200) {
                lost.add("device: " + tokens.text());
            }
        }
        assertThat(lost).isEmpty();
        String script = next.api()
                .get("/configs/jwt-customizer/access-token")
                .json()
                .path("script")
                .asString();
        int number = Integer.parseInt(script.replaceAll("\\D", ""));
        assertThat(number)
                .as("the last that was answered, or the one on its way")
                .isBetween(savedScript.get(), begunScript.get());
    }
}
