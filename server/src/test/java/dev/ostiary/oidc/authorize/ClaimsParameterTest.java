package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static dev.ostiary.oidc.authorize.SignInHouse.error;
import static dev.ostiary.oidc.authorize.SignInHouse.param;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.oidc.Acr;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenID Connect Core section 5.5: claims that are asked for one by one. */
class ClaimsParameterTest {
    private static SignInHouse house;
    private static String third;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        house.server.app().database().run("default", tx -> tx.update(
                        "INSERT INTO users (tenant_id, id, username, name, primary_email, custom_data)"
                                + " VALUES (:tenant, 'mary', 'mary', 'Mary', 'mary@example.com', '{\"k\":1}')")
                .execute());
        house.answeredBy("front", "SPA", "code", "code id_token", "id_token");
        house.application("lasting", "SPA", List.of(CALLBACK), "{\"alwaysIssueRefreshToken\":true}");
        third = house.server
                .api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Somebody else's",
                                "type",
                                "SPA",
                                "isThirdParty",
                                true,
                                "oidcClientMetadata",
                                Map.of("redirectUris", List.of(CALLBACK), "postLogoutRedirectUris", List.of())))
                .path("id")
                .asString();
        ceiling("email");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static void ceiling(String... scopes) {
        house.server
                .api()
                .post("/applications/" + third + "/user-consent-scopes", Map.of("userScopes", List.of(scopes)));
    }

    private static TestBrowser browser() {
        return house.server.browser();
    }

    private static Answer signIn(String client, String claims, String... pairs) {
        List<String> all = new ArrayList<>(List.of("scope", "openid", "claims", claims));
        all.addAll(List.of(pairs));
        return house.signIn(browser(), "mary", client, all.toArray(String[]::new));
    }

    private static JsonNode tokens(String client, Answer answer) {
        return tokens(
                client,
                "grant_type",
                "authorization_code",
                "redirect_uri",
                CALLBACK,
                "code",
                code(answer),
                "code_verifier",
                SignInHouse.VERIFIER);
    }

    private static JsonNode tokens(String client, String... pairs) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", client);
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        Answer answer = browser().form("/oidc/token", form);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode idToken(JsonNode tokens) {
        return payload(tokens.path("id_token").asString());
    }

    private static JsonNode payload(String jwt) {
        return Json.read(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]));
    }

    private static JsonNode userinfo(JsonNode tokens) {
        Answer answer = browser()
                .get(
                        "/oidc/me",
                        "Authorization",
                        "Bearer " + tokens.path("access_token").asString());
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void each_claim_is_told_where_it_was_asked_for_and_nothing_else_of_its_scope() {
        JsonNode tokens = tokens(
                "spa",
                signIn(
                        "spa",
                        """
                        {"userinfo":{"name":{"essential":true},"email":null},
                         "id_token":{"email":{"essential":false},"custom_data":null}}
                        """));
        assertThat(userinfo(tokens).propertyNames()).containsExactlyInAnyOrder("sub", "name", "email");
        assertThat(userinfo(tokens).path("email").asString()).isEqualTo("mary@example.com");
        JsonNode idToken = idToken(tokens);
        assertThat(idToken.path("email").asString()).isEqualTo("mary@example.com");
        assertThat(idToken.has("name")).isFalse();
        assertThat(idToken.has("email_verified")).isFalse();
        // The tenant keeps it out of ID tokens, whoever asks and however.
        assertThat(idToken.has("custom_data")).isFalse();
        assertThat(tokens.path("scope").asString()).isEqualTo("openid");
    }

    @Test
    void they_come_beside_those_of_the_scopes() {
        JsonNode told = userinfo(
                tokens("spa", signIn("spa", "{\"userinfo\":{\"custom_data\":null}}", "scope", "openid email")));
        assertThat(told.propertyNames()).containsExactlyInAnyOrder("sub", "email", "email_verified", "custom_data");
    }

    @Test
    void roles_and_what_has_to_be_looked_up_can_be_asked_for_too() {
        JsonNode told = userinfo(tokens(
                "spa",
                signIn("spa", "{\"userinfo\":{\"roles\":null,\"organizations\":null,\"sso_identities\":null}}")));
        assertThat(told.propertyNames()).containsExactlyInAnyOrder("sub", "roles", "organizations", "sso_identities");
    }

    @Test
    void what_is_unknown_or_has_no_value_is_left_out_and_is_no_error() {
        JsonNode told = userinfo(
                tokens(
                        "spa",
                        signIn(
                                "spa",
                                """
                {"userinfo":{"phone_number":{"essential":true},"shoe_size":{"essential":true,"values":["43"]},
                  "http://example.com/claim":null,"name#ja":null,"email":{"value":"other@example.com","odd":[1]}},
                 "verified_claims":{"x":[[["y"]]]}}
                """)));
        assertThat(told.propertyNames()).containsExactlyInAnyOrder("sub", "email");
        assertThat(told.path("email").asString()).isEqualTo("mary@example.com");
    }

    @Test
    void refreshed_tokens_tell_the_same() {
        JsonNode first = tokens(
                "lasting",
                signIn(
                        "lasting",
                        "{\"userinfo\":{\"name\":null},\"id_token\":{\"email\":null,\"acr\":null,\"auth_time\":null}}"));
        JsonNode second = tokens(
                "lasting",
                "grant_type",
                "refresh_token",
                "refresh_token",
                first.path("refresh_token").asString());
        assertThat(userinfo(second).propertyNames()).containsExactlyInAnyOrder("sub", "name");
        for (String claim : List.of("sub", "email", "acr", "auth_time", "nonce")) {
            assertThat(idToken(second).path(claim))
                    .as(claim)
                    .isEqualTo(idToken(first).path(claim));
        }
        assertThat(idToken(second).has("email")).isTrue();
    }

    @Test
    void an_id_token_in_a_redirect_tells_them_too() {
        Answer answer = signIn("front", "{\"id_token\":{\"email\":null}}", "response_type", "id_token", "nonce", "n");
        JsonNode claims = payload(param(answer.location(), "id_token").orElseThrow());
        assertThat(claims.path("email").asString()).isEqualTo("mary@example.com");
        assertThat(claims.has("name")).isFalse();
        Answer refused = authorize(
                browser(),
                "front",
                "response_type",
                "id_token",
                "nonce",
                "n",
                "claims",
                "{\"userinfo\":{\"email\":null}}");
        assertThat(error(refused)).isEqualTo("invalid_request");
    }

    @Test
    void an_application_of_somebody_else_asks_for_consent_and_gets_nothing_beyond_its_ceiling_AZ8() {
        TestBrowser browser = browser();
        String claims = "{\"userinfo\":{\"email\":null,\"name\":null,\"custom_data\":{\"essential\":true}},"
                + "\"id_token\":{\"roles\":null}}";
        Answer asked = house.signIn(browser, "mary", third, "scope", "openid", "claims", claims);
        assertThat(asked.location()).isEqualTo("/consent?app_id=" + third);
        JsonNode question =
                browser.get("/api/interaction/consent?app_id=" + third).json();
        assertThat(question.path("missingOIDCScope").valueStream().map(JsonNode::asString))
                .containsExactly("email");
        ObjectNode yes = Json.object();
        yes.putObject("consent");
        JsonNode tokens = tokens(third, browser.get(house.answer(browser, yes)));
        assertThat(userinfo(tokens).propertyNames()).containsExactlyInAnyOrder("sub", "email");
        assertThat(idToken(tokens).has("roles")).isFalse();
    }

    @Test
    void what_an_administrator_takes_away_is_gone_from_the_next_token_on() {
        TestBrowser browser = browser();
        house.signIn(browser, "mary", third, "scope", "openid", "claims", "{\"userinfo\":{\"email\":null}}");
        ObjectNode yes = Json.object();
        yes.putObject("consent");
        Answer answer = browser.get(house.answer(browser, yes));
        house.server.api().delete("/applications/" + third + "/user-consent-scopes/user-scopes/email");
        try {
            assertThat(userinfo(tokens(third, answer)).propertyNames()).containsExactly("sub");
        } finally {
            ceiling("email");
        }
    }

    @Test
    void a_certain_user_is_demanded_and_another_one_gets_no_answer() {
        String demand = "{\"id_token\":{\"sub\":{\"value\":\"mary\"}}}";
        TestBrowser browser = browser();
        house.signIn(browser, "u1", "web");
        assertThat(authorize(browser, "web", "claims", demand).location()).startsWith("/sign-in");
        assertThat(error(authorize(browser, "web", "claims", demand, "prompt", "none")))
                .isEqualTo("login_required");
        assertThat(error(authorize(
                        browser,
                        "web",
                        "claims",
                        "{\"userinfo\":{\"sub\":{\"values\":[\"x\",\"mary\"]}}}",
                        "prompt",
                        "none")))
                .isEqualTo("login_required");
        authorize(browser, "web", "claims", demand);
        assertThat(error(browser.get(house.answerAs(browser, "u1")))).isEqualTo("login_required");
        TestBrowser another = browser();
        assertThat(house.signIn(another, "mary", "web", "claims", demand).location())
                .startsWith(CALLBACK + "?code=");
        assertThat(code(authorize(another, "web", "claims", demand, "prompt", "none")))
                .hasSize(43);
        assertThat(error(authorize(
                        another,
                        "web",
                        "claims",
                        "{\"id_token\":{\"sub\":{\"value\":\"mary\"}},\"userinfo\":{\"sub\":{\"value\":\"u1\"}}}",
                        "prompt",
                        "none")))
                .isEqualTo("login_required");
    }

    @Test
    void a_hint_for_another_user_ends_with_an_answer_and_not_in_a_circle_AZ7() {
        TestBrowser browser = browser();
        authorize(browser, "web", "id_token_hint", hint("u2"));
        assertThat(error(browser.get(house.answerAs(browser, "u1")))).isEqualTo("login_required");
        TestBrowser right = browser();
        authorize(right, "web", "id_token_hint", hint("u1"));
        assertThat(right.get(house.answerAs(right, "u1")).location()).startsWith(CALLBACK + "?code=");
    }

    private static String hint(String user) {
        long now = house.server.clock().instant().getEpochSecond();
        return house.server
                .app()
                .keys()
                .signer("default")
                .sign(
                        "",
                        Map.of(
                                "sub",
                                user,
                                "aud",
                                "web",
                                "exp",
                                now - 10,
                                "iat",
                                now - 100,
                                "iss",
                                house.server.origin() + "/oidc"));
    }

    @Test
    void auth_time_is_told_when_asked_for() {
        TestBrowser browser = browser();
        house.signIn(browser, "mary", "spa", "scope", "openid");
        long signedInAt = house.server.clock().instant().getEpochSecond();
        house.server.clock().forward(Duration.ofMinutes(5));
        JsonNode without = idToken(tokens("spa", authorize(browser, "spa", "scope", "openid")));
        assertThat(without.has("auth_time")).isFalse();
        for (String[] demand : List.of(
                new String[] {"scope", "openid", "max_age", "10000"},
                new String[] {"scope", "openid", "claims", "{\"id_token\":{\"auth_time\":{\"essential\":true}}}"},
                new String[] {"scope", "openid", "claims", "{\"id_token\":{\"auth_time\":null}}"})) {
            JsonNode claims = idToken(tokens("spa", authorize(browser, "spa", demand)));
            assertThat(claims.path("auth_time").isIntegralNumber()).isTrue();
            assertThat(claims.path("auth_time").asLong()).isEqualTo(signedInAt);
        }
    }

    @Test
    void the_name_of_the_session_is_told_to_who_is_told_of_logouts() {
        ObjectNode metadata = SignInHouse.metadata(List.of(CALLBACK));
        metadata.put("backchannelLogoutUri", "https://shop.example/logout")
                .put("backchannelLogoutSessionRequired", true);
        house.register("told", "SPA", metadata, "{}", false);
        TestBrowser browser = browser();
        house.signIn(browser, "mary", "told", "scope", "openid");
        String sid =
                idToken(tokens("told", authorize(browser, "told"))).path("sid").asString();
        assertThat(sid).isNotEmpty();
        assertThat(idToken(tokens("told", authorize(browser, "told")))
                        .path("sid")
                        .asString())
                .isEqualTo(sid);
        assertThat(idToken(tokens("spa", authorize(browser, "spa"))).has("sid")).isFalse();
    }

    @Test
    void the_class_of_authentication_is_told_when_asked_for_and_a_wish_that_cannot_be_met_is_no_error() {
        TestBrowser browser = browser();
        house.signIn(browser, "mary", "spa", "scope", "openid");
        for (String[] demand : List.of(
                new String[] {"scope", "openid", "acr_values", Acr.ONE_FACTOR},
                new String[] {"scope", "openid", "acr_values", "1 2 urn:mace:incommon:iap:silver"},
                new String[] {"scope", "openid", "claims", "{\"id_token\":{\"acr\":null}}"},
                new String[] {"scope", "openid", "claims", "{\"id_token\":{\"acr\":{\"value\":\"2\"}}}"},
                new String[] {"scope", "openid", "claims", "{\"id_token\":{\"acr\":{\"essential\":true}}}"},
                new String[] {
                    "scope",
                    "openid",
                    "claims",
                    "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"2\",\"" + Acr.ONE_FACTOR + "\"]}}}"
                })) {
            assertThat(idToken(tokens("spa", authorize(browser, "spa", demand)))
                            .path("acr")
                            .asString())
                    .as(demand[3])
                    .isEqualTo("urn:ostiary:acr:1fa");
        }
        assertThat(idToken(tokens("spa", authorize(browser, "spa", "scope", "openid")))
                        .has("acr"))
                .isFalse();
    }

    @Test
    void a_class_of_authentication_that_must_be_and_cannot_be_met_is_a_failed_authentication() {
        for (String acr :
                List.of("{\"essential\":true,\"value\":\"2\"}", "{\"essential\":true,\"values\":[\"2\",\"3\"]}")) {
            for (String prompt : List.of("", "none")) {
                Answer answer =
                        authorize(browser(), "web", "claims", "{\"id_token\":{\"acr\":" + acr + "}}", "prompt", prompt);
                assertThat(error(answer)).isEqualTo("unmet_authentication_requirements");
                assertThat(answer.location()).startsWith(CALLBACK);
            }
        }
    }

    @Test
    void what_cannot_be_read_in_one_way_only_is_refused() {
        for (String claims : List.of(
                "x",
                "[]",
                "null",
                "\"{}\"",
                "1",
                "{",
                "{} {}",
                "{\"userinfo\":[]}",
                "{\"userinfo\":null}",
                "{\"id_token\":\"email\"}",
                "{\"id_token\":{\"email\":true}}",
                "{\"id_token\":{\"email\":[]}}",
                "{\"id_token\":{\"email\":{\"essential\":\"true\"}}}",
                "{\"id_token\":{\"email\":{\"essential\":null}}}",
                "{\"id_token\":{\"email\":{\"values\":\"x\"}}}",
                "{\"id_token\":{\"email\":{\"values\":[]}}}",
                "{\"id_token\":{\"email\":{\"value\":\"x\",\"values\":[\"x\"]}}}",
                "{\"id_token\":{\"sub\":{\"value\":1}}}",
                "{\"id_token\":{\"sub\":{\"values\":[\"x\",null]}}}",
                "{\"id_token\":{\"acr\":{\"value\":{}}}}",
                "{\"id_token\":{\"email\":null,\"email\":null}}",
                "{\"id_token\":{},\"id_token\":{\"email\":null}}",
                "{\"id_token\":{\"x\":{\"value\":[[[[[[[1]]]]]]]}}}",
                "{\"id_token\":{\"x\":{\"value\":" + "[".repeat(500) + "]".repeat(500) + "}}}",
                "{\"id_token\":{\"x\":{\"value\":\"" + "y".repeat(9000) + "\"}}}",
                "{\"id_token\":{"
                        + String.join(
                                ",",
                                java.util.stream.IntStream.range(0, 101)
                                        .mapToObj(i -> "\"c" + i + "\":null")
                                        .toList())
                        + "}}")) {
            Answer answer = authorize(browser(), "web", "claims", claims);
            assertThat(error(answer)).as(claims).isEqualTo("invalid_request");
            assertThat(answer.location()).startsWith(CALLBACK);
        }
        assertThat(error(authorize(browser(), "web", "scope", "profile", "claims", "{}")))
                .isEqualTo("invalid_request");
        assertThat(authorize(browser(), "web", "claims", "{}").location()).startsWith("/sign-in");
    }
}
