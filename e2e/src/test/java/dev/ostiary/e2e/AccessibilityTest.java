package dev.ostiary.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Pages as axe-core sees them: nothing that it calls serious or critical, in the light and in the dark, and nothing that
 * a phone would have to be scrolled sideways for.
 */
class AccessibilityTest {
    private static final String PASSWORD = "Turmfalke-2026-wohnt-hier";
    private static final String CALLBACK = "http://localhost:9/callback";
    private static final String LOST = "There is no such page";
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;
    private static final int HEIGHT = 844;

    private static Program program;
    private static Browsers browsers;
    private static Page console;
    private static String axe;
    /** What is at the end of a path. */
    private static final Map<String, String> IDS = new HashMap<>();

    @BeforeAll
    static void start() throws IOException {
        axe = Files.readString(Program.ROOT.resolve("e2e/node/node_modules/axe-core/axe.min.js"));
        Map<String, String> environment = new HashMap<>(ManagementApi.BOOTSTRAP);
        environment.put("BOOTSTRAP_ADMIN_USERNAME", "admin");
        environment.put("BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
        program = Program.start(environment);
        furnish(ManagementApi.of(program));
        browsers = new Browsers();
        console = open();
        console.addInitScript(
                """
                window.asking = 0;
                const ask = window.fetch;
                window.fetch = async (...what) => {
                    window.asking++;
                    try {
                        return await ask(...what);
                    } finally {
                        window.asking--;
                    }
                };
                """);
        console.navigate(program.adminEndpoint() + "/console");
        signIn(console, "admin");
        assertThat(console.getByRole(AriaRole.HEADING, named("Get started"))).isVisible();
    }

    @AfterAll
    static void stop() {
        browsers.close();
        program.close();
    }

    private static void furnish(ManagementApi api) {
        IDS.put("shop", application(api, "Shop", "Traditional", false));
        IDS.put("partner", application(api, "Partner", "Traditional", true));
        api.call(
                "POST",
                "/applications/" + IDS.get("partner") + "/user-consent-scopes",
                Map.of("userScopes", List.of("profile")));
        IDS.put("job", made(api, "/applications", Map.of("name", "Job", "type", "MachineToMachine")));
        IDS.put(
                "tv",
                made(
                        api,
                        "/applications",
                        Map.of("name", "TV", "type", "Native", "customClientMetadata", Map.of("isDeviceFlow", true))));
        IDS.put("user", made(api, "/users", Map.of("username", "ada", "name", "Ada Lovelace", "password", PASSWORD)));
        IDS.put("api", made(api, "/resources", Map.of("name", "Orders", "indicator", "https://orders.example")));
        made(
                api,
                "/resources/" + IDS.get("api") + "/scopes",
                Map.of("name", "read:orders", "description", "See orders"));
        IDS.put("role", made(api, "/roles", Map.of("name", "Support", "description", "Answers", "type", "User")));
        IDS.put("member", made(api, "/organization-roles", Map.of("name", "member", "description", "Works here")));
        IDS.put("acme", made(api, "/organizations", Map.of("name", "Acme")));
        api.call("POST", "/organizations/" + IDS.get("acme") + "/users", Map.of("userIds", List.of(IDS.get("user"))));
        made(
                api,
                "/organization-invitations",
                Map.of(
                        "organizationId",
                        IDS.get("acme"),
                        "invitee",
                        "grace@acme.example",
                        "expiresAt",
                        System.currentTimeMillis() + 86_400_000L,
                        "messagePayload",
                        false));
        api.call("POST", "/configs/oidc/registration/initial-access-tokens", Map.of("name", "Agents", "maxUses", 3));
    }

    private static String application(ManagementApi api, String name, String type, boolean isThirdParty) {
        return made(
                api,
                "/applications",
                Map.of(
                        "name",
                        name,
                        "type",
                        type,
                        "isThirdParty",
                        isThirdParty,
                        "oidcClientMetadata",
                        Map.of("redirectUris", List.of(CALLBACK), "postLogoutRedirectUris", List.of())));
    }

    private static String made(ManagementApi api, String path, Map<String, ?> body) {
        return api.call("POST", path, body).path("id").asString();
    }

    private static Page open() {
        Page page = browsers.open("en");
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        return page;
    }

    private static void signIn(Page page, String name) {
        page.locator("input[name=identifier]").fill(name);
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
    }

    /** Names in braces stand for ids. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/get-started",
                "/get-started/frameworks",
                "/dashboard",
                "/applications",
                "/applications/create",
                "/applications/create/flask",
                "/applications/{shop}/settings",
                "/applications/{shop}/credentials",
                "/applications/{shop}/security",
                "/applications/{shop}/tokens",
                "/applications/{shop}/access",
                "/applications/{shop}/branding",
                "/applications/{shop}/guide/flask",
                "/applications/{partner}/permissions",
                "/applications/{job}/roles",
                "/applications/{job}/organizations",
                "/sign-in-experience",
                "/sign-in-experience/methods",
                "/sign-in-experience/content",
                "/sign-in-experience/pages",
                "/sessions",
                "/connectors",
                "/connectors/email",
                "/enterprise-sso/create",
                "/api-resources",
                "/api-resources/{api}/permissions",
                "/api-resources/{api}/settings",
                "/roles",
                "/roles/create",
                "/roles/{role}/permissions",
                "/organization-template/roles",
                "/organization-template/permissions",
                "/organization-template/roles/{member}",
                "/users",
                "/users/create",
                "/users/import",
                "/users/{user}/settings",
                "/users/{user}/sessions",
                "/users/{user}/grants",
                "/users/{user}/tokens",
                "/organizations",
                "/organizations/{acme}/settings",
                "/organizations/{acme}/members",
                "/organizations/{acme}/invitations",
                "/organizations/{acme}/joining",
                "/custom-jwt",
                "/custom-jwt/access-token",
                "/custom-jwt/client-credentials",
                "/registration",
                "/registration/documents",
                "/signing-keys",
                "/audit-logs",
                "/nowhere",
            })
    void a_page_of_the_console_has_no_serious_fault(String path) {
        String at = path;
        for (Map.Entry<String, String> id : IDS.entrySet()) {
            at = at.replace("{" + id.getKey() + "}", id.getValue());
        }
        // Nothing of the page before is taken for the one that comes.
        go("/between");
        assertThat(console.getByRole(AriaRole.HEADING, named(LOST))).isVisible();
        go(at);
        if (!path.equals("/nowhere")) {
            assertThat(console.getByRole(AriaRole.HEADING, named(LOST))).isHidden();
        }
        awaitContent();
        assertSound(console);
    }

    /** As a link of the console does it, so that the program is not loaded anew for each of its pages. */
    private static void go(String path) {
        console.evaluate(
                """
                path => {
                    history.pushState({}, '', path);
                    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
                }
                """,
                "/console" + path);
    }

    /** All has been answered and nothing stands for what is still to come: thrice in a row, for an answer can lead to a question. */
    private static void awaitContent() {
        console.waitForFunction(
                """
                () => {
                    const calm = window.asking === 0 && document.querySelector('main :is(h1, h2)')
                        && !document.querySelector('.mantine-Skeleton-root');
                    window.calm = calm ? (window.calm ?? 0) + 1 : 0;
                    return window.calm > 2 && !(window.calm = 0);
                }
                """,
                null,
                new Page.WaitForFunctionOptions().setPollingInterval(50));
    }

    @Test
    void the_pages_of_a_sign_in_have_no_serious_fault() {
        Page visitor = open();
        visitor.navigate(authorize("shop", ""));
        assertSound(visitor);
        visitor.locator("input[name=identifier]").fill("ada");
        visitor.locator("input[name=password]").fill("something-else");
        visitor.keyboard().press("Enter");
        assertThat(visitor.locator("input[name=password]")).hasAttribute("aria-invalid", "true");
        assertSound(visitor);
        visitor.navigate(program.endpoint() + "/register");
        assertSound(visitor);
        visitor.navigate(authorize("partner", "&prompt=consent"));
        signIn(visitor, "ada");
        visitor.waitForURL(Pattern.compile(".*/consent.*"));
        assertSound(visitor);
        visitor.context().close();
    }

    @Test
    void the_pages_of_a_device_have_no_serious_fault() {
        Page phone = open();
        phone.navigate(program.endpoint() + "/device");
        assertSound(phone);
        phone.locator("#user_code").fill("ZZZZ-ZZZZ");
        phone.keyboard().press("Enter");
        assertThat(phone.locator("#user_code")).hasAttribute("aria-invalid", "true");
        assertSound(phone);
        phone.navigate(program.endpoint() + "/device?user_code=" + userCode());
        assertSound(phone);
        phone.getByRole(AriaRole.BUTTON, named("It is the same, continue")).click();
        phone.waitForURL(Pattern.compile(".*/sign-in.*"));
        signIn(phone, "ada");
        phone.waitForURL(Pattern.compile(".*/device/success"));
        assertSound(phone);
        phone.navigate(program.endpoint() + "/device?user_code=" + userCode());
        phone.getByRole(AriaRole.BUTTON, named("Cancel")).click();
        assertThat(phone.getByRole(AriaRole.HEADING, named("The device was not let in")))
                .isVisible();
        assertSound(phone);
        phone.navigate(program.endpoint() + "/oidc/session/end");
        assertSound(phone);
        phone.getByRole(AriaRole.BUTTON, named("Sign out")).click();
        assertThat(phone.getByRole(AriaRole.HEADING, named("You are signed out")))
                .isVisible();
        assertSound(phone);
        phone.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/sign-in", "/oidc/auth?client_id=nobody", "/demo-app", "/device-demo-app"})
    void a_page_for_lost_visitors_has_no_serious_fault(String path) {
        Page visitor = open();
        visitor.navigate(program.endpoint() + path);
        assertSound(visitor);
        visitor.context().close();
    }

    private static String authorize(String application, String more) {
        return program.endpoint() + "/oidc/auth?client_id=" + IDS.get(application)
                + "&response_type=code&scope=openid%20profile&state=s&redirect_uri=" + CALLBACK
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256" + more;
    }

    private static String userCode() {
        JsonNode answer = ManagementApi.form(
                program.endpoint().resolve("/oidc/device/auth"), "client_id=" + IDS.get("tv") + "&scope=openid");
        return answer.path("user_code").asString();
    }

    private static void assertSound(Page page) {
        if (page != console) { // that has a frame for its preview, and its own way of waiting
            page.waitForLoadState(LoadState.NETWORKIDLE);
        }
        if (page.evaluate("window.axe === undefined").equals(true)) {
            page.evaluate(axe);
            // What is halfway between two colours is neither.
            page.evaluate(
                    """
                    () => {
                        const still = new CSSStyleSheet();
                        still.replaceSync('*, *::before, *::after { transition: none !important; }');
                        document.adoptedStyleSheets.push(still);
                    }
                    """);
        }
        List<String> faults = new ArrayList<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
            // The dark differs in its colours alone.
            String rules = scheme == ColorScheme.DARK ? "['color-contrast']" : "undefined";
            for (Object fault : (List<?>) page.evaluate(
                    """
                    async () => (await axe.run(document, { resultTypes: ['violations'], runOnly: RULES })).violations
                        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                        .flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html + ' ' + node.failureSummary))
                    """
                            .replace("RULES", rules))) {
                faults.add(scheme + " " + fault);
            }
        }
        assertThat(faults).as(page.url()).isEmpty();
        page.setViewportSize(PHONE, HEIGHT);
        page.waitForFunction("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
        page.setViewportSize(DESKTOP, HEIGHT);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
