package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ui_locales} (OpenID Connect Core section 3.1.2.1): tags, most wanted first. */
class UiLocalesTest {
    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "ja, ja",
        "zh-CN, zh-CN",
        "ja-JP, ja",
        "zh-Hans, zh-CN",
        "fr ja en, ja",
        "tlh, en",
        "'<b> 1 --', en",
    })
    void the_page_speaks_the_language_that_the_application_asks_for(String locales, String language) {
        TestBrowser browser = house.server.browser();
        Answer page =
                browser.get(authorize(browser, "web", "ui_locales", locales).location());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("<html lang=\"" + language + "\">");
        Answer form = authorize(browser, "web", "ui_locales", locales, "response_mode", "form_post", "prompt", "none");
        assertThat(form.text()).contains("<html lang=\"" + language + "\"");
    }
}
