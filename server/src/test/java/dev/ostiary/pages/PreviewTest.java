package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's look at pages whose settings are not saved. */
class PreviewTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void unsaved_settings_show_on_the_real_page_which_the_console_alone_may_frame() {
        Answer page = preview(
                "/sign-in",
                "{\"color\":{\"primaryColor\":\"#facc15\",\"isDarkModeEnabled\":true,\"darkPrimaryColor\":\"#fde047\"},"
                        + "\"branding\":{\"logoUrl\":\"https://cdn.example/logo.svg\"},"
                        + "\"customCss\":\"h1{color:red}</style><script>alert(1)</script>\",\"signInMode\":\"SignIn\"}",
                "Sec-Fetch-Dest",
                "iframe");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("https://cdn.example/logo.svg", "data-inert=\"true\"", " disabled>")
                .doesNotContain("alert(1)", "/register", "autofocus");
        assertThat(styles(page.text())).contains("--primary:#facc15", "h1{color:red}");
        String policy = page.header("Content-Security-Policy").orElse("");
        assertThat(policy)
                .contains("frame-ancestors " + server.adminOrigin(), "form-action 'none'")
                .contains("img-src 'self' data: https://cdn.example/logo.svg");
        assertThat(page.header("X-Frame-Options")).isEmpty();
        assertThat(server.browser().get("/sign-in").status()).isEqualTo(302);
    }

    @Test
    void the_dark_look_can_be_asked_for() {
        String unsaved = encoded("{\"color\":{\"isDarkModeEnabled\":true}}");
        String dark = server.browser()
                .get("/register?preview=" + unsaved + "&preview_scheme=dark&ui_locales=ja")
                .text();
        assertThat(styles(dark)).contains("color-scheme:dark").doesNotContain("@media", "color-scheme:light");
        assertThat(dark).contains("<html lang=\"ja\">");
    }

    @Test
    void saved_settings_are_what_a_link_from_elsewhere_shows() {
        String css = "{\"customCss\":\"h1::after{content:'Call 555'}\"}";
        assertThat(styles(preview("/sign-in", css, "Sec-Fetch-Dest", "document", "Sec-Fetch-Site", "cross-site")
                        .text()))
                .doesNotContain("555");
        assertThat(styles(preview("/sign-in", css, "Sec-Fetch-Dest", "document", "Sec-Fetch-Site", "same-site")
                        .text()))
                .contains("555");
    }

    @Test
    void a_long_style_sheet_fits_and_one_without_bounds_does_not() {
        assertThat(preview("/sign-in", "{\"customCss\":\"" + "a{b:c}".repeat(5000) + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(preview("/sign-in", "{\"customCss\":\"" + "a{b:c}".repeat(20_000) + "\"}")
                        .status())
                .isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[1,2,3]",
                "{\"color\":{\"primaryColor\":17}}",
                "{\"color\":\"red\"}",
                "{\"signIn\":{}}",
                "{\"branding\":{\"logoUrl\":\"javascript:alert(1)\"}}",
                "{\"signInMode\":\"Never\"}",
                "{\"color\":{\"primaryColor\":\"red}*{display:none\"}}",
                "{\"languageInfo\":null}",
                "{\"color\":{\"primaryColor\":null}}",
                "{\"signIn\":{\"methods\":null}}",
                "{\"branding\":null}"
            })
    void what_is_no_setting_is_refused_or_left_out(String unsaved) {
        Answer page = preview("/sign-in", unsaved);
        assertThat(page.status()).isIn(200, 400);
        assertThat(styles(page.text())).doesNotContain("display:none");
        assertThat(page.text()).doesNotContain("javascript:");
    }

    private static Answer preview(String path, String unsaved, String... headers) {
        return server.browser().get(path + "?preview=" + encoded(unsaved), headers);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The style sheets that stand in the page itself. */
    private static String styles(String page) {
        StringBuilder all = new StringBuilder();
        java.util.regex.Pattern.compile("data:text/css;charset=utf-8;base64,([^\"]*)\"")
                .matcher(page)
                .results()
                .forEach(match -> all.append(new String(
                        Base64.getDecoder()
                                .decode(Walker.unescaped(match.group(1)).replace("&#43;", "+")),
                        StandardCharsets.UTF_8)));
        return all.toString();
    }
}
