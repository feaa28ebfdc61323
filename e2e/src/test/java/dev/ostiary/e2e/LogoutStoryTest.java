package dev.ostiary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.e2e.Visitor.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One session, several applications, and what each of them hears of its end: by frames in a real browser, and by itself. */
class LogoutStoryTest {
    private static final String PASSWORD = "Turmfalke-2026-wohnt-hier";

    private static Program program;
    private static ManagementApi api;

    @BeforeAll
    static void start() {
        Map<String, String> environment = new HashMap<>(ManagementApi.BOOTSTRAP);
        environment.putAll(Installation.INSIDE);
        program = Program.start(environment);
        api = ManagementApi.of(program);
        api.call("POST", "/users", Map.of("username", "reader", "password", PASSWORD));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static Page signedIn(Browsers browsers, ListeningClient first, ListeningClient other) {
        Page page = browsers.open("en");
        page.navigate(first.signIn());
        page.locator("input[name=identifier]").fill("reader");
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(Pattern.quote(first.at("/callback")) + ".*"));
        // The session is there: nothing is asked.
        page.navigate(other.signIn());
        page.waitForURL(Pattern.compile(Pattern.quote(other.at("/callback")) + ".*"));
        return page;
    }

    private static void heard(ListeningClient client) {
        assertThat(client.frames()).hasSize(1);
        assertThat(client.frames().getFirst())
                .containsOnlyKeys("iss", "sid")
                .containsEntry("iss", client.idToken().path("iss").asString())
                .containsEntry("sid", client.idToken().path("sid").asString());
        assertThat(client.destinations()).containsExactly("iframe");
    }

    @Test
    void the_browser_tells_both_applications_in_frames_and_brings_the_visitor_back() {
        try (ListeningClient books = ListeningClient.register(program, api, "Books", "frontchannel");
                ListeningClient films = ListeningClient.register(program, api, "Films", "frontchannel");
                Browsers browsers = new Browsers()) {
            Page page = signedIn(browsers, books, films);
            assertThat(books.idToken().path("sid").asString())
                    .isNotEmpty()
                    .isNotEqualTo(films.idToken().path("sid").asString());
            page.navigate(books.signOut("a b&c"));
            page.waitForURL(books.at("/bye") + "?state=a+b%26c");
            heard(books);
            heard(films);
            page.navigate(films.signIn() + "&prompt=none");
            assertThat(page.url()).startsWith(films.at("/callback")).contains("error=login_required");
        }
    }

    @Test
    void a_frame_that_never_answers_keeps_nobody_longer_than_the_page_says() {
        try (ListeningClient books = ListeningClient.register(program, api, "Books", "frontchannel");
                ListeningClient films = ListeningClient.register(program, api, "Films", "frontchannel");
                Browsers browsers = new Browsers()) {
            films.silent = true;
            Page page = signedIn(browsers, books, films);
            long from = System.nanoTime();
            page.navigate(books.signOut("x"));
            page.waitForURL(books.at("/bye") + "?state=x");
            // Four seconds, and what a busy machine takes for the rest.
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(9));
            heard(books);
            heard(films);
        }
    }

    @Test
    void a_notice_outlives_kill_9_and_an_application_that_refuses_at_first() {
        try (ListeningClient books = ListeningClient.register(program, api, "Books", "backchannel")) {
            books.backStatus = 503;
            Visitor visitor = new Visitor("en");
            Place welcome =
                    visitor.submit(visitor.open(books.signIn()), Map.of("identifier", "reader", "password", PASSWORD));
            assertThat(welcome.path()).isEqualTo("/callback");
            Place bye = visitor.submit(visitor.open(books.signOut("x")), Map.of());
            assertThat(bye.path()).isEqualTo("/bye");
            program.kill();
            List<JsonNode> refused = books.logoutTokens();
            books.backStatus = 200;
            program.restart();
            // Ten seconds are between the first try and the second; twelve, if it died in the middle of the first.
            await(() -> books.logoutTokens().size() > refused.size());
            JsonNode token = books.logoutTokens().getLast();
            assertThat(token.path("sid").asString())
                    .isEqualTo(books.idToken().path("sid").asString());
            assertThat(token.path("aud").asString()).isEqualTo(books.id());
            assertThat(token.path("events").has("http://schemas.openid.net/event/backchannel-logout"))
                    .isTrue();
            await(() -> ManagementApi.of(program)
                    .get("/logs?logKey=BackchannelLogout&applicationId=" + books.id())
                    .toString()
                    .contains("\"result\":\"Success\""));
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(program.log()).isLessThan(end);
            Program.pause(Duration.ofMillis(50));
        }
    }
}
