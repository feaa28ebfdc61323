package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What attackers send to the pages, or make visitors send. */
class HostilePagesTest {
    private static final List<String> POLYGLOTS = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onfocus=alert(1) autofocus='",
            "javascript:alert(1)//",
            "</title><svg/onload=alert(1)>",
            "${7*7}{{7*7}}<%= 7*7 %>",
            "]]><!--<script>alert(1)</script>",
            "\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>",
            "\u2028</style></script>");
    private static final Pattern MARKUP = Pattern.compile("<script>|<img src=x|<svg/onload|<[^>]* on[a-z]+=|</style>");

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.api().created("/users", Map.of("username", "victim", "password", Walker.PASSWORD));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> polyglots() {
        return POLYGLOTS.stream();
    }

    @ParameterizedTest
    @MethodSource("polyglots")
    void XS1_nothing_that_is_sent_becomes_markup(String text) {
        String encoded = dev.ostiary.http.Params.encode(text);
        for (String page : List.of("/sign-in", "/register")) {
            Walker walker = new Walker(server).arrive();
            String query = Stream.of("login_hint", "ui_locales", "lang", "identifier", "organization_id", "x<y>")
                    .map(name -> dev.ostiary.http.Params.encode(name) + "=" + encoded)
                    .reduce("app_id=demo-app", (all, one) -> all + "&" + one);
            walker.page = walker.browser.get(page + "?" + query, "Accept-Language", "ja");
            harmless(walker.page);
            harmless(walker.enter(text, text).page);
            harmless(walker.submit(Map.of("identifier", text, "password", "", text, text)).page);
        }
        harmless(html("/" + encoded.replace("+", "%20") + "?" + encoded + "=" + encoded));
        harmless(html("/oidc/auth?client_id=" + encoded + "&error_description=" + encoded));
        harmless(html("/unknown-session?" + encoded));
    }

    @Test
    void XS1_what_is_stored_does_not_become_markup_either() {
        String id = server.api()
                .created(
                        "/applications",
                        Map.of(
                                "name", "<img src=x onerror=alert(1)>",
                                "type", "SPA",
                                "oidcClientMetadata",
                                        Map.of(
                                                "redirectUris", List.of("https://shop.example/callback"),
                                                "postLogoutRedirectUris", List.of())))
                .get("id")
                .asString();
        assertThat(Legal.of("javascript:alert(1)", "data:text/html,x")).isEqualTo(Legal.NONE);
        Walker walker = new Walker(server);
        walker.client = id;
        walker.callback = "https://shop.example/callback";
        walker.arrive();
        assertThat(walker.page.text()).contains("&lt;img src=x");
        harmless(walker.page);
    }

    /** Refused where it comes in, and left out where it is stored all the same. */
    @Test
    void XS2_no_address_that_would_be_run_becomes_a_link() {
        assertThat(server.api()
                        .patch(
                                "/configs/oidc/registration",
                                Map.of("enabled", true, "requiresInitialAccessToken", false, "attemptsPerHour", 1_000))
                        .status())
                .isEqualTo(200);
        for (String run :
                List.of("javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//x")) {
            for (String member : List.of("tos_uri", "policy_uri", "logo_uri", "client_uri", "initiate_login_uri")) {
                Map<String, Object> document =
                        Map.of("redirect_uris", List.of("https://agent.example/cb"), member, run);
                Answer answer = server.browser().json("POST", "/oidc/register", document);
                assertThat(answer.status()).as(member + " " + run).isEqualTo(400);
            }
            Map<String, Object> look = Map.of("termsOfUseUrl", run, "privacyPolicyUrl", run);
            assertThat(server.api()
                            .put("/applications/demo-app/sign-in-experience", look)
                            .status())
                    .as(run)
                    .isIn(400, 404, 422);
        }
        assertThat(consent(registered())).contains("href=\"https://agent.example/tos\"");
        String id = registered();
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(
                        """
                UPDATE application_sign_in_experiences SET terms_of_use_url = 'javascript:alert(1)',
                    privacy_policy_url = 'data:text/html,x', branding = '{"logoUrl":"javascript:alert(1)"}'
                WHERE tenant_id = :tenant AND application_id = :id
                """)
                .bind("id", id)
                .execute());
        assertThat(consent(id)).contains("Agent").doesNotContain("javascript:", "data:text", "/tos");
    }

    private static String registered() {
        return server.browser()
                .json(
                        "POST",
                        "/oidc/register",
                        Map.of(
                                "client_name", "Agent",
                                "redirect_uris", List.of("https://agent.example/cb"),
                                "token_endpoint_auth_method", "none",
                                "tos_uri", "https://agent.example/tos",
                                "policy_uri", "https://agent.example/policy"))
                .json()
                .path("client_id")
                .asString();
    }

    private static String consent(String client) {
        Walker walker = new Walker(server);
        walker.client = client;
        walker.callback = "https://agent.example/cb";
        walker.arrive("scope", "openid").enter("victim", Walker.PASSWORD);
        return walker.browser.follow(walker.browser.get(walker.page.location())).text();
    }

    @Test
    void XS3_custom_css_stays_a_style_sheet_of_its_own_tenant() {
        String css = "h1{color:red}</style><script>alert(1)</script>@import url(https://evil.example/x.css);"
                + "body{background:url(https://evil.example/leak)}";
        set(Json.write(Map.of("customCss", css)));
        Walker walker = new Walker(server).arrive();
        harmless(walker.page);
        assertThat(walker.page.text()).doesNotContain("color:red");
        String address = walker.group("href=\"(/assets/pages/custom\\.[^\"]*)\"");
        Answer sheet = walker.browser.get(address);
        assertThat(sheet.text()).isEqualTo(css);
        assertThat(sheet.header("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(sheet.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(sheet.header("Cache-Control").orElse("")).contains("immutable");
        // What it wants from elsewhere the policy does not give.
        String policy = walker.page.header("Content-Security-Policy").orElse("");
        assertThat(policy).contains("style-src 'self';", "img-src 'self' data:;", "font-src 'self' data:;");
        set("{\"customCss\":null}");
        assertThat(walker.browser.get(address).header("Cache-Control")).contains("no-cache");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Origin,null",
                "Origin,https://evil.example",
                "Origin,http://localhost",
                "Origin,http://sub.localhost:1",
                "Sec-Fetch-Site,cross-site",
                "Sec-Fetch-Site,same-site"
            })
    void SE4_forms_from_elsewhere_are_refused(String header, String value) {
        Walker walker = new Walker(server).arrive();
        Answer form = walker.page;
        walker.submit(Map.of("identifier", "victim", "password", Walker.PASSWORD), header, value);
        assertThat(walker.page.status()).isEqualTo(403);
        assertThat(walker.page.code()).isEqualTo("page.form_rejected");
        walker.page = form;
        walker.submit(
                Map.of("identifier", "victim", "password", Walker.PASSWORD),
                "Origin",
                server.origin(),
                "Sec-Fetch-Site",
                "same-origin");
        assertThat(walker.page.status()).isEqualTo(303);
    }

    @Test
    void SE4_a_form_of_another_visitor_is_worth_nothing_here() {
        Walker attacker = new Walker(server).arrive();
        Walker victim = new Walker(server).arrive();
        String own = victim.token();
        for (String token : Arrays.asList(attacker.token(), "", "x", own.substring(1), own + "=")) {
            Answer answer = victim.browser.form(
                    victim.action(), Map.of("_token", token, "identifier", "victim", "password", Walker.PASSWORD));
            assertThat(answer.status()).isEqualTo(403);
        }
        Answer page = victim.browser.send(
                "POST",
                victim.action(),
                "identifier=victim&password=" + Walker.PASSWORD,
                "Content-Type",
                "text/plain",
                "Accept",
                "text/html");
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains("This form can no longer be used", "href=\"/sign-in?app_id=demo-app\"");
        assertThat(victim.enter("victim", Walker.PASSWORD).page.status()).isEqualTo(303);
    }

    @Test
    void AZ9_pages_are_framed_by_nobody_kept_by_nobody_and_load_nothing_foreign() {
        Walker walker = new Walker(server).arrive();
        Answer wrong = new Walker(server).arrive().enter("victim", "wrong-password").page;
        for (Answer page : List.of(walker.page, wrong, html("/unknown-session"), html("/nothing"), html("/demo-app"))) {
            String policy = page.header("Content-Security-Policy").orElse("");
            assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.header("X-Frame-Options")).contains("DENY");
            assertThat(page.header("Cache-Control")).contains("no-store");
            assertThat(page.header("Referrer-Policy")).contains("no-referrer");
            assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.text()).doesNotContain("src=\"http", "style=\"", "<style", "onclick");
        }
        assertThat(walker.page.header("Content-Security-Policy").orElse(""))
                .contains("form-action 'self' https: " + server.origin() + ";");
        assertThat(walker.enter("victim", Walker.PASSWORD).page.status()).isEqualTo(303);
    }

    @Test
    void SI5_an_unknown_name_looks_like_a_wrong_password_and_takes_the_same() {
        server.api().created("/users", Map.of("username", "no_password"));
        Walker walker = new Walker(server).arrive();
        String token = walker.token();
        String action = walker.action();
        List<String> names = List.of("victim", "nobody", "no_password");
        long[][] times = new long[names.size()][9];
        String[] pages = new String[names.size()];
        for (int round = 0; round < times[0].length; round++) {
            for (int i = 0; i < names.size(); i++) {
                long began = System.nanoTime();
                Answer answer = walker.browser.form(
                        action, Map.of("_token", token, "identifier", names.get(i), "password", "wrong-password"));
                times[i][round] = System.nanoTime() - began;
                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.headers("Set-Cookie")).isEmpty();
                pages[i] = answer.text().replace(names.get(i), "NAME");
            }
        }
        assertThat(pages[1]).isEqualTo(pages[0]);
        assertThat(pages[2]).isEqualTo(pages[0]);
        double known = median(times[0]);
        assertThat(median(times[1])).isBetween(known / 3, known * 3);
        assertThat(median(times[2])).isBetween(known / 3, known * 3);
    }

    @Test
    void the_first_paint_is_under_25_kB() throws IOException {
        for (String path : List.of("/sign-in?app_id=demo-app", "/register?app_id=demo-app&lang=ja")) {
            Walker walker = new Walker(server).arrive();
            walker.page = walker.browser.get(path);
            int size = gzipped(walker.page.text());
            for (String asset : List.of("pages\\.[^\"]*\\.css", "theme\\.[^\"]*", "pages\\.[^\"]*\\.js")) {
                Answer file = walker.browser.get(walker.group("\"(/assets/pages/" + asset + ")\""));
                assertThat(file.status()).isEqualTo(200);
                assertThat(file.header("Cache-Control").orElse("")).contains("immutable");
                assertThat(file.headers("Set-Cookie")).isEmpty();
                size += gzipped(file.text());
            }
            assertThat(size).isLessThan(25_000);
        }
    }

    @Test
    void errors_are_pages_for_people_and_json_for_programs() {
        Answer page = html("/oidc/auth?client_id=nobody");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("<code>oidc.invalid_client</code>", "Request ID");
        assertThat(server.browser()
                        .get("/oidc/auth?client_id=nobody", "Accept", "*/*")
                        .code())
                .isEqualTo("oidc.invalid_client");
        assertThat(html("/no-such-page").text()).contains("There is no such page");
        assertThat(server.browser().get("/api/users", "Accept", "text/html").code())
                .startsWith("auth.");
    }

    private static Answer html(String path) {
        return server.browser().get(path, "Accept", "text/html,application/xhtml+xml;q=0.9");
    }

    static void harmless(Answer page) {
        assertThat(page.status()).isLessThan(500);
        assertThat(page.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("a="));
        // Quoted values hold what was sent, with its quotes escaped: only what is outside of them is markup.
        String markup = page.text().replaceAll("\"[^\"]*\"", "\"\"");
        assertThat(page.text()).doesNotContain("href=\"javascript:");
        assertThat(MARKUP.matcher(markup).results().map(match -> match.group()))
                .as(page.text())
                .isEmpty();
    }

    private static void set(String settings) {
        Answer answer = server.api().patch("/sign-in-exp", Json.read(settings));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static double median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static int gzipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return bytes.size();
    }
}
