package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static dev.ostiary.oidc.authorize.SignInHouse.error;
import static dev.ostiary.oidc.authorize.SignInHouse.param;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Params;
import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the authorization endpoint answers with, and by which way. */
class ResponseTypesTest {
    private static final String[] HYBRID = {"response_type", "code id_token", "nonce", "n-1"};
    private static final String[] ID_TOKEN = {
        "response_type", "id_token", "nonce", "n-1", "code_challenge", "", "code_challenge_method", ""
    };

    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        house.answeredBy("hybrid", "SPA", "code id_token");
        house.answeredBy("implicit", "SPA", "id_token");
        house.answeredBy("all", "Traditional", "code", "code id_token", "id_token", "none");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static TestBrowser browser() {
        return house.server.browser();
    }

    private static TestBrowser signedIn() {
        TestBrowser browser = browser();
        house.signIn(browser, "u1", "web");
        return browser;
    }

    private static JsonNode claims(Answer answer) {
        return claims(param(answer.location(), "id_token").orElseThrow(() -> new AssertionError(answer.location())));
    }

    private static JsonNode claims(String jwt) {
        return Json.read(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]));
    }

    /** The left half of the SHA-384, which goes with ES384. */
    private static String leftHash(String value) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-384").digest(value.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 24));
    }

    private static Answer redeem(String client, String code, String... pairs) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", client);
        form.put("redirect_uri", CALLBACK);
        form.put("code", code);
        form.put("code_verifier", SignInHouse.VERIFIER);
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        form.values().removeIf(String::isEmpty);
        return browser().form("/oidc/token", form);
    }

    @Test
    void a_hybrid_answer_binds_code_and_state_to_the_id_token() throws Exception {
        Answer answer = authorize(signedIn(), "hybrid", HYBRID);
        assertThat(answer.location()).startsWith(CALLBACK + "#code=");
        JsonNode claims = claims(answer);
        assertThat(claims.path("sub").asString()).isEqualTo("u1");
        assertThat(claims.path("aud").asString()).isEqualTo("hybrid");
        assertThat(claims.path("iss").asString()).isEqualTo(house.server.origin() + "/oidc");
        assertThat(claims.path("nonce").asString()).isEqualTo("n-1");
        assertThat(claims.path("c_hash").asString()).isEqualTo(leftHash(code(answer)));
        assertThat(claims.path("s_hash").asString()).isEqualTo(leftHash("s t&<1>"));
        assertThat(claims.has("at_hash")).isFalse();
        assertThat(claims.path("username").asString()).isEqualTo("u1");
        assertThat(param(answer.location(), "state")).contains("s t&<1>");
        assertThat(param(answer.location(), "iss")).contains(house.server.origin() + "/oidc");
    }

    @Test
    void both_id_tokens_of_a_hybrid_sign_in_tell_of_the_same_user_and_sign_in() {
        Answer answer = house.signIn(
                browser(), "u1", "hybrid", "response_type", "code id_token", "nonce", "n", "prompt", "login");
        JsonNode first = claims(answer);
        JsonNode second =
                claims(redeem("hybrid", code(answer)).json().path("id_token").asString());
        for (String name : List.of("iss", "sub", "aud", "nonce", "auth_time", "username", "name")) {
            assertThat(second.path(name)).as(name).isEqualTo(first.path(name));
        }
        assertThat(first.has("auth_time")).isTrue();
        assertThat(second.has("c_hash")).isFalse();
        assertThat(second.has("s_hash")).isFalse();
    }

    @Test
    void the_code_of_a_hybrid_answer_is_worth_tokens_once_and_only_with_its_verifier_AZ1() {
        TestBrowser browser = signedIn();
        String first = code(authorize(browser, "hybrid", HYBRID));
        assertThat(redeem("hybrid", first).status()).isEqualTo(200);
        assertThat(redeem("hybrid", first).code()).isEqualTo("oidc.invalid_grant");
        String second = code(authorize(browser, "hybrid", HYBRID));
        assertThat(redeem("hybrid", second, "code_verifier", "").code()).isEqualTo("oidc.invalid_grant");
        assertThat(redeem("hybrid", second).code()).isEqualTo("oidc.invalid_grant");
        assertThat(error(authorize(
                        browser,
                        "hybrid",
                        "response_type",
                        "code id_token",
                        "nonce",
                        "n",
                        "code_challenge",
                        "",
                        "code_challenge_method",
                        "")))
                .isEqualTo("invalid_request");
    }

    @Test
    void an_id_token_alone_comes_with_the_claims_of_the_scopes_and_needs_no_challenge() {
        Answer answer = authorize(signedIn(), "implicit", ID_TOKEN);
        assertThat(answer.location()).startsWith(CALLBACK + "#id_token=");
        assertThat(param(answer.location(), "code")).isEmpty();
        JsonNode claims = claims(answer);
        assertThat(claims.path("username").asString()).isEqualTo("u1");
        assertThat(claims.has("name")).isTrue();
        assertThat(claims.has("c_hash")).isFalse();
        assertThat(claims.has("at_hash")).isFalse();
        assertThat(claims.has("s_hash")).isTrue();
    }

    @Test
    void roles_are_looked_up_for_an_id_token_in_a_redirect() {
        house.user("ruth");
        house.server.app().database().run("default", tx -> {
            tx.update("INSERT INTO roles (tenant_id, id, name, description, type)"
                            + " VALUES (:tenant, 'r1', 'keeper', '-', 'User')")
                    .execute();
            tx.update("INSERT INTO user_roles VALUES (:tenant, 'ruth', 'r1')").execute();
        });
        Answer answer = house.signIn(
                browser(), "ruth", "all", "response_type", "id_token", "nonce", "n", "scope", "openid roles");
        assertThat(claims(answer).path("roles")).hasSize(1);
        assertThat(claims(answer).path("roles").get(0).asString()).isEqualTo("keeper");
    }

    @Test
    void none_answers_with_state_and_issuer_alone() {
        TestBrowser browser = signedIn();
        Answer answer = authorize(browser, "all", "response_type", "none");
        assertThat(answer.location())
                .isEqualTo(CALLBACK + "?state=s+t%26%3C1%3E&iss=" + Params.encode(house.server.origin() + "/oidc"));
        // The user has let the application in all the same.
        assertThat(code(authorize(browser, "all", "prompt", "none"))).hasSize(43);
    }

    @Test
    void the_order_of_the_words_means_nothing() {
        Answer answer = authorize(signedIn(), "hybrid", "response_type", "id_token code", "nonce", "n");
        assertThat(answer.location()).startsWith(CALLBACK + "#code=").contains("&id_token=");
    }

    @Test
    void an_application_gets_the_kinds_of_answers_it_is_registered_for_and_no_others_AZ3() {
        String[][] cases = {
            {"web", "code id_token", "unauthorized_client"},
            {"web", "id_token", "unauthorized_client"},
            {"web", "none", "unauthorized_client"},
            {"hybrid", "code", "unauthorized_client"},
            {"hybrid", "id_token", "unauthorized_client"},
            {"implicit", "code id_token", "unauthorized_client"},
            {"all", "token", "unsupported_response_type"},
            {"all", "id_token token", "unsupported_response_type"},
            {"all", "code token", "unsupported_response_type"},
            {"all", "code id_token token", "unsupported_response_type"},
            {"all", "code none", "unsupported_response_type"},
            {"all", "code code", "unsupported_response_type"},
            {"all", "code  id_token", "unsupported_response_type"},
            {"all", "CODE", "unsupported_response_type"},
        };
        TestBrowser browser = signedIn();
        for (String[] each : cases) {
            Answer answer = authorize(browser, each[0], "response_type", each[1], "nonce", "n");
            assertThat(error(answer)).as(each[0] + " " + each[1]).isEqualTo(each[2]);
            assertThat(param(answer.location(), "id_token")).isEmpty();
            // Errors come by the way that such an answer would have come.
            assertThat(answer.location().contains("#")).as(each[1]).isEqualTo(each[1].contains("token"));
        }
    }

    @Test
    void an_id_token_in_a_redirect_needs_a_nonce_and_the_scope_openid() {
        TestBrowser browser = signedIn();
        Answer without = authorize(browser, "all", "response_type", "id_token");
        assertThat(error(without)).isEqualTo("invalid_request");
        assertThat(param(without.location(), "error_description")).contains("missing required parameter 'nonce'");
        assertThat(without.location()).startsWith(CALLBACK + "#error=");
        assertThat(error(authorize(browser, "all", "response_type", "code id_token", "scope", "profile", "nonce", "n")))
                .isEqualTo("invalid_request");
    }

    @Test
    void no_token_travels_in_a_query() {
        TestBrowser browser = signedIn();
        for (String type : List.of("code id_token", "id_token")) {
            Answer answer = authorize(browser, "all", "response_type", type, "nonce", "n", "response_mode", "query");
            assertThat(error(answer)).isEqualTo("invalid_request");
            assertThat(answer.location()).startsWith(CALLBACK + "#error=");
            assertThat(URI.create(answer.location()).getRawQuery()).isNull();
        }
    }

    @Test
    void a_hybrid_answer_comes_as_a_form_if_asked_and_so_do_its_errors() {
        Answer answer = authorize(
                signedIn(), "all", "response_type", "code id_token", "nonce", "n", "response_mode", "form_post");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .contains("action=\"" + CALLBACK + "\"")
                .contains("name=\"code\"")
                .contains("name=\"id_token\"")
                .contains("name=\"state\"")
                .contains("name=\"iss\"");
        Answer refused = authorize(browser(), "all", "response_type", "code id_token", "response_mode", "form_post");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("value=\"invalid_request\"").contains("name=\"iss\"");
    }

    @Test
    void a_stored_request_keeps_its_kind_of_answer_whatever_later_steps_say_AZ3() {
        TestBrowser browser = browser();
        authorize(browser, "all");
        String resume = house.answerAs(browser, "u1");
        Answer answer =
                browser.get(resume + "?response_type=id_token&response_mode=fragment&nonce=n&scope=openid%20roles");
        assertThat(answer.location()).startsWith(CALLBACK + "?code=").doesNotContain("id_token");
        browser = browser();
        authorize(browser, "all", "response_type", "code id_token", "nonce", "mine");
        resume = house.answerAs(browser, "u1");
        answer = browser.get(resume + "?nonce=other&response_mode=query&response_type=code");
        assertThat(answer.location()).startsWith(CALLBACK + "#code=");
        assertThat(claims(answer).path("nonce").asString()).isEqualTo("mine");
    }

    @Test
    void what_an_administrator_takes_away_while_the_visitor_signs_in_is_gone_AZ3() {
        String id = house.server
                .api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Two ways",
                                "type",
                                "SPA",
                                "oidcClientMetadata",
                                Map.of(
                                        "redirectUris",
                                        List.of(CALLBACK),
                                        "postLogoutRedirectUris",
                                        List.of(),
                                        "responseTypes",
                                        List.of("code", "id_token"))))
                .path("id")
                .asString();
        TestBrowser browser = browser();
        assertThat(authorize(browser, id, ID_TOKEN).location()).startsWith("/sign-in");
        String resume = house.answerAs(browser, "u1");
        house.server
                .api()
                .patch(
                        "/applications/" + id,
                        Map.of(
                                "oidcClientMetadata",
                                Map.of("redirectUris", List.of(CALLBACK), "postLogoutRedirectUris", List.of())));
        Answer answer = browser.get(resume);
        assertThat(error(answer)).isEqualTo("unauthorized_client");
        assertThat(param(answer.location(), "id_token")).isEmpty();
    }

    @Test
    void offline_access_means_nothing_where_there_is_no_code_to_redeem() {
        TestBrowser browser = browser();
        house.signIn(
                browser,
                "u2",
                "all",
                "response_type",
                "id_token",
                "nonce",
                "n",
                "scope",
                "openid offline_access",
                "prompt",
                "consent");
        List<String> scopes = house.server.app().database().read("default", tx -> tx.query(
                        "SELECT array_to_string(scopes, ' ') FROM grants WHERE tenant_id = :tenant AND user_id = 'u2'"
                                + " AND client_id = 'all'")
                .mapTo(String.class)
                .list());
        assertThat(scopes).containsExactly("openid");
    }

    @Test
    void whatever_way_an_answer_takes_it_leaves_no_trace_and_names_the_issuer_AZ9() {
        TestBrowser browser = signedIn();
        for (String type : List.of("code", "code id_token", "id_token", "none")) {
            for (String mode : List.of("query", "fragment", "form_post")) {
                for (String prompt : List.of("", "login none")) {
                    Answer answer = authorize(
                            browser,
                            "all",
                            "response_type",
                            type,
                            "response_mode",
                            mode,
                            "nonce",
                            "n",
                            "prompt",
                            prompt);
                    String what = type + " " + mode + " " + prompt;
                    assertThat(answer.header("Referrer-Policy")).as(what).contains("no-referrer");
                    assertThat(answer.header("Cache-Control")).as(what).contains("no-store");
                    if (mode.equals("form_post")) {
                        assertThat(answer.header("X-Frame-Options")).as(what).contains("DENY");
                        assertThat(answer.header("Content-Security-Policy").orElseThrow())
                                .as(what)
                                .contains("default-src 'none'")
                                .contains("frame-ancestors 'none'");
                        assertThat(answer.text())
                                .as(what)
                                .contains("name=\"iss\"")
                                .contains("name=\"state\"");
                    } else {
                        assertThat(answer.status()).as(what).isEqualTo(303);
                        assertThat(param(answer.location(), "iss")).as(what).contains(house.server.origin() + "/oidc");
                        assertThat(param(answer.location(), "state")).as(what).contains("s t&<1>");
                    }
                }
            }
        }
    }

    @Test
    void an_id_token_of_a_redirect_is_no_access_token_TK5() {
        String idToken = param(authorize(signedIn(), "implicit", ID_TOKEN).location(), "id_token")
                .orElseThrow();
        String bearer = "Bearer " + idToken;
        assertThat(browser().get("/oidc/me", "Authorization", bearer).status()).isEqualTo(401);
        assertThat(browser().get("/api/users", "Authorization", bearer).status())
                .isEqualTo(401);
        Answer exchanged = browser()
                .form(
                        "/oidc/token",
                        Map.of("grant_type", "refresh_token", "client_id", "implicit", "refresh_token", idToken));
        assertThat(exchanged.code()).isEqualTo("oidc.invalid_grant");
    }

    @Test
    void a_suspended_user_gets_no_id_token_by_a_session_that_is_left_over() {
        house.user("late");
        TestBrowser browser = browser();
        house.signIn(browser, "late", "implicit", ID_TOKEN);
        house.server.app().database().run("default", tx -> tx.update(
                        "UPDATE users SET is_suspended = true WHERE tenant_id = :tenant AND id = 'late'")
                .execute());
        Answer answer = authorize(browser, "implicit", ID_TOKEN);
        assertThat(error(answer)).isEqualTo("access_denied");
        assertThat(param(answer.location(), "id_token")).isEmpty();
    }

    @Test
    void an_application_of_somebody_else_gets_its_id_token_after_consent_AZ8() {
        ObjectNode metadata = SignInHouse.metadata(List.of(CALLBACK));
        metadata.putArray("responseTypes").add("id_token");
        house.register("thirdimplicit", "Traditional", metadata, "{}", true);
        TestBrowser browser = signedIn();
        Answer asked =
                authorize(browser, "thirdimplicit", "response_type", "id_token", "nonce", "n", "scope", "openid");
        assertThat(asked.location()).isEqualTo("/consent?app_id=thirdimplicit");
        ObjectNode answer = Json.object();
        answer.putObject("consent");
        Answer told = browser.get(house.answer(browser, answer));
        assertThat(claims(told).path("sub").asString()).isEqualTo("u1");
        assertThat(claims(told).has("username")).isFalse();
    }

    @Test
    void every_address_that_can_be_registered_can_be_answered_to_in_every_way() {
        List<String> uris = List.of(
                "https://shop.example/戻る?q=é",
                "https://shop.example/a;b,c'd?x='y'",
                "http://[::1]:3000/cb",
                "com.example.app:/callback",
                "com.example.app://callback/x",
                "my_app://callback",
                "urn:example:callback");
        house.application("odd-places", "Native", uris, "{}");
        TestBrowser browser = signedIn();
        for (String uri : uris) {
            for (String mode : List.of("query", "fragment", "form_post")) {
                Answer answer = authorize(browser, "odd-places", "redirect_uri", uri, "response_mode", mode);
                assertThat(answer.status()).as(uri + " " + mode).isEqualTo(mode.equals("form_post") ? 200 : 303);
                String place = mode.equals("form_post")
                        ? answer.header("Content-Security-Policy").orElseThrow()
                        : answer.location();
                assertThat(place).as(uri).matches("\\p{ASCII}+").contains(uri.substring(0, uri.indexOf(':') + 1));
            }
        }
    }
}
