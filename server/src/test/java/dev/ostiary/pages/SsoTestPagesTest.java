package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestProvider;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An administrator tries a connection: a real round trip, by which nobody is signed in. */
class SsoTestPagesTest {
    private static TestServer server;
    private static TestProvider provider;
    private static String connector;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        provider = TestProvider.start();
        provider.clock = server.clock();
        connector = server.api().connect("acme-directory", provider, "acme.test");
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    @AfterEach
    void as_it_was() {
        provider.replies.clear();
        server.clock().reset();
    }

    @ParameterizedTest
    @CsvSource({"en,The connection works", "ja,接続は正常です", "zh-CN,连接正常"})
    void the_claims_that_came_are_shown_and_nobody_is_signed_in(String language, String heading) {
        TestBrowser browser = server.browser();
        Answer page = browser.get(
                SsoPagesTest.back(provider, open(browser), SsoPagesTest.claims("u-1", "a@acme.test", "<b>Alice</b>")),
                "Accept-Language",
                language);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("<h1>" + heading + "</h1>", "acme-directory", "a@acme.test", "&lt;b&gt;Alice&lt;/b&gt;")
                .doesNotContain("<b>Alice");
        assertThat(Walker.unescaped(page.text())).contains(Phrases.in(language).say("sso.test.email.trusted"));
        assertThat(browser.cookie("_session")).isEmpty();
        assertThat(browser.cookie("_sso_test")).isEmpty();
        assertThat(server.api().get("/users?search=%25a@acme.test%25").json()).isEmpty();
    }

    @Test
    void an_address_that_is_not_trusted_is_told_with_what_to_do() {
        TestBrowser browser = server.browser();
        Map<String, Object> claims = Map.of("sub", "u-2", "email", "b@other.test", "name", "B");
        String page = Walker.unescaped(
                browser.get(SsoPagesTest.back(provider, open(browser), claims)).text());
        assertThat(page)
                .contains(Phrases.in("en").say("sso.test.email.untrusted"))
                .contains(Phrases.in("en").say("sso.test.email.other_domain", Map.of("domain", "other.test")));
        TestBrowser second = server.browser();
        assertThat(Walker.unescaped(second.get(SsoPagesTest.back(provider, open(second), Map.of("sub", "u-3")))
                        .text()))
                .contains(Phrases.in("en").say("sso.test.email.none"));
    }

    @Test
    void what_goes_wrong_is_told_with_the_provider_s_code() {
        provider.replies.put(
                "/token",
                new TestProvider.Reply(
                        400,
                        "application/json",
                        "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid secret\"}"));
        TestBrowser browser = server.browser();
        Answer page = browser.get(SsoPagesTest.back(provider, open(browser), Map.of("sub", "u-4")));
        assertThat(page.text())
                .contains("<h1>The connection test failed</h1>", "<code>AADSTS7000215</code>", "Request ID")
                .doesNotContain("Invalid secret");
    }

    @Test
    void RP4_a_test_is_for_one_browser_and_one_time() {
        String ticket = ticket();
        TestBrowser browser = server.browser();
        Answer opened = browser.get(ticket);
        over(server.browser().get(ticket));
        String back = SsoPagesTest.back(provider, opened.location(), SsoPagesTest.claims("u-5", "e@acme.test", "E"));
        over(server.browser().get(back));
        TestBrowser late = server.browser();
        String lateBack = SsoPagesTest.back(provider, open(late), Map.of("sub", "u-6"));
        server.clock().forward(Duration.ofMinutes(6));
        over(late.get(lateBack));
        server.clock().reset();
        assertThat(browser.get(back).status()).isEqualTo(200);
        over(browser.get(back));
        over(server.browser().get("/enterprise-sso/" + connector + "/test"));
        over(server.browser().get("/enterprise-sso/nobody/test?ticket=x"));
    }

    private static void over(Answer page) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("<h1>This test is over</h1>").doesNotContain("acme.test");
    }

    private static String ticket() {
        String address = server.api()
                .created("/sso-connectors/" + connector + "/test", Map.of())
                .path("testUri")
                .asString();
        assertThat(address).startsWith(server.origin() + "/enterprise-sso/" + connector + "/test?ticket=");
        return address;
    }

    private static String open(TestBrowser browser) {
        Answer opened = browser.get(ticket());
        assertThat(opened.status()).isEqualTo(303);
        return opened.location();
    }
}
