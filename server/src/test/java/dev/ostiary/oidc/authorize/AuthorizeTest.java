package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static dev.ostiary.oidc.authorize.SignInHouse.error;
import static dev.ostiary.oidc.authorize.SignInHouse.param;
import static dev.ostiary.oidc.authorize.SignInHouse.uid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Params;
import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AuthorizeTest {
    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static TestBrowser browser() {
        return house.server.browser();
    }

    @Test
    void a_visitor_without_a_session_is_sent_to_the_sign_in_page_with_the_cookies_of_the_wire() {
        Answer answer = browser()
                .get("/oidc/auth?client_id=demo-app&redirect_uri="
                        + Params.encode(house.server.origin() + "/demo-app")
                        + "&response_type=code&scope=openid%20offline_access&prompt=consent&code_challenge="
                        + SignInHouse.CHALLENGE + "&code_challenge_method=S256");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/sign-in?app_id=demo-app");
        List<String> cookies = answer.headers("Set-Cookie");
        assertThat(cookies).anyMatch(c -> c.startsWith("_logto={\"appId\":\"demo-app\"}; path=/; samesite=lax"));
        assertThat(cookies)
                .anyMatch(c -> c.matches("_interaction=%7B%22demo-app%22%3A%22[\\w-]{43}%22%2C%22_legacy%22%3A%22"
                        + "[\\w-]{43}%22%7D; path=/; max-age=3600;.* samesite=lax; httponly"));
        assertThat(cookies)
                .anyMatch(c -> c.matches("_interaction_resume=[\\w-]{43}; path=/oidc/auth/[\\w-]{43};.* httponly"));
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void the_page_is_told_what_the_client_wants_of_it() {
        assertThat(authorize(browser(), "web", "direct_sign_in", "sso:abc").location())
                .isEqualTo("/direct/sso/abc?app_id=web&fallback=sign-in");
        assertThat(authorize(
                                browser(),
                                "web",
                                "first_screen",
                                "identifier:register",
                                "identifier",
                                "email phone",
                                "login_hint",
                                "a@b.co",
                                "ui_locales",
                                "fr",
                                "organization_id",
                                "o1")
                        .location())
                .isEqualTo("/identifier-register?app_id=web&organization_id=o1&ui_locales=fr&login_hint=a%40b.co"
                        + "&identifier=email+phone");
        assertThat(authorize(browser(), "web", "first_screen", "nonsense", "login_hint", "a@b.co")
                        .location())
                .isEqualTo("/sign-in?app_id=web");
        assertThat(authorize(browser(), "web", "interaction_mode", "signUp").location())
                .isEqualTo("/register?app_id=web");
        assertThat(authorize(browser(), "web", "first_screen", "register").location())
                .isEqualTo("/register?app_id=web");
        assertThat(authorize(browser(), "web", "direct_sign_in", "sso:../../evil?x")
                        .location())
                .isEqualTo("/direct/sso/..%2F..%2Fevil%3Fx?app_id=web&fallback=sign-in");
    }

    @Test
    void a_sign_in_ends_at_the_client_with_code_state_and_iss() {
        TestBrowser browser = browser();
        Answer answer = house.signIn(browser, "u1", "web");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).startsWith(CALLBACK + "?code=");
        assertThat(code(answer)).hasSize(43);
        assertThat(param(answer.location(), "state")).contains("s t&<1>");
        assertThat(param(answer.location(), "iss")).contains(house.server.origin() + "/oidc");
        assertThat(browser.cookie("_interaction")).isEmpty();
        assertThat(browser.cookie("_interaction_resume")).isEmpty();
        assertThat(authorize(browser, "spa", "prompt", "none").location()).contains("consent_required");
        assertThat(authorize(browser, "spa").location()).startsWith(CALLBACK + "?code=");
        assertThat(code(authorize(browser, "spa", "prompt", "none"))).hasSize(43);
    }

    @Test
    void the_answer_comes_in_the_fragment_or_as_a_form_if_asked() {
        TestBrowser browser = browser();
        house.signIn(browser, "u1", "web");
        assertThat(authorize(browser, "web", "response_mode", "fragment").location())
                .startsWith(CALLBACK + "#code=");
        Answer form = authorize(browser, "web", "response_mode", "form_post");
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.text()).contains("action=\"" + CALLBACK + "\"").contains("name=\"code\"");
        Answer refused = authorize(browser(), "web", "response_mode", "form_post", "prompt", "none");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("value=\"login_required\"");
    }

    @Test
    void RU4_markup_in_state_stays_text_and_nothing_but_our_script_runs_on_the_form_page() {
        TestBrowser browser = browser();
        house.signIn(browser, "u1", "web");
        String hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&";
        Answer form = authorize(browser, "web", "response_mode", "form_post", "state", hostile);
        assertThat(form.text()).doesNotContain("<script>alert").doesNotContain("<img");
        assertThat(form.text()).contains("&#34;>&lt;script>alert(1)");
        String policy = form.header("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .contains("default-src 'none'")
                .contains("form-action " + CALLBACK)
                .contains("frame-ancestors 'none'")
                .containsPattern("script-src 'nonce-[\\w-]{43}'");
    }

    @Test
    void a_request_by_form_post_is_handled_as_the_same_get() {
        Answer answer = browser().form("/oidc/auth", SignInHouse.params("web"));
        assertThat(answer.location()).isEqualTo("/sign-in?app_id=web");
        assertThat(browser()
                        .send("POST", "/oidc/auth", "x", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(400);
        assertThat(browser()
                        .send(
                                "POST",
                                "/oidc/auth",
                                "client_id=web&client_id=web",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_form_of_another_site_comes_again_as_a_get_so_that_the_visitor_is_known() {
        TestBrowser browser = browser();
        house.signIn(browser, "u1", "web");
        String form = TestBrowser.encode(SignInHouse.params("web", "nonce", "n", "unknown", "x"))
                + "&resource=urn%3Alogto%3Aresource%3Aorganizations";
        // As a browser sends it: without the cookies.
        Answer again = browser()
                .send(
                        "POST",
                        "/oidc/auth",
                        form,
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Sec-Fetch-Site",
                        "cross-site");
        assertThat(again.status()).isEqualTo(303);
        assertThat(again.location()).startsWith("/oidc/auth?").doesNotContain("unknown");
        assertThat(again.headers("Set-Cookie")).isEmpty();
        assertThat(again.header("Referrer-Policy")).contains("no-referrer");
        Answer answer = browser.get(again.location());
        assertThat(answer.location()).startsWith(CALLBACK + "?code=");
        assertThat(param(answer.location(), "state")).contains("s t&<1>");
        for (String unfit : List.of("&nonce=x", "&claims=" + "y".repeat(6000))) {
            Answer here = browser()
                    .send(
                            "POST",
                            "/oidc/auth",
                            form + unfit,
                            "Content-Type",
                            "application/x-www-form-urlencoded",
                            "Sec-Fetch-Site",
                            "cross-site");
            assertThat(here.header("Location").orElse("")).doesNotStartWith("/oidc/auth");
        }
    }

    @Test
    void prompt_none_never_shows_a_page() {
        Answer answer = authorize(browser(), "web", "prompt", "none");
        assertThat(answer.location())
                .isEqualTo(CALLBACK + "?error=login_required"
                        + "&error_description=End-User+authentication+is+required&state=s+t%26%3C1%3E&iss="
                        + Params.encode(house.server.origin() + "/oidc"));
        TestBrowser signedIn = browser();
        house.signIn(signedIn, "u1", "native");
        assertThat(error(authorize(signedIn, "native", "prompt", "none"))).isEqualTo("interaction_required");
    }

    @Test
    void every_mistake_is_told_to_the_client_with_state_and_iss() {
        String[][] mistakes = {
            {"response_type", "", "invalid_request"},
            {"response_type", "token", "unsupported_response_type"},
            {"response_type", "id_token", "unauthorized_client"},
            {"response_mode", "smoke", "unsupported_response_mode"},
            {"request", "x", "request_not_supported"},
            {"request_uri", "https://evil.example/r", "request_uri_not_supported"},
            {"registration", "{}", "registration_not_supported"},
            {"prompt", "select_account", "invalid_request"},
            {"prompt", "none login", "invalid_request"},
            {"max_age", "-1", "invalid_request"},
            {"max_age", "x", "invalid_request"},
            {"resource", "not a uri", "invalid_target"},
            {"resource", "https://unknown.example", "invalid_target"},
            {"resource", "https://default.logto.app/api#x", "invalid_target"},
            {"id_token_hint", "x.y.z", "invalid_request"},
            {"display", "hologram", "invalid_request"},
            {"display", "page popup", "invalid_request"},
            {"claims", "{", "invalid_request"},
            {
                "claims",
                "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"9\"}}}",
                "unmet_authentication_requirements"
            },
        };
        for (String[] mistake : mistakes) {
            Answer answer = authorize(browser(), "web", mistake[0], mistake[1]);
            assertThat(answer.status()).as(mistake[0]).isEqualTo(303);
            assertThat(answer.location()).as(mistake[0]).startsWith(CALLBACK);
            assertThat(error(answer)).as(mistake[0] + "=" + mistake[1]).isEqualTo(mistake[2]);
            assertThat(param(answer.location(), "state")).as(mistake[0]).contains("s t&<1>");
            assertThat(param(answer.location(), "iss")).contains(house.server.origin() + "/oidc");
        }
        assertThat(error(authorize(browser(), "web", "scope", "profile", "nonce", "n")))
                .isEqualTo("invalid_request");
    }

    @Test
    void the_words_for_display_are_taken_and_lead_to_the_same_page() {
        for (String display : List.of("page", "popup", "touch", "wap")) {
            assertThat(authorize(browser(), "web", "display", display).location())
                    .isEqualTo("/sign-in?app_id=web");
        }
    }

    @Test
    void AZ2_a_public_client_needs_a_challenge_and_only_S256_counts() {
        for (String client : List.of("spa", "native")) {
            assertThat(error(authorize(browser(), client, "code_challenge", "", "code_challenge_method", "")))
                    .isEqualTo("invalid_request");
            assertThat(error(authorize(browser(), client, "code_challenge_method", "plain")))
                    .isEqualTo("invalid_request");
            assertThat(error(authorize(browser(), client, "code_challenge_method", "")))
                    .isEqualTo("invalid_request");
            assertThat(error(authorize(browser(), client, "code_challenge", "short")))
                    .isEqualTo("invalid_request");
            assertThat(error(authorize(browser(), client, "code_challenge", "")))
                    .isEqualTo("invalid_request");
        }
        assertThat(authorize(browser(), "web", "code_challenge", "", "code_challenge_method", "")
                        .location())
                .startsWith("/sign-in");
    }

    @Test
    void AZ3_what_later_steps_say_changes_nothing() {
        TestBrowser browser = browser();
        authorize(browser, "web");
        String resume = house.answerAs(browser, "u1");
        Answer answer = browser.get(resume + "?client_id=spa&response_type=id_token&response_mode=fragment"
                + "&scope=openid%20offline_access&redirect_uri=https%3A%2F%2Fevil.example&resource=https%3A%2F%2Fx");
        assertThat(answer.location()).startsWith(CALLBACK + "?code=").doesNotContain("#");
    }

    @Test
    void AZ4_a_repeated_parameter_is_refused_without_a_redirect() {
        String query = TestBrowser.encode(SignInHouse.params("web"));
        for (String name : List.of(
                "client_id",
                "redirect_uri",
                "response_type",
                "response_mode",
                "scope",
                "state",
                "prompt",
                "nonce",
                "max_age",
                "claims",
                "acr_values",
                "id_token_hint",
                "display",
                "code_challenge",
                "request_uri")) {
            Answer answer = browser().get("/oidc/auth?" + query + "&" + name + "=x&" + name + "=x");
            assertThat(answer.status()).as(name).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("oidc.invalid_request");
            assertThat(answer.header("Location")).isEmpty();
        }
        Answer mixed = browser().form("/oidc/auth?state=x", SignInHouse.params("web"));
        assertThat(mixed.status()).isEqualTo(400);
    }

    @Test
    void AZ4_a_redirect_uri_that_holds_our_names_yields_one_of_each() {
        house.application("odd", "Traditional", List.of("https://odd.example/cb?code=1&keep=2&state=3"), "{}");
        TestBrowser browser = browser();
        Answer answer =
                house.signIn(browser, "u1", "odd", "redirect_uri", "https://odd.example/cb?code=1&keep=2&state=3");
        assertThat(answer.location()).startsWith("https://odd.example/cb?keep=2&code=");
        assertThat(answer.location()).containsOnlyOnce("code=").containsOnlyOnce("state=");
    }

    @Test
    void AZ6_another_browser_gets_nothing_out_of_an_interaction() {
        TestBrowser attacker = browser();
        authorize(attacker, "web");
        String resume = house.answerAs(attacker, "u2");
        TestBrowser victim = browser();
        house.signIn(victim, "u1", "web");
        String session = victim.cookie("_session").orElseThrow();
        Answer planted = victim.get(resume);
        assertThat(planted.status()).isEqualTo(400);
        assertThat(planted.code()).isEqualTo("session.not_found");
        assertThat(planted.json().path("error").asString()).isEqualTo("invalid_request");
        assertThat(planted.header("Location")).isEmpty();
        assertThat(victim.cookie("_session")).contains(session);
        assertThat(attacker.get(resume).location()).startsWith(CALLBACK + "?code=");
    }

    @Test
    void an_interaction_ends_once_even_for_two_threads() throws Exception {
        TestBrowser browser = browser();
        authorize(browser, "web");
        String resume = house.answerAs(browser, "u1");
        String cookies = "_interaction=" + browser.cookie("_interaction").orElseThrow() + "; _interaction_resume="
                + uid(browser);
        Callable<Answer> call = () -> browser().get(resume, "Cookie", cookies);
        int codes = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Answer> result : threads.invokeAll(List.of(call, call, call, call))) {
                Answer answer = result.get();
                if (answer.status() == 303) {
                    codes++;
                } else {
                    assertThat(answer.code()).isEqualTo("session.not_found");
                }
            }
        }
        assertThat(codes).isEqualTo(1);
    }

    @Test
    void AZ7_a_new_sign_in_is_demanded_and_gives_a_new_session_value() {
        TestBrowser browser = browser();
        house.signIn(browser, "u1", "web");
        String before = browser.cookie("_session").orElseThrow();
        for (String[] demand : List.of(new String[] {"prompt", "login"}, new String[] {"max_age", "0"})) {
            assertThat(authorize(browser, "web", demand).location()).startsWith("/sign-in");
        }
        house.server.clock().forward(Duration.ofSeconds(100));
        assertThat(authorize(browser, "web", "max_age", "1000").location()).startsWith(CALLBACK);
        assertThat(authorize(browser, "web", "max_age", "50").location()).startsWith("/sign-in");
        Answer again = browser.get(house.answerAs(browser, "u1"));
        assertThat(again.location()).startsWith(CALLBACK + "?code=");
        assertThat(browser.cookie("_session")).isPresent().isNotEqualTo(java.util.Optional.of(before));
        assertThat(authorize(browser, "web", "max_age", "50").location()).startsWith(CALLBACK);
        TestBrowser replay = browser();
        replay.setCookie("_session", before);
        assertThat(error(authorize(replay, "web", "prompt", "none"))).isEqualTo("login_required");
    }

    @Test
    void AZ7_a_hint_signs_nobody_in_and_one_for_another_user_asks_for_that_user() {
        TestBrowser browser = browser();
        house.signIn(browser, "u1", "web");
        assertThat(authorize(browser, "web", "id_token_hint", hint("u1", "web")).location())
                .startsWith(CALLBACK);
        assertThat(authorize(browser, "web", "id_token_hint", hint("u2", "web")).location())
                .startsWith("/sign-in");
        assertThat(error(authorize(browser, "web", "prompt", "none", "id_token_hint", hint("u2", "web"))))
                .isEqualTo("login_required");
        assertThat(error(authorize(browser, "web", "prompt", "none", "id_token_hint", hint("u1", "spa"))))
                .isEqualTo("login_required");
        assertThat(error(authorize(browser, "web", "prompt", "none", "id_token_hint", "eyJhbGciOiJub25lIn0.e30.")))
                .isEqualTo("login_required");
        assertThat(error(authorize(browser(), "web", "prompt", "none", "id_token_hint", hint("u1", "web"))))
                .isEqualTo("login_required");
    }

    static String hint(String user, String client) {
        long now = house.server.clock().instant().getEpochSecond();
        java.util.Map<String, Object> claims = new java.util.LinkedHashMap<>();
        claims.put("sub", user);
        claims.put("aud", client);
        claims.put("exp", now - 10);
        claims.put("iat", now - 100);
        claims.put("iss", house.server.origin() + "/oidc");
        return house.server.app().keys().signer("default").sign("", claims);
    }

    @Test
    void another_user_signs_in_only_after_the_first_ones_session_has_ended() {
        TestBrowser browser = browser();
        house.signIn(browser, "u1", "web");
        authorize(browser, "web", "prompt", "login");
        String resume = house.answerAs(browser, "u2");
        Answer page = browser.get(resume);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("/oidc/session/end/confirm").contains("op.logoutForm");
        java.util.regex.Matcher xsrf = java.util.regex.Pattern.compile("name=\"xsrf\" value=\"([^\"]+)\"")
                .matcher(page.text());
        assertThat(xsrf.find()).isTrue();
        Answer confirmed =
                browser.form("/oidc/session/end/confirm", java.util.Map.of("xsrf", xsrf.group(1), "logout", "yes"));
        assertThat(confirmed.status()).isEqualTo(303);
        assertThat(confirmed.location()).isEqualTo(resume);
        assertThat(browser.cookie("_session")).isEmpty();
        assertThat(browser.get(resume).location()).startsWith(CALLBACK + "?code=");
    }

    @Test
    void a_suspended_or_deleted_user_gets_no_code() {
        house.user("gone");
        TestBrowser browser = browser();
        authorize(browser, "web");
        String resume = house.answerAs(browser, "gone");
        house.server.app().database().run("default", tx -> tx.update(
                        "UPDATE users SET is_suspended = true WHERE tenant_id = :tenant AND id = 'gone'")
                .execute());
        assertThat(error(browser.get(resume))).isEqualTo("access_denied");
        assertThat(browser.cookie("_session")).isEmpty();
    }

    @Test
    void what_the_visitor_aborts_is_told_to_the_client() {
        TestBrowser browser = browser();
        authorize(browser, "web");
        ObjectNode answer = Json.object();
        answer.put("error", "oidc.aborted");
        assertThat(error(browser.get(house.answer(browser, answer)))).isEqualTo("oidc.aborted");
    }

    @Test
    void an_unanswered_interaction_leads_back_to_the_page() {
        TestBrowser browser = browser();
        authorize(browser, "web");
        Answer answer = browser.get("/oidc/auth/" + uid(browser));
        assertThat(answer.location()).isEqualTo("/sign-in?app_id=web");
        house.server.clock().forward(Duration.ofHours(2));
        assertThat(browser.get("/oidc/auth/" + uid(browser)).code()).isEqualTo("session.not_found");
    }

    @Test
    void two_tabs_with_two_applications_both_finish() {
        TestBrowser browser = browser();
        authorize(browser, "web");
        String first = uid(browser);
        authorize(browser, "spa");
        String second = uid(browser);
        ObjectNode answer = Json.object();
        answer.putObject("login")
                .put("accountId", "u1")
                .put("at", house.server.clock().millis());
        dev.ostiary.interactions.Interactions interactions = new dev.ostiary.interactions.Interactions(
                house.server.app().database(), dev.ostiary.base.Ids.secure(), house.server.clock());
        for (String uid : List.of(first, second)) {
            house.server.app().database().run("default", tx -> interactions.answer(tx, uid, answer));
            assertThat(browser.get("/oidc/auth/" + uid).location()).startsWith(CALLBACK + "?code=");
        }
    }

    @Test
    void AZ8_an_application_of_somebody_else_is_approved_by_the_visitor_and_gets_no_scope_beyond_its_ceiling() {
        house.application("third", "Traditional", List.of("https://third.example/cb"), "{}", true);
        TestBrowser browser = browser();
        String uri = "https://third.example/cb";
        Answer refused = authorize(browser, "third", "redirect_uri", uri);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("oidc.invalid_scope");
        assertThat(refused.header("Location")).isEmpty();
        Answer consent = house.signIn(browser, "u1", "third", "redirect_uri", uri, "scope", "openid");
        assertThat(consent.location()).isEqualTo("/consent?app_id=third");
        ObjectNode answer = Json.object();
        answer.putObject("consent");
        assertThat(browser.get(house.answer(browser, answer)).location()).startsWith(uri + "?code=");
        assertThat(authorize(browser, "third", "redirect_uri", uri, "scope", "openid")
                        .location())
                .startsWith(uri + "?code=");
    }

    @Test
    void AZ8_a_public_client_of_somebody_else_asks_each_time() {
        house.application("thirdspa", "SPA", List.of("https://third.example/spa"), "{}", true);
        TestBrowser browser = browser();
        String uri = "https://third.example/spa";
        for (int i = 0; i < 2; i++) {
            Answer consent = i == 0
                    ? house.signIn(browser, "u1", "thirdspa", "redirect_uri", uri, "scope", "openid")
                    : authorize(browser, "thirdspa", "redirect_uri", uri, "scope", "openid");
            assertThat(consent.location()).isEqualTo("/consent?app_id=thirdspa");
            ObjectNode answer = Json.object();
            answer.putObject("consent");
            assertThat(browser.get(house.answer(browser, answer)).location()).startsWith(uri + "?code=");
        }
    }

    @Test
    void AZ9_no_answer_of_the_flow_leaks_where_it_came_from_and_every_one_names_the_issuer() {
        TestBrowser browser = browser();
        List<Answer> answers = List.of(
                browser.form("/oidc/auth", SignInHouse.params("web")),
                browser.get(house.answerAs(browser, "u1")),
                authorize(browser, "web", "prompt", "none"),
                authorize(browser(), "web", "prompt", "none"),
                authorize(browser(), "web", "response_type", "token"));
        for (Answer answer : answers) {
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.header("Cache-Control")).contains("no-store");
            if (!answer.location().startsWith("/")) {
                assertThat(param(answer.location(), "iss")).contains(house.server.origin() + "/oidc");
            }
        }
        Answer refused = authorize(browser(), "nobody");
        assertThat(refused.header("Referrer-Policy")).contains("no-referrer");
        assertThat(refused.header("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void RU1_only_the_registered_uri_and_documented_loopback_ports_pass() {
        for (String uri : List.of(
                "https://shop.example/callback/",
                "https://shop.example/callback2",
                "https://shop.example:8443/callback",
                "https://shop.example.evil.tld/callback",
                "https://shopxexample/callback",
                "https://shop.example./callback",
                "http://shop.example/callback",
                "https://shop.example/Callback",
                "https://good@shop.example/callback",
                "https://shop.example\\@evil.example/callback",
                "https://shop.example/callback#x",
                "https://shop.example/callback?x=1",
                "https://shop.example/x/../callback",
                "https:shop.example/callback",
                "//shop.example/callback",
                "/\\evil.example",
                "https://shop.example/call\tback",
                "javascript:alert(1)",
                "not a uri")) {
            Answer answer = authorize(browser(), "web", "redirect_uri", uri);
            assertThat(answer.status()).as(uri).isEqualTo(400);
            assertThat(answer.code()).as(uri).isEqualTo("oidc.invalid_redirect_uri");
            assertThat(answer.header("Location")).as(uri).isEmpty();
        }
        assertThat(authorize(browser(), "native", "redirect_uri", "http://127.0.0.1:51234/cb")
                        .location())
                .startsWith("/sign-in");
        assertThat(authorize(browser(), "native", "redirect_uri", "http://127.0.0.1:51234/other")
                        .code())
                .isEqualTo("oidc.invalid_redirect_uri");
    }

    @Test
    void RU5_an_unknown_client_is_told_to_the_visitor_and_never_redirected() {
        for (String client : List.of("nobody", "x'; DROP TABLE users; --", "<script>", "\u0000", "a".repeat(3000))) {
            Answer answer = authorize(browser(), client);
            assertThat(answer.status()).as(client).isEqualTo(400);
            assertThat(answer.header("Location")).isEmpty();
            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        }
    }

    @Test
    void SE6_forged_and_oversized_cookies_are_no_session() {
        for (String value : List.of("x", "x".repeat(43), "%00", "x".repeat(6000), "ü")) {
            Answer answer = browser()
                    .get(
                            "/oidc/auth?" + TestBrowser.encode(SignInHouse.params("web", "prompt", "none")),
                            "Cookie",
                            "_session=" + value + "; _interaction=" + value);
            assertThat(error(answer)).isEqualTo("login_required");
        }
    }

    @Test
    void odd_texts_in_every_parameter_never_break_anything() {
        for (String text : List.of("\u0000", "😀".repeat(100), "x".repeat(10_000 / 4), "'; --", "<b>", "%", "\uFFFF")) {
            for (String name : List.of(
                    "state",
                    "nonce",
                    "login_hint",
                    "ui_locales",
                    "scope",
                    "organization_id",
                    "direct_sign_in",
                    "identifier",
                    "acr_values",
                    "claims",
                    "id_token_hint",
                    "max_age",
                    "prompt",
                    "resource",
                    "display")) {
                assertThat(authorize(browser(), "web", name, text).status())
                        .as(name + "=" + text)
                        .isIn(303, 400);
            }
        }
    }

    @Test
    void the_cap_of_grants_ends_the_oldest() {
        house.application("capped", "Traditional", List.of(CALLBACK), "{\"maxAllowedGrants\":1}");
        house.signIn(browser(), "u1", "capped");
        house.server.clock().forward(Duration.ofSeconds(1));
        house.signIn(browser(), "u1", "capped");
        int left = house.server.app().database().read("default", tx -> tx.query(
                        "SELECT count(*) FROM grants WHERE tenant_id = :tenant AND client_id = 'capped'")
                .mapTo(Integer.class)
                .one());
        assertThat(left).isEqualTo(1);
    }

    @Test
    void a_sign_in_costs_nine_statements_at_most() {
        house.signIn(browser(), "u1", "web");
        TestBrowser browser = browser();
        long before = house.server.app().database().statements();
        authorize(browser, "web", "scope", "openid profile offline_access", "prompt", "consent");
        long asked = house.server.app().database().statements() - before;
        String resume = house.answerAs(browser, "u1");
        before = house.server.app().database().statements();
        browser.get(resume);
        long resumed = house.server.app().database().statements() - before;
        assertThat(asked + resumed).isLessThanOrEqualTo(9);
    }
}
