package dev.ostiary.oidc.attacks;

import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Operation;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What other sites make a visitor's browser send or show, at every address there is. */
class PageAttacksTest {
    private static final String PASSWORD = "Plum-tree47-window";

    /** Takes forms that are none of a page of ours, and why another site may send them. */
    private static final Map<String, String> NO_FORM_OF_OURS = Map.ofEntries(
            Map.entry("/oidc/token", "a client proves itself, cookies are not read"),
            Map.entry("/oidc/token/introspection", "a client proves itself, cookies are not read"),
            Map.entry("/oidc/token/revocation", "a client proves itself, cookies are not read"),
            Map.entry("/oidc/request", "a client proves itself, cookies are not read"),
            Map.entry("/oidc/device/auth", "a client proves itself, cookies are not read"),
            Map.entry("/oidc/register", "a client's document, cookies are not read"),
            Map.entry("/oidc/me", "takes an access token, cookies are not read"),
            Map.entry("/oidc/auth", "an authorization request, the same as the GET"),
            Map.entry("/oidc/session/end", "asks before it ends anything"),
            Map.entry("/callback/{connectorId}", "an answer to a state of this browser"),
            Map.entry("/enterprise-sso/{connectorId}/start", "leads to the application that begins a sign-in"));

    private static final Pattern XSRF = Pattern.compile("name=\"xsrf\" value=\"([^\"]+)\"");

    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        house.server.api().created("/users", Map.of("username", "victim", "password", PASSWORD));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static String path(Operation operation) {
        return operation.pattern().replaceAll("\\{\\w+}", "x").replace("*", "x");
    }

    /** Signed in, with a sign-in that waits and a device that could be let in: everything a form could be sent for. */
    private static TestBrowser victim() {
        TestBrowser browser = house.server.browser();
        house.signIn(browser, "u1", "spa");
        browser.get("/oidc/device");
        authorize(browser, "web", "prompt", "login");
        return browser;
    }

    private static boolean isSignedIn(TestBrowser browser) {
        return authorize(browser, "spa", "prompt", "none").location().contains("code=");
    }

    // 4.7: CSRF -------------------------------------------------------------------------------------------------------

