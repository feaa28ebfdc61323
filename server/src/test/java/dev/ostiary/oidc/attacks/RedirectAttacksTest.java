package dev.ostiary.oidc.attacks;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static dev.ostiary.oidc.authorize.SignInHouse.param;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Operation;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.oidc.grants.TestGrants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where browsers are sent, and what is made of that; each test names its section of RFC 9700. */
class RedirectAttacksTest {
    /** Each means another place than {@code https://shop.example/callback} to some parser. */
    private static final List<String> OF_THE_WEB = List.of(
            "https://shop.example@evil.example/callback",
            "https://shop.example:443@evil.example/callback",
            "https://user:pass@shop.example/callback",
            "https://@shop.example/callback",
            "https://evil.example\\@shop.example/callback",
            "https://evil.example#@shop.example/callback",
            "https://evil.example?@shop.example/callback",
            "https://shop.example\\evil.example/callback",
            "https://shop.example/callback#",
            "https://shop.example/callback#access_token=x",
            "https://shop.example/callback%23",
            "https://shop.example/callback%2f",
            "https://shop.example/callback%2F..%2Fevil",
            "https://shop.example%2fcallback",
            "https://shop.example%2eevil.example/callback",
            "https://shop.example/x/../callback",
            "https://shop.example/callback/..",
            "https://shop.example/callback/../evil",
            "https://shop.example/callback/%2e%2e/evil",
            "https://shop.example/callback/.%2e/evil",
            "https://shop.example/callback;x",
            "https://shop.example/callback%00",
            "https://shop.example/callback%0d%0aX:y",
            "https://shop.example/callback/",
            "https://shop.example//callback",
            "https://shop.example/Callback",
            "https://shop.example/c%61llback",
            "https://shop.example/callback?x",
            "https://shop.example:8443/callback",
            "https://shop.example.evil.example/callback",
            "https://shop.example./callback",
            "https://evilshop.example/callback",
            "https://sub.shop.example/callback",
            "https://[::1]/callback",
            "https://[::ffff:127.0.0.1]/callback",
            "https://[shop.example]/callback",
            "https://[::1%25shop.example]/callback",
            "https://\u0455hop.example/callback",
            "https://shop\u3002example/callback",
            "https://shop.example\uff0fcallback",
            "https://shop.example\uff20evil.example/callback",
            "https://sho\u200bp.example/callback",
            "https://\u202eshop.example/callback",
            "https://xn--hop-jed.example/callback",
            "http://shop.example/callback",
            "//shop.example/callback",
            "/callback",
            "https:/shop.example/callback",
            "https:shop.example/callback",
            "https:///shop.example/callback",
            "ht\ntps://shop.example/callback",
            " https://shop.example/callback",
            "https://shop.example/callback ",
            "https://shop.example/call\tback",
            "javascript://shop.example/callback",
            "data:text/html,https://shop.example/callback",
            "view-source:https://shop.example/callback",
            "*",
            "https://*/callback");

    /** Each but resembles {@code http://127.0.0.1/cb} or {@code com.example.app://callback}. */
    private static final List<String> OF_NATIVE_APPLICATIONS = List.of(
            "http://127.0.0.1@evil.example/cb",
            "http://127.0.0.1:80@evil.example/cb",
            "http://127.0.0.1.evil.example/cb",
            "http://127.0.0.1:80:80/cb",
            "http://127.0.0.1:x/cb",
            "http://127.0.0.1:99999/cb",
            "http://127.0.0.1:-1/cb",
            "http://127.0.0.2/cb",
            "http://127.1/cb",
            "http://0x7f.1/cb",
            "http://0177.0.0.1/cb",
            "http://2130706433/cb",
            "http://[::ffff:127.0.0.1]/cb",
            "http://\u2460\u2461\u2466.0.0.1/cb",
            "http://127\u30020\u30020\u30021/cb",
            "http://localtest.me/cb",
            "https://127.0.0.1/cb",
            "http://127.0.0.1/cb/",
            "http://127.0.0.1/cb#x",
            "http://127.0.0.1/x/../cb",
            "com.example.app://callback@evil.example",
            "com.example.app://callback/../evil",
            "com.example.app:callback",
            "com.example.app.evil://callback",
            "com.example.apq://callback");

