package dev.ostiary.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUrisTest {
    private static final String CALLBACK = "https://app.example.com/auth/callback?from=ostiary";

    @Test
    void a_registered_address_matches_itself() {
        for (String uri : List.of(
                CALLBACK,
                "http://localhost:3000/callback",
                "http://[::1]:8080/cb",
                "http://192.168.0.10/cb",
                "com.example.app://callback",
                "com.example.app:/callback?x=1",
                "io.logto.android://io.logto.sample/callback",
                "https://example.com")) {
            assertThat(RedirectUris.fault(uri)).as(uri).isEmpty();
            assertThat(RedirectUris.matches(spa(uri), uri)).as(uri).isTrue();
        }
    }

    @Test
    void what_every_browser_writes_alike_is_the_same_address() {
        assertThat(RedirectUris.matches(spa("https://example.com"), "https://EXAMPLE.com:443/"))
                .isTrue();
        assertThat(RedirectUris.matches(spa("http://localhost:80/cb"), "HTTP://localhost/cb"))
                .isTrue();
        assertThat(RedirectUris.matches(spa("https://example.com/戻る"), "https://example.com/%E6%88%BB%E3%82%8B"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com/auth/callback",
                "https://app.example.com/auth/callback?from=ostiary&x=1",
                "https://app.example.com/auth/callback?from=Ostiary",
                "https://app.example.com/auth/callback/?from=ostiary",
                "https://app.example.com/auth/callback/more?from=ostiary",
                "https://app.example.com/auth/Callback?from=ostiary",
                "https://app.example.com/auth//callback?from=ostiary",
                "https://app.example.com//auth/callback?from=ostiary",
                "https://app.example.com/auth/callbac?from=ostiary",
                "https://app.example.com/auth/x/../callback?from=ostiary",
                "https://app.example.com/auth/%63allback?from=ostiary",
                "https://app.example.com:8443/auth/callback?from=ostiary",
                "https://app.example.com:80/auth/callback?from=ostiary",
                "http://app.example.com/auth/callback?from=ostiary",
                "http://app.example.com:443/auth/callback?from=ostiary",
                "https://app.example.com.evil.tld/auth/callback?from=ostiary",
                "https://app.example.com./auth/callback?from=ostiary",
                "https://x.app.example.com/auth/callback?from=ostiary",
                "https://example.com/auth/callback?from=ostiary",
                "https://appXexample.com/auth/callback?from=ostiary",
                "https://app.example.org/auth/callback?from=ostiary",
                "https://evil.tld/https://app.example.com/auth/callback?from=ostiary",
                "https://app.example.com/auth/callback?from=ostiary#",
                "https://app.example.com/auth/callback?from=ostiary#/x",
            })
    void a_neighbour_of_a_registered_address_is_not_it_RU1(String uri) {
        assertThat(RedirectUris.matches(spa(CALLBACK), uri)).isFalse();
        assertThat(RedirectUris.matchesPostLogout(spa(CALLBACK), uri)).isFalse();
        assertThat(RedirectUris.matches(application(ApplicationType.NATIVE, CALLBACK), uri))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com@evil.tld/cb",
                "https://user:password@app.example.com/cb",
                "https://app.example.com\\@evil.tld/cb",
                "https://app.example.com\\.evil.tld/cb",
                "https:\\\\app.example.com/cb",
                "https:/app.example.com/cb",
                "https:app.example.com/cb",
                "https:///app.example.com/cb",
                "https://app.example.com%2f%2fevil.tld/cb",
                "https://app.example.com%00.evil.tld/cb",
                "https://app%2Eexample.com/cb",
                "https://app.example.com\tevil/cb",
                "https://app.example.com/c\nb",
                " https://app.example.com/cb",
                "https://app.example.com/cb ",
                "https://app.example.com/cb\u00a0",
                "https://app.example.com/cb\u0085",
                "https://exämple.com/cb",
                "https://ａpp.example.com/cb",
                "https://app。example.com/cb",
                "https://[::ffff:127.0.0.1]/cb",
                "https://[::1%25eth0]/cb",
                "https://[fe80::1/cb",
                "https://127.1/cb",
                "https://0x7f.0.0.1/cb",
                "https://0177.0.0.1/cb",
                "https://2130706433/cb",
                "https://app.example.com:/cb",
                "https://app.example.com:99999/cb",
                "https://app.example.com:x/cb",
                "https://app..example.com/cb",
                "https:///cb",
                "https://?x",
                "//app.example.com/cb",
                "/cb",
                "cb",
                "",
                "https://app.example.com/a/../cb",
                "https://app.example.com/a/./cb",
                "https://app.example.com/a/%2e%2E/cb",
                "https://app.example.com/a/.%2e/cb",
                "https://app.example.com/a/%252e%252e/cb",
                "https://app.example.com/cb#fragment",
                "https://app.example.com/cb?x=*",
                "https://*/cb",
                "https://*.com/cb",
                "https://app.*.com/cb",
                "https://app.example.*/cb",
                "https://app.example.com:*/cb",
                "http*://app.example.com/cb",
                "com.example.app://*",
            })
    void what_two_parsers_could_read_differently_is_neither_registered_nor_matched_RU2(String uri) {
        assertThat(RedirectUris.fault(uri)).isPresent();
        assertThat(RedirectUris.matches(spa(uri), uri)).isFalse();
        assertThat(RedirectUris.matches(spa("https://app.example.com/cb"), uri)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:3000/cb, http://127.0.0.1:49152/cb, true",
        "http://127.0.0.1/cb, http://127.0.0.1:49152/cb, true",
        "http://[::1]:3000/cb, http://[::1]:49152/cb, true",
        "http://localhost:3000/cb, http://localhost:49152/cb, true",
        "http://127.0.0.1:3000/cb, http://127.0.0.1:49152/other, false",
        "http://127.0.0.1:3000/cb, http://127.0.0.1:49152/CB, false",
        "http://127.0.0.1:3000/cb, http://127.0.0.1:49152/cb?x=1, false",
        "http://127.0.0.1:3000/cb, http://127.0.0.1.evil.tld:49152/cb, false",
        "http://127.0.0.1:3000/cb, http://127.0.0.2:49152/cb, false",
        "http://127.0.0.1:3000/cb, http://localhost:49152/cb, false",
        "http://localhost:3000/cb, http://127.0.0.1:49152/cb, false",
        "http://127.0.0.1:3000/cb, https://127.0.0.1:49152/cb, false",
        "https://localhost:3000/cb, https://localhost:49152/cb, false",
        "http://intranet:3000/cb, http://intranet:49152/cb, false",
    })
    void only_the_port_is_free_and_only_on_the_loopback_of_native_applications_RU3(
            String registered, String asked, boolean matches) {
        assertThat(RedirectUris.matches(application(ApplicationType.NATIVE, registered), asked))
                .isEqualTo(matches);
        assertThat(RedirectUris.matches(application(ApplicationType.TRADITIONAL, registered), asked))
                .isFalse();
        assertThat(RedirectUris.matchesPostLogout(application(ApplicationType.NATIVE, registered), asked))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://*.example.com/cb, https://pr-1.example.com/cb, true",
        "https://pr-*.preview.example.com/cb, https://pr-12.preview.example.com/cb, true",
        "https://*.*.example.com/cb, https://a.b.example.com/cb, true",
        "https://*.example.com/cb, https://example.com/cb, false",
        "https://*.example.com/cb, https://.example.com/cb, false",
        "https://*.example.com/cb, https://a.b.example.com/cb, false",
        "https://*.example.com/cb, https://a.example.com.evil.tld/cb, false",
        "https://*.example.com/cb, https://evil.tld/.example.com/cb, false",
        "https://*.example.com/cb, https://evil.tld?.example.com/cb, false",
        "https://*.example.com/cb, https://a.exampleXcom/cb, false",
        "https://*.example.com/cb, https://a.example.com:8443/cb, false",
        "https://*.example.com/cb, http://a.example.com/cb, false",
        "https://*.example.com/cb, https://*.example.com/cb, false",
        "https://pr-*.preview.example.com/cb, https://pr-.preview.example.com/cb, false",
        "https://example.com/*/cb, https://example.com/a/cb, true",
        "https://example.com/*/cb, https://example.com/a/b/cb, true",
        "https://example.com/*, https://example.com/, true",
        "https://example.com/a*b*c, https://example.com/a1b2b3c, true",
        "https://example.com/a*b*c, https://example.com/acb, false",
        "https://example.com/cb/*, https://example.com/cb/../x, false",
        "https://example.com/cb/*, https://example.com/cb/%2e%2e/x, false",
        "https://example.com/cb/*, https://example.com/cb/%252e%252e/x, false",
        "https://example.com/cb/*, https://example.com/cb/..;/x, false",
        "https://example.com/cb/*, https://example.com/cb/a;x, false",
        "https://example.com/cb/*, https://example.com/cb/..%2fx, false",
        "https://example.com/cb/*, https://example.com/cb/..%5cx, false",
        "https://example.com/cb/*, https://example.com/cbx, false",
        "https://example.com/cb/*, https://example.com/cb/a?x=1, false",
        "https://example.com/cb/*, https://example.com/CB/a, false",
    })
    void a_wildcard_stands_for_part_of_a_label_or_of_the_path_RU3(String registered, String asked, boolean matches) {
        assertThat(RedirectUris.fault(registered)).isEmpty();
        assertThat(RedirectUris.matches(spa(registered), asked)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "javascript://app.example.com/%0aalert(1)",
                "java\tscript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:msgbox(1)",
                "file:///etc/passwd",
                "blob:https://app.example.com/1",
                "filesystem:https://app.example.com/1",
                "about:blank",
                "view-source:https://app.example.com",
                "ftp://app.example.com/cb",
                "ws://app.example.com/cb",
            })
    void a_scheme_that_runs_or_reads_something_is_refused_everywhere_RU4(String uri) {
        assertThat(RedirectUris.fault(uri)).isPresent();
        assertThat(RedirectUris.faultOfWebUrl(uri)).isPresent();
        assertThat(RedirectUris.matches(spa(uri), uri)).isFalse();
    }

    @Test
    void an_address_that_is_fetched_or_shown_is_a_web_url_without_wildcards_RU4() {
        assertThat(RedirectUris.faultOfWebUrl("https://app.example.com/logo.svg"))
                .isEmpty();
        assertThat(RedirectUris.faultOfWebUrl("com.example.app://logo")).isPresent();
        assertThat(RedirectUris.faultOfWebUrl("https://*.example.com/logo.svg")).isPresent();
        assertThat(RedirectUris.faultOfWebUrl("https://example.com/*")).isPresent();
    }

    @Test
    void mutations_of_every_character_never_match_RU1() {
        String registered = "https://app.example.com:8443/auth/callback?x=1";
        Application client = spa(registered);
        for (int i = 0; i < registered.length(); i++) {
            for (char c : "aZ0.*/\\?#@:;%-_ \t\n\u0000é".toCharArray()) {
                String replaced = registered.substring(0, i) + c + registered.substring(i + 1);
                String inserted = registered.substring(0, i) + c + registered.substring(i);
                for (String mutation : List.of(replaced, inserted)) {
                    boolean same = mutation.equals(registered) || isSameByCase(mutation, registered);
                    assertThat(RedirectUris.matches(client, mutation))
                            .as(mutation)
                            .isEqualTo(same);
                }
            }
            String shortened = registered.substring(0, i) + registered.substring(i + 1);
            assertThat(RedirectUris.matches(client, shortened)).as(shortened).isFalse();
        }
    }

    /** Scheme and host are compared without case, and a port may have leading zeros, as in every URL parser. */
    private static boolean isSameByCase(String mutation, String registered) {
        int path = registered.indexOf("/auth");
        int at = mutation.indexOf("/auth");
        return at > 0
                && mutation.substring(at).equals(registered.substring(path))
                && mutation.substring(0, at)
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll(":0*(\\d+)$", ":$1")
                        .equals(registered.substring(0, path));
    }

    @Test
    void a_request_without_a_redirect_uri_means_the_only_one() {
        assertThat(RedirectUris.only(spa(CALLBACK))).hasValue(CALLBACK);
        assertThat(RedirectUris.only(spa("https://*.example.com/cb"))).isEmpty();
        assertThat(RedirectUris.only(spa(CALLBACK, "https://example.com/other")))
                .isEmpty();
        assertThat(RedirectUris.only(spa())).isEmpty();
    }

    @Test
    void scripts_of_registered_origins_may_call() {
        Application client = new Application(
                "app",
                "App",
                null,
                ApplicationType.SPA,
                OidcClientMetadata.of(List.of("https://*.preview.example.com/cb", "com.example.app://cb"), List.of()),
                Shape.of(CustomClientMetadata.class)
                        .read(Json.read("{\"corsAllowedOrigins\":[\"https://tools.example.com\",\"null\",\"*\"]}")),
                Json.object(),
                null,
                false,
                false,
                List.of(),
                Instant.EPOCH,
                ApplicationSource.TENANT);
        assertThat(RedirectUris.allowsOrigin(client, "https://tools.example.com"))
                .isTrue();
        assertThat(RedirectUris.allowsOrigin(client, "https://pr-1.preview.example.com"))
                .isTrue();
        for (String origin : List.of(
                "https://preview.example.com",
                "http://tools.example.com",
                "https://tools.example.com:8443",
                "https://tools.example.com.evil.tld",
                "https://tools.example.com/path",
                "com.example.app://cb",
                "null",
                "*",
                "")) {
            assertThat(RedirectUris.allowsOrigin(client, origin)).as(origin).isFalse();
        }
    }

    private static Application spa(String... redirectUris) {
        return application(ApplicationType.SPA, redirectUris);
    }

    private static Application application(ApplicationType type, String... redirectUris) {
        return new Application(
                "app",
                "App",
                null,
                type,
                OidcClientMetadata.of(List.of(redirectUris), List.of(redirectUris)),
                CustomClientMetadata.DEFAULTS,
                Json.object(),
                null,
                false,
                false,
                List.of(),
                Instant.EPOCH,
                ApplicationSource.TENANT);
    }
}
