package dev.ostiary.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Chromium of this machine, driven by Playwright. */
final class Browsers implements AutoCloseable {
    /** With {@code -Dscreenshots=true} the pictures of {@code docs/screenshots} are made anew. */
    private static final boolean SCREENSHOTS = Boolean.getBoolean("screenshots");

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(System.getenv().getOrDefault("OSTIARY_CHROMIUM", "/usr/bin/chromium")))
                    .setArgs(List.of(
                            "--no-sandbox",
                            "--disable-gpu", // where there is none, imitating one is most of the work
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run")));

    /** A page of a browser that nobody has used. */
    Page open(String language) {
        Page page = browser.newContext(new Browser.NewContextOptions()
                        .setLocale(language)
                        .setViewportSize(1280, 800)
                        .setPermissions(List.of("clipboard-read", "clipboard-write")))
                .newPage();
        page.setDefaultTimeout(30_000);
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000); // five seconds are little on a busy machine
        return page;
    }

    /** Keeps what the page shows now as a picture of the documentation, if pictures are asked for. */
    static void picture(Page page, String name) {
        if (SCREENSHOTS) {
            page.waitForTimeout(400);
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Program.ROOT.resolve("docs/screenshots/" + name + ".png")));
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
