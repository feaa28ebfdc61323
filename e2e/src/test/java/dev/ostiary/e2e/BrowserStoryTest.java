package dev.ostiary.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.ostiary.e2e.Browsers.picture;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first hour of a newcomer in a real browser: the console is opened, an application made by clicking the Flask card, the
 * code of its guide copied and run as it is; people register, sign in and sign out in three languages; the administrator
 * sees them. The chapters are told in order, each goes on where the last one ended.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserStoryTest {
    private static final String PASSWORD = "Turmfalke-2026-wohnt-hier";

    private static Program program;
    private static Browsers browsers;
    private static Page console;
    private static FlaskProgram bookstore;
    private static int port;

    @BeforeAll
    static void start() {
        program = Program.start();
        browsers = new Browsers();
        console = browsers.open("en");
        port = Ports.free();
    }

    @AfterAll
    static void stop() {
        if (bookstore != null) {
            bookstore.close();
        }
        browsers.close();
        program.close();
    }

    @Test
    @Order(1)
    void the_first_visitor_of_the_console_becomes_its_administrator() {
        console.navigate(program.adminEndpoint() + "/console");
        console.waitForURL(Pattern.compile(".*/register.*"));
        picture(console, "console-first-visit");
        console.locator("input[name=identifier]").fill("admin");
        console.locator("input[name=password]").fill(PASSWORD);
        console.locator("form button[type=submit]").click();
        assertThat(console.getByRole(AriaRole.HEADING, named("Get started"))).isVisible();
        picture(console, "console-get-started");
    }

    @Test
    @Order(2)
    void nobody_else_can_register_there() {
        Page stranger = browsers.open("en");
        stranger.navigate(program.adminEndpoint() + "/console");
        stranger.waitForURL(Pattern.compile(".*/sign-in.*"));
        assertThat(stranger.locator("a[href*='/register']")).hasCount(0);
        stranger.context().close();
    }

    @Test
    @Order(3)
    void view_all_leads_to_the_frameworks_and_applications_to_the_same_list() {
        console.getByText("View all").click();
        assertThat(console.getByText("Flask").first()).isVisible();
        console.getByRole(AriaRole.LINK, link("Applications")).click();
        console.getByText("Create application").first().click();
        Locator dialog = console.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByText("Flask").first()).isVisible();
        assertThat(dialog.getByText("Flutter").first()).isVisible();
        picture(console, "console-gallery");
        Locator traditional =
                dialog.getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName("Traditional web"));
        traditional.check();
        assertThat(dialog.getByText("Flutter")).hasCount(0);
        traditional.uncheck();
        assertThat(dialog.getByText("Flutter").first()).isVisible();
    }

    @Test
    @Order(4)
    void the_flask_card_names_the_application_and_shows_its_guide() {
        console.getByRole(AriaRole.DIALOG).getByText("Flask").first().click();
        Locator dialog = console.getByRole(AriaRole.DIALOG);
        Locator submit =
                dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create application"));
        submit.click();
        assertThat(dialog.locator("input[name=name]")).hasAttribute("aria-invalid", "true");
        dialog.locator("input[name=name]").fill("Bookstore");
        submit.click();
        assertThat(console.getByText("Bookstore was created").first()).isVisible();
        picture(console, "console-guide");
    }

    @Test
    @Order(5)
    void the_code_of_the_guide_runs_as_it_is_copied() {
        address("Redirect URIs", FlaskProgram.home(port) + "callback");
        address("Post sign-out redirect URIs", FlaskProgram.home(port));
        console.getByRole(AriaRole.BUTTON, named("Save addresses")).click();
        assertThat(console.getByText("Addresses saved").first()).isVisible();
        Locator code = console.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Code of app.py"));
        assertThat(code).containsText("localhost:" + port);
        String copied = code.textContent();
        Assertions.assertTrue(copied.contains(program.endpoint().toString().replaceAll("/$", "")), copied);
        bookstore = FlaskProgram.run(copied, port);
    }

    @ParameterizedTest
    @Order(6)
    @CsvSource({"en, Create account, Sign in", "ja, アカウント, サインイン", "zh-CN, 创建账号, 登录"})
    void a_visitor_registers_signs_out_and_signs_in_again(String language, String register, String signIn) {
        Page visitor = browsers.open(language);
        String name = "browser_" + language.replace("-", "_");
        visitor.navigate(bookstore.home());
        visitor.getByText("sign up").click();
        visitor.waitForURL(Pattern.compile(".*/register.*"));
        assertThat(visitor.locator("html")).hasAttribute("lang", language);
        assertThat(visitor.locator("main")).containsText("Bookstore");
        assertThat(visitor.locator("form button[type=submit]")).containsText(Pattern.compile(register));
        picture(visitor, "register-" + language);
        visitor.locator("input[name=identifier]").fill(name);
        visitor.locator("input[name=password]").fill("password");
        visitor.locator("form button[type=submit]").click();
        assertThat(visitor.locator("input[name=password]")).hasAttribute("aria-invalid", "true");
        picture(visitor, "register-refused-" + language);
        visitor.locator("input[name=password]").fill(PASSWORD);
        visitor.locator("form button[type=submit]").click();
        visitor.waitForURL(bookstore.home());
        assertThat(visitor.locator("body")).containsText("Signed in as " + name);

        visitor.getByText("Sign out").click();
        visitor.waitForURL(bookstore.home());
        assertThat(visitor.locator("body")).containsText("Not signed in");

        visitor.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).click();
        visitor.waitForURL(Pattern.compile(".*/sign-in.*"));
        assertThat(visitor.locator("form button[type=submit]")).containsText(Pattern.compile(signIn));
        picture(visitor, "sign-in-" + language);
        visitor.locator("input[name=identifier]").fill(name);
        visitor.locator("input[name=password]").fill(PASSWORD);
        visitor.keyboard().press("Enter");
        visitor.waitForURL(bookstore.home());
        assertThat(visitor.locator("body")).containsText("Signed in as " + name);
        visitor.context().close();
    }

    @Test
    @Order(7)
    void the_administrator_sees_who_registered_and_what_happened() {
        console.getByRole(AriaRole.LINK, link("User management")).click();
        assertThat(console.getByText("browser_ja").first()).isVisible();
        picture(console, "console-users");
        console.getByText("browser_en").first().click();
        assertThat(console.getByText("A password is set").first()).isVisible();
        picture(console, "console-user");
        console.getByRole(AriaRole.LINK, link("Audit logs")).click();
        assertThat(console.locator("table tbody tr").first()).isVisible();
        picture(console, "console-audit-logs");
    }

    @Test
    @Order(8)
    void a_suspended_user_is_kept_out() {
        console.getByRole(AriaRole.LINK, link("User management")).click();
        console.getByText("browser_en").first().click();
        console.getByRole(AriaRole.BUTTON, named("More actions")).click();
        console.getByRole(AriaRole.MENUITEM, named("Suspend user")).click();
        console.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Suspend user"))
                .click();
        assertThat(console.getByText("This user is suspended").first()).isVisible();
        Page visitor = browsers.open("en");
        visitor.navigate(bookstore.home() + "sign-in");
        visitor.locator("input[name=identifier]").fill("browser_en");
        visitor.locator("input[name=password]").fill(PASSWORD);
        visitor.locator("form button[type=submit]").click();
        assertThat(visitor.locator("main")).containsText(Pattern.compile("suspended"));
        visitor.context().close();
    }

    @Test
    @Order(9)
    void the_sign_in_experience_is_changed_with_a_live_preview() {
        console.getByRole(AriaRole.LINK, link("Sign-in experience")).click();
        assertThat(console.frameLocator("iframe").locator("form")).isVisible();
        picture(console, "console-sign-in-experience");
    }

    @Test
    @Order(10)
    void the_applications_page_lists_it_and_its_secret_can_be_shown() {
        console.getByRole(AriaRole.LINK, link("Applications")).click();
        assertThat(console.getByText("Bookstore").first()).isVisible();
        picture(console, "console-applications");
        console.getByText("Bookstore").first().click();
        console.getByRole(AriaRole.TAB, named("Endpoints and credentials")).click();
        console.getByRole(AriaRole.BUTTON, named("Show secret Default secret")).click();
        picture(console, "console-credentials");
        assertThat(console.getByText(Pattern.compile("^[0-9A-Za-z]{32}$")).first())
                .isVisible();
    }

    private static void address(String label, String value) {
        Locator field = console.getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(label).setExact(true));
        field.fill(value);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions link(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
