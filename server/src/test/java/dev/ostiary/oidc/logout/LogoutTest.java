package dev.ostiary.oidc.logout;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static dev.ostiary.oidc.authorize.SignInHouse.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LogoutTest {
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

    private static TestBrowser signedIn() {
        TestBrowser browser = house.server.browser();
        house.signIn(browser, "u1", "spa");
        return browser;
    }

    private static Answer ask(TestBrowser browser, Map<String, String> params) {
        return browser.get("/oidc/session/end?" + TestBrowser.encode(params));
    }

    private static Answer confirm(TestBrowser browser, Answer page) {
        Matcher xsrf = XSRF.matcher(page.text());
        assertThat(xsrf.find()).as(page.text()).isTrue();
        return browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf.group(1), "logout", "yes"));
    }

    private static boolean isSignedIn(TestBrowser browser) {
        return authorize(browser, "spa", "prompt", "none").location().contains("code=");
    }

    @Test
    void signing_out_ends_the_session_and_leads_back_to_the_application() {
        TestBrowser browser = signedIn();
        assertThat(isSignedIn(browser)).isTrue();
        Answer page = ask(
                browser,
                Map.of("client_id", "spa", "post_logout_redirect_uri", "https://shop.example/", "state", "a b"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("id=\"op.logoutForm\"")
                .contains(".submit()")
                .contains("<button");
        assertThat(page.header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors 'none'");
        assertThat(isSignedIn(browser)).isTrue();
        Answer done = confirm(browser, page);
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.location()).isEqualTo("https://shop.example/?state=a+b");
        assertThat(isSignedIn(browser)).isFalse();
    }

    @Test
    void LO1_nothing_of_the_old_session_works_afterwards() {
        TestBrowser browser = signedIn();
        String session = browser.cookie("_session").orElseThrow();
        confirm(browser, ask(browser, Map.of("client_id", "spa")));
        assertThat(browser.cookie("_session")).isEmpty();
        TestBrowser replay = house.server.browser();
        replay.setCookie("_session", session);
        assertThat(error(authorize(replay, "spa", "prompt", "none"))).isEqualTo("login_required");
        house.signIn(browser, "u1", "spa");
        assertThat(browser.cookie("_session")).isPresent().isNotEqualTo(java.util.Optional.of(session));
    }

    @Test
    void LO1_what_was_begun_in_the_session_does_not_go_on_without_it() {
        TestBrowser browser = signedIn();
        Answer sentOff = authorize(browser, "spa", "prompt", "login");
        assertThat(sentOff.location()).startsWith("/sign-in");
        String resume = house.answerAs(browser, "u1");
        confirm(browser, ask(browser, Map.of("client_id", "spa")));
        Answer resumed = browser.get(resume);
        assertThat(resumed.status()).isEqualTo(400);
        assertThat(resumed.text()).doesNotContain("code=");
        assertThat(isSignedIn(browser)).isFalse();
    }

    @Test
    void LO1_grants_end_with_the_session_unless_offline_access_was_given() {
        TestBrowser browser = house.server.browser();
        String offline =
                code(house.signIn(browser, "u1", "spa", "scope", "openid offline_access", "prompt", "consent"));
        String tokens = redeem(offline, "spa").text();
        assertThat(tokens).contains("refresh_token");
        String online = code(authorize(browser, "native"));
        String access = redeem(online, "native").json().path("access_token").asString();
        assertThat(me(access)).isEqualTo(200);
        confirm(browser, ask(browser, Map.of("client_id", "spa")));
        assertThat(me(access)).isEqualTo(401);
        String refresh =
                dev.ostiary.json.Json.read(tokens).path("refresh_token").asString();
        Answer refreshed = house.server
                .browser()
                .form(
                        "/oidc/token",
                        Map.of("grant_type", "refresh_token", "refresh_token", refresh, "client_id", "spa"));
        assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
    }

    private static Answer redeem(String code, String client) {
        Answer answer = house.server
                .browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code,
                                "client_id",
                                client,
                                "redirect_uri",
                                client.equals("native") ? "http://127.0.0.1/cb" : CALLBACK,
                                "code_verifier",
                                SignInHouse.VERIFIER));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static int me(String token) {
        return house.server
                .browser()
                .get("/oidc/me", "Authorization", "Bearer " + token)
                .status();
    }

    @Test
    void LO3_an_address_that_is_not_registered_is_never_followed() {
        TestBrowser browser = signedIn();
        for (String uri : List.of(
                "https://evil.example/",
                "https://shop.example",
                "https://shop.example/x",
                "//shop.example/",
                "javascript:alert(1)")) {
            boolean same = uri.equals("https://shop.example");
            Answer answer = ask(browser, Map.of("client_id", "spa", "post_logout_redirect_uri", uri));
            assertThat(answer.status()).as(uri).isEqualTo(same ? 200 : 400);
            assertThat(answer.header("Location")).isEmpty();
        }
        Answer ignored = ask(browser, Map.of("post_logout_redirect_uri", "https://shop.example/"));
        assertThat(ignored.status()).isEqualTo(200);
        assertThat(confirm(browser, ignored).location()).isEqualTo("/oidc/session/end/success");
    }

    @Test
    void LO3_a_visit_out_of_nowhere_asks_first() {
        TestBrowser browser = signedIn();
        Answer page = ask(browser, Map.of());
        assertThat(page.text()).doesNotContain("<script").contains("<button");
        assertThat(isSignedIn(browser)).isTrue();
    }

    private static Answer decline(TestBrowser browser, Answer page) {
        assertThat(page.text()).contains("<button type=\"submit\" class=\"plain\" name=\"logout\" value=\"no\">");
        Matcher xsrf = XSRF.matcher(page.text());
        assertThat(xsrf.find()).as(page.text()).isTrue();
        return browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf.group(1), "logout", "no"));
    }

    @Test
    void who_is_asked_may_stay_signed_in() {
        TestBrowser browser = signedIn();
        Answer declined = decline(browser, ask(browser, Map.of()));
        assertThat(declined.status()).isEqualTo(303);
        assertThat(declined.location()).isEqualTo("/oidc/session/end/declined");
        Answer page = browser.get(declined.location());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("You are still signed in")
                .doesNotContain("signed out")
                .doesNotContain("<form");
        assertThat(isSignedIn(browser)).isTrue();
        assertThat(browser.get(declined.location(), "Accept-Language", "ja").text())
                .contains("サインインしたままです");
        assertThat(browser.get(declined.location(), "Accept-Language", "zh-CN").text())
                .contains("您仍处于登录状态");
    }

    @Test
    void who_stays_signed_in_goes_back_to_the_application_that_waits() {
        TestBrowser browser = signedIn();
        Answer page = ask(
                browser,
                Map.of(
                        "client_id",
                        "spa",
                        "logout_hint",
                        "u2",
                        "post_logout_redirect_uri",
                        "https://shop.example/",
                        "state",
                        "a b"));
        assertThat(decline(browser, page).location()).isEqualTo("https://shop.example/?state=a+b");
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void only_who_is_asked_and_signed_in_is_offered_to_stay() {
        TestBrowser browser = signedIn();
        assertThat(ask(browser, Map.of("client_id", "spa")).text())
                .contains(".submit()")
                .doesNotContain("value=\"no\"");
        TestBrowser nobody = house.server.browser();
        assertThat(ask(nobody, Map.of()).text()).contains("<button").doesNotContain("value=\"no\"");
        assertThat(nobody.get("/oidc/session/end/declined").location()).isEqualTo("/oidc/session/end/success");
    }

    /** Clients without a browser send the hidden fields as they find them, wherever on the page. */
    @Test
    void all_hidden_fields_together_still_sign_out() {
        TestBrowser browser = signedIn();
        Matcher fields = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\"")
                .matcher(ask(browser, Map.of()).text());
        Map<String, String> all = new java.util.LinkedHashMap<>();
        while (fields.find()) {
            String before = all.put(fields.group(1), fields.group(2));
            assertThat(before).isIn(null, fields.group(2));
        }
        assertThat(all).containsEntry("logout", "yes");
        assertThat(browser.form("/oidc/session/end/confirm", all).location()).isEqualTo("/oidc/session/end/success");
        assertThat(isSignedIn(browser)).isFalse();
    }

    @Test
    void LO3_a_bad_hint_or_one_of_another_client_is_refused() {
        TestBrowser browser = signedIn();
        assertThat(ask(browser, Map.of("id_token_hint", "x.y.z")).status()).isEqualTo(400);
        String hint = idToken("spa");
        assertThat(ask(browser, Map.of("id_token_hint", hint)).text()).contains(".submit()");
        Answer mismatch = ask(browser, Map.of("id_token_hint", hint, "client_id", "web"));
        assertThat(mismatch.status()).isEqualTo(400);
        assertThat(mismatch.code()).isEqualTo("oidc.invalid_request");
        assertThat(ask(browser, Map.of("client_id", "nobody")).status()).isEqualTo(400);
    }

    @Test
    void LO3_a_hint_at_somebody_else_than_who_is_signed_in_asks_first() {
        TestBrowser browser = signedIn();
        String own = idToken("spa");
        TestBrowser other = house.server.browser();
        house.signIn(other, "u2", "spa");
        assertThat(ask(browser, Map.of("id_token_hint", own)).text()).contains(".submit()");
        assertThat(ask(other, Map.of("id_token_hint", own)).text())
                .doesNotContain("<script")
                .contains("<button");
        assertThat(ask(house.server.browser(), Map.of("id_token_hint", own)).text())
                .contains(".submit()");
        assertThat(ask(browser, Map.of("client_id", "spa", "logout_hint", "u1")).text())
                .contains(".submit()");
        assertThat(ask(browser, Map.of("client_id", "spa", "logout_hint", "u2")).text())
                .doesNotContain("<script");
    }

    @Test
    void an_id_token_that_has_expired_is_as_good_a_hint() {
        SignInHouse later = new SignInHouse();
        try (later) {
            TestBrowser browser = later.server.browser();
            String code = code(later.signIn(browser, "u1", "spa"));
            String token = later.server
                    .browser()
                    .form(
                            "/oidc/token",
                            Map.of(
                                    "grant_type",
                                    "authorization_code",
                                    "code",
                                    code,
                                    "client_id",
                                    "spa",
                                    "redirect_uri",
                                    CALLBACK,
                                    "code_verifier",
                                    SignInHouse.VERIFIER))
                    .json()
                    .path("id_token")
                    .asString();
            later.server.clock().forward(java.time.Duration.ofDays(3));
            Map<String, String> params =
                    Map.of("id_token_hint", token, "post_logout_redirect_uri", "https://shop.example/");
            assertThat(browser.get("/oidc/session/end?" + TestBrowser.encode(params))
                            .text())
                    .contains(".submit()");
            Answer posted = browser.form("/oidc/session/end", params);
            assertThat(confirm(browser, posted).location()).isEqualTo("https://shop.example/");
        }
    }

    private static String idToken(String client) {
        TestBrowser browser = house.server.browser();
        return redeem(code(house.signIn(browser, "u1", client)), client)
                .json()
                .path("id_token")
                .asString();
    }

    @Test
    void SE4_a_confirmation_from_elsewhere_is_worth_nothing() {
        TestBrowser browser = signedIn();
        TestBrowser attacker = house.server.browser();
        house.signIn(attacker, "u2", "spa");
        Matcher foreign = XSRF.matcher(ask(attacker, Map.of("client_id", "spa")).text());
        assertThat(foreign.find()).isTrue();
        Matcher nobodys = XSRF.matcher(
                ask(house.server.browser(), Map.of("client_id", "spa")).text());
        assertThat(nobodys.find()).isTrue();
        for (String xsrf : List.of("", "x", ".", "a.b", foreign.group(1), nobodys.group(1))) {
            Answer answer = browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf, "logout", "yes"));
            assertThat(answer.status()).as(xsrf).isEqualTo(400);
        }
        assertThat(browser.form("/oidc/session/end/confirm", Map.of("logout", "yes"))
                        .status())
                .isEqualTo(400);
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void without_a_session_the_visitor_still_gets_where_the_application_wanted() {
        TestBrowser browser = house.server.browser();
        Answer page = ask(browser, Map.of("client_id", "spa", "post_logout_redirect_uri", "https://shop.example/"));
        assertThat(confirm(browser, page).location()).isEqualTo("https://shop.example/");
    }

    @Test
    void AZ4_a_parameter_given_twice_is_refused() {
        assertThat(house.server
                        .browser()
                        .get("/oidc/session/end?client_id=spa&client_id=spa")
                        .status())
                .isEqualTo(400);
        assertThat(house.server
                        .browser()
                        .form("/oidc/session/end?client_id=spa", Map.of("client_id", "spa"))
                        .status())
                .isEqualTo(400);
        assertThat(house.server
                        .browser()
                        .form("/oidc/session/end", Map.of("client_id", "spa"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_page_after_it_speaks_the_visitors_language() {
        assertThat(house.server
                        .browser()
                        .get("/oidc/session/end/success", "Accept-Language", "ja")
                        .text())
                .contains("lang=\"ja\"")
                .contains("サインアウトしました");
        assertThat(ask(house.server.browser(), Map.of("client_id", "spa", "ui_locales", "zh-CN"))
                        .text())
                .contains("退出登录");
    }

    @Test
    void its_pages_look_as_those_of_the_sign_in() {
        Map<String, Object> red =
                Map.of("primaryColor", "#b91c1c", "isDarkModeEnabled", false, "darkPrimaryColor", "#f87171");
        assertThat(house.server
                        .api()
                        .patch("/sign-in-exp", Map.of("color", red))
                        .status())
                .isEqualTo(200);
        TestBrowser browser = house.server.browser();
        for (Answer page : List.of(ask(browser, Map.of()), browser.get("/oidc/session/end/success"))) {
            assertThat(page.text()).contains("--primary:#b91c1c").doesNotContain("prefers-color-scheme");
        }
    }
}
