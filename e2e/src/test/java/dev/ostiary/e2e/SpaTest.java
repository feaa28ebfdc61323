package dev.ostiary.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that live in the browser, with the unmodified {@code @logto/react}, {@code @logto/vue},
 * {@code @logto/browser} and {@code angular-auth-oidc-client}: they ask our endpoints from another origin and have no secret.
 */
@ExtendWith(ClientStage.Resolver.class)
class SpaTest {
    private static final Map<String, Spa> PROGRAMS = new HashMap<>();

    private static ClientStage stage;
    private static Browsers browsers;

    private record Spa(String home, ManagementApi.Client client, Companion companion) {}

    @BeforeAll
    static void start(ClientStage given) {
        stage = given;
        Companion.run("spa-build", ClientProgram.node(), "node spa/build.mjs", Map.of());
        for (String name : List.of("react", "vue", "angular", "vanilla")) {
            PROGRAMS.put(name, launch(name));
        }
        browsers = new Browsers();
        PROGRAMS.values().forEach(program -> program.companion.await(URI.create(program.home), Duration.ofSeconds(30)));
    }

    private static Spa launch(String name) {
        int port = Ports.free();
        String home = FlaskProgram.home(port);
        ManagementApi.Client client = stage.register(name, "SPA", home + "callback", home);
        Map<String, String> environment = new HashMap<>(ClientProgram.environment(stage, client, port));
        environment.put("PROGRAM", name);
        return new Spa(
                home,
                client,
                Companion.start(name, ClientProgram.node(), List.of("node", "spa/server.mjs"), environment));
    }

    @AfterAll
    static void stop() {
        browsers.close();
        PROGRAMS.values().forEach(program -> program.companion.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"react", "vue", "angular", "vanilla"})
    void a_person_signs_in_uses_it_and_signs_out(String name) {
        Spa program = PROGRAMS.get(name);
        Page page = browsers.open("en");
        List<Response> answers = new ArrayList<>();
        page.onResponse(answers::add);
        signIn(page, program);

        assertThat(page.locator("#sub")).hasText(stage.user());
        assertThat(page.locator("#email")).hasText(ClientStage.EMAIL);
        if (!name.equals("angular")) {
            assertThat(page.locator("#refused")).hasText("LogtoRequestError oidc.access_denied");
        }
        String token = page.locator("#resource").textContent();
        String refreshed = page.locator("#refreshed").textContent();
        Assertions.assertThat(refreshed).isNotEqualTo(token);
        for (JWTClaimsSet claims : List.of(stage.verified(token), stage.verified(refreshed))) {
            Assertions.assertThat(claims.getAudience()).containsExactly(ClientStage.RESOURCE);
            Assertions.assertThat(claims.getClaim("scope")).isEqualTo(ClientStage.RESOURCE_SCOPE);
            Assertions.assertThat(claims.getClaim("client_id")).isEqualTo(program.client.id());
        }
        JWTClaimsSet inside = stage.verified(page.locator("#organization").textContent());
        Assertions.assertThat(inside.getAudience()).containsExactly("urn:logto:organization:" + stage.organization());
        Assertions.assertThat(inside.getClaim("scope")).isEqualTo(ClientStage.ORGANIZATION_SCOPE);

        press(page, "Sign out");
        page.waitForURL(program.home);
        assertThat(page.locator("#who")).hasText("Not authenticated");
        Response revocation = answers.stream()
                .filter(answer -> answer.url().endsWith("/oidc/token/revocation"))
                .findFirst()
                .orElseThrow();
        Assertions.assertThat(revocation.status()).isEqualTo(200);
        Assertions.assertThat(revocation.headerValue("content-length")).isEqualTo("0");
        Assertions.assertThat(revocation.headerValue("access-control-allow-origin"))
                .isEqualTo(program.home.replaceAll("/$", ""));
        press(page, "Sign in");
        page.waitForURL(Pattern.compile(".*/sign-in.*"));
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"react", "vue", "angular", "vanilla"})
    void who_wants_to_register_comes_to_that_page(String name) {
        Page page = browsers.open("en");
        page.navigate(PROGRAMS.get(name).home);
        press(page, "Register");
        page.waitForURL(Pattern.compile(".*/register.*"));
        page.context().close();
    }

    /** It keeps the answer to itself, and takes the refusal of any refresh for the end of the person's session. */
    @Test
    void the_library_for_angular_signs_out_who_asks_for_too_much() {
        Spa program = PROGRAMS.get("angular");
        Page page = browsers.open("en");
        signIn(page, program);
        assertThat(page.locator("#refreshed")).isVisible();
        Response answer = page.waitForResponse("**/oidc/token", () -> press(page, "Ask for nobody's"));
        Assertions.assertThat(answer.status()).isEqualTo(403);
        Assertions.assertThat(answer.text()).contains("oidc.access_denied");
        assertThat(page.locator("#refused")).containsText("OidcService code request " + stage.endpoint());
        page.navigate(program.home);
        assertThat(page.locator("#who")).hasText("Not authenticated");
        page.context().close();
    }

    @Test
    void a_page_elsewhere_cannot_read_what_the_token_endpoint_tells_a_program() {
        Page page = browsers.open("en");
        page.navigate(PROGRAMS.get("vanilla").home);
        String ask = "([endpoint, id]) => fetch(endpoint + '/oidc/token', {method: 'POST', body: new URLSearchParams("
                + "{grant_type: 'refresh_token', client_id: id, refresh_token: 'x'})})"
                + ".then(answer => answer.json()).then(body => body.code, fault => fault.name)";
        Assertions.assertThat(page.evaluate(
                        ask,
                        List.of(stage.endpoint(), PROGRAMS.get("vanilla").client.id())))
                .isEqualTo("oidc.invalid_grant");
        Assertions.assertThat(page.evaluate(
                        ask,
                        List.of(stage.endpoint(), PROGRAMS.get("react").client.id())))
                .isEqualTo("TypeError");
        page.context().close();
    }

    private static void signIn(Page page, Spa program) {
        page.navigate(program.home);
        assertThat(page.locator("#who")).hasText("Not authenticated");
        press(page, "Sign in");
        page.waitForURL(Pattern.compile(".*/sign-in.*"));
        page.locator("input[name=identifier]").fill(ClientStage.USERNAME);
        page.locator("input[name=password]").fill(ClientStage.PASSWORD);
        page.locator("form button[type=submit]").click();
        page.waitForURL(program.home);
    }

    private static void press(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .click();
    }
}
