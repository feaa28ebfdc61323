package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.errors.Texts;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registration and sign-in as a visitor without JavaScript walks them. */
class SignInPagesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void settings_as_they_were() {
        server.clock().reset();
        set("{\"signIn\":{\"methods\":[{\"identifier\":\"username\",\"password\":true,"
                + "\"verificationCode\":false,\"isPasswordPrimary\":true}]},"
                + "\"signInMode\":\"SignInAndRegister\",\"agreeToTermsPolicy\":\"Automatic\",\"termsOfUseUrl\":null,"
                + "\"sentinelPolicy\":{},\"languageInfo\":{\"autoDetect\":true,\"fallbackLanguage\":\"en\"},"
                + "\"unknownSessionRedirectUrl\":null}");
    }

    @ParameterizedTest
    @CsvSource({"en,Create an account,Sign in", "ja,アカウントを作成,サインイン", "zh-CN,创建账号,登录"})
    void a_visitor_registers_and_signs_in_without_javascript(String language, String create, String signIn) {
        String name = "walk_" + language.replace("-", "");
        Walker walker = visitor().arrive("first_screen", "register", "ui_locales", language);
        assertThat(walker.page.status()).isEqualTo(200);
        assertThat(walker.page.text()).contains("<html lang=\"" + language + "\">", "<h1>" + create + "</h1>");
        assertThat(walker.title()).isEqualTo(create + " – Live preview");

        walker.enter(name, Walker.PASSWORD);
        assertThat(walker.page.status()).isEqualTo(303);
        assertThat(walker.followed()).contains("code=").contains("state=s");

        Walker again = visitor().arrive("ui_locales", language);
        assertThat(again.page.text()).contains("<h1>" + signIn + "</h1>").contains("<strong>Live preview</strong>");
        again.enter(name, "not the password");
        assertThat(again.page.status()).isEqualTo(422);
        assertThat(again.errors()).containsExactly(Texts.of("session.invalid_credentials", language, Map.of()));
        assertThat(again.title()).startsWith(Phrases.in(language).say("title.error", Map.of("title", signIn)));
        assertThat(again.enter(name, Walker.PASSWORD).page.status()).isEqualTo(303);
        assertThat(again.followed()).contains("code=");
    }

    @Test
    void what_was_typed_stays_and_the_focus_is_where_something_is_wrong() {
        Walker walker = visitor().arrive();
        assertThat(walker.input("identifier")).contains("autofocus", "autocomplete=\"username\"");
        assertThat(walker.input("password")).doesNotContain("autofocus").contains("autocomplete=\"current-password\"");

        walker.enter("somebody", "wrong-wrong");
        assertThat(walker.input("identifier")).contains("value=\"somebody\"").doesNotContain("autofocus");
        assertThat(walker.input("password"))
                .contains("autofocus", "aria-invalid=\"true\"", "aria-describedby=\"password-error\"")
                .doesNotContain("wrong-wrong");
        assertThat(walker.page.text()).contains("id=\"password-error\"");
    }

    @Test
    void what_is_left_out_is_named_under_its_field() {
        Walker walker = visitor().arrive().enter(" ", "");
        assertThat(walker.page.status()).isEqualTo(422);
        assertThat(walker.errors()).containsExactly("Enter the name of your account.", "Enter your password.");
        assertThat(walker.input("identifier")).contains("autofocus");
    }

    @Test
    void a_name_that_the_application_knows_is_filled_in() {
        Walker walker = visitor().arrive("login_hint", "known_name");
        assertThat(walker.input("identifier")).contains("value=\"known_name\"").doesNotContain("autofocus");
        assertThat(walker.input("password")).contains("autofocus");
    }

    @Test
    void registration_tells_which_rules_of_the_password_are_unmet() {
        Walker walker = visitor().arrive("first_screen", "register");
        assertThat(walker.input("password")).contains("autocomplete=\"new-password\"", "password-rules");
        assertThat(walker.page.text()).contains("At least 8 characters");

        walker.enter("short_one", "ab1");
        assertThat(walker.page.status()).isEqualTo(422);
        assertThat(walker.unmetRules()).contains("At least 8 characters");
        walker.enter("short_one", "12345678");
        assertThat(walker.unmetRules())
                .containsExactly("The password is mostly a sequence, such as “1234” or “qwerty”.");
        walker.enter("short_one", "password123");
        assertThat(walker.unmetRules()).hasSize(1);
        assertThat(walker.input("identifier")).contains("value=\"short_one\"");
    }

    @Test
    void a_username_that_cannot_be_is_told_under_its_field() {
        register("taken_name");
        Walker walker = visitor().arrive("first_screen", "register").enter("taken_name", Walker.PASSWORD);
        assertThat(walker.errors()).containsExactly(Texts.of("user.username_already_in_use", "en", Map.of()));
        assertThat(walker.input("identifier")).contains("aria-invalid=\"true\"", "autofocus");
        walker.enter("1st", Walker.PASSWORD);
        assertThat(walker.errors()).containsExactly(Texts.of("user.username_starts_with_number", "en", Map.of()));
        walker.enter("x".repeat(10_000), Walker.PASSWORD);
        assertThat(walker.page.status()).isEqualTo(422);
        walker.enter("nul\0name", Walker.PASSWORD);
        assertThat(walker.page.status()).isEqualTo(422);
        walker.enter("🙂", Walker.PASSWORD);
        assertThat(walker.page.status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul\0name", "🙂🙂", "' OR 1=1 --", "%", "x@y.z", "+81 90 1234 5678"})
    void odd_names_are_answered_like_any_unknown_one(String name) {
        Walker walker = visitor().arrive().enter(name, "whatever-it-is");
        assertThat(walker.page.status()).isEqualTo(422);
        assertThat(walker.errors()).hasSize(1);
    }

    @Test
    void a_suspended_user_is_told_so_only_with_the_right_password() {
        String id = register("sus_pended");
        server.api().patch("/users/" + id + "/is-suspended", Map.of("isSuspended", true));
        Walker walker = visitor().arrive().enter("sus_pended", "not-the-password");
        assertThat(walker.errors()).containsExactly(Texts.of("session.invalid_credentials", "en", Map.of()));
        walker.enter("sus_pended", Walker.PASSWORD);
        assertThat(walker.page.status()).isEqualTo(403);
        assertThat(walker.notice()).isEqualTo(Texts.of("user.suspended", "en", Map.of()));
    }

    @Test
    void too_many_wrong_passwords_lock_the_account_and_the_page_says_for_how_long() {
        register("locked_out");
        set("{\"sentinelPolicy\":{\"maxAttempts\":2,\"lockoutDuration\":15}}");
        Walker walker = visitor().arrive("ui_locales", "ja");
        walker.enter("locked_out", "wrong-1").enter("locked_out", "wrong-2");
        walker.enter("locked_out", Walker.PASSWORD);
        assertThat(walker.page.status()).isEqualTo(400);
        assertThat(walker.notice()).contains("15");
        assertThat(walker.input("identifier")).contains("value=\"locked_out\"");
    }

    @Test
    void the_same_form_sent_twice_does_no_harm() {
        Walker walker = visitor().arrive("first_screen", "register");
        Answer page = walker.page;
        walker.enter("double_click", Walker.PASSWORD);
        String first = walker.page.location();
        walker.page = page;
        walker.enter("double_click", Walker.PASSWORD);
        assertThat(walker.page.status()).isEqualTo(303);
        assertThat(walker.page.location()).isEqualTo(first);
        assertThat(walker.followed()).contains("code=");
    }

    @Test
    void terms_that_must_be_agreed_to_are_a_box_that_must_be_ticked() {
        set("{\"agreeToTermsPolicy\":\"Manual\",\"termsOfUseUrl\":\"https://shop.example/terms\"}");
        register("agreeable");
        Walker walker = visitor().arrive();
        assertThat(walker.page.text()).contains("href=\"https://shop.example/terms\"", "type=\"checkbox\"");
        walker.enter("agreeable", Walker.PASSWORD);
        assertThat(walker.page.status()).isEqualTo(422);
        assertThat(walker.errors()).containsExactly("Tick this to continue.");
        walker.submit(Map.of("identifier", "agreeable", "password", Walker.PASSWORD, "agree", "true"));
        assertThat(walker.page.status()).isEqualTo(303);
    }

    @Test
    void a_closed_way_leads_to_the_open_one() {
        set("{\"signInMode\":\"SignIn\"}");
        Walker walker = visitor().arrive("first_screen", "register");
        assertThat(walker.page.status()).isEqualTo(303);
        assertThat(walker.page.location()).startsWith("/sign-in?app_id=demo-app");
        assertThat(walker.browser.get(walker.page.location()).text()).doesNotContain("/register");
        set("{\"signInMode\":\"Register\"}");
        assertThat(visitor().arrive().page.location()).startsWith("/register?app_id=demo-app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sign-in", "/sign-in/password", "/register", "/consent", "/forgot-password"})
    void a_page_without_an_interaction_leads_to_unknown_session(String path) {
        Answer answer = server.browser().get(path);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).isEqualTo("/unknown-session");
        Answer page = server.browser().get("/unknown-session", "Accept-Language", "zh-CN,en;q=0.5");
        assertThat(page.text()).contains("<html lang=\"zh-CN\">", "没有可继续的登录");
        set("{\"unknownSessionRedirectUrl\":\"https://shop.example/start\"}");
        assertThat(server.browser().get(path).location()).isEqualTo("https://shop.example/start");
        set("{\"unknownSessionRedirectUrl\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "/identifier-sign-in,200",
        "/identifier-register,200",
        "/single-sign-on,303",
        "/reset-password,200",
        "/direct/social/google,303",
        "/sign-in/anything,303"
    })
    void every_first_screen_leads_somewhere(String path, int status) {
        Walker walker = visitor().arrive();
        assertThat(walker.browser.get(path + "?app_id=demo-app").status()).isEqualTo(status);
    }

    @Test
    void the_language_is_the_chosen_one_then_the_asked_one_then_the_browsers_then_the_tenants() {
        Walker walker = visitor().arrive("ui_locales", "fr ja");
        assertThat(walker.page.text()).contains("<html lang=\"ja\">");
        String chosen = walker.browser
                .get("/sign-in?app_id=demo-app&ui_locales=ja&lang=zh-CN")
                .text();
        assertThat(chosen).contains("<html lang=\"zh-CN\">", "lang=zh-CN\"");
        walker.arrive();
        assertThat(walker.browser
                        .get("/sign-in", "Accept-Language", "fr, ja;q=0.9, en;q=0.1")
                        .text())
                .contains("<html lang=\"ja\">");
        set("{\"languageInfo\":{\"autoDetect\":false,\"fallbackLanguage\":\"zh-CN\"}}");
        assertThat(walker.browser.get("/sign-in", "Accept-Language", "ja").text())
                .contains("<html lang=\"zh-CN\">");
    }

    @Test
    void what_an_account_lacks_is_asked_for_on_the_way() {
        set(
                "{\"signIn\":{\"methods\":["
                        + "{\"identifier\":\"username\",\"password\":true,\"verificationCode\":false,\"isPasswordPrimary\":true},"
                        + "{\"identifier\":\"email\",\"password\":true,\"verificationCode\":false,\"isPasswordPrimary\":true}]}}");
        server.api().created("/users", Map.of("primaryEmail", "no.name@shop.example", "password", Walker.PASSWORD));
        register("somebody_else");
        Walker walker = visitor().arrive();
        assertThat(walker.page.text()).contains("Username or e-mail address");
        walker.enter("no.name@shop.example", Walker.PASSWORD);
        assertThat(walker.page.text()).contains("<h1>One thing is missing</h1>");
        walker.submit(Map.of("identifier", "somebody_else"));
        assertThat(walker.errors()).containsExactly(Texts.of("user.username_already_in_use", "en", Map.of()));
        assertThat(walker.input("identifier")).contains("value=\"somebody_else\"");
        walker.submit(Map.of("identifier", "now_named"));
        assertThat(walker.page.status()).isEqualTo(303);
        assertThat(walker.followed()).contains("code=");
        assertThat(visitor().arrive("identifier", "email").page.text())
                .contains("E-mail address")
                .contains("type=\"email\"");
    }

    @Test
    void two_tabs_with_two_applications_both_finish() {
        Walker first = visitor().arrive("first_screen", "register");
        String address = first.page.response().uri().toString();
        first.browser.get("/oidc/auth?client_id=account-center&response_type=code&scope=openid&redirect_uri="
                + server.origin() + "/account&code_challenge_method=S256&code_challenge="
                + dev.ostiary.crypto.Hashes.sha256Base64Url(Walker.VERIFIER));
        first.page = first.browser.get(address);
        first.enter("two_tabs", Walker.PASSWORD);
        assertThat(first.followed()).contains("code=");
    }

    private static Walker visitor() {
        return new Walker(server);
    }

    /** @return id */
    private static String register(String name) {
        return server.api()
                .created("/users", Map.of("username", name, "password", Walker.PASSWORD))
                .get("id")
                .asString();
    }

    private static void set(String settings) {
        Answer answer = server.api().patch("/sign-in-exp", dev.ostiary.json.Json.read(settings));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
