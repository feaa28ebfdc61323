package dev.ostiary.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.ostiary.e2e.Browsers.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.ostiary.e2e.ManagementApi.Client;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An administrator who has never seen the product connects a company's Keycloak, in a real browser and following the guide
 * on the page, and a person of that company signs in to Flask (M30, M31, M34 to M37, M42, M47, M49, M52). For browsers
 * Keycloak is another site than we are. The chapters are told in order, each goes on where the last one ended.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserSsoStoryTest {
    private static final Duration PROMISED = Duration.ofMinutes(3);
    private static final String PASSWORD = Installation.PASSWORD;

    private static KeycloakProvider keycloak;
    private static Program program;
    private static FlaskProgram bookstore;
    private static Browsers browsers;
    private static Page console;
    private static String callback;
    private static String user;
    private static long begun;

    @BeforeAll
    static void start() {
        keycloak = KeycloakProvider.launch();
        Map<String, String> environment = new HashMap<>(ManagementApi.BOOTSTRAP);
        environment.putAll(Installation.INSIDE);
        program = Program.start(environment);
        int port = Ports.free();
        Client client = ManagementApi.of(program).createTraditional("Bookstore", port);
        bookstore = FlaskProgram.start(port, program.endpoint(), client.id(), client.secret());
        browsers = new Browsers();
        console = browsers.open("en");
        console.navigate(program.adminEndpoint() + "/console");
        console.locator("input[name=identifier]").fill("admin");
        console.locator("input[name=password]").fill(PASSWORD);
        console.locator("form button[type=submit]").click();
        assertThat(console.getByRole(AriaRole.HEADING, named("Get started"))).isVisible();
        keycloak.awaitReady();
    }

    @AfterAll
    static void stop() {
        browsers.close();
        bookstore.close();
        program.close();
    }

    @Test
    @Order(1)
    void from_the_empty_list_a_connector_is_added() {
        begun = System.nanoTime();
        inMenu("Enterprise SSO");
        assertThat(console.getByText("No enterprise connectors yet")).isVisible();
        picture(console, "console-enterprise-sso-empty");
        console.getByRole(AriaRole.LINK, named("Add enterprise connector"))
                .first()
                .click();
        Locator dialog = console.getByRole(AriaRole.DIALOG);
        dialog.getByRole(
                        AriaRole.RADIO,
                        new Locator.GetByRoleOptions().setName("OIDC").setExact(true))
                .click();
        dialog.locator("input[name=connectorName]").fill("Acme");
        picture(console, "console-enterprise-sso-add");
        dialog.getByRole(AriaRole.BUTTON, inside("Create connector")).click();
        assertThat(console.getByRole(AriaRole.HEADING, named("Acme"))).isVisible();
    }

    @Test
    @Order(2)
    void the_guide_gives_the_callback_and_takes_three_values() {
        console.getByRole(AriaRole.BUTTON, named("Copy Callback URL")).click();
        callback = (String) console.evaluate("navigator.clipboard.readText()");
        assertThat(callback).startsWith(program.endpoint() + "/callback/");
        keycloak.register(callback);

        console.locator("input[name=clientId]").fill(keycloak.clientId());
        console.locator("input[name=clientSecret]").fill(keycloak.clientSecret());
        console.locator("input[name=issuer]").fill(keycloak.issuer() + "/.well-known/openid-configuration");
        Locator found = console.getByRole(AriaRole.GROUP, named("Settings found"));
        assertThat(found).containsText(keycloak.issuer() + "/protocol/openid-connect/token");
        picture(console, "console-enterprise-sso-connection");
        console.getByRole(AriaRole.BUTTON, exactly("Save changes")).click();
        assertThat(console.getByText("A secret is stored")).isVisible();
    }

    @Test
    @Order(3)
    void the_test_of_the_connection_shows_what_the_provider_tells() {
        Page test = console.waitForPopup(() ->
                console.getByRole(AriaRole.BUTTON, named("Test connection")).click());
        atKeycloak(test, KeycloakProvider.BEN);
        assertThat(test.locator("main")).containsText(KeycloakProvider.BEN);
        assertThat(test.locator("main")).containsText("Ben Baker");
        picture(test, "sso-test");
        test.close();
        assertThat(ManagementApi.of(program).get("/users").size()).isZero();
    }

    @Test
    @Order(4)
    void a_domain_and_the_switch_bring_it_into_use() {
        console.getByRole(AriaRole.TAB, named("Experience")).click();
        console.locator("input").and(console.getByLabel("E-mail domains")).fill(KeycloakProvider.DOMAIN);
        console.keyboard().press("Enter");
        console.getByRole(AriaRole.BUTTON, named("Save and done")).click();
        assertThat(console.getByText("Acme is complete").first()).isVisible();
        console.getByRole(AriaRole.BUTTON, named("Switch on")).click();
        assertThat(console.getByText("In use").first()).isVisible();
        picture(console, "console-enterprise-sso-experience");
    }

    @Test
    @Order(5)
    void a_person_of_the_company_types_the_work_address_and_is_in_Flask_in_under_three_minutes() {
        Page visitor = browsers.open("en");
        visitor.navigate(bookstore.home());
        visitor.getByText("Sign in").click();
        visitor.waitForURL(Pattern.compile(".*/sign-in.*"));
        assertThat(visitor.locator("main a[href*='/single-sign-on/email']")).containsText("Single Sign-On");
        visitor.locator("input[name=identifier]").fill(KeycloakProvider.ANN);
        picture(visitor, "sign-in-sso");
        visitor.keyboard().press("Enter");
        atKeycloak(visitor, KeycloakProvider.ANN);
        visitor.waitForURL(bookstore.home());
        assertThat(visitor.locator("#name")).hasText("Ann Archer");
        assertThat(visitor.locator("#email")).hasText(KeycloakProvider.ANN);
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println("From the empty list to the first single sign-on: " + taken.toMillis() / 1000.0 + " s");
        assertThat(taken).isLessThan(PROMISED);
        user = visitor.locator("#sub").textContent();

        visitor.getByText("Sign out").click();
        visitor.waitForURL(bookstore.home());
        assertThat(visitor.locator("#who")).hasText("Not authenticated");
        visitor.context().close();
    }

    @ParameterizedTest
    @Order(6)
    @CsvSource({"en, Single Sign-On", "ja, シングルサインオン", "zh-CN, 单点登录"})
    void by_the_button_in_another_browser_it_is_the_same_user(String language, String words) {
        Page visitor = browsers.open(language);
        visitor.navigate(bookstore.home() + "sign-in");
        Locator button = visitor.locator("main a[href*='/single-sign-on/email']");
        assertThat(button).containsText(words);
        button.click();
        visitor.locator("input[name=email]").fill(KeycloakProvider.ANN.toUpperCase(java.util.Locale.ROOT));
        picture(visitor, "single-sign-on-" + language);
        visitor.keyboard().press("Enter");
        atKeycloak(visitor, KeycloakProvider.ANN);
        visitor.waitForURL(bookstore.home());
        assertThat(visitor.locator("#sub")).hasText(user);

        visitor.goBack();
        visitor.goBack();
        visitor.navigate(bookstore.home());
        assertThat(visitor.locator("#sub")).hasText(user);
        visitor.context().close();
    }

    @Test
    @Order(7)
    void the_console_lists_the_connector_finds_it_and_keeps_it() {
        inMenu("Enterprise SSO");
        assertThat(console.locator("table tbody tr")).hasCount(1);
        assertThat(console.locator("table tbody tr")).containsText("In use");
        picture(console, "console-enterprise-sso");
        console.getByRole(AriaRole.SEARCHBOX).fill("nothing of that name");
        assertThat(console.locator("table tbody tr")).hasCount(0);
        console.getByRole(AriaRole.SEARCHBOX).fill("acme.test");
        assertThat(console.locator("table tbody tr")).hasCount(1);
        console.reload();
        console.getByText("Acme").first().click();
        assertThat(console.locator("input[name=issuer]")).hasValue(keycloak.issuer());
        assertThat(console.getByText(keycloak.clientSecret())).hasCount(0);
    }

    @Test
    @Order(8)
    void the_user_page_shows_the_account_at_the_company() {
        inMenu("User management");
        console.getByText("Ann Archer").first().click();
        assertThat(console.getByText("Acme").first()).isVisible();
        picture(console, "console-user-sso");
    }

    @Test
    @Order(9)
    void a_second_connector_of_that_name_is_refused_in_its_place() {
        inMenu("Enterprise SSO");
        console.getByRole(AriaRole.LINK, named("Add enterprise connector"))
                .first()
                .click();
        Locator dialog = console.getByRole(AriaRole.DIALOG);
        dialog.getByRole(AriaRole.RADIO, inside("Okta")).click();
        dialog.locator("input[name=connectorName]").fill("Acme");
        dialog.getByRole(AriaRole.BUTTON, inside("Create connector")).click();
        assertThat(dialog.locator("input[name=connectorName]")).hasAttribute("aria-invalid", "true");
    }

    private static void inMenu(String name) {
        console.locator("nav").getByRole(AriaRole.LINK, inside(name)).first().click();
    }

    private static void atKeycloak(Page page, String email) {
        page.waitForURL(Pattern.compile(".*/realms/acme/.*"));
        page.locator("#username").fill(email);
        page.locator("#password").fill(PASSWORD);
        page.locator("#kc-login").click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions inside(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
