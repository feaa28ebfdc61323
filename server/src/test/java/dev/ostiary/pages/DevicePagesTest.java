package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.ostiary.http.Params;
import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A person in front of a device: reads, types, compares, decides, all without JavaScript. */
class DevicePagesTest {
    private TestServer server;
    private TestBrowser person;

    @BeforeEach
    void start() {
        server = TestServer.start();
        server.api().created("/users", Map.of("username", "owner", "password", Walker.PASSWORD));
        application("tv", "Television <b>", false);
        application("partner", "Partner", true);
        person = server.browser();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void application(String id, String name, boolean thirdParty) {
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(
                        """
                INSERT INTO applications (tenant_id, id, name, type, oidc_client_metadata, custom_client_metadata,
                    is_third_party)
                VALUES (:tenant, :id, :name, 'Native', '{"redirectUris":[],"postLogoutRedirectUris":[]}',
                    '{"isDeviceFlow":true}', :third)
                """)
                .bind("id", id)
                .bind("name", name)
                .bind("third", thirdParty)
                .execute());
    }

    private JsonNode ask(String client, String... headers) {
        return server.browser()
                .form("/oidc/device/auth", Map.of("client_id", client, "scope", "openid"), headers)
                .json();
    }

    private Answer open(String path) {
        return person.follow(person.get(path));
    }

    private Answer send(Answer page, String... fields) {
        Map<String, String> form = new LinkedHashMap<>();
        Matcher hidden = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")
                .matcher(page.text());
        while (hidden.find()) {
            form.put(hidden.group(1), Walker.unescaped(hidden.group(2)));
        }
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        Matcher action =
                Pattern.compile("<form method=\"post\" action=\"([^\"]*)\"").matcher(page.text());
        assertThat(action.find()).as(page.text()).isTrue();
        return person.follow(person.form(Walker.unescaped(action.group(1)), form));
    }

    private static String heading(Answer page) {
        return Walker.unescaped(page.text().replaceAll("(?s).*<h1[^>]*>([^<]*)</h1>.*", "$1"));
    }

    @Test
    void the_page_fetches_its_cookies_first_and_loses_nothing_by_it() {
        Answer first = person.get("/device?user_code=BCDF-GHJK&ui_locales=ja");
        assertThat(first.status()).isEqualTo(302);
        assertThat(first.location()).isEqualTo("/oidc/device?user_code=BCDF-GHJK&ui_locales=ja&fetched=1");
        String back = person.get(first.location()).location();
        assertThat(person.get(back).location()).isEqualTo("/device?ui_locales=ja&user_code=BCDF-GHJK");
        assertThat(open("/device").text()).contains("id=\"user_code\"", "autofocus", "name=\"xsrf\"");
    }

    @ParameterizedTest
    @CsvSource({"en, This page needs cookies", "ja, Cookie が必要です", "zh-CN, 此页面需要 Cookie"})
    void a_browser_that_takes_no_cookies_is_told_after_one_round(String language, String heading) {
        String address = "/device?user_code=BCDF-GHJK&lang=" + language;
        String fetching = server.browser().get(address).location();
        Answer told = server.browser().get(server.browser().get(fetching).location());
        assertThat(told.status()).isEqualTo(400);
        assertThat(heading(told)).isEqualTo(heading);
        String again = told.text().replaceAll("(?s).*class=\"button\" href=\"([^\"]*)\".*", "$1");
        assertThat(Walker.unescaped(again)).isEqualTo("/device?lang=" + language + "&user_code=BCDF-GHJK");
        assertThat(open(Walker.unescaped(again)).text())
                .as("once it takes them")
                .contains("id=\"user_code\"");
        String shortcut = server.browser().get("/oidc/device").location();
        fetching = server.browser().get(shortcut).location();
        assertThat(server.browser()
                        .get(server.browser().get(fetching).location())
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"ja, デバイスでサインインしました", "zh-CN, 您已在设备上登录"})
    void the_language_chosen_stays_to_the_end(String language, String heading) {
        String code = ask("partner").path("user_code").asString();
        Answer compared = send(open("/device?lang=" + language), "user_code", code);
        Answer signIn = send(compared, "confirm", "yes");
        assertThat(signIn.text()).contains("<html lang=\"" + language + "\">", "name=\"identifier\"");
        Answer consent = send(signIn, "identifier", "owner", "password", Walker.PASSWORD);
        assertThat(consent.text()).contains("<html lang=\"" + language + "\">", "name=\"decision\"");
        assertThat(heading(send(consent, "decision", "allow"))).isEqualTo(heading);
    }

