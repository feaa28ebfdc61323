package dev.ostiary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.ostiary.e2e.ClientProgram.Kind;
import dev.ostiary.e2e.Visitor.Place;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Web programs made with the unmodified SDKs and client libraries of the registries: each signs in on the real pages,
 * refreshes, gets tokens of an API and of an organization, reads who it is, meets a refusal and signs out.
 */
@ExtendWith(ClientStage.Resolver.class)
class ClientsTest {
    private static final Map<Kind, ClientProgram> PROGRAMS = new EnumMap<>(Kind.class);
    private static final JsonMapper JSON = new JsonMapper();

    private static ClientStage stage;

    @BeforeAll
    static void start(ClientStage given) {
        stage = given;
        for (Kind kind : Kind.values()) {
            PROGRAMS.put(kind, ClientProgram.launch(stage, kind));
        }
        PROGRAMS.values().forEach(ClientProgram::awaitReady);
    }

    @AfterAll
    static void stop() {
        PROGRAMS.values().forEach(ClientProgram::close);
    }

    @ParameterizedTest
    @EnumSource
    void a_person_signs_in_uses_it_and_signs_out(Kind kind) {
        ClientProgram program = PROGRAMS.get(kind);
        Visitor visitor = new Visitor("en");
        assertThat(visitor.open(program.home()).page()).contains("Not authenticated");
        Place home = signIn(visitor, program);
        assertThat(home.page()).contains("<p id=\"sub\">" + stage.user() + "</p>");

        JsonNode userinfo = read(visitor, program, "userinfo");
        assertThat(userinfo.path("sub").asString()).isEqualTo(stage.user());
        assertThat(userinfo.path("email").asString()).isEqualTo(ClientStage.EMAIL);
        assertThat(userinfo.path("organizations").get(0).asString()).isEqualTo(stage.organization());

        JsonNode tokens = read(visitor, program, "tokens");
        ordersToken(program, tokens.path("resource").asString());
        organizationToken(program, tokens.path("organization").asString());

        JsonNode refreshed = read(visitor, program, "refresh");
        ordersToken(program, refreshed.path("refreshed").asString());
        assertThat(refreshed.path("refreshed").asString())
                .isNotEqualTo(tokens.path("resource").asString());

        // what was granted is always told, which Logto's SDKs depend on; programs show it where their library lets them
        assertThat(refreshed.path("scope").asString(ClientStage.RESOURCE_SCOPE)).isEqualTo(ClientStage.RESOURCE_SCOPE);

        signOut(visitor, program);
        assertThat(visitor.open(program.home()).page()).contains("Not authenticated");
        assertThat(visitor.open(program.signIn()).path()).isEqualTo("/sign-in");
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPRESS", "NEXT", "SVELTEKIT", "NUXT"})
    void a_refusal_reaches_programs_of_the_javascript_sdks_with_its_code(Kind kind) {
        ClientProgram program = PROGRAMS.get(kind);
        Visitor visitor = new Visitor("en");
        signIn(visitor, program);
        JsonNode refused = read(visitor, program, "refused");
        assertThat(refused.path("name").asString()).isEqualTo("LogtoRequestError");
        assertThat(refused.path("code").asString()).isEqualTo("oidc.access_denied");
        assertThat(refused.path("message").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OPENID_CLIENT, ResponseBodyError", "AUTHLIB, OAuthError", "GO, RetrieveError"})
    void a_refusal_reaches_standard_clients_with_the_words_of_the_standard(Kind kind, String error) {
        ClientProgram program = PROGRAMS.get(kind);
        Visitor visitor = new Visitor("en");
        signIn(visitor, program);
        JsonNode refused = read(visitor, program, "refused");
        assertThat(refused.path("name").asString()).isEqualTo(error);
        assertThat(refused.path("code").asString()).isEqualTo("access_denied");
        assertThat(refused.path("message").asString()).contains("not a member of the organization");
    }

    /** Spring looks for an OAuth error in answers of status 400 only; the wire has 403 for who is no member. */
    @Test
    void spring_reads_refusals_of_status_400_and_passes_on_the_text_of_others() {
        ClientProgram program = PROGRAMS.get(Kind.SPRING);
        Visitor visitor = new Visitor("en");
        signIn(visitor, program);
        JsonNode unknown = read(visitor, program, "refused?name=resource&value=https://nobodys.example");
        assertThat(unknown.path("code").asString()).isEqualTo("invalid_target");
        JsonNode stranger = read(visitor, program, "refused");
        assertThat(stranger.path("code").asString()).isEqualTo("invalid_token_response");
        assertThat(stranger.path("message").asString()).contains("403").contains("not a member of the organization");
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPRESS", "NEXT", "SVELTEKIT", "NUXT", "OPENID_CLIENT"})
    void signing_out_revokes_the_refresh_token(Kind kind) throws Exception {
        ClientProgram program = PROGRAMS.get(kind);
        Visitor visitor = new Visitor("en");
        signIn(visitor, program);
        String token = read(visitor, program, "refresh").path("after").asString();
        assertThat(token).isNotEmpty();
        signOut(visitor, program);
        JsonNode answer = refresh(program, token);
        assertThat(answer.path("error").asString()).isEqualTo("invalid_grant");
        assertThat(answer.path("code").asString()).isEqualTo("oidc.invalid_grant");
    }

    /** Browsers keep no cookie of more (RFC 6265 section 6.1). */
    @ParameterizedTest
    @EnumSource(names = {"NEXT", "SVELTEKIT", "NUXT"})
    void all_tokens_fit_the_one_cookie_that_the_sdk_keeps_them_in(Kind kind) {
        ClientProgram program = PROGRAMS.get(kind);
        Visitor visitor = new Visitor("en");
        signIn(visitor, program);
        read(visitor, program, "userinfo");
        read(visitor, program, "tokens");
        String name = "logto_" + program.client().id();
        assertThat(name.length() + visitor.cookie(name).orElseThrow().length()).isLessThan(4096);
    }

    @ParameterizedTest
    @EnumSource(names = {"NEXT", "SVELTEKIT"})
    void the_actions_of_a_page_sign_in_and_out_in_a_browser(Kind kind) {
        ClientProgram program = PROGRAMS.get(kind);
        try (Browsers browsers = new Browsers()) {
            Page page = browsers.open("en");
            page.navigate(program.home());
            page.getByText("Sign in").click();
            page.waitForURL(Pattern.compile(".*/sign-in.*"));
            page.locator("input[name=identifier]").fill(ClientStage.USERNAME);
            page.locator("input[name=password]").fill(ClientStage.PASSWORD);
            page.locator("form button[type=submit]").click();
            page.waitForURL(program.home());
            page.locator("#sub").waitFor();
            page.navigate(program.home() + "tokens");
            page.navigate(program.home());
            page.getByText("Sign out").click();
            page.getByText("Not authenticated").waitFor();
            assertThat(page.url()).isEqualTo(program.home());
        }
    }

    @Test
    void openid_client_pushes_its_request_introspects_and_revokes() {
        ClientProgram program = PROGRAMS.get(Kind.OPENID_CLIENT);
        Visitor visitor = new Visitor("en");
        Place page = visitor.open(program.home() + "sign-in-pushed");
        Place home = visitor.submit(page, credentials());
        assertThat(home.page()).contains(stage.user());
        JsonNode revoked = read(visitor, program, "revoked");
        assertThat(revoked.path("before").asBoolean()).isTrue();
        assertThat(revoked.path("after").asBoolean(true)).isFalse();
    }

    /** The SDK demands a scope claim in every case, and an audience that is a string. */
    private static void ordersToken(ClientProgram program, String token) {
        JWTClaimsSet claims = stage.verified(token);
        assertThat(claims.getClaim("aud")).isEqualTo(List.of(ClientStage.RESOURCE));
        assertThat(claims.getClaim("scope")).isEqualTo(ClientStage.RESOURCE_SCOPE);
        assertThat(claims.getClaim("client_id")).isEqualTo(program.client().id());
        assertThat(claims.getSubject()).isEqualTo(stage.user());
    }

    private static void organizationToken(ClientProgram program, String token) {
        JWTClaimsSet claims = stage.verified(token);
        assertThat(claims.getAudience()).containsExactly("urn:logto:organization:" + stage.organization());
        assertThat(claims.getClaim("scope")).isEqualTo(ClientStage.ORGANIZATION_SCOPE);
        assertThat(claims.getClaim("client_id")).isEqualTo(program.client().id());
    }

    private static Place signIn(Visitor visitor, ClientProgram program) {
        Place page = visitor.open(program.signIn());
        assertThat(page.path()).as(program.log()).isEqualTo("/sign-in");
        Place home = visitor.submit(page, credentials());
        assertThat(slash(home.address())).as(program.log()).isEqualTo(program.home());
        return home;
    }

    private static Map<String, String> credentials() {
        return Map.of("identifier", ClientStage.USERNAME, "password", ClientStage.PASSWORD);
    }

    /** Spring asks first; our page sends itself by script, and without one has a button. */
    private static void signOut(Visitor visitor, ClientProgram program) {
        Place place = visitor.open(program.signOut());
        for (int page = 0; page < 2 && !slash(place.address()).equals(program.home()); page++) {
            place = visitor.submit(place, Map.of());
        }
        assertThat(slash(place.address())).as(program.log()).isEqualTo(program.home());
    }

    private static String slash(URI address) {
        return address.toString().replaceAll("/$", "") + "/";
    }

    private static JsonNode read(Visitor visitor, ClientProgram program, String path) {
        Place place = visitor.open(program.home() + path);
        assertThat(place.status()).as(place.page() + program.log()).isEqualTo(200);
        return JSON.readTree(place.page());
    }

    private static JsonNode refresh(ClientProgram program, String token) throws IOException, InterruptedException {
        String form = "grant_type=refresh_token&refresh_token=" + token + "&client_id="
                + program.client().id() + "&client_secret=" + program.client().secret();
        HttpRequest request = HttpRequest.newBuilder(URI.create(stage.endpoint() + "/oidc/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        }
    }
}
