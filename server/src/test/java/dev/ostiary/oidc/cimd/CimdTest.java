package dev.ostiary.oidc.cimd;

import static dev.ostiary.oidc.authorize.SignInHouse.CHALLENGE;
import static dev.ostiary.oidc.authorize.SignInHouse.VERIFIER;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.applications.Application;
import dev.ostiary.audit.AuditLog;
import dev.ostiary.base.Ids;
import dev.ostiary.events.Changes;
import dev.ostiary.events.Events;
import dev.ostiary.json.Json;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundAnswer;
import dev.ostiary.net.OutboundRules;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import dev.ostiary.testing.TestServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CimdTest {
    private static final String CLIENT = "https://agent.example/oauth/client.json";
    private static final String CALLBACK = "https://agent.example/cb";
    private static final String ORGANIZATIONS = "urn:logto:scope:organizations";

    private static SignInHouse house;
    private static final Map<String, OutboundAnswer> published = new ConcurrentHashMap<>();
    private static final AtomicInteger fetches = new AtomicInteger();

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        house.server.app().clientDocuments().fetchBy((url, headers) -> {
            fetches.incrementAndGet();
            return published.getOrDefault(
                    url.toString(), new OutboundAnswer(404, Map.of("content-type", List.of("text/html")), new byte[0]));
        });
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void reset() {
        house.server.clock().reset();
        switchTo(true);
        publish(CLIENT, document(CLIENT).toString());
    }

    private static TestApi api() {
        return house.server.api();
    }

    private static void switchTo(boolean on) {
        assertThat(api().patch("/configs/cimd", Map.of("enabled", on))
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isEqualTo(on);
    }

    private static ObjectNode document(String url) {
        ObjectNode document = Json.object();
        document.put("client_id", url);
        document.put("client_name", "Agent <b>");
        document.putArray("redirect_uris").add(CALLBACK).add("http://127.0.0.1/cb");
        return document;
    }

    private static void publish(String url, String body, String... headers) {
        Map<String, List<String>> all = new ConcurrentHashMap<>();
        all.put("content-type", List.of("application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        published.put(url, new OutboundAnswer(200, all, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer ask(String client, String... pairs) {
        return SignInHouse.authorize(house.server.browser(), client, pairs);
    }

    /** A request with a document that nobody has fetched before. */
    private static Answer askWith(ObjectNode document, String... pairs) {
        String url = "https://agent.example/" + Math.abs(document.hashCode()) + "/" + published.size();
        document.put("client_id", url);
        publish(url, document.toString());
        return ask(url, with(pairs, "redirect_uri", CALLBACK, "scope", "openid"));
    }

    private static String[] with(String[] pairs, String... more) {
        String[] all = new String[pairs.length + more.length];
        System.arraycopy(more, 0, all, 0, more.length);
        System.arraycopy(pairs, 0, all, more.length, pairs.length);
        return all;
    }

    @Test
    void a_document_may_demand_that_requests_are_pushed_AZ5_RFC9126_6() {
        ObjectNode document = document(CLIENT).put("require_pushed_authorization_requests", true);
        assertThat(SignInHouse.error(askWith(document))).isEqualTo("invalid_request");
    }

    private static Answer allow(TestBrowser browser, String fields) {
        String page = browser.get("/consent").text();
        String token = page.replaceAll("(?s).*name=\"_token\" value=\"([^\"]+)\".*", "$1");
        return browser.send(
                "POST",
                "/consent",
                "_token=" + token + "&decision=allow" + fields,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Origin",
                house.server.origin());
    }

    private static JsonNode redeem(TestBrowser browser, String code, String... pairs) {
        Answer answer = redeemed(browser, CLIENT, code, pairs);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void it_is_off_until_it_is_switched_on() {
        switchTo(false);
        assertThat(ask(CLIENT, "redirect_uri", CALLBACK, "scope", "openid").text())
                .contains("invalid_client");
        assertThat(discovery().has("client_id_metadata_document_supported")).isFalse();
        switchTo(true);
        assertThat(discovery().path("client_id_metadata_document_supported").asBoolean())
                .isTrue();
        assertThat(ask(CLIENT, "redirect_uri", CALLBACK, "scope", "openid").location())
                .startsWith("/sign-in?app_id=");
    }

    private static JsonNode discovery() {
        return house.server
                .browser()
                .get("/oidc/.well-known/openid-configuration")
                .json();
    }

    @Test
    void it_stays_off_where_outgoing_requests_are_not_guarded_SS1() {
        var database = house.server.app().database();
        Changes changes = new Changes(database);
        try (Outbound outbound = new Outbound(OutboundRules.strict().withoutGuard())) {
            Events events = new Events(database, new AuditLog(Ids.secure(), house.server.clock()));
            ClientDocuments unguarded =
                    new ClientDocuments(database, changes, outbound, false, events, house.server.clock());
            assertThat(unguarded.isOn(Tenants.DEFAULT)).isFalse();
            assertThat(unguarded.find(Tenants.DEFAULT, CLIENT)).isEmpty();
        }
    }

    @Test
    void a_sign_in_with_it_always_asks_and_the_page_names_the_host_before_the_name_DR3_AZ8() {
        TestBrowser browser = house.server.browser();
        Answer sentOff = SignInHouse.authorize(browser, CLIENT, "redirect_uri", CALLBACK, "scope", "openid");
        assertThat(sentOff.headers("Set-Cookie").stream().filter(c -> c.startsWith("_logto=")))
                .noneMatch(cookie -> cookie.contains("appId"));
        Answer consent = browser.get(house.answerAs(browser, "u1"));
        assertThat(consent.location()).startsWith("/consent?app_id=https%3A%2F%2Fagent.example");
        String page = browser.get(consent.location()).text();
        assertThat(page)
                .contains(
                        "agent.example asks for access", "It calls itself “Agent &lt;b&gt;”", "nobody here has checked")
                .doesNotContain("<b>");
        Answer allowed = allow(browser, "");
        Answer back = browser.get(allowed.location());
        assertThat(back.location()).startsWith(CALLBACK + "?code=");
        JsonNode tokens = redeem(browser, code(back));
        assertThat(tokens.path("id_token").asString()).isNotEmpty();
        assertThat(browser.get(
                                "/oidc/me",
                                "Authorization",
                                "Bearer " + tokens.path("access_token").asString())
                        .json()
                        .path("sub")
                        .asString())
                .isEqualTo("u1");

        Answer again = SignInHouse.authorize(browser, CLIENT, "redirect_uri", CALLBACK, "scope", "openid");
        assertThat(again.location()).as("asked again, each time").startsWith("/consent?");
        Answer silent =
                SignInHouse.authorize(browser, CLIENT, "redirect_uri", CALLBACK, "scope", "openid", "prompt", "none");
        assertThat(silent.location()).contains("error=consent_required");

        JsonNode grants = api().get("/users/u1/grants").json().path("grants");
        assertThat(grants.findValuesAsString("clientId")).contains(CLIENT);
        JsonNode user = api().get("/users/u1").json();
        assertThat(user.path("cimdClientId").asString()).isEqualTo(CLIENT);
        assertThat(user.path("applicationId").isNull()).isTrue();
    }

    @Test
    void the_cookie_of_interactions_holds_ids_of_any_length() {
        TestBrowser browser = house.server.browser();
        String url = "https://agent.example/" + "a".repeat(2000);
        publish(url, document(url).toString());
        for (int i = 0; i < 3; i++) {
            Answer answer = SignInHouse.authorize(browser, url, "redirect_uri", CALLBACK, "scope", "openid");
            assertThat(answer.location()).startsWith("/sign-in");
        }
        String cookie = browser.cookie("_interaction").orElseThrow();
        assertThat(URLDecoder.decode(cookie, StandardCharsets.UTF_8).length()).isLessThan(300);
        assertThat(browser.get("/sign-in?app_id=" + URI.create(url)).status()).isEqualTo(200);
    }

    @Test
    void it_may_ask_for_what_the_tenants_ceiling_has_and_no_more_DR1() {
        assertThat(ask(CLIENT, "redirect_uri", CALLBACK, "scope", "openid email")
                        .text())
                .contains("invalid_scope");
        assertThat(api().post("/cimd/user-consent-scopes", Map.of("userScopes", List.of("email")))
                        .status())
                .isEqualTo(201);
        assertThat(api().get("/cimd/user-consent-scopes")
                        .json()
                        .path("userScopes")
                        .toString())
                .contains("\"email\"");
        assertThat(ask(CLIENT, "redirect_uri", CALLBACK, "scope", "openid email")
                        .location())
                .startsWith("/sign-in");
        assertThat(api().delete("/cimd/user-consent-scopes/user-scopes/email").status())
                .isEqualTo(204);
        assertThat(ask(CLIENT, "redirect_uri", CALLBACK, "scope", "openid email")
                        .text())
                .contains("invalid_scope");
    }

    @Test
    void organizations_are_bound_to_the_grant() {
        for (String id : List.of("acme", "bolt")) {
            run("INSERT INTO organizations (tenant_id, id, name) VALUES (:tenant, '" + id + "', '" + id + "')");
            run("INSERT INTO organization_users (tenant_id, organization_id, user_id) VALUES (:tenant, '" + id
                    + "', 'u2')");
        }
        api().post("/cimd/user-consent-scopes", Map.of("userScopes", List.of(ORGANIZATIONS)));
        TestBrowser browser = house.server.browser();
        String refresh = signIn(browser, "&organizationIds=acme");
        assertThat(inOrganization(browser, refresh, "acme").status()).isEqualTo(200);
        Answer denied = inOrganization(browser, signIn(browser, "&organizationIds=acme"), "bolt");
        assertThat(denied.status()).isEqualTo(403);
        Answer none = inOrganization(browser, signIn(browser, ""), "acme");
        assertThat(none.status()).as("another grant, another choice").isEqualTo(403);
    }

    private static String signIn(TestBrowser browser, String fields) {
        String scope = "openid offline_access " + ORGANIZATIONS;
        Answer sentOff = SignInHouse.authorize(
                browser, CLIENT, "redirect_uri", CALLBACK, "scope", scope, "prompt", "login consent");
        assertThat(sentOff.location()).startsWith("/sign-in");
        browser.get(house.answerAs(browser, "u2"));
        Answer back = browser.get(allow(browser, fields).location());
        return redeem(browser, code(back)).path("refresh_token").asString();
    }

    private static Answer inOrganization(TestBrowser browser, String refresh, String organization) {
        return browser.form(
                "/oidc/token",
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", CLIENT,
                        "refresh_token", refresh,
                        "organization_id", organization));
    }

    private static void run(String sql) {
        house.server.app().database().run(Tenants.DEFAULT, tx -> tx.update(sql).execute());
    }

    @Test
    void claims_of_organizations_are_those_of_the_grant_in_use_and_of_no_other() {
        for (String id : List.of("east", "west")) {
            run("INSERT INTO organizations (tenant_id, id, name) VALUES (:tenant, '" + id + "', '" + id + "')");
            run("INSERT INTO organization_users (tenant_id, organization_id, user_id) VALUES (:tenant, '" + id
                    + "', 'u2')");
        }
        api().post("/cimd/user-consent-scopes", Map.of("userScopes", List.of(ORGANIZATIONS)));
        TestBrowser browser = house.server.browser();
        String east = signIn(browser, "&organizationIds=east");
        String west = signIn(browser, "&organizationIds=west");
        String none = signIn(browser, "");
        assertThat(told(browser, east)).containsExactly("east");
        assertThat(told(browser, west)).containsExactly("west");
        assertThat(told(browser, none)).isEmpty();
    }

    /** What the ID token and the userinfo endpoint say, which is the same. */
    private static List<String> told(TestBrowser browser, String refresh) {
        JsonNode tokens = browser.form(
                        "/oidc/token",
                        Map.of("grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", refresh))
                .json();
        JsonNode userinfo = browser.get(
                        "/oidc/me",
                        "Authorization",
                        "Bearer " + tokens.path("access_token").asString())
                .json();
        String payload = tokens.path("id_token").asString().split("\\.")[1];
        JsonNode idToken = Json.read(Base64.getUrlDecoder().decode(payload));
        assertThat(idToken.path("organizations")).isEqualTo(userinfo.path("organizations"));
        return userinfo.path("organizations")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void a_user_has_so_many_grants_for_it_and_with_one_more_the_oldest_ends() {
        String url = "https://agent.example/often";
        publish(url, document(url).toString());
        house.user("u9");
        TestBrowser browser = house.server.browser();
        SignInHouse.authorize(browser, url, "redirect_uri", CALLBACK, "scope", "openid", "prompt", "login consent");
        browser.get(house.answerAs(browser, "u9"));
        String first = code(browser.get(allow(browser, "").location()));
        for (int i = 0; i < 21; i++) {
            house.server.clock().forward(Duration.ofSeconds(1));
            SignInHouse.authorize(browser, url, "redirect_uri", CALLBACK, "scope", "openid");
            code(browser.get(allow(browser, "").location()));
        }
        JsonNode grants = api().get("/users/u9/grants").json().path("grants");
        assertThat(grants.findValuesAsString("clientId"))
                .filteredOn(url::equals)
                .hasSize(20);
        assertThat(redeemed(browser, url, first).json().path("error").asString())
                .isEqualTo("invalid_grant");
    }

    private static Answer redeemed(TestBrowser browser, String client, String code, String... pairs) {
        return browser.form(
                "/oidc/token",
                with(
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", client,
                                "code", code,
                                "redirect_uri", CALLBACK,
                                "code_verifier", VERIFIER),
                        pairs));
    }

    @Test
    void one_that_publishes_keys_proves_itself_by_them_and_is_a_stranger_as_before_CA2() {
        TestKey key = TestKey.of("ES256");
        String url = "https://agent.example/keys";
        ObjectNode document = document(url).put("token_endpoint_auth_method", "private_key_jwt");
        document.putObject("jwks").putArray("keys").add(key.jwk("k0"));
        publish(url, document.toString());
        assertThat(SignInHouse.authorize(
                                house.server.browser(),
                                url,
                                "redirect_uri",
                                CALLBACK,
                                "scope",
                                "openid",
                                "code_challenge",
                                "",
                                "code_challenge_method",
                                "")
                        .location())
                .as("PKCE")
                .contains("error=invalid_request");

        TestBrowser browser = house.server.browser();
        SignInHouse.authorize(browser, url, "redirect_uri", CALLBACK, "scope", "openid", "prompt", "login consent");
        browser.get(house.answerAs(browser, "u2"));
        String code = code(browser.get(allow(browser, "").location()));
        for (String[] wrong : List.of(
                new String[0],
                new String[] {"client_secret", "x"},
                proof(url, TestKey.of("ES256")),
                proof(CLIENT, key))) {
            assertThat(redeemed(browser, url, code, wrong).json().path("error").asString())
                    .isEqualTo("invalid_client");
        }
        String[] proof = proof(url, key);
        Answer tokens = redeemed(browser, url, code, proof);
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        assertThat(redeemed(browser, url, code, proof).text()).contains("the assertion was used before");

        Answer again = SignInHouse.authorize(browser, url, "redirect_uri", CALLBACK, "scope", "openid");
        assertThat(again.location()).as("asked again, each time").startsWith("/consent?");
        Answer machine = browser.form(
                "/oidc/token", with(Map.of("grant_type", "client_credentials", "client_id", url), proof(url, key)));
        assertThat(machine.text()).contains("requested grant type is not allowed for this client");
    }

    @Test
    void keys_behind_an_address_are_fetched_as_those_of_other_clients_SS3() {
        String url = "https://agent.example/remote-keys";
        ObjectNode document = document(url).put("token_endpoint_auth_method", "private_key_jwt");
        document.put("jwks_uri", "https://127.0.0.1:" + TestServer.freePort() + "/keys");
        publish(url, document.toString());
        Answer answer = redeemed(house.server.browser(), url, "x", proof(url, TestKey.of("ES256")));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text())
                .contains("the keys of the client cannot be fetched")
                .doesNotContain("127.0.0.1");
    }

    private static String[] proof(String client, TestKey key) {
        long now = house.server.clock().instant().getEpochSecond();
        Map<String, Object> claims = Map.of(
                "iss",
                client,
                "sub",
                client,
                "aud",
                house.server.origin() + "/oidc",
                "jti",
                Ids.secure().token(),
                "iat",
                now,
                "exp",
                now + 60);
        return new String[] {
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            key.sign(Map.of("kid", "k0"), claims)
        };
    }

    private static Map<String, String> with(Map<String, String> form, String... pairs) {
        Map<String, String> all = new LinkedHashMap<>(form);
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return all;
    }

    @Test
    void redirect_uris_are_compared_character_by_character_and_only_loopback_ports_are_free_RU1_RU3() {
        for (String good : List.of(CALLBACK, "http://127.0.0.1/cb", "http://127.0.0.1:49152/cb")) {
            assertThat(ask(CLIENT, "redirect_uri", good, "scope", "openid").status())
                    .as(good)
                    .isEqualTo(303);
        }
        for (String bad : List.of(
                "https://agent.example:443/cb",
                "https://AGENT.example/cb",
                "https://agent.example/cb/",
                "https://agent.example/cb?x=1",
                "https://agent.example:8443/cb",
                "https://agent.example.evil.example/cb",
                "http://localhost/cb",
                "http://127.0.0.1:49152/cb/x",
                "http://127.0.0.1:49152/CB")) {
            Answer answer = ask(CLIENT, "redirect_uri", bad, "scope", "openid");
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.text()).as(bad).contains("invalid_redirect_uri");
        }
    }

    @Test
    void pkce_is_demanded_and_a_secret_is_not_taken() {
        Answer answer = ask(
                CLIENT, "redirect_uri", CALLBACK, "scope", "openid", "code_challenge", "", "code_challenge_method", "");
        assertThat(answer.location()).contains("error=invalid_request");
        Answer token = house.server
                .browser()
                .form("/oidc/token", Map.of("grant_type", "refresh_token", "client_id", CLIENT, "client_secret", "x"));
        assertThat(token.json().path("error").asString()).isEqualTo("invalid_client");
        assertThat(CHALLENGE).hasSize(43);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://agent.example",
                "https://agent.example/",
                "http://agent.example/client.json",
                "https://user@agent.example/client.json",
                "https://agent.example:8443/client.json",
                "https://agent.example:443/client.json",
                "https://agent.example/../client.json",
                "https://agent.example/a/./b",
                "https://agent.example/%2e%2e/b",
                "https://agent.example/a#b",
                "https://127.0.0.1/client.json",
                "https://[::1]/client.json",
                "https://localhost/client.json",
                "https://2130706433/client.json",
                "https://0x7f.0.0.1/client.json",
                "https://agent.example\\@evil.example/x",
                "https://agent.exämple/x",
                "https://AGENT.example/client.json",
                "https://agent.example./client.json",
                "https://agent..example/client.json",
                "https://agent.example/a b"
            })
    void an_address_that_readers_could_take_for_another_is_never_asked_DR3_SS2(String url) {
        int before = fetches.get();
        Answer answer = ask(url, "redirect_uri", CALLBACK, "scope", "openid");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("invalid_client");
        assertThat(fetches.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"client_secret\":\"x\"}",
                "{\"client_secret_expires_at\":0}",
                "{\"token_endpoint_auth_method\":\"client_secret_basic\"}",
                "{\"token_endpoint_auth_method\":\"client_secret_jwt\"}",
                "{\"token_endpoint_auth_method\":\"private_key_jwt\"}",
                "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":{\"keys\":[]}}",
                "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":[]}",
                "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}}",
                "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"http://localhost/keys\"}",
                "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"file:///etc/passwd\"}",
                "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"https://a.example\",\"jwks\":{}}",
                "{\"redirect_uris\":[]}",
                "{\"redirect_uris\":[\"javascript:alert(1)\"]}",
                "{\"redirect_uris\":[\"http://agent.example/cb\"]}",
                "{\"redirect_uris\":[\"https://*.agent.example/cb\"]}",
                "{\"redirect_uris\":\"https://agent.example/cb\"}",
                "{\"client_name\":\"a\\u202eb\"}",
                "{\"client_name\":{}}",
                "{\"grant_types\":[\"client_credentials\"]}",
                "{\"response_types\":[\"token\"]}"
            })
    void a_document_that_asks_for_what_is_not_given_is_refused_and_its_author_told_why_DR1(String change) {
        ObjectNode document = document(CLIENT);
        document.setAll((ObjectNode) Json.read(change));
        Answer answer = askWith(document);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("invalid_client", ": ");
    }

    @Test
    void it_says_how_its_id_tokens_are_signed_where_the_key_of_the_tenant_can() {
        String url = "https://agent.example/signed.json";
        publish(url, document(url).put("id_token_signed_response_alg", "PS256").toString());
        Application client =
                house.server.app().clientDocuments().find(Tenants.DEFAULT, url).orElseThrow();
        assertThat(client.idTokenAlgorithm()).contains("PS256");
    }

    @Test
    void what_the_document_has_of_scope_and_more_gives_it_nothing() {
        ObjectNode document = document(CLIENT);
        document.put("scope", "openid email phone");
        document.put("is_third_party", false);
        document.putArray("grant_types").add("authorization_code").add("client_credentials");
        assertThat(askWith(document).status()).isEqualTo(303);
        assertThat(askWith(document, "scope", "openid phone").text()).contains("invalid_scope");
    }

    @Test
    void answers_that_are_no_document_are_refused_DR3() {
        String url = "https://agent.example/odd/";
        publish(url + 1, document("https://agent.example/odd/2").toString());
        publish(url + 2, document(url + 2).toString(), "content-type", "text/html");
        publish(url + 3, "{");
        publish(url + 4, "[]");
        ObjectNode large = document(url + 5);
        large.put("x", "a".repeat(6_000));
        publish(url + 5, large.toString());
        publish(url + 6, document(url + 6).toString(), "content-type", "application/jsonp");
        for (int i = 1; i <= 7; i++) {
            assertThat(ask(url + i, "redirect_uri", CALLBACK, "scope", "openid").text())
                    .as("case " + i)
                    .contains("invalid_client");
        }
        JsonNode logs = api().get("/logs?logKey=Cimd.Fetch&page=1&page_size=50").json();
        assertThat(logs.valueStream()
                        .map(l -> l.path("payload").path("cimdClientId").asString("")))
                .contains(url + 1);
    }

    @Test
    void a_document_is_remembered_within_bounds_and_one_that_is_gone_for_a_day_at_most_DR3() {
        String url = "https://agent.example/cached";
        publish(url, document(url).toString(), "cache-control", "public, max-age=99999999");
        int before = fetches.get();
        ask(url, "redirect_uri", CALLBACK, "scope", "openid");
        house.server.clock().forward(Duration.ofHours(23));
        ask(url, "redirect_uri", CALLBACK, "scope", "openid");
        assertThat(fetches.get()).isEqualTo(before + 1);
        house.server.clock().forward(Duration.ofHours(2));
        ask(url, "redirect_uri", CALLBACK, "scope", "openid");
        assertThat(fetches.get()).isEqualTo(before + 2);

        publish(url, document(url).toString(), "cache-control", "no-store");
        house.server.clock().forward(Duration.ofHours(25));
        ask(url, "redirect_uri", CALLBACK, "scope", "openid");
        published.remove(url);
        house.server.clock().forward(Duration.ofHours(2));
        assertThat(ask(url, "redirect_uri", CALLBACK, "scope", "openid").status())
                .as("a server that is down does not lock everybody out at once")
                .isEqualTo(303);
        house.server.clock().forward(Duration.ofHours(25));
        assertThat(ask(url, "redirect_uri", CALLBACK, "scope", "openid").status())
                .isEqualTo(400);
        int asked = fetches.get();
        ask(url, "redirect_uri", CALLBACK, "scope", "openid");
        assertThat(fetches.get())
                .as("what is not there is not asked for at once again")
                .isEqualTo(asked);
    }

    @Test
    void neither_a_sign_out_nor_a_token_exchange_waits_for_a_strangers_document_SS1() {
        TestBrowser browser = house.server.browser();
        SignInHouse.authorize(browser, CLIENT, "redirect_uri", CALLBACK, "scope", "openid", "prompt", "login consent");
        browser.get(house.answerAs(browser, "u2"));
        String token = redeem(browser, code(browser.get(allow(browser, "").location())))
                .path("access_token")
                .asString();
        house.application("exchanger", "SPA", List.of(CALLBACK), "{\"allowTokenExchange\":true}");
        int asked = fetches.get();
        run("UPDATE access_tokens SET expires_at = expires_at + interval '3 days'");
        house.server.clock().forward(Duration.ofDays(2));
        Answer exchanged = browser.form(
                "/oidc/token",
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "client_id", "exchanger",
                        "subject_token", token,
                        "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        assertThat(exchanged.json().path("error").asString()).isEqualTo("invalid_grant");
        String xsrf =
                browser.get("/oidc/session/end").text().replaceAll("(?s).*name=\"xsrf\" value=\"([^\"]+)\".*", "$1");
        Answer out = browser.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf, "logout", "yes"));
        assertThat(out.status()).isEqualTo(303);
        assertThat(fetches.get()).isEqualTo(asked);
    }
}