    private static final String CRLF = "x\r\nSet-Cookie: evil=1\r\nX-Evil: 1\r\n\r\n<script>alert(1)</script>";

    /** One of ours, with attributes of ours: what was sent may be in its value, escaped. */
    private static final Pattern COOKIE = Pattern.compile(
            "_[a-z_]+=[^;\\s]*(; (path=/[\\w/-]*|max-age=\\d+|expires=[\\w:, ]+|samesite=\\w+|httponly))+");

    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static TestBrowser browser() {
        return house.server.browser();
    }

    // 4.1: redirect URIs ----------------------------------------------------------------------------------------------

    @Test
    void an_address_that_only_resembles_the_registered_one_is_never_followed_rfc9700_4_1_3() {
        for (String uri : OF_THE_WEB) {
            neverFollowed("web", uri);
            neverFollowed("spa", uri);
        }
        for (String uri : OF_NATIVE_APPLICATIONS) {
            neverFollowed("native", uri);
        }
        assertThat(authorize(browser(), "native", "redirect_uri", "http://127.0.0.1:50123/cb")
                        .location())
                .startsWith("/sign-in");
    }

    private static void neverFollowed(String client, String uri) {
        Map<String, String> params = SignInHouse.params(client, "redirect_uri", uri);
        // Whoever is signed in is worth attacking; prompt=none would answer at once.
        TestBrowser browser = browser();
        for (Answer answer : List.of(
                browser.get("/oidc/auth?" + TestBrowser.encode(params)),
                browser.form("/oidc/auth", params),
                authorize(browser, client, "redirect_uri", uri, "prompt", "none"),
                authorize(browser, client, "redirect_uri", uri, "response_mode", "form_post", "prompt", "none"))) {
            assertThat(answer.status())
                    .as(client + " " + uri + " " + answer.text())
                    .isEqualTo(400);
            assertThat(answer.header("Location")).as(uri).isEmpty();
            assertThat(answer.text()).as(uri).doesNotContain("<form", "href=\"" + uri);
        }
        if (!client.equals("web")) {
            Answer pushed = browser.form("/oidc/request", params);
            assertThat(pushed.status()).as("pushed " + uri).isEqualTo(400);
            assertThat(pushed.json().has("request_uri")).isFalse();
        }
    }

    @Test
    void a_code_is_redeemed_with_the_very_address_it_was_sent_to_rfc9700_4_1_3() {
        for (String uri : List.of(
                "https://evil.example/callback", CALLBACK + "/", CALLBACK + "?", CALLBACK + "#", " " + CALLBACK)) {
            Map<String, String> form = TestGrants.redemption(
                    code(house.signIn(browser(), "u1", "spa")), "code_verifier", SignInHouse.VERIFIER);
            form.put("client_id", "spa");
            form.put("redirect_uri", uri);
            Answer answer = browser().form("/oidc/token", form);
            assertThat(answer.status()).as(uri).isEqualTo(400);
            assertThat(answer.json().has("access_token")).isFalse();
        }
    }

    // 4.11: open redirection ------------------------------------------------------------------------------------------

