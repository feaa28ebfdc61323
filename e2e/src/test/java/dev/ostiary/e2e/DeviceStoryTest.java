package dev.ostiary.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.ostiary.e2e.Browsers.picture;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A device that shows a code, and a person with a browser elsewhere: nothing passes between the two but what is on a screen. */
class DeviceStoryTest {
    private static final String PASSWORD = "Turmfalke-2026-wohnt-hier";

    private static Program program;
    private static Browsers browsers;

    @BeforeAll
    static void start() {
        program = Program.start(ManagementApi.BOOTSTRAP);
        ManagementApi.of(program).call("POST", "/users", Map.of("username", "viewer", "password", PASSWORD));
        browsers = new Browsers();
    }

    @AfterAll
    static void stop() {
        browsers.close();
        program.close();
    }

    private static String endpoint() {
        return program.endpoint().toString().replaceAll("/$", "");
    }

    /** The device, with a code on its screen. */
    private static Page device(String language) {
        Page device = browsers.open(language);
        device.navigate(endpoint() + "/device-demo-app");
        device.locator("#start [data-begin]").click();
        assertThat(device.locator("#code")).hasText(Pattern.compile("[B-Z]{4}-[B-Z]{4}"));
        assertThat(device.locator("#qr")).isVisible();
        return device;
    }

    @Test
    void a_person_lets_a_device_in_by_the_link_of_its_QR_code() {
        Page device = device("en");
        picture(device, "device-demo");
        String code = device.locator("#code").textContent();

        Page phone = browsers.open("en");
        phone.navigate(endpoint() + "/device?user_code=" + code);
        assertThat(phone.getByRole(AriaRole.HEADING, named("Does your device show this code?")))
                .isVisible();
        assertThat(phone.locator("main")).containsText(code);
        picture(phone, "device-compare");
        phone.getByRole(AriaRole.BUTTON, named("It is the same, continue")).click();
        phone.waitForURL(Pattern.compile(".*/sign-in.*"));
        phone.locator("input[name=identifier]").fill("viewer");
        phone.locator("input[name=password]").fill(PASSWORD);
        phone.keyboard().press("Enter");
        phone.waitForURL(Pattern.compile(".*/device/success"));
        picture(phone, "device-success");

        assertThat(device.getByRole(AriaRole.HEADING, named("This device is signed in")))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
        assertThat(device.locator("#claims")).containsText("viewer");
    }

    @Test
    void a_code_is_pasted_as_it_comes_and_refused_by_the_keyboard_alone() {
        Page device = device("ja");
        String pasted = "  " + device.locator("#code").textContent().toLowerCase(java.util.Locale.ROOT) + "\n";

        Page phone = browsers.open("ja");
        phone.navigate(endpoint() + "/device");
        assertThat(phone.locator("#user_code")).isFocused();
        phone.evaluate("text => navigator.clipboard.writeText(text)", pasted);
        phone.keyboard().press("Control+v");
        phone.keyboard().press("Enter");
        assertThat(phone.locator("html")).hasAttribute("lang", "ja");
        assertThat(phone.getByRole(AriaRole.BUTTON, named("キャンセル"))).isVisible();
        phone.getByRole(AriaRole.BUTTON, named("キャンセル")).focus();
        phone.keyboard().press("Enter");
        assertThat(phone.getByRole(AriaRole.HEADING, named("デバイスは接続されませんでした"))).isVisible();

        assertThat(device.locator("#reason"))
                .hasText("キャンセルされました", new LocatorAssertions.HasTextOptions().setTimeout(15_000));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
