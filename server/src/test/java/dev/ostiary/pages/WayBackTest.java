package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Params;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Third-party initiated login (OpenID Connect Core section 4), for who has lost the sign-in they began. */
class WayBackTest {
    private static TestServer server;
    private static String shop;
    private static String plain;

    @BeforeAll
    static void open() {
        server = TestServer.start();
        shop = application("Shop <b>&", "https://shop.example/login?from=sso&iss=evil");
        plain = application("Plain", null);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Answer create(String name, @Nullable String initiateLoginUri) {
        Map<String, Object> metadata = new java.util.LinkedHashMap<>();
        metadata.put("redirectUris", List.of("https://shop.example/callback"));
        metadata.put("postLogoutRedirectUris", List.of());
        if (initiateLoginUri != null) {
            metadata.put("initiateLoginUri", initiateLoginUri);
        }
        return server.api()
                .post("/applications", Map.of("name", name, "type", "Traditional", "oidcClientMetadata", metadata));
    }

    private static String application(String name, @Nullable String initiateLoginUri) {
        return create(name, initiateLoginUri).json().path("id").asString();
    }

    private static String issuer() {
        return Params.encode(server.origin() + "/oidc");
    }

    private static String link(String hint) {
        return "href=\"https://shop.example/login?from=sso&amp;iss=" + issuer() + hint + "\"";
    }

    private static Answer html(TestBrowser browser, String path) {
        return browser.get(path, "Accept", "text/html", "Accept-Language", "en");
    }

    @Test
    void a_lost_sign_in_offers_the_way_back_into_the_application() {
        Answer lost = html(server.browser(), "/sign-in?app_id=" + shop + "&login_hint=a%40b.co");
        assertThat(lost.status()).isEqualTo(302);
        assertThat(lost.location()).isEqualTo("/unknown-session?app_id=" + shop + "&login_hint=a%40b.co");
        Answer page = html(server.browser(), lost.location());
        assertThat(page.text())
                .contains(link("&amp;login_hint=a%40b.co"))
                .contains("Back to Shop &lt;b&gt;&amp;")
                .contains("You can begin again from the application.");
        assertThat(page.text()).doesNotContain("iss=evil").doesNotContain("<b>");
    }

    @Test
    void a_form_that_comes_too_late_does_too() {
        TestBrowser browser = server.browser();
        Answer lost = browser.form("/sign-in?app_id=" + shop, Map.of("identifier", "x", "password", "y"));
        assertThat(lost.location()).isEqualTo("/unknown-session?app_id=" + shop);
        assertThat(html(browser, lost.location()).text()).contains(link(""));
    }

    @Test
    void who_comes_back_too_late_is_shown_the_way_to_where_they_came_from() {
        TestBrowser browser = server.browser();
        Answer sent = browser.get("/oidc/auth?client_id=" + shop
                + "&redirect_uri=https%3A%2F%2Fshop.example%2Fcallback&response_type=code&scope=openid");
        assertThat(sent.location()).startsWith("/sign-in");
        server.clock().forward(Duration.ofHours(2));
        Answer page = html(browser, "/oidc/auth/" + "x".repeat(43));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains(link(""));
        assertThat(html(browser, "/unknown-session").text()).contains(link(""));
    }

    @Test
    void without_a_registered_address_there_is_no_way_and_no_word_of_one() {
        assertThat(html(server.browser(), "/sign-in?app_id=" + plain).location())
                .isEqualTo("/unknown-session");
        for (String query :
                List.of("app_id=" + plain, "app_id=nobody", "app_id=", "app_id=%3Cb%3E&login_hint=%3Cb%3E", "x=1")) {
            Answer page = html(server.browser(), "/unknown-session?" + query);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).doesNotContain("Back to").contains("Go back to the application");
        }
    }

    @Test
    void a_client_that_has_registered_itself_gets_no_link_on_our_page_DR3() {
        server.api().patch("/configs/oidc/registration", Map.of("enabled", true, "requiresInitialAccessToken", false));
        String stranger = server.browser()
                .json(
                        "POST",
                        "/oidc/register",
                        Map.of(
                                "client_name",
                                "Your bank",
                                "redirect_uris",
                                List.of("https://evil.example/cb"),
                                "initiate_login_uri",
                                "https://evil.example/login"))
                .json()
                .path("client_id")
                .asString();
        assertThat(stranger).isNotEmpty();
        assertThat(html(server.browser(), "/sign-in?app_id=" + stranger).location())
                .doesNotContain(stranger);
        assertThat(html(server.browser(), "/unknown-session?app_id=" + stranger).text())
                .doesNotContain("Your bank")
                .doesNotContain("evil.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{", "[]", "{\"appId\":1}", "{\"appId\":\"nobody\"}", "null"})
    void an_odd_cookie_of_the_last_application_is_none_SE6(String cookie) {
        Answer page = server.browser().get("/unknown-session", "Accept", "text/html", "Cookie", "_logto=" + cookie);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).doesNotContain("href=\"https://shop");
    }

    @Test
    void where_the_tenant_sends_lost_visitors_they_go_there() {
        server.api().patch("/sign-in-exp", Map.of("unknownSessionRedirectUrl", "https://start.example/"));
        try {
            assertThat(html(server.browser(), "/sign-in?app_id=" + shop).location())
                    .isEqualTo("https://start.example/");
        } finally {
            server.api().patch("/sign-in-exp", "{\"unknownSessionRedirectUrl\":null}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com/login",
                "https://app.example.com:8443/login?x=1",
                "http://localhost:3000/login",
                "http://127.0.0.1:3000/login",
                "http://[::1]/login"
            })
    void a_sign_in_may_be_begun_by_others_at_https_and_on_the_own_machine(String uri) {
        assertThat(create("x", uri).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com/login",
                "http://localhost.evil.tld/login",
                "http://192.168.0.1/login",
                "com.example.app://login",
                "javascript:alert(1)",
                "data:text/html,x",
                "https://*.example.com/login",
                "https://app.example.com/*",
                "https://good@evil.tld/login",
                "https://app.example.com/login#x",
                "//app.example.com/login",
                "/login",
                "login",
                ""
            })
    void it_may_not_be_begun_anywhere_else_RU4(String uri) {
        Answer answer = create("x", uri);
        assertThat(answer.status()).as(uri).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("guard.invalid_input");
        assertThat(answer.text()).contains("initiateLoginUri");
    }
}
