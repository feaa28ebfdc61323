package dev.ostiary.oidc.logout;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FrontchannelLogoutTest {
    private static final Pattern XSRF = Pattern.compile("name=\"xsrf\" value=\"([^\"]+)\"");
    private static final Pattern FRAME = Pattern.compile("<iframe src=\"([^\"]+)\"");
    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static Answer create(String frontchannelLogoutUri, boolean withSession) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("redirectUris", List.of(CALLBACK, "https://*.preview.example.com/cb"));
        metadata.put("postLogoutRedirectUris", List.of("https://shop.example/bye"));
        metadata.put("frontchannelLogoutUri", frontchannelLogoutUri);
        metadata.put("frontchannelLogoutSessionRequired", withSession);
        return house.server
                .api()
                .post("/applications", Map.of("name", "Shop", "type", "SPA", "oidcClientMetadata", metadata));
    }

    private static String application(String frontchannelLogoutUri, boolean withSession) {
        Answer answer = create(frontchannelLogoutUri, withSession);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asString();
    }

    private static Answer signOut(TestBrowser browser, String client, String... headers) {
        String query = TestBrowser.encode(
                Map.of("client_id", client, "post_logout_redirect_uri", "https://shop.example/bye", "state", "a'b"));
        Matcher xsrf = XSRF.matcher(browser.get("/oidc/session/end?" + query).text());
        assertThat(xsrf.find()).isTrue();
        return browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf.group(1), "logout", "yes"), headers);
    }

    private static List<String> frames(Answer page) {
        return FRAME.matcher(page.text())
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .toList();
    }

    @Test
    void the_browser_loads_what_the_applications_of_the_session_registered_and_goes_on() {
        String plain = application("https://shop.example/front", false);
        String named = application("https://shop.example/front?x=1&sid=mine", true);
        TestBrowser browser = house.server.browser();
        house.signIn(browser, "u1", plain);
        code(authorize(browser, named));
        JsonNode session = house.server.api().get("/users/u1/sessions").json().at("/sessions/0/payload");
        String sid = session.at("/authorizations/" + named + "/sid").asString();
        Answer page = signOut(browser, plain);
        assertThat(page.status()).isEqualTo(200);
        List<String> frames = frames(page);
        assertThat(frames).hasSize(2).contains("https://shop.example/front");
        String second =
                frames.stream().filter(frame -> frame.contains("?")).findFirst().orElseThrow();
        assertThat(second).startsWith("https://shop.example/front?x=1&").doesNotContain("sid=mine");
        assertThat(SignInHouse.param(second, "iss")).contains(house.server.origin() + "/oidc");
        assertThat(SignInHouse.param(second, "sid")).contains(sid);
        String target = "https://shop.example/bye?state=a%27b";
        assertThat(page.text())
                .contains("href=\"" + target)
                .contains("http-equiv=\"refresh\" content=\"4;url=" + target);
        String policy = page.header("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .contains("frame-src https://shop.example/front;")
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(browser.cookie("_session")).isEmpty();
        assertThat(SignInHouse.error(authorize(browser, plain, "prompt", "none")))
                .isEqualTo("login_required");
    }

    @Test
    void without_such_applications_nothing_is_shown() {
        TestBrowser browser = house.server.browser();
        String quiet = application("https://shop.example/front", false);
        house.signIn(browser, "u2", "spa");
        Answer done = signOut(browser, quiet);
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.location()).startsWith("https://shop.example/bye?state=");
    }

    @Test
    void the_page_speaks_three_languages() {
        for (Map.Entry<String, String> language :
                Map.of("ja", "サインアウト中", "zh-CN", "正在退出登录", "en", "Signing out").entrySet()) {
            String app = application("https://shop.example/front", false);
            TestBrowser browser = house.server.browser();
            house.signIn(browser, "u1", app);
            Answer page = signOut(browser, app, "Accept-Language", language.getKey());
            assertThat(page.text()).contains(language.getValue()).contains("lang=\"" + language.getKey() + "\"");
        }
    }

    @Test
    void the_address_is_on_the_origin_of_a_redirect_uri_or_refused() {
        for (String uri : List.of(
                "https://evil.example/front",
                "http://shop.example/front",
                "https://shop.example:8443/front",
                "https://shop.example/front#fragment",
                "https://shop.example@evil.example/front",
                "https://a.preview.example.com/front",
                "javascript:alert(1)",
                "/front")) {
            Answer answer = create(uri, false);
            assertThat(answer.status()).as(uri).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("guard.invalid_input");
        }
        assertThat(create("https://shop.example/a;b,c?d", false).status()).isEqualTo(200);
    }

    @Test
    void a_policy_never_reads_an_address_as_its_own_syntax() {
        String odd = application("https://shop.example/a;script-src,b", false);
        TestBrowser browser = house.server.browser();
        house.signIn(browser, "u1", odd);
        String policy = signOut(browser, odd).header("Content-Security-Policy").orElseThrow();
        assertThat(policy).contains("frame-src https://shop.example;").doesNotContain("a;script-src");
    }

    @Test
    void an_id_token_names_the_session_to_a_client_that_hears_of_its_end_by_the_browser() {
        String app = application("https://shop.example/front", true);
        TestBrowser browser = house.server.browser();
        String code = code(house.signIn(browser, "u2", app));
        Answer tokens = house.server
                .browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type", "authorization_code",
                                "code", code,
                                "client_id", app,
                                "redirect_uri", CALLBACK,
                                "code_verifier", SignInHouse.VERIFIER));
        String[] parts = TestOidc.member(tokens, "id_token").split("\\.");
        String claims = new String(java.util.Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"sid\":");
        String frame = frames(signOut(browser, app)).getFirst();
        String sid = URLDecoder.decode(SignInHouse.param(frame, "sid").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"sid\":\"" + sid + "\"");
    }
}