    @Test
    void an_unknown_client_or_a_foreign_address_is_told_here_and_not_there_rfc9700_4_11_2() {
        for (String client : List.of("nobody", "", "web\0", "WEB")) {
            Answer answer = browser()
                    .get("/oidc/auth?"
                            + TestBrowser.encode(SignInHouse.params("web"))
                                    .replace("client_id=web", "client_id=" + dev.ostiary.http.Params.encode(client)));
            assertThat(answer.status()).as(client).isEqualTo(400);
            assertThat(answer.header("Location")).isEmpty();
        }
        for (String uri : List.of("https://evil.example/", "//evil.example", "https://shop.example//evil.example")) {
            Answer answer = browser()
                    .get("/oidc/session/end?"
                            + TestBrowser.encode(Map.of("client_id", "web", "post_logout_redirect_uri", uri)));
            assertThat(answer.status()).as(uri).isEqualTo(400);
            assertThat(answer.header("Location")).isEmpty();
        }
    }

    /** Every page and endpoint for browsers, with every name under which redirectors elsewhere take their target. */
    @Test
    void no_page_leads_to_where_its_address_says_rfc9700_4_11_2() {
        List<String> targets =
                List.of("https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)");
        int walked = 0;
        for (Operation operation : house.server.app().operations()) {
            if (!operation.method().equals("GET") || operation.pattern().startsWith("/api/")) {
                continue;
            }
            for (String target : targets) {
                Map<String, String> query = new LinkedHashMap<>();
                for (String name : List.of(
                        "redirect",
                        "redirect_uri",
                        "redirectUri",
                        "redirect_to",
                        "return",
                        "returnTo",
                        "return_to",
                        "next",
                        "url",
                        "uri",
                        "target_link_uri",
                        "continue",
                        "goto",
                        "RelayState",
                        "iss",
                        "lang",
                        "post_logout_redirect_uri",
                        "ui_locales",
                        "app_id",
                        "organization_id",
                        "state",
                        "error")) {
                    query.put(name, target);
                }
                String path = operation.pattern().replaceAll("\\{\\w+}", "x").replace("*", "/evil.example");
                staysHere(browser().get(path + "?" + TestBrowser.encode(query), "Accept", "text/html"));
            }
            walked++;
        }
        assertThat(walked).isGreaterThan(25);
        for (String path : List.of(
                "//evil.example",
                "//evil.example/..",
                "/%2f%2fevil.example",
                "/%5cevil.example",
                "/sign-in//evil.example",
                "/register//evil.example/%2e%2e",
                "/console//evil.example",
                "/oidc//evil.example",
                "/.%2e/evil.example")) {
            String answer = Attacks.raw(
                    house.server.port(), "GET " + path + " HTTP/1.1", "Host: localhost:" + house.server.port());
            String head = Attacks.head(answer).toLowerCase(java.util.Locale.ROOT);
            for (String line : head.split("\r\n")) {
                if (line.startsWith("location:")) {
                    assertThat(line.substring(9).strip())
                            .as(path)
                            .matches("/[a-z-]+(\\?.*)?")
                            .doesNotContain("evil");
                }
            }
        }
    }

    private static void staysHere(Answer answer) {
        assertThat(answer.status()).as(answer.response().uri().toString()).isLessThan(500);
        answer.header("Location").ifPresent(location -> {
            URI target = answer.response().uri().resolve(location);
            assertThat(target.getScheme() + "://" + target.getRawAuthority())
                    .as(answer.response().uri() + " leads to " + location)
                    .isEqualTo(house.server.origin());
            assertThat(location).doesNotStartWith("//").doesNotStartWith("/\\");
        });
        assertThat(answer.header("Refresh")).isEmpty();
        assertThat(answer.text())
                .doesNotContain(
                        "href=\"https://evil",
                        "href=\"//evil",
                        "href=\"javascript:",
                        "action=\"https://evil",
                        "action=\"//evil",
                        "http-equiv=\"refresh");
    }

    // 4.12: 307 -------------------------------------------------------------------------------------------------------

