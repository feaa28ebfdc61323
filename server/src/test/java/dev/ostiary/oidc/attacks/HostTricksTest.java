package dev.ostiary.oidc.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a Host header, and the headers that proxies set, may change: RFC 9700 section 4.13. Requests are written by hand,
 * for no HTTP client sends them.
 */
class HostTricksTest {
    private static final String DISCOVERY = "GET /oidc/.well-known/openid-configuration HTTP/1.1";

    private static TestServer server;
    private static TestServer proxied;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        proxied = TestServer.behindProxy();
    }

    @AfterAll
    static void stop() {
        server.close();
        proxied.close();
    }

    private static String ask(TestServer at, String line, String... headers) {
        List<String> lines = new ArrayList<>(List.of(line));
        lines.addAll(List.of(headers));
        return Attacks.raw(at.port(), lines.toArray(String[]::new));
    }

    private static String host(TestServer at) {
        return "Host: " + URI.create(at.origin()).getAuthority();
    }

    /** An authorization request that is answered at once. */
    private static String silent(TestServer at) {
        return "GET /oidc/auth?"
                + TestBrowser.encode(
                        SignInHouse.params("demo-app", "redirect_uri", at.origin() + "/demo-app", "prompt", "none"))
                + " HTTP/1.1";
    }

    private static String visit(TestServer at) {
        return silent(at).replace("&prompt=none", "");
    }

    private static String issuer(String answer) {
        return Json.read(Attacks.body(answer)).path("issuer").asString();
    }

    private static List<String> cookies(String answer) {
        return Attacks.head(answer)
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:"))
                .map(line -> line.substring(11).strip())
                .toList();
    }

    private static String location(String answer) {
        return Attacks.head(answer)
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
                .map(line -> line.substring(9).strip())
                .findFirst()
                .orElse("");
    }

    @Test
    void the_issuer_and_every_answer_to_a_client_are_as_configured_whatever_host_was_asked_for_rfc9700_4_13_PR1() {
        for (String host :
                List.of("evil.example", "evil.example:80", "[::1]", "xn--shop-1na.example", "EVIL.example")) {
            for (TestServer at : List.of(server, proxied)) {
                assertThat(issuer(ask(at, DISCOVERY, "Host: " + host))).as(host).isEqualTo(at.origin() + "/oidc");
                String answer = ask(at, silent(at), "Host: " + host);
                assertThat(location(answer))
                        .as(host)
                        .startsWith(at.origin() + "/demo-app?")
                        .contains("iss=" + dev.ostiary.http.Params.encode(at.origin() + "/oidc"));
                assertThat(answer.toLowerCase(Locale.ROOT)).as(host).doesNotContain(host.toLowerCase(Locale.ROOT));
                String page = ask(at, visit(at), "Host: " + host);
                assertThat(location(page)).as(host).startsWith("/sign-in?");
                assertThat(cookies(page)).as(host).isNotEmpty().noneMatch(cookie -> cookie.contains("domain"));
            }
        }
    }

    @Test
    void what_is_no_host_reaches_no_answer_rfc9700_4_13_PR1() {
        for (String host : List.of(
                "evil.example/x?",
                "evil.example#",
                "a\"><script>alert(1)</script>",
                "evil example",
                "evil.example\tx",
                "user@evil.example",
                "evil.example:99999999",
                "%65vil.example",
                "evil.example,id.example",
                "")) {
            for (TestServer at : List.of(server, proxied)) {
                for (String header : List.of("Host: " + host, host(at) + "\r\nX-Forwarded-Host: " + host)) {
                    String answer = ask(at, DISCOVERY, header);
                    assertThat(Attacks.status(answer)).as(header).isLessThan(500);
                    assertThat(answer).as(header).doesNotContain("<script>");
                    if (Attacks.status(answer) == 200 && !host.contains(",")) {
                        assertThat(answer).as(header).doesNotContain("evil");
                    }
                    if (Attacks.status(answer) == 200) {
                        assertThat(issuer(answer)).isEqualTo(at.origin() + "/oidc");
                    }
                }
            }
        }
        String twice = ask(server, DISCOVERY, host(server), "Host: evil.example");
        assertThat(twice).doesNotContain("evil.example/oidc");
    }

    @Test
    void headers_of_proxies_are_nothing_unless_a_proxy_is_told_of_rfc9700_4_13() {
        String admin = URI.create(server.adminOrigin()).getAuthority();
        String plain = Attacks.body(ask(server, DISCOVERY, host(server)));
        List<String> plainCookies = shape(cookies(ask(server, visit(server), host(server))));
        for (String header : List.of(
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Host: " + admin,
                "X-Forwarded-Proto: https",
                "Forwarded: host=evil.example;proto=https",
                "X-Host: evil.example",
                "X-Forwarded-Server: evil.example",
                "X-Forwarded-Prefix: /evil",
                "X-Original-URL: /api/users",
                "X-Rewrite-URL: /api/users",
                "X_Forwarded_Host: evil.example",
                "X-Forwarded-Port: 1",
                "X-Forwarded-Scheme: https",
                "Front-End-Https: on",
                "X-Original-Host: evil.example")) {
            assertThat(Attacks.body(ask(server, DISCOVERY, host(server), header)))
                    .as(header)
                    .isEqualTo(plain);
            String page = ask(server, visit(server), host(server), header);
            assertThat(location(page)).as(header).startsWith("/sign-in?");
            assertThat(shape(cookies(page))).as(header).isEqualTo(plainCookies);
        }
    }

    /** Names and attributes: values are random. */
    private static List<String> shape(List<String> cookies) {
        return cookies.stream()
                .map(cookie -> cookie.replaceAll("=[^;]*;", "=;").replaceAll("path=[^;]*", "path"))
                .sorted()
                .toList();
    }

    @Test
    void a_proxy_that_is_told_of_says_scheme_and_host_and_never_the_issuer_rfc9700_4_13() {
        String forwarded = "X-Forwarded-Host: id.example\r\nX-Forwarded-Proto: https";
        List<String> secure = cookies(ask(proxied, visit(proxied), "Host: 10.0.0.7:3001", forwarded));
        assertThat(secure).isNotEmpty().allMatch(cookie -> cookie.contains("; secure"));
        assertThat(secure).anyMatch(cookie -> cookie.startsWith("__Host-_interaction="));
        String admin =
                ask(proxied, DISCOVERY, "Host: x", "X-Forwarded-Host: admin.example", "X-Forwarded-Proto: https");
        assertThat(issuer(admin)).isEqualTo("https://admin.example/oidc");
        for (String lie : List.of(
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Host: id.example.evil.example",
                "X-Forwarded-Host: id.example@evil.example",
                "X-Forwarded-Proto: javascript",
                "X-Forwarded-Proto: HTTPS",
                "Forwarded: host=admin.example;proto=https",
                "X-Original-Host: admin.example")) {
            String answer = ask(proxied, DISCOVERY, "Host: id.example", lie);
            assertThat(issuer(answer)).as(lie).isEqualTo("https://id.example/oidc");
            assertThat(location(ask(proxied, silent(proxied), "Host: id.example", lie)))
                    .as(lie)
                    .startsWith("https://id.example/demo-app?");
        }
    }

    @Test
    void the_address_of_a_visitor_is_what_our_own_proxies_say_SI4() {
        try (TestServer twice = TestServer.behindProxies(2)) {
            assertThat(addressSeen(server, "X-Forwarded-For: 203.0.113.1")).isEqualTo("127.0.0.1");
            assertThat(addressSeen(proxied, "X-Forwarded-For: 203.0.113.1, 203.0.113.2"))
                    .isEqualTo("203.0.113.2");
            assertThat(addressSeen(proxied, "X-Forwarded-For: 203.0.113.1", "X-Forwarded-For: [2001:db8::3]:99"))
                    .isEqualTo("2001:db8:0:0:0:0:0:3");
            assertThat(addressSeen(proxied, "X-Forwarded-For: 203.0.113.1, evil"))
                    .isEqualTo("127.0.0.1");
            assertThat(addressSeen(twice, "X-Forwarded-For: 203.0.113.1, 203.0.113.2, 10.0.0.1"))
                    .isEqualTo("203.0.113.2");
            assertThat(addressSeen(
                            twice,
                            "X-Forwarded-For: 203.0.113.1",
                            "X-Forwarded-For: 203.0.113.2",
                            "X-Forwarded-For: 10.0.0.1"))
                    .isEqualTo("203.0.113.2");
        }
    }

    /** As the audit log has it of a request that is refused. */
    private static String addressSeen(TestServer at, String... headers) {
        String agent = "seen-" + System.nanoTime();
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Host: x");
        all.add("User-Agent: " + agent);
        all.add("Content-Type: application/x-www-form-urlencoded");
        all.add("Content-Length: 0");
        ask(at, "POST /oidc/token HTTP/1.1", all.toArray(String[]::new));
        TestBrowser console = new TestBrowser("http://127.0.0.1:" + at.port());
        return console.get(
                        "/api/logs?page_size=20",
                        "Authorization",
                        "Bearer " + at.managementToken(dev.ostiary.tenants.Tenants.DEFAULT))
                .json()
                .valueStream()
                .map(log -> log.path("payload"))
                .filter(payload -> payload.path("userAgent").asString("").equals(agent))
                .map(payload -> payload.path("ip").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void no_header_changes_the_method_or_the_path_MA7() {
        String id = server.api()
                .created("/users", Map.of("username", "stays"))
                .path("id")
                .asString();
        String bearer = "Authorization: Bearer " + server.managementToken("default");
        for (String header : List.of(
                "X-HTTP-Method-Override: DELETE",
                "X-HTTP-Method: DELETE",
                "X-Method-Override: DELETE",
                "X-Original-Method: DELETE")) {
            for (String line : List.of(
                    "GET /api/users/" + id, "POST /api/users/" + id, "GET /api/users/" + id + "?_method=DELETE")) {
                ask(server, line + " HTTP/1.1", host(server), bearer, "Content-Length: 0", header);
            }
        }
        assertThat(server.api().get("/users/" + id).status()).isEqualTo(200);
        for (String path : List.of(
                "/api/./users",
                "/api/../api/users",
                "//api/users",
                "/api//users",
                "/api/users/",
                "/api/users;x",
                "/api/%75sers",
                "/API/users",
                "/oidc/../api/users",
                "/api/users%00",
                "/api/users%2f" + id)) {
            String answer = ask(server, "GET " + path + " HTTP/1.1", host(server));
            assertThat(Attacks.status(answer)).as(path).isBetween(400, 404);
            assertThat(answer).as(path).doesNotContain("\"stays\"");
        }
    }
}