    @Test
    void no_form_is_taken_without_the_token_of_its_page_rfc9700_4_7() {
        TestBrowser browser = victim();
        Set<String> forms = new TreeSet<>();
        for (Operation operation : house.server.app().operations()) {
            String pattern = operation.pattern();
            if (!operation.method().equals("POST")
                    || pattern.startsWith("/api/")
                    || NO_FORM_OF_OURS.containsKey(pattern)) {
                continue;
            }
            forms.add(pattern);
            for (String token : List.of("", "x", "a.b", "%00")) {
                Map<String, String> fields = new LinkedHashMap<>(Map.of(
                        "identifier",
                        "victim",
                        "password",
                        PASSWORD,
                        "decision",
                        "allow",
                        "logout",
                        "yes",
                        "confirm",
                        "yes",
                        "user_code",
                        "BCDF-GHJK"));
                if (!token.isEmpty()) {
                    fields.put("_token", token);
                    fields.put("xsrf", token);
                }
                Answer answer = browser.form(path(operation), fields);
                assertThat(answer.status()).as(pattern + " " + answer.text()).isIn(303, 400, 403, 404);
                // Who has no invitation is sent back to the page of it, which says so.
                assertThat(answer.header("Location").filter(to -> !to.equals("/invitation/x")))
                        .as(pattern)
                        .isEmpty();
                assertThat(answer.headers("Set-Cookie")).as(pattern).isEmpty();
            }
        }
        assertThat(forms)
                .contains(
                        "/sign-in",
                        "/register",
                        "/consent",
                        "/oidc/device",
                        "/oidc/session/end/confirm",
                        "/invitation/{id}");
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void what_reads_cookies_below_api_takes_nothing_that_another_site_sends_rfc9700_4_7() {
        TestBrowser browser = victim();
        int walked = 0;
        for (Operation operation : house.server.app().operations()) {
            boolean byCookie = operation.pattern().startsWith("/api/experience")
                    || operation.pattern().startsWith("/api/interaction");
            if (!byCookie
                    || operation.method().equals("GET")
                    || operation.method().equals("OPTIONS")) {
                continue;
            }
            for (String[] said : new String[][] {
                {"Origin", "https://evil.example"},
                {"Origin", "null"},
                {"Sec-Fetch-Site", "cross-site"},
                {"Sec-Fetch-Site", "same-site"}
            }) {
                Answer answer = browser.json(operation.method(), path(operation), Map.of(), said[0], said[1]);
                assertThat(answer.status()).as(operation.pattern()).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("auth.forbidden");
            }
            walked++;
        }
        assertThat(walked).isGreaterThan(8);
    }

    @Test
    void a_session_cookie_opens_nothing_of_the_other_apis_rfc9700_4_7() {
        TestBrowser browser = victim();
        Set<String> open = new TreeSet<>();
        int walked = 0;
        for (Operation operation : house.server.app().operations()) {
            String pattern = operation.pattern();
            if (!pattern.startsWith("/api/")
                    || pattern.startsWith("/api/experience")
                    || pattern.startsWith("/api/interaction")
                    || operation.method().equals("OPTIONS")) {
                continue;
            }
            Answer answer = operation.method().equals("GET")
                    ? browser.get(path(operation))
                    : browser.json(operation.method(), path(operation), Map.of());
            if (answer.status() != 401) {
                open.add(operation.method() + " " + pattern);
            }
            walked++;
        }
        assertThat(walked).isGreaterThan(150);
        assertThat(open)
                .allMatch(route -> route.startsWith("GET /api/.well-known/")
                        || route.equals("GET /api/status")
                        || route.equals("GET /api/swagger.json"));
    }

    @Test
    void a_session_that_was_planted_is_not_the_one_that_the_victim_signs_in_to_SE1() {
        TestBrowser attacker = house.server.browser();
        house.signIn(attacker, "u2", "spa");
        String planted = attacker.cookie("_session").orElseThrow();
        TestBrowser browser = house.server.browser();
        browser.setCookie("_session", planted);
        authorize(browser, "spa", "prompt", "login");
        String resume = house.answerAs(browser, "u1");
        // Another user is signed in: that session has to end first.
        Matcher xsrf = XSRF.matcher(browser.get(resume).text());
        assertThat(xsrf.find()).isTrue();
        browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf.group(1), "logout", "yes"));
        assertThat(browser.get(resume).location()).contains("code=");
        assertThat(browser.cookie("_session")).isPresent().isNotEqualTo(Optional.of(planted));
        TestBrowser later = house.server.browser();
        later.setCookie("_session", planted);
        Answer answer = authorize(later, "spa", "prompt", "none");
        assertThat(answer.location()).contains("error=login_required").doesNotContain("code=");
    }

    @Test
    void cookies_that_a_sibling_domain_could_toss_count_for_nothing_SE1() {
        TestBrowser browser = house.server.browser();
        house.signIn(browser, "u1", "spa");
        String own = browser.cookie("_session").orElseThrow();
        String tossed = "A".repeat(43);
        String query = TestBrowser.encode(SignInHouse.params("spa", "prompt", "none"));
        for (String cookies : List.of(
                "_session=" + own + "; _session=" + tossed,
                "_session=" + tossed + "; _session=" + own,
                "_session=" + tossed,
                "_session=\"" + own + "\"; _session=" + tossed,
                "_Session=" + own,
                "_session =" + own + "; _session=" + tossed)) {
            String answer = Attacks.raw(
                    house.server.port(),
                    "GET /oidc/auth?" + query + " HTTP/1.1",
                    "Host: localhost:" + house.server.port(),
                    "Cookie: " + cookies);
            assertThat(answer).as(cookies).contains("error=login_required").doesNotContain("code=");
        }
        assertThat(isSignedIn(browser)).isTrue();
    }

    // 4.16, 4.2, 4.3: frames, Referer, history ------------------------------------------------------------------------

    @Test
    void every_page_is_shown_in_no_frame_sends_its_address_nowhere_and_is_kept_by_nobody_rfc9700_4_16() {
        List<String> pages = new ArrayList<>();
        for (String origin : List.of(house.server.origin(), house.server.adminOrigin())) {
            TestBrowser browser = origin.equals(house.server.origin()) ? victim() : new TestBrowser(origin);
            for (Operation operation : house.server.app().operations()) {
                String pattern = operation.pattern();
                if (operation.method().equals("GET") && !pattern.startsWith("/api/")) {
                    Answer answer = browser.get(origin + path(operation), "Accept", "text/html");
                    look(answer, pattern.startsWith("/console"));
                    if (isPage(answer)) {
                        pages.add(origin + pattern);
                    }
                }
            }
            look(browser.get(origin + "/no/such/page", "Accept", "text/html"), false);
            look(browser.get(origin + "/oidc/auth?client_id=nobody", "Accept", "text/html"), false);
            look(browser.get(origin + "/oidc/session/end", "Accept", "text/html"), false);
        }
        TestBrowser browser = victim();
        look(
                browser.get("/oidc/auth?"
                        + TestBrowser.encode(
                                SignInHouse.params("spa", "prompt", "none", "response_mode", "form_post"))),
                false);
        assertThat(pages).hasSizeGreaterThan(12);
    }

    private static boolean isPage(Answer answer) {
        return answer.header("Content-Type").orElse("").startsWith("text/html");
    }

    private static void look(Answer answer, boolean console) {
        String asked = answer.response().uri().toString();
        assertThat(answer.header("X-Content-Type-Options")).as(asked).contains("nosniff");
        assertThat(answer.header("Referrer-Policy").orElse(""))
                .as(asked)
                .isIn("no-referrer", "strict-origin-when-cross-origin");
        assertThat(answer.header("X-Frame-Options").orElse("")).as(asked).isIn("DENY", "SAMEORIGIN");
        if (!isPage(answer)) {
            return;
        }
        String policy = answer.header("Content-Security-Policy").orElse("");
        assertThat(policy)
                .as(asked)
                .contains("frame-ancestors 'none'", "base-uri")
                .doesNotContain("unsafe-eval");
        assertThat(policy.replaceAll("style-src[^;]*", "")).as(asked).doesNotContain("unsafe-inline");
        assertThat(answer.header("Cache-Control").orElse(""))
                .as(asked)
                .containsAnyOf("no-store", console ? "no-cache" : "no-store");
    }
}
