package dev.ostiary.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.ostiary.e2e.Browsers.picture;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program with customers of its own, and an API that verifies tokens with a standard library: scopes by roles,
 * organizations as customers, one member invited by e-mail, one joining by the domain of their company's provider, tokens
 * by the real SDK, and the end of a membership (M01, M60, M61). The chapters are told in order, each goes on where the
 * last one ended.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OrganizationsStoryTest {
    private static final String PASSWORD = Installation.PASSWORD;
    private static final String RESOURCE = "https://orders.workshop.example";
    private static final String INVITED = "carla@example.org";
    private static final String SCOPES = "read:orders write:orders read:projects write:projects";

    private static KeycloakProvider keycloak;
    private static Installation installation;
    private static ManagementApi api;
    private static FlaskProgram workshop;
    private static FlaskProgram orders;
    private static Browsers browsers;
    private static String acme;
    private static GreenMail post;
    private static Page console;
    private static Page ann;

    @BeforeAll
    static void start() {
        keycloak = KeycloakProvider.launch();
        installation = Installation.start();
        api = installation.api();
        post = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        post.start();
        browsers = new Browsers();
        console = browsers.open("en");
        console.navigate(installation.program().adminEndpoint() + "/console");
        console.locator("input[name=identifier]").fill("admin");
        console.locator("input[name=password]").fill(PASSWORD);
        console.locator("form button[type=submit]").click();
        assertThat(console.getByRole(AriaRole.HEADING, named("Get started"))).isVisible();
        keycloak.awaitReady();
    }

    @AfterAll
    static void stop() {
        browsers.close();
        if (workshop != null) {
            workshop.close();
            orders.close();
        }
        installation.close();
        post.stop();
    }

    @Test
    @Order(1)
    void an_api_with_scopes_and_a_role_that_everybody_gets() {
        inMenu("API resources");
        press("Create API resource");
        fill("name", "Orders");
        fill("indicator", RESOURCE);
        pressInDialog("Create API resource");
        for (String scope : List.of("read:orders", "write:orders")) {
            press("Add permission");
            fill("name", scope);
            pressInDialog("Add permission");
            assertThat(dialog()).hasCount(0);
        }
        assertThat(console.locator("table tbody tr")).hasCount(2);

        inMenu("Roles");
        press("Create role");
        fill("name", "Customer");
        fill("description", "Reads their own orders");
        dialog().getByRole(AriaRole.SWITCH).click();
        choose("read:orders");
        pressInDialog("Create role");
        assertThat(console.getByRole(AriaRole.HEADING, named("Customer"))).isVisible();
    }

    @Test
    @Order(2)
    void the_template_of_organizations_and_one_that_a_companys_people_join_by_themselves() {
        inMenu("Organization template");
        console.getByRole(AriaRole.TAB, named("Organization permissions")).click();
        for (String scope : List.of("read:projects", "write:projects")) {
            press("Add permission");
            fill("name", scope);
            pressInDialog("Add permission");
            assertThat(dialog()).hasCount(0);
        }
        console.getByRole(AriaRole.TAB, named("Organization roles")).click();
        press("Create organization role");
        fill("name", "editor");
        choose("read:projects");
        pressInDialog("Create organization role");
        assertThat(console.getByRole(AriaRole.HEADING, named("editor"))).isVisible();

        installation.connect("OIDC", "Acme's directory", keycloak, KeycloakProvider.DOMAIN);
        inMenu("Organizations");
        press("Create organization");
        fill("name", "Acme");
        pressInDialog("Create organization");
        assertThat(console.getByRole(AriaRole.HEADING, named("Acme"))).isVisible();
        acme = api.get("/organizations?q=Acme").get(0).get("id").asString();
        console.getByRole(AriaRole.TAB, named("Joining")).click();
        console.getByLabel("E-mail domain", new Page.GetByLabelOptions().setExact(true))
                .fill(KeycloakProvider.DOMAIN);
        press("Add domain");
        press("Edit roles");
        dialog().getByLabel("Roles in the organization").click();
        console.getByRole(AriaRole.OPTION, named("editor")).click();
        console.keyboard().press("Tab");
        pressInDialog("Save changes");
        assertThat(dialog()).hasCount(0);
    }

    @Test
    @Order(3)
    void the_program_and_the_api_start() {
        int port = Ports.free();
        ManagementApi.Client client = api.createTraditional("Workshop", port);
        URI endpoint = installation.program().endpoint();
        int apiPort = Ports.free();
        String issuer = endpoint.toString().replaceAll("/$", "") + "/oidc";
        orders = FlaskProgram.start("orders.py", apiPort, Map.of("ISSUER", issuer, "RESOURCE", RESOURCE));
        Map<String, String> environment =
                new HashMap<>(FlaskProgram.application(port, endpoint, client.id(), client.secret()));
        environment.put("ORDERS_URL", orders.home());
        environment.put("ORDERS_RESOURCE", RESOURCE);
        environment.put("SCOPES", SCOPES);
        workshop = FlaskProgram.start("workshop.py", port, environment);
    }

    @Test
    @Order(4)
    void who_comes_by_the_companys_provider_is_a_member_with_the_default_role_at_once() {
        ann = browsers.open("en");
        ann.navigate(workshop.home());
        ann.getByText("Sign in").click();
        ann.waitForURL(Pattern.compile(".*/sign-in.*"));
        ann.locator("input[name=identifier]").fill(KeycloakProvider.ANN);
        ann.keyboard().press("Enter");
        ann.waitForURL(Pattern.compile(".*/realms/acme/.*"));
        ann.locator("#username").fill(KeycloakProvider.ANN);
        ann.locator("#password").fill(PASSWORD);
        ann.locator("#kc-login").click();
        ann.waitForURL(workshop.home());
        assertThat(ann.locator("#email")).hasText(KeycloakProvider.ANN);
        assertThat(ann.locator("#organizations")).hasText(acme);
        assertThat(ann.locator("#roles")).hasText(acme + ":editor");
    }

    @Test
    @Order(5)
    void the_api_lets_tokens_in_for_what_the_roles_give_and_nothing_else() {
        JsonNode own = ask(ann, "orders");
        Assertions.assertThat(own.path("status").asInt()).isEqualTo(200);
        Assertions.assertThat(own.at("/body/scope").asString()).isEqualTo("read:orders");
        JsonNode projects = ask(ann, "projects/" + acme);
        Assertions.assertThat(projects.path("status").asInt()).isEqualTo(200);
        Assertions.assertThat(projects.at("/body/scope").asString()).isEqualTo("read:projects");
        JsonNode foreign = ask(ann, "projects/nobodys");
        Assertions.assertThat(foreign.path("status").asInt()).isZero();
        Assertions.assertThat(foreign.at("/body/refusal").asString()).contains("access_denied");
    }

    @Test
    @Order(6)
    void who_is_invited_by_email_registers_by_the_link_and_is_a_member() throws Exception {
        api.call(
                "POST",
                "/connectors",
                Map.of(
                        "connectorId",
                        "simple-mail-transfer-protocol",
                        "config",
                        Map.of(
                                "host",
                                "127.0.0.1",
                                "port",
                                post.getSmtp().getPort(),
                                "ignoreTLS",
                                true,
                                "fromEmail",
                                "Workshop <hello@workshop.example>")));
        console.reload();
        console.getByRole(AriaRole.TAB, named("Invitations")).click();
        press("Invite people");
        dialog().getByLabel("E-mail addresses").fill(INVITED);
        console.keyboard().press("Enter");
        dialog().getByLabel("Roles in the organization").click();
        console.getByRole(AriaRole.OPTION, named("editor")).click();
        console.keyboard().press("Tab");
        pressInDialog("Send invitations");
        assertThat(console.locator("table tbody tr")).containsText("Pending");
        Assertions.assertThat(post.waitForIncomingEmail(10_000, 1)).isTrue();
        String mail = textOf(post.getReceivedMessages()[0]);
        Matcher link = Pattern.compile("https?://\\S+/invitation/\\S+?token=[A-Za-z0-9_-]+")
                .matcher(mail);
        Assertions.assertThat(link.find()).as(mail).isTrue();

        Page carla = browsers.open("en");
        carla.navigate(link.group());
        assertThat(carla.locator("main")).containsText("You are invited to Acme.");
        picture(carla, "invitation");
        carla.getByRole(AriaRole.BUTTON, named("Create an account and join")).click();
        carla.locator("input[name=identifier]").fill("carla");
        carla.locator("input[name=password]").fill(PASSWORD);
        carla.locator("form button[type=submit]").click();
        assertThat(carla.locator("main")).containsText("You have joined Acme");

        carla.navigate(workshop.home() + "sign-in");
        carla.waitForURL(workshop.home());
        assertThat(carla.locator("#organizations")).hasText(acme);
        assertThat(carla.locator("#roles")).hasText(acme + ":editor");
        Assertions.assertThat(ask(carla, "projects/" + acme).path("status").asInt())
                .isEqualTo(200);
        carla.context().close();
    }

    @Test
    @Order(7)
    void who_is_removed_gets_no_more_tokens_of_the_organization() {
        console.getByRole(AriaRole.TAB, named("Members")).click();
        assertThat(console.locator("table tbody tr")).hasCount(2);
        console.getByRole(AriaRole.BUTTON, named("Ann Archer")).last().click();
        console.getByRole(AriaRole.MENUITEM, named("Remove from organization")).click();
        pressInDialog("Remove member");
        assertThat(console.locator("table tbody tr")).hasCount(1);

        ask(ann, "forget");
        JsonNode refused = ask(ann, "projects/" + acme);
        Assertions.assertThat(refused.path("status").asInt()).isZero();
        Assertions.assertThat(refused.at("/body/refusal").asString())
                .contains("access_denied")
                .contains("user is not a member of the organization");
        Assertions.assertThat(ask(ann, "orders").path("status").asInt()).isEqualTo(200);
        Assertions.assertThat(ask(ann, "userinfo").path("organizations").size()).isZero();
    }

    private static String textOf(MimeMessage message) throws Exception {
        StringBuilder text = new StringBuilder();
        collect(message.getContent(), text);
        return text.toString();
    }

    private static void collect(Object content, StringBuilder text) throws Exception {
        if (content instanceof MimeMultipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                collect(parts.getBodyPart(i).getContent(), text);
            }
        } else {
            text.append(content).append('\n');
        }
    }

    private static Locator dialog() {
        return console.getByRole(AriaRole.DIALOG);
    }

    private static void inMenu(String name) {
        console.locator("nav")
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    private static void press(String name) {
        Locator action =
                console.getByRole(AriaRole.BUTTON, named(name)).or(console.getByRole(AriaRole.LINK, named(name)));
        action.first().click();
    }

    private static void pressInDialog(String name) {
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static void fill(String field, String value) {
        dialog().locator("input[name=" + field + "]").fill(value);
    }

    /** In the picker of a dialog. */
    private static void choose(String name) {
        dialog().getByRole(AriaRole.OPTION, new Locator.GetByRoleOptions().setName(name))
                .first()
                .click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static JsonNode ask(Page page, String path) {
        Page other = page.context().newPage();
        try {
            Response response = other.navigate(workshop.home() + path);
            return new JsonMapper().readTree(response.text());
        } finally {
            other.close();
        }
    }
}
