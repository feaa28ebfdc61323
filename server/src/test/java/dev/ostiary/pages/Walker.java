package dev.ostiary.pages;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A visitor without JavaScript: reads the page, fills its form, presses the button, follows where it leads. */
final class Walker {
    static final String PASSWORD = "Plum-tree47-window";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    final TestServer server;
    final TestBrowser browser;
    String client = "demo-app";
    String callback;

    @SuppressWarnings("NullAway.Init")
    Answer page;

    Walker(TestServer server) {
        this.server = server;
        this.browser = server.browser();
        this.callback = server.origin() + "/demo-app";
    }

    /** From the application to the first page. */
    Walker arrive(String... pairs) {
        Map<String, String> params = new LinkedHashMap<>(Map.of(
                "client_id", client,
                "redirect_uri", callback,
                "response_type", "code",
                "scope", "openid profile",
                "state", "s",
                "code_challenge", Hashes.sha256Base64Url(VERIFIER),
                "code_challenge_method", "S256"));
        for (int i = 0; i < pairs.length; i += 2) {
            params.put(pairs[i], pairs[i + 1]);
        }
        Answer sent = browser.get("/oidc/auth?" + TestBrowser.encode(params));
        page = browser.get(sent.location());
        return this;
    }

    /** @param headers pairs */
    Walker submit(Map<String, String> fields, String... headers) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("_token", token()));
        all.putAll(fields);
        page = browser.form(action(), all, headers);
        return this;
    }

    Walker enter(String name, String password) {
        return submit(Map.of("identifier", name, "password", password));
    }

    /** Follows redirects to the last one that stays here. The address at the application. */
    String followed() {
        Answer last = page;
        for (int i = 0; i < 10; i++) {
            String location = last.location();
            if (location.startsWith(callback)) {
                return location;
            }
            last = browser.get(location);
        }
        throw new AssertionError("No way back to the application");
    }

    String token() {
        return group("name=\"_token\" value=\"([^\"]*)\"");
    }

    String action() {
        return unescaped(group("<form method=\"post\" action=\"([^\"]*)\""));
    }

    String title() {
        return unescaped(group("<title>([^<]*)</title>"));
    }

    /** Sentences about what is wrong. */
    List<String> errors() {
        return Pattern.compile("class=\"error\"[^>]*>.*?<span>(.*?)</span>", Pattern.DOTALL)
                .matcher(page.text())
                .results()
                .map(match -> unescaped(match.group(1)))
                .toList();
    }

    List<String> unmetRules() {
        return Pattern.compile("<li[^>]*data-state=\"unmet\"[^>]*>(.*?)</li>")
                .matcher(page.text())
                .results()
                .map(match -> unescaped(match.group(1)))
                .toList();
    }

    String notice() {
        return unescaped(group("class=\"notice\"[^>]*>.*?<span>(.*?)</span>"));
    }

    /** The whole tag of a field. */
    String input(String name) {
        return group("(<input[^>]* id=\"" + name + "\"[^>]*>)");
    }

    String group(String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page.text());
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " in " + page.status() + " " + page.text());
        }
        return matcher.group(1);
    }

    static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