    @Test
    void no_answer_to_a_form_makes_the_browser_send_it_on_rfc9700_4_12() {
        int walked = 0;
        for (Operation operation : house.server.app().operations()) {
            if (!operation.method().equals("POST")) {
                continue;
            }
            TestBrowser visitor = browser();
            authorize(visitor, "spa");
            String path = operation.pattern().replaceAll("\\{\\w+}", "x");
            Map<String, String> fields =
                    new LinkedHashMap<>(SignInHouse.params("spa", "identifier", "u1", "password", "x"));
            assertThat(visitor.form(path, fields).status()).as(path).isNotIn(301, 302, 307, 308);
            walked++;
        }
        assertThat(walked).isGreaterThan(50);
        // The last hop of a sign-in, to the application: RFC 9700 asks for 303.
        assertThat(house.signIn(browser(), "u1", "spa").status()).isEqualTo(303);
        assertThat(browser().form("/oidc/auth", SignInHouse.params("spa")).status())
                .isEqualTo(303);
    }

    // response splitting ----------------------------------------------------------------------------------------------

    @Test
    void a_line_break_in_a_parameter_starts_no_header_rfc9700_4_11() {
        List<String> names = List.of(
                "state",
                "nonce",
                "redirect_uri",
                "response_type",
                "response_mode",
                "scope",
                "client_id",
                "prompt",
                "ui_locales",
                "login_hint",
                "error_description",
                "error",
                "resource",
                "max_age",
                "display",
                "acr_values",
                "code_challenge",
                "claims",
                "id_token_hint",
                "request_uri",
                "first_screen",
                "identifier",
                "direct_sign_in",
                "organization_id",
                "post_logout_redirect_uri",
                "logout_hint",
                "app_id",
                "lang",
                "user_code",
                "input_code",
                "parse_error",
                "code",
                "iss",
                "x\r\nSet-Cookie: evil=1");
        List<Answer> answers = new ArrayList<>();
        for (String name : names) {
            for (String base : List.of("web", "spa")) {
                answers.add(authorize(browser(), base, name, CRLF));
                answers.add(authorize(browser(), base, name, CRLF, "prompt", "none"));
                answers.add(authorize(browser(), base, name, CRLF, "response_mode", "form_post", "prompt", "none"));
            }
            String query = "?" + TestBrowser.encode(Map.of(name, CRLF));
            for (String path : List.of(
                    "/oidc/session/end",
                    "/oidc/session/end/success",
                    "/oidc/session/end/declined",
                    "/oidc/device",
                    "/device",
                    "/sign-in",
                    "/register",
                    "/consent",
                    "/callback/x",
                    "/enterprise-sso/x/start",
                    "/direct/sso/x",
                    "/unknown-session",
                    "/single-sign-on/email",
                    "/demo-app",
                    "/oidc/.well-known/openid-configuration")) {
                answers.add(browser().get(path + query, "Accept", "text/html"));
            }
            for (String path : List.of("/oidc/token", "/oidc/request", "/oidc/device/auth", "/oidc/session/end")) {
                answers.add(browser().form(path, Map.of(name, CRLF, "grant_type", "refresh_token")));
            }
        }
        // Reflected where the visitor ends: encoded, and whole.
        Answer granted = house.signIn(browser(), "u1", "spa", "state", CRLF);
        assertThat(param(granted.location(), "state")).contains(CRLF);
        answers.add(granted);
        answers.forEach(RedirectAttacksTest::isOneAnswer);
    }

    private static void isOneAnswer(Answer answer) {
        String asked = answer.response().uri().toString();
        assertThat(answer.status()).as(asked).isLessThan(500);
        assertThat(answer.header("X-Evil")).as(asked).isEmpty();
        assertThat(answer.headers("Set-Cookie")).as(asked).allMatch(cookie -> COOKIE.matcher(cookie)
                .matches());
        answer.response().headers().map().values().forEach(values -> assertThat(values)
                .as(asked)
                .noneMatch(value -> value.contains("\r") || value.contains("\n")));
        String type = answer.header("Content-Type").orElse("");
        if (type.startsWith("text/html")) {
            assertThat(answer.text()).as(asked).doesNotContain("<script>alert");
        }
    }
}
