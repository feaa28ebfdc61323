package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.errors.Texts;
import dev.ostiary.http.Params;
import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestProvider;
import dev.ostiary.testing.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in with a company's provider, without JavaScript: the ways there, the way back, and whatever goes wrong. */
class SsoPagesTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static TestServer server;
    private static TestProvider provider;
    private static String acme;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        provider = TestProvider.start();
        provider.clock = server.clock();
        set(EMAIL_TOO);
        acme = connector("Acme", "acme.test");
        connector("Twin one", "twins.test");
        connector("Twin two", "twins.test");
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    @AfterEach
    void settings_as_they_were() {
        provider.replies.clear();
        server.clock().reset();
        set(EMAIL_TOO);
        set("{\"signInMode\":\"SignInAndRegister\",\"agreeToTermsPolicy\":\"Automatic\",\"termsOfUseUrl\":null,"
                + "\"singleSignOnEnabled\":true,\"unknownSessionRedirectUrl\":null}");
    }

    private static final String METHOD =
            "{\"identifier\":\"%s\",\"password\":true,\"verificationCode\":false," + "\"isPasswordPrimary\":true}";
    private static final String EMAIL_TOO = "{\"singleSignOnEnabled\":true,\"signIn\":{\"methods\":["
            + METHOD.formatted("username") + "," + METHOD.formatted("email") + "]}}";

    @ParameterizedTest
    @CsvSource({"en,Single Sign-On", "ja,シングルサインオン", "zh-CN,单点登录"})
    void the_button_is_there_as_long_as_single_sign_on_is_switched_on(String language, String label) {
        Walker walker = arrive("ui_locales", language);
        assertThat(walker.page.text()).contains("<span>" + label + "</span>", "href=\"/single-sign-on/email?");
        assertThat(walker.page.text())
                .contains("data-lookup=\"/api/experience/sso-connectors?app_id=demo-app&amp;email=");
        set("{\"singleSignOnEnabled\":false}");
        assertThat(arrive("ui_locales", language).page.text()).doesNotContain("single-sign-on", "data-lookup");
        assertThat(walker.browser.get("/single-sign-on/email?app_id=demo-app").location())
                .startsWith("/sign-in");
    }

    @Test
    void the_field_tells_that_an_address_may_be_typed_though_no_password_belongs_to_one() {
        set("{\"signIn\":{\"methods\":[" + METHOD.formatted("username") + "]}}");
        assertThat(arrive("ui_locales", "en").page.text()).contains("Username or e-mail address");
        set("{\"singleSignOnEnabled\":false}");
        assertThat(arrive("ui_locales", "en").page.text()).doesNotContain("e-mail address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@acme.test", "A@ACME.TEST", " a@acme.test. ", "a@ａｃｍｅ.test"})
    void an_address_of_a_connected_domain_leaves_from_the_sign_in_page_without_a_password_AL8(String address) {
        for (String screen : List.of("sign_in", "register")) {
            Walker walker = arrive("first_screen", screen).enter(address, "");
            assertThat(departure(walker)).startsWith(provider.issuer() + "/authorize?");
            assertThat(departure(arrive("first_screen", screen).enter(address, "whatever was typed")))
                    .startsWith(provider.issuer() + "/authorize?")
                    .doesNotContain("whatever");
        }
    }

    @Test
    void a_visitor_signs_in_by_the_company_and_is_the_same_user_the_second_time() {
        String first = signIn("u-1", "one@acme.test", "One");
        assertThat(first).contains("code=");
        signIn("u-1", "one@acme.test", "One");
        Answer users = server.api().get("/users?search=%25one@acme.test%25");
        assertThat(users.json()).hasSize(1);
        assertThat(users.json().get(0).path("name").asString()).isEqualTo("One");
    }

    @Test
    void an_address_of_no_company_is_told_in_place() {
        for (String language : Texts.LANGUAGES) {
            Walker walker = arrive("first_screen", "single_sign_on", "ui_locales", language);
            walker.page = walker.browser.follow(walker.page);
            assertThat(walker.input("email")).contains("type=\"email\"", "autofocus", "autocomplete=\"email\"");
            walker.submit(Map.of("email", "b@nowhere.test"));
            assertThat(walker.page.status()).isEqualTo(422);
            assertThat(walker.errors()).containsExactly(say(language, "sso.unknown_domain"));
            assertThat(walker.input("email")).contains("value=\"b@nowhere.test\"", "aria-invalid=\"true\"");
            walker.submit(Map.of("email", " "));
            assertThat(walker.errors()).containsExactly(say(language, "required.email"));
            walker.submit(Map.of("email", "b@acme.test"));
            assertThat(departure(walker)).startsWith(provider.issuer());
        }
    }

    @Test
    void a_password_is_still_asked_of_everybody_else() {
        Walker walker = arrive().enter("c@nowhere.test", "");
        assertThat(walker.errors()).containsExactly("Enter your password.");
    }

    @Test
    void several_connectors_of_one_domain_are_to_choose_from() {
        Walker walker = arrive().enter("d@twins.test", "");
        assertThat(walker.page.location())
                .startsWith("/single-sign-on/connectors?")
                .contains("login_hint=d%40twins.test");
        walker.page = walker.browser.get(walker.page.location());
        assertThat(walker.page.text())
                .contains("<strong>d@twins.test</strong>", "Twin one", "Twin two")
                .doesNotContain("Acme");
        String choice = Walker.unescaped(walker.group("class=\"choice\" href=\"([^\"]*)\""));
        walker.page = walker.browser.get(choice);
        assertThat(walker.page.location())
                .startsWith(provider.issuer() + "/authorize?")
                .contains("login_hint=d%40twins.test");
        // Others' providers are nobody's business.
        assertThat(walker.browser
                        .get("/single-sign-on/connectors?app_id=demo-app")
                        .location())
                .startsWith("/single-sign-on/email");
        assertThat(walker.browser
                        .get("/single-sign-on/connectors?app_id=demo-app&login_hint=x%40acme.test")
                        .location())
                .startsWith(provider.issuer());
    }

    @Test
    void where_no_password_is_a_way_in_the_first_page_asks_for_the_work_address() {
        set("{\"signIn\":{\"methods\":[]}}");
        Walker walker = arrive();
        assertThat(walker.page.text()).contains("id=\"email\"").doesNotContain("type=\"password\"", "not possible");
        assertThat(departure(walker.submit(Map.of("email", "e@acme.test")))).startsWith(provider.issuer());
        set("{\"singleSignOnEnabled\":false}");
        assertThat(arrive().page.text()).contains("Signing in is not possible here yet");
    }

    @Test
    void terms_that_must_be_ticked_are_ticked_before_leaving() {
        set("{\"agreeToTermsPolicy\":\"Manual\",\"termsOfUseUrl\":\"https://shop.example/terms\"}");
        Walker walker = arrive().enter("f@acme.test", "");
        assertThat(walker.errors()).containsExactly("Tick this to continue.");
        walker.submit(Map.of("identifier", "f@acme.test", "agree", "true"));
        assertThat(departure(walker)).startsWith(provider.issuer());
    }

    @Test
    void a_password_of_an_account_that_is_the_company_s_leads_to_the_company() {
        server.api()
                .created(
                        "/users",
                        Map.of("username", "walked_in", "primaryEmail", "g@acme.test", "password", Walker.PASSWORD));
        Walker walker = arrive().enter("walked_in", Walker.PASSWORD);
        assertThat(departure(walker)).startsWith(provider.issuer());
    }

    @Test
    void an_application_can_send_its_visitors_straight_there() {
        Walker walker = new Walker(server).arrive("direct_sign_in", "sso:" + acme, "login_hint", "h@acme.test");
        assertThat(walker.page.location()).startsWith(provider.issuer()).contains("login_hint=h%40acme.test");
        for (String id : List.of("nobody", "..", "%00", "x".repeat(300))) {
            Walker lost = new Walker(server).arrive("direct_sign_in", "sso:" + id);
            assertThat(lost.page.status()).as(id).isEqualTo(404);
            assertThat(lost.notice()).isEqualTo(say("en", "sso.not_available"));
            assertThat(lost.input("password")).isNotEmpty();
        }
    }

    @Test
    void a_form_leads_to_a_provider_without_tls_by_a_page_of_its_own() {
        Walker walker = arrive().enter("i@acme.test", "");
        assertThat(walker.page.status()).isEqualTo(200);
        assertThat(walker.page.text()).contains("http-equiv=\"refresh\" content=\"0;url=" + provider.issuer());
        assertThat(walker.page.header("Content-Security-Policy").orElse("")).doesNotContain(provider.issuer());
    }

    @Test
    void an_answer_by_form_post_is_fetched_again_with_the_cookies() {
        Walker walker = arrive().enter("j@acme.test", "");
        URI back = URI.create(back(provider, departure(walker), claims("u-j", "j@acme.test", "J")));
        Params sent = Params.parse(back.getRawQuery());
        Answer posted = server.browser()
                .form(
                        back.getPath(),
                        Map.of(
                                "code",
                                sent.first("code").orElseThrow(),
                                "state",
                                sent.first("state").orElseThrow(),
                                "session_state",
                                "x",
                                "iss",
                                provider.issuer(),
                                "id_token",
                                "not.wanted.here",
                                "next",
                                "https://evil.example/"),
                        "Origin",
                        provider.issuer(),
                        "Sec-Fetch-Site",
                        "cross-site");
        assertThat(posted.status()).isEqualTo(303);
        assertThat(posted.location())
                .startsWith(back.getPath() + "?code=")
                .contains("session_state=x")
                .doesNotContain("id_token", "evil");
        walker.page = walker.browser.get(posted.location());
        assertThat(walker.followed()).contains("code=");
        assertThat(server.browser()
                        .form("/callback/%2fevil.example", Map.of("state", "s"))
                        .status())
                .isEqualTo(404);
        assertThat(server.browser()
                        .form("/callback/%5Cevil.example", Map.of("state", "s"))
                        .location())
                .isEqualTo("/callback/%5Cevil.example?state=s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja", "zh-CN"})
    void a_visitor_who_says_no_there_is_told_and_can_try_again(String language) {
        Walker walker = arrive("ui_locales", language).enter("k@acme.test", "");
        walker.page = refuse(walker, "access_denied", "The resource owner said no <script>alert(1)</script>");
        expect(walker.page, 200, language, "cancelled");
        assertThat(walker.page.text()).doesNotContain("alert(1)", "resource owner");
        String again = Walker.unescaped(walker.group("<a class=\"button\" href=\"([^\"]*)\""));
        assertThat(Walker.unescaped(walker.page.text())).contains(">" + say(language, "sso.other_way") + "</a>");
        assertThat(walker.browser.get(again).location()).startsWith(provider.issuer() + "/authorize?");
    }

    @Test
    void the_pages_after_the_provider_speak_the_language_of_the_page_before_it() {
        Walker walker = arrive();
        walker.page = walker.browser.get("/sign-in?app_id=demo-app&lang=zh-CN");
        walker.enter("v@acme.test", "");
        assertThat(walker.browser.cookie("_sso_lang")).contains("zh-CN");
        expect(refuse(walker, "access_denied", "no"), 200, "zh-CN", "cancelled");
        assertThat(arrive().page.text()).contains("<html lang=\"en\">");
    }

    @ParameterizedTest
    @MethodSource("dev.ostiary.pages.HostilePagesTest#polyglots")
    void XS1_nothing_that_is_sent_to_these_pages_becomes_markup(String text) {
        String encoded = Params.encode(text);
        Walker walker = arrive("first_screen", "single_sign_on");
        walker.page = walker.browser.follow(walker.page);
        HostilePagesTest.harmless(walker.submit(Map.of("email", text)).page);
        HostilePagesTest.harmless(walker.submit(Map.of("email", text + "@acme.test")).page);
        HostilePagesTest.harmless(arrive().enter(text + "@acme.test", text).page);
        for (String page : List.of("/single-sign-on/email", "/single-sign-on/connectors", "/direct/sso/" + encoded)) {
            HostilePagesTest.harmless(
                    walker.browser.get(page + "?app_id=demo-app&login_hint=" + encoded + "%40twins.test&" + encoded));
        }
        HostilePagesTest.harmless(refuse(arrive().enter("w@acme.test", ""), encoded, text));
        String fields = "?state=" + encoded + "&error=" + encoded + "&iss=" + encoded + "&code=" + encoded;
        HostilePagesTest.harmless(walker.browser.get("/callback/" + acme + fields));
        HostilePagesTest.harmless(walker.browser.get("/callback/" + encoded.replace("%2F", "") + fields));
        HostilePagesTest.harmless(walker.browser.get("/enterprise-sso/" + acme + "/start?iss=" + encoded));
        HostilePagesTest.harmless(walker.browser.get("/enterprise-sso/" + acme + "/test?ticket=" + encoded));
    }

    @ParameterizedTest
    @CsvSource({
        "en,invalid_client,AADSTS7000215: Invalid client secret provided.,503,misconfigured,AADSTS7000215",
        "ja,invalid_request,AADSTS50011: The redirect URI does not match.,503,misconfigured,AADSTS50011",
        "zh-CN,invalid_grant,AADSTS65001: The user has not consented.,503,misconfigured,AADSTS65001",
        "en,invalid_client,,503,misconfigured,invalid_client"
    })
    void settings_that_do_not_fit_are_told_to_the_administrator_with_the_provider_s_code(
            String language, String error, String description, int status, String fault, String code) {
        Map<String, String> told =
                description == null ? Map.of("error", error) : Map.of("error", error, "error_description", description);
        provider.replies.put("/token", new TestProvider.Reply(400, "application/json", Json.write(told)));
        Walker walker = arrive("ui_locales", language).enter("l@acme.test", "");
        walker.page = walker.browser.get(back(provider, departure(walker), claims("u-l", "l@acme.test", "L")));
        expect(walker.page, status, language, fault);
        assertThat(walker.page.text()).contains("<code>" + code + "</code>", say(language, "sso.admin"));
        assertThat(walker.page.text()).contains(say(language, "fact.request"));
    }

    @Test
    void RP4_an_answer_counts_once_and_only_in_the_browser_that_asked() {
        Walker walker = arrive().enter("m@acme.test", "");
        String back = back(provider, departure(walker), claims("u-m", "m@acme.test", "M"));
        expect(server.browser().get(back), 400, "en", "elsewhere");
        Walker other = arrive().enter("n@acme.test", "");
        expect(other.browser.get(back), 400, "en", "expired");

        walker.page = walker.browser.get(back);
        String resume = walker.page.location();
        // The button pressed twice, or back and forth: on to the application.
        assertThat(walker.browser.get(back).location()).isEqualTo(resume);
        assertThat(walker.followed()).contains("code=");
        expect(walker.browser.get(back), 200, "en", "done");
        expect(walker.browser.follow(walker.browser.get("/sign-in?app_id=demo-app")), 200, "en", "done");
    }

    @Test
    void RP4_an_answer_to_another_connector_s_address_is_refused_and_spends_the_attempt() {
        Walker walker = arrive().enter("o@acme.test", "");
        String back = back(provider, departure(walker), claims("u-o", "o@acme.test", "O"));
        expect(walker.browser.get(back.replace("/callback/" + acme, "/callback/other")), 400, "en", "expired");
        expect(walker.browser.get(back), 400, "en", "expired");
    }

    @Test
    void an_attempt_ends_with_the_visit_after_an_hour() {
        Walker walker = arrive().enter("p@acme.test", "");
        String back = back(provider, departure(walker), claims("u-p", "p@acme.test", "P"));
        server.clock().forward(Duration.ofMinutes(61));
        expect(walker.browser.get(back), 400, "en", "elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?state=",
                "?code=x",
                "?state=a&state=b&code=x",
                "?error=access_denied",
                "?state=test.x&code=y"
            })
    void an_answer_without_a_state_of_ours_is_nobody_s(String query) {
        Answer page = server.browser().get("/callback/" + acme + query);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("Request ID").doesNotContain("access_denied");
    }

    @Test
    void AL7_a_connector_that_is_switched_off_meanwhile_lets_nobody_in() {
        String id = connector("Leaving", "leaving.test");
        Walker walker = arrive().enter("q@leaving.test", "");
        String back = back(provider, departure(walker), claims("u-q", "q@leaving.test", "Q"));
        set("{\"singleSignOnEnabled\":false}");
        expect(walker.browser.get(back), 404, "en", "gone");
        set("{\"singleSignOnEnabled\":true}");
        Walker again = arrive().enter("q@leaving.test", "");
        back = back(provider, departure(again), claims("u-q", "q@leaving.test", "Q"));
        server.api().delete("/sso-connectors/" + id);
        expect(again.browser.get(back), 404, "en", "gone");
    }

    @Test
    void AL8_who_comes_by_the_old_connector_of_a_domain_that_has_moved_is_shown_the_new_one() {
        String old = connector("Old", "moved.test");
        Walker first = arrive().enter("x@moved.test", "");
        first.page = first.browser.get(back(provider, departure(first), claims("u-x", "x@moved.test", "X")));
        assertThat(first.followed()).contains("code=");
        server.api().patch("/sso-connectors/" + old, Map.of("domains", List.of("elsewhere.test")));
        String next = connector("New", "moved.test");
        Walker walker = new Walker(server).arrive("direct_sign_in", "sso:" + old);
        walker.page = walker.browser.get(back(provider, departure(walker), claims("u-x", "x@moved.test", "X")));
        expect(walker.page, 422, "en", "moved");
        assertThat(Walker.unescaped(walker.group("<a class=\"button\" href=\"([^\"]*)\"")))
                .startsWith("/direct/sso/" + next + "?app_id=demo-app");
    }

    @Test
    void a_suspended_user_and_one_who_may_not_register_are_told_so() {
        signIn("u-r", "r@acme.test", "R");
        String id = server.api()
                .get("/users?search=%25r@acme.test%25")
                .json()
                .get(0)
                .path("id")
                .asString();
        server.api().patch("/users/" + id + "/is-suspended", Map.of("isSuspended", true));
        Walker walker = arrive().enter("r@acme.test", "");
        expect(
                walker.browser.get(back(provider, departure(walker), claims("u-r", "r@acme.test", "R"))),
                403,
                "en",
                "suspended");

        set("{\"signInMode\":\"SignIn\"}");
        Walker stranger = arrive().enter("s@acme.test", "");
        expect(
                stranger.browser.get(back(provider, departure(stranger), claims("u-s", "s@acme.test", "S"))),
                403,
                "en",
                "closed");
    }

    @Test
    void a_provider_that_is_down_is_named_as_the_reason() {
        TestProvider brief = TestProvider.start();
        brief.clock = server.clock();
        String id = server.api()
                .created("/sso-connectors", body("Short-lived", "brief.test", brief.issuer()))
                .path("id")
                .asString();
        Walker walker = arrive().enter("t@brief.test", "");
        String back = back(brief, departure(walker), claims("u-t", "t@brief.test", "T"));
        brief.close();
        expect(walker.browser.get(back), 503, "en", "down");
        // What it has said of itself counts for a day.
        server.clock().forward(Duration.ofHours(25));
        Walker late = new Walker(server).arrive("direct_sign_in", "sso:" + id);
        expect(late.page, 503, "en", "down");
        assertThat(late.page.header("Retry-After")).contains("30");
    }

    static String say(String language, String key) {
        return Phrases.in(language).say(key);
    }

    static void expect(Answer page, int status, String language, String fault) {
        assertThat(page.status()).as(page.text()).isEqualTo(status);
        assertThat(Walker.unescaped(page.text()))
                .contains(say(language, "sso." + fault + ".heading"), say(language, "sso." + fault + ".next"));
        assertThat(page.header("Cache-Control")).contains("no-store");
    }

    private static Answer refuse(Walker walker, String error, String description) {
        Params asked = Params.parse(URI.create(departure(walker)).getRawQuery());
        return walker.browser.get(asked.first("redirect_uri").orElseThrow() + "?state="
                + asked.first("state").orElseThrow() + "&iss=" + Params.encode(provider.issuer()) + "&error=" + error
                + "&error_description="
                + Params.encode(description));
    }

    private static String signIn(String subject, String email, String name) {
        Walker walker = arrive().enter(email, "");
        walker.page = walker.browser.get(back(provider, departure(walker), claims(subject, email, name)));
        return walker.followed();
    }

    static Map<String, Object> claims(String subject, String email, String name) {
        return Map.of("sub", subject, "email", email, "email_verified", true, "name", name);
    }

    /** Signs in there as whom the claims name. The address to which that leads back. */
    static String back(TestProvider provider, String authorizationUri, Map<String, Object> claims) {
        provider.user = claims;
        URI address = URI.create(authorizationUri);
        String callback =
                Params.parse(address.getRawQuery()).first("redirect_uri").orElseThrow();
        return callback + "?" + TestBrowser.encode(provider.visit(address));
    }

    /** Where the page sends the visitor. */
    static String departure(Walker walker) {
        return walker.page.status() == 303
                ? walker.page.location()
                : Walker.unescaped(walker.group("http-equiv=\"refresh\" content=\"0;url=([^\"]*)\""));
    }

    private static Walker arrive(String... pairs) {
        return new Walker(server).arrive(pairs);
    }

    private static String connector(String name, String domain) {
        return server.api()
                .created("/sso-connectors", body(name, domain, provider.issuer()))
                .path("id")
                .asString();
    }

    private static Map<String, Object> body(String name, String domain, String issuer) {
        return Map.of(
                "providerName", "OIDC",
                "connectorName", name + " " + COUNT.incrementAndGet(),
                "domains", List.of(domain),
                "branding", Map.of("displayName", name),
                "config",
                        Map.of("clientId", provider.clientId, "clientSecret", provider.clientSecret, "issuer", issuer));
    }

    private static void set(String settings) {
        Answer answer = server.api().patch("/sign-in-exp", Json.read(settings));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