    @Test
    void a_typed_code_leads_by_the_sign_in_to_the_device() {
        JsonNode waiting = ask("tv", "User-Agent", "curl/8.5.0");
        Answer compared = send(
                open("/device"),
                "user_code",
                waiting.path("user_code").asString().toLowerCase(java.util.Locale.ROOT));
        assertThat(heading(compared)).isEqualTo("Does your device show this code?");
        assertThat(compared.text())
                .contains(waiting.path("user_code").asString())
                .contains(
                        "<strong>Television &lt;b&gt;</strong>",
                        "curl",
                        "The one you use now",
                        "Less than a minute ago")
                .contains("If somebody sent you the code or a link to this page, cancel");
        Answer signIn = send(compared, "confirm", "yes");
        assertThat(signIn.text()).contains("Television &lt;b&gt;", "name=\"identifier\"");
        Answer done = send(signIn, "identifier", "owner", "password", Walker.PASSWORD);
        assertThat(done.response().uri().getPath()).isEqualTo("/device/success");
        assertThat(heading(done)).isEqualTo("You are signed in on your device");
        assertThat(done.text()).contains("Television &lt;b&gt; continues there by itself");
        assertThat(tokens(waiting, "tv").status()).isEqualTo(200);
        assertThat(server.browser().get("/device/success").location()).isEqualTo("/device");
    }

