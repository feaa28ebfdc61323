package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.base.Ids;
import dev.ostiary.http.Params;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A server as an operator sets it up for the conformance suite ({@code docs/conformance.md}): an RSA key, since every
 * provider must be able to sign with RS256 (OpenID Connect Core section 15.1), a user whose profile is full, two clients
 * that keep to the letter of the claims. And the suite's part: its client and the person before the browser.
 */
public final class Suite implements AutoCloseable {
    public static final String CALLBACK = "https://suite.example/test/a/ostiary/callback";
    public static final String USERNAME = "conformance";
    public static final String OTHER = "somebody_else";
    public static final String PASSWORD = "Kd8!pQz3vv0x";

    private static final Pattern FIELD = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"_token\" value=\"([^\"]+)\"");
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");

    private static Suite shared;

    public final TestServer server = TestServer.start();
    public final String user;
    public final Client client;
    public final Client client2;

    private final Ids ids = Ids.secure();

    /** A client as the suite's configuration has it. */
    public record Client(String id, String secret) {
        public String basic() {
            return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What a plan is run with. */
    public record Variant(String responseType, boolean formPost) {
        public boolean hasCode() {
            return List.of(responseType.split(" ")).contains("code");
        }

        public boolean hasIdToken() {
            return List.of(responseType.split(" ")).contains("id_token");
        }
    }

    /** What arrived at the redirect URI, and in which way. */
    public record Callback(String way, String address, Map<String, String> params) {
        public String get(String name) {
            String value = params.get(name);
            if (value == null) {
                throw new AssertionError("No " + name + " in " + params);
            }
            return value;
        }

        public boolean has(String name) {
            return params.containsKey(name);
        }
    }

    private Suite() {
        Answer rotated = server.api().post("/configs/oidc/private-keys/rotate", Map.of("signingKeyAlgorithm", "RSA"));
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
        user = user(USERNAME, "+815012345678");
        user(OTHER, "+815087654321");
        client = client("Suite", Map.of("standardClaims", true));
        client2 = client("Suite, the second", Map.of("standardClaims", true));
    }

    /** One for all plans: its clock only ever goes forward, and each module has a browser of its own. */
    public static synchronized Suite shared() {
        if (shared == null) {
            shared = new Suite();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    public static Suite start() {
        return new Suite();
    }

    /** Somebody of whom everything is known that a scope stands for. */
    public String user(String username, String phone) {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("familyName", "Formance");
        profile.put("givenName", "Con");
        profile.put("middleName", "de");
        profile.put("nickname", "conny");
        profile.put("preferredUsername", username);
        profile.put("profile", "https://suite.example/conny");
        profile.put("website", "https://conny.example");
        profile.put("gender", "female");
        profile.put("birthdate", "1990-12-31");
        profile.put("zoneinfo", "Asia/Tokyo");
        profile.put("locale", "en");
        profile.put(
                "address",
                Map.of(
                        "formatted", "1 Main Street, Springfield",
                        "streetAddress", "1 Main Street",
                        "locality", "Springfield",
                        "region", "Oregon",
                        "postalCode", "97475",
                        "country", "US"));
        JsonNode created = server.api()
                .created(
                        "/users",
                        Map.of(
                                "username",
                                username,
                                "password",
                                PASSWORD,
                                "name",
                                "Con Formance",
                                "primaryEmail",
                                username + "@example.com",
                                "primaryPhone",
                                phone.substring(1),
                                "profile",
                                profile));
        String id = created.path("id").asString();
        Answer pictured = server.api().patch("/users/" + id, Map.of("avatar", "https://suite.example/conny.png"));
        assertThat(pictured.status()).as(pictured.text()).isEqualTo(200);
        return id;
    }

    public Client client(String name, Map<String, ?> settings) {
        return client(
                name,
                settings,
                Map.of(
                        "redirectUris",
                        List.of(CALLBACK, CALLBACK + "?dummy1=lorem&dummy2=ipsum"),
                        "postLogoutRedirectUris",
                        List.of("https://suite.example/test/a/ostiary/post_logout_redirect"),
                        "responseTypes",
                        List.of("code", "code id_token", "id_token", "none")));
    }

    public Client client(String name, Map<String, ?> settings, Map<String, ?> metadata) {
        String id = server.api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                name,
                                "type",
                                "Traditional",
                                "oidcClientMetadata",
                                metadata,
                                "customClientMetadata",
                                settings))
                .path("id")
                .asString();
        JsonNode secrets = server.api().get("/applications/" + id + "/secrets").json();
        return new Client(id, secrets.get(0).path("value").asString());
    }

    /** One that registers itself, as {@code client_registration=dynamic_client} has it. */
    public Client registered() {
        Answer opened = server.api()
                .patch(
                        "/configs/oidc/registration",
                        Map.of("enabled", true, "requiresInitialAccessToken", false, "attemptsPerHour", 10_000));
        assertThat(opened.status()).as(opened.text()).isEqualTo(200);
        Answer ceiling = server.api()
                .post(
                        "/configs/oidc/registration/user-consent-scopes",
                        Map.of("userScopes", List.of("profile", "email", "address", "phone")));
        assertThat(ceiling.status()).as(ceiling.text()).isLessThan(300);
        Map<String, Object> metadata = Map.of(
                "client_name",
                "oidcc certification test",
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "response_types",
                List.of("code"),
                "redirect_uris",
                List.of(CALLBACK),
                "token_endpoint_auth_method",
                "client_secret_basic",
                "contacts",
                List.of("certification@oidf.org"));
        Answer answer = server.browser().json("POST", "/oidc/register", metadata);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return new Client(
                answer.json().path("client_id").asString(),
                answer.json().path("client_secret").asString());
    }

    public String issuer() {
        return server.origin() + "/oidc";
    }

    public JsonNode discovery() {
        Answer answer = server.browser().get("/oidc/.well-known/openid-configuration");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    public JsonNode jwks() {
        Answer answer = server.browser().get("/oidc/jwks");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    /** Seconds since 1970, by the server's clock. */
    public long now() {
        return server.clock().instant().getEpochSecond();
    }

    public void wait(Duration time) {
        server.clock().forward(time);
    }

    // the authorization endpoint --------------------------------------------------------------------------------------

    /** An authorization request as the suite makes it; pairs are laid over it, an empty value takes one away. */
    public Map<String, String> request(Client by, Variant variant, String... pairs) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("client_id", by.id());
        request.put("redirect_uri", CALLBACK);
        request.put("scope", "openid");
        request.put("state", ids.token().substring(0, 10));
        request.put("nonce", ids.token().substring(0, 10));
        request.put("response_type", variant.responseType());
        if (variant.formPost()) {
            request.put("response_mode", "form_post");
        }
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1].isEmpty()) {
                request.remove(pairs[i]);
            } else {
                request.put(pairs[i], pairs[i + 1]);
            }
        }
        return request;
    }

    public static Answer authorize(TestBrowser browser, Map<String, String> request) {
        return browser.get("/oidc/auth?" + TestBrowser.encode(request), "Accept", "text/html,*/*;q=0.8");
    }

    /** A request that needs nobody: the person is known already, or must not be asked. */
    public Callback silently(TestBrowser browser, Map<String, String> request) {
        return callback(authorize(browser, request));
    }

    /** A request at which the sign-in page must come, and at which {@link #user} signs in. */
    public Callback signIn(TestBrowser browser, Map<String, String> request) {
        return signIn(browser, authorize(browser, request), USERNAME);
    }

    /** @param shown the answer to the request */
    public Callback signIn(TestBrowser browser, Answer shown, String username) {
        assertThat(shown.location()).startsWith("/sign-in");
        Answer page = browser.get(shown.location(), "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        experience(browser, "PUT", "", Map.of("interactionEvent", "SignIn"));
        String verification = experience(
                        browser,
                        "POST",
                        "/verification/password",
                        Map.of("identifier", Map.of("type", "username", "value", username), "password", PASSWORD))
                .json()
                .path("verificationId")
                .asString();
        experience(browser, "POST", "/identification", Map.of("verificationId", verification));
        String next = experience(browser, "POST", "/submit", null)
                .json()
                .path("redirectTo")
                .asString();
        return callback(allow(browser, browser.follow(browser.get(next))));
    }

    /** On the consent page of an application of somebody else's, if it comes. */
    private Answer allow(TestBrowser browser, Answer answer) {
        if (!answer.response().uri().getPath().equals("/consent")) {
            return answer;
        }
        Matcher token = TOKEN.matcher(answer.text());
        assertThat(token.find()).as(answer.text()).isTrue();
        Map<String, String> form = Map.of("_token", token.group(1), "decision", "allow");
        return browser.follow(browser.form(answer.response().uri().toString(), form, "Origin", server.origin()));
    }

    private static Answer experience(TestBrowser browser, String method, String path, Object body) {
        Answer answer = browser.json(method, "/api/experience" + path, body);
        assertThat(answer.status()).as(path + " " + answer.text()).isLessThan(300);
        return answer;
    }

    /** By query, by fragment or as a form, as the client gets it. */
    public static Callback callback(Answer answer) {
        if (answer.status() == 303 || answer.status() == 302) {
            URI to = URI.create(answer.location());
            assertThat(answer.location()).startsWith(CALLBACK);
            boolean fragment = to.getRawFragment() != null;
            Map<String, String> params = parse(fragment ? to.getRawFragment() : to.getRawQuery());
            return new Callback(fragment ? "fragment" : "query", answer.location(), params);
        }
        assertThat(answer.header("Content-Type").orElse("")).as(answer.text()).startsWith("text/html");
        Matcher action = ACTION.matcher(answer.text());
        assertThat(action.find()).as(answer.text()).isTrue();
        assertThat(answer.text()).contains("method=\"post\"");
        Map<String, String> params = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(answer.text());
        while (field.find()) {
            assertThat(params.put(plain(field.group(1)), plain(field.group(2)))).isNull();
        }
        return new Callback("form", plain(action.group(1)), params);
    }

    private static Map<String, String> parse(String encoded) {
        Params params = Params.parse(encoded);
        Map<String, String> map = new LinkedHashMap<>();
        for (String name : params.names()) {
            assertThat(params.all(name)).as(name + " comes once").hasSize(1);
            map.put(name, params.first(name).orElseThrow());
        }
        return map;
    }

    private static String plain(String html) {
        return html.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    // the token endpoint and userinfo ---------------------------------------------------------------------------------

    /** With {@code client_secret_basic}. */
    public Answer token(Client by, String... pairs) {
        return server.browser().form("/oidc/token", form(pairs), "Authorization", by.basic());
    }

    public Answer redeem(Client by, String code, String... more) {
        List<String> pairs =
                new ArrayList<>(List.of("grant_type", "authorization_code", "code", code, "redirect_uri", CALLBACK));
        pairs.addAll(List.of(more));
        return token(by, pairs.toArray(String[]::new));
    }

    public static Map<String, String> form(String... pairs) {
        Map<String, String> form = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        return form;
    }

    public Answer userinfo(String accessToken) {
        return server.browser().get("/oidc/me", "Authorization", "Bearer " + accessToken);
    }

    @Override
    public void close() {
        server.close();
    }
}
