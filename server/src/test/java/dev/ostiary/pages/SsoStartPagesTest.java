package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Params;
import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestProvider;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tile in a provider's portal, and what others could make of such a link. */
class SsoStartPagesTest {
    private static final String TARGET = "https://shop.example/login?from=portal";

    private static TestServer server;
    private static TestProvider provider;
    private static String connector;
    private static String client;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        provider = TestProvider.start();
        provider.clock = server.clock();
        set("{\"singleSignOnEnabled\":true}");
        connector = server.api().connect("Acme", provider, "acme.test");
        client = application("Shop", false, "https://shop.example/callback", "https://*.preview.example/callback");
        application("Partner", true, "https://partner.example/callback");
        application("Native", false, "com.shop.app://callback", "http://127.0.0.1/callback");
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    @AfterEach
    void settings_as_they_were() {
        server.clock().reset();
        set("{\"singleSignOnEnabled\":true,\"unknownSessionRedirectUrl\":null}");
    }

    @Test
    void a_tile_leads_by_the_application_to_the_provider_and_nobody_is_signed_in_by_it() {
        Walker walker = shopper();
        Answer sent = walker.browser.get(
                start("iss", provider.issuer(), "login_hint", "a@acme.test", "target_link_uri", TARGET));
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.location()).isEqualTo(TARGET);
        assertThat(walker.browser.cookie("_session")).isEmpty();