    private Answer tokens(JsonNode waiting, String client) {
        return server.browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "client_id",
                                client,
                                "device_code",
                                waiting.path("device_code").asString()));
    }

    @Test
    void the_link_of_a_QR_code_asks_before_it_does_anything() {
        JsonNode waiting = ask("tv");
        Answer compared = open(waiting.path("verification_uri_complete").asString() + "&confirm=yes");
        assertThat(heading(compared)).isEqualTo("Does your device show this code?");
        assertThat(tokens(waiting, "tv").json().path("error").asString()).isEqualTo("authorization_pending");
        assertThat(heading(send(compared, "abort", "yes"))).isEqualTo("The device was not let in");
        assertThat(tokens(waiting, "tv").status()).isEqualTo(400);
    }

    @Test
    void for_an_application_of_others_consent_is_asked_too() {
        JsonNode waiting = ask("partner");
        Answer signIn =
                send(open("/device?user_code=" + waiting.path("user_code").asString()), "confirm", "yes");
        Answer consent = send(signIn, "identifier", "owner", "password", Walker.PASSWORD);
        assertThat(consent.text())
                .contains("Partner asks for access to your account", "Afterwards you go back to your device.")
                .contains("?prompt=login");
        assertThat(heading(send(consent, "decision", "allow"))).isEqualTo("You are signed in on your device");
        assertThat(tokens(waiting, "partner").status()).isEqualTo(200);
        JsonNode another = ask("partner");
        Answer asked =
                send(open("/device?user_code=" + another.path("user_code").asString()), "confirm", "yes");
        assertThat(heading(send(asked, "decision", "deny"))).isEqualTo("The device was not let in");
    }

    @ParameterizedTest
    @CsvSource({
        "NoCodeError, Enter the code.",
        "NotFoundError, No device waits with this code",
        "TooManyAttemptsError, Too many wrong codes",
        "ExpiredError, This code has expired",
        "AlreadyUsedError, This code was used already",
        "AbortedError, The device was not let in",
        "SomethingElse, Connect a device"
    })
    void every_error_says_what_to_do_next(String error, String text) {
        Answer page = open("/device?input_code=BCDF-GHJK&error=" + error);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains(text);
        boolean again =
                page.text().contains("value=\"BCDF-GHJK\"") || page.text().contains("href=\"/device\"");
        assertThat(again).isTrue();
    }

    @Test
    void an_old_code_and_a_used_one_are_told_apart_from_a_wrong_one() {
        JsonNode waiting = ask("tv");
        String code = waiting.path("user_code").asString();
        TestBrowser thief = server.browser();
        thief.get("/oidc/device");
        thief.form(
                "/oidc/device",
                Map.of(
                        "xsrf",
                        thief.cookie("_logto_device_flow_xsrf").orElseThrow(),
                        "user_code",
                        code,
                        "confirm",
                        "yes"));
        assertThat(heading(open("/device?user_code=" + code))).isEqualTo("This code was used already");
        assertThat(open("/device?user_code=BCDF-GHJK").text()).contains("No device waits with this code");
        server.clock().forward(Duration.ofMinutes(11));
        assertThat(heading(open("/device?user_code=" + code))).isEqualTo("This code has expired");
    }

    @ParameterizedTest
    @CsvSource({"ja, デバイスを接続する, 同じです。続ける", "zh-CN, 连接设备, 代码一致，继续"})
    void the_pages_speak_three_languages_and_keep_to_the_one_chosen(String language, String heading, String button) {
        Answer page = open("/device?lang=" + language);
        assertThat(heading(page)).isEqualTo(heading);
        String code = ask("tv").path("user_code").asString();
        assertThat(send(page, "user_code", code).text())
                .contains("lang=\"" + language + "\"", button)
                .contains("class=\"user-code\" lang=\"en\" translate=\"no\"");
        assertThat(send(open("/device?lang=" + language), "user_code", "x").text())
                .contains("lang=\"" + language + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onfocus=alert(1) '",
                "\r\nSet-Cookie: a=b\r\n"
            })
    void nothing_that_is_sent_becomes_markup_XS1(String text) {
        String encoded = Params.encode(text);
        for (String name :
                List.of("user_code", "input_code", "error", "app_id", "organization_id", "ui_locales", "lang")) {
            Answer page = open("/device?" + name + "=" + encoded + "&error=NotFoundError");
            assertThat(page.text())
                    .doesNotContain("<script>alert", "<img src=x")
                    .doesNotContainPattern("<[^>\"]* on[a-z]+=");
            assertThat(page.header("Set-Cookie").orElse("")).doesNotContain("a=b");
        }
    }

    @Test
    void a_device_cannot_call_itself_what_it_likes() {
        JsonNode waiting = ask("tv", "User-Agent", "Your-Bank-Security/1.0 (call 555)");
        assertThat(open("/device?user_code=" + waiting.path("user_code").asString())
                        .text())
                .contains("Not known")
                .doesNotContain("Bank");
    }

    @Test
    void the_pages_are_framed_by_nobody_and_kept_by_nobody_AZ9() {
        String code = ask("tv").path("user_code").asString();
        for (String path :
                List.of("/device", "/device?user_code=" + code, "/device?error=ExpiredError", "/device-demo-app")) {
            Answer page = open(path);
            assertThat(page.header("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.header("X-Frame-Options")).contains("DENY");
            assertThat(page.header("Cache-Control")).contains("no-store");
            assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        }
        assertThat(person.get("/oidc/device").header("Cache-Control")).contains("no-store");
    }

    @Test
    void a_form_that_is_refused_leads_back_to_the_page_SE4() {
        open("/device");
        Answer refused =
                person.form("/oidc/device", Map.of("xsrf", "x", "user_code", "BCDF-GHJK"), "Accept", "text/html");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("This form can no longer be used", "href=\"/device\"");
    }

    @Test
    void the_demonstration_shows_a_QR_code_of_the_address_and_of_nothing_else() throws Exception {
        assertThat(open("/device-demo-app").text()).contains("data-client=\"device-demo-app\"");
        Answer svg = person.get("/device-demo-app/qr.svg?user_code=wdjbmjht");
        assertThat(svg.header("Content-Type")).contains("image/svg+xml");
        assertThat(read(svg.text())).isEqualTo(server.origin() + "/device?user_code=WDJB-MJHT");
        assertThat(person.get("/device-demo-app/qr.svg?user_code=https://evil.example")
                        .status())
                .isEqualTo(404);
        TestBrowser administrator = new TestBrowser(server.adminOrigin());
        assertThat(administrator.get("/device-demo-app").status()).isEqualTo(404);
        assertThat(administrator
                        .get("/device-demo-app/qr.svg?user_code=wdjbmjht")
                        .status())
                .isEqualTo(404);
    }

    /** As a phone would. */
    private static String read(String svg) throws Exception {
        int size = Integer.parseInt(svg.replaceAll("(?s).*viewBox=\"0 0 (\\d+) .*", "$1"));
        int scale = 4;
        int[] pixels = new int[size * size * scale * scale];
        Arrays.fill(pixels, 0xffffff);
        Matcher module = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (module.find()) {
            int x = Integer.parseInt(module.group(1)) * scale;
            int y = Integer.parseInt(module.group(2)) * scale;
            for (int dy = 0; dy < scale; dy++) {
                Arrays.fill(pixels, (y + dy) * size * scale + x, (y + dy) * size * scale + x + scale, 0);
            }
        }
        RGBLuminanceSource source = new RGBLuminanceSource(size * scale, size * scale, pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }

    @Test
    void what_everybody_can_pose_as_gets_no_more_than_a_name_TK11() {
        TestBrowser device = server.browser();
        server.api().created("/resources", Map.of("name", "API", "indicator", "https://api.example.com"));
        for (Map<String, String> more : List.of(
                Map.of("resource", "https://api.example.com"),
                Map.of("resource", "https://default.logto.app/api", "scope", "all"),
                Map.of("scope", "openid urn:logto:scope:organizations"),
                Map.of("scope", "openid urn:logto:scope:sessions"))) {
            Map<String, String> form = new LinkedHashMap<>(more);
            form.put("client_id", "device-demo-app");
            assertThat(device.form("/oidc/device/auth", form).status())
                    .as(Json.write(more))
                    .isEqualTo(400);
        }
        assertThat(device.form(
                                "/oidc/device/auth",
                                Map.of("client_id", "device-demo-app", "scope", "openid profile email"))
                        .status())
                .isEqualTo(200);
        assertThat(new TestBrowser(server.adminOrigin())
                        .form("/oidc/device/auth", Map.of("client_id", "device-demo-app", "scope", "openid"))
                        .json()
                        .path("error")
                        .asString())
                .isEqualTo("invalid_client");
    }
}