        walker.arrive();
        assertThat(walker.page.status()).isEqualTo(303);
        assertThat(walker.page.location())
                .startsWith(provider.issuer() + "/authorize?")
                .contains("login_hint=a%40acme.test");
        // Once: who comes back chooses for himself.
        assertThat(walker.browser.cookie("_sso_announced")).isEmpty();
        assertThat(walker.browser.get("/sign-in?app_id=" + client).status()).isEqualTo(200);
    }

    @Test
    void a_tile_may_post_and_may_leave_the_issuer_out() {
        Answer posted = server.browser()
                .form(
                        "/enterprise-sso/" + connector + "/start",
                        Map.of("iss", provider.issuer() + "/", "target_link_uri", TARGET),
                        "Origin",
                        "https://portal.example",
                        "Sec-Fetch-Site",
                        "cross-site");
        assertThat(posted.location()).isEqualTo(TARGET);
        assertThat(server.browser().get(start("target_link_uri", TARGET)).location())
                .isEqualTo(TARGET);
    }

    @Test
    void what_was_announced_counts_for_five_minutes_and_for_the_one_application() {
        Walker late = shopper();
        late.browser.get(start("target_link_uri", TARGET));
        server.clock().forward(Duration.ofMinutes(6));
        assertThat(late.arrive().page.status()).isEqualTo(200);
        server.clock().reset();

        Walker elsewhere = new Walker(server);
        elsewhere.browser.get(start("target_link_uri", TARGET));
        assertThat(elsewhere.arrive().page.status()).isEqualTo(200);

        Walker forged = shopper();
        forged.browser.get(start("target_link_uri", TARGET));
        String cookie = forged.browser.cookie("_sso_announced").orElseThrow();
        for (String bad :
                List.of("x" + cookie, cookie + "x", cookie.substring(1), ".", "e30." + cookie.split("\\.")[1])) {
            forged.browser.setCookie("_sso_announced", bad);
            assertThat(forged.arrive().page.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://shop.example.evil.example/",
                "https://shop.example@evil.example/",
                "https://shop.example:8443/",
                "http://shop.example/",
                "https://shop.example\\@evil.example/",
                "https:\\\\evil.example/",
                "https://evil.example\\.shop.example/",
                "https://evil.example/https://shop.example/",
                "https://evil.example#https://shop.example/",
                "https://evil.example?https://shop.example/",
                "//evil.example/",
                "//shop.example/",
                "/\\evil.example",
                "///evil.example",
                "https:evil.example",
                "https:/evil.example",
                "https:///evil.example",
                "javascript:alert(document.domain)//https://shop.example/",
                "data:text/html,<script>alert(1)</script>",
                "https://shop.example/\r\nLocation: https://evil.example/",
                "https://shop.example\t.evil.example/",
                " https://evil.example/",
                "https://SHOP.example.evil.example/",
                "https://shop。example/",
                "https://ｓhop.example.evil.example/",
                "https://0x7f.1/",
                "https://partner.example/",
                "https://evil.preview.example/",
                "https://*.preview.example/",
                "com.shop.app://callback",
                "https://shop.example/login#fragment",
                "https://shop.example/../x",
                "shop.example/login",
                ""
            })
    void no_link_leads_anywhere_but_to_an_application_of_the_tenant_s_own(String target) {
        Answer page = server.browser().get(start("iss", provider.issuer(), "target_link_uri", target));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.header("Location")).isEmpty();
        assertThat(page.headers("Set-Cookie")).isEmpty();
        // In the query of the links to the other languages it may stand, and nowhere else.
        String text = page.text().replaceAll("href=\"\\?[^\"]*\"", "");
        assertThat(text)
                .contains(SsoPagesTest.say("en", "sso.foreign_target.heading"))
                .doesNotContain("evil.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://SHOP.example/login",
                "https://shop.example:443/login",
                "https://shop.example",
                "https://shop.example/a?next=https://evil.example/",
                "http://127.0.0.1/start"
            })
    void the_application_s_own_addresses_are_taken(String target) {
        assertThat(server.browser().get(start("target_link_uri", target)).location())
                .isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja", "zh-CN"})
    void another_issuer_or_connector_is_refused(String language) {
        for (String issuer : List.of("https://evil.example", "", provider.issuer() + "/x", provider.issuer() + "//")) {
            Answer page = server.browser().get(start("iss", issuer, "target_link_uri", TARGET, "ui_locales", language));
            SsoPagesTest.expect(page, 400, language, "other_issuer");
        }
        Answer gone = server.browser()
                .get("/enterprise-sso/nobody/start?ui_locales=" + language + "&target_link_uri="
                        + Params.encode(TARGET));
        SsoPagesTest.expect(gone, 404, language, "gone");
        set("{\"singleSignOnEnabled\":false}");
        SsoPagesTest.expect(
                server.browser().get(start("target_link_uri", TARGET, "ui_locales", language)), 404, language, "gone");
        set("{\"singleSignOnEnabled\":true}");
    }

    @Test
    void without_an_address_the_settings_say_where_visitors_without_an_application_go() {
        SsoPagesTest.expect(server.browser().get(start("iss", provider.issuer())), 400, "en", "no_target");
        set("{\"unknownSessionRedirectUrl\":\"https://shop.example/start\"}");
        assertThat(server.browser().get(start("iss", provider.issuer())).location())
                .isEqualTo("https://shop.example/start");
        assertThat(server.browser()
                        .get(start("target_link_uri", TARGET) + "&target_link_uri=https://evil.example/")
                        .status())
                .isEqualTo(400);
    }

    private static Walker shopper() {
        Walker walker = new Walker(server);
        walker.client = client;
        walker.callback = "https://shop.example/callback";
        return walker;
    }

    private static String start(String... pairs) {
        Params query = Params.NONE;
        for (int i = 0; i < pairs.length; i += 2) {
            query = query.with(pairs[i], pairs[i + 1]);
        }
        return "/enterprise-sso/" + connector + "/start?" + query.encode();
    }

    private static String application(String name, boolean thirdParty, String... redirectUris) {
        String type = redirectUris[0].startsWith("com.") ? "Native" : "Traditional";
        return server.api()
                .created(
                        "/applications",
                        Map.of(
                                "name", name,
                                "type", type,
                                "isThirdParty", thirdParty,
                                "oidcClientMetadata",
                                        Map.of(
                                                "redirectUris",
                                                List.of(redirectUris),
                                                "postLogoutRedirectUris",
                                                List.of())))
                .path("id")
                .asString();
    }

    private static void set(String settings) {
        Answer answer = server.api().patch("/sign-in-exp", Json.read(settings));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
