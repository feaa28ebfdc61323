package dev.ostiary.oidc.attacks;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.CHALLENGE;
import static dev.ostiary.oidc.authorize.SignInHouse.VERIFIER;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static dev.ostiary.oidc.authorize.SignInHouse.error;
import static dev.ostiary.oidc.authorize.SignInHouse.param;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.oidc.grants.TestGrants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Codes, answers and refresh tokens in the wrong hands; each test names its section of RFC 9700. */
class BestCurrentPracticeTest {
    private static SignInHouse house;
    private static Client shop;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        house.answeredBy("hybrid", "Traditional", "code", "code id_token", "id_token", "none");
        String id = house.server
                .api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Shop",
                                "type",
                                "Traditional",
                                "oidcClientMetadata",
                                Map.of("redirectUris", List.of(CALLBACK), "postLogoutRedirectUris", List.of())))
                .path("id")
                .asString();
        String secret = house.server
                .api()
                .get("/applications/" + id + "/secrets")
                .json()
                .get(0)
                .path("value")
                .asString();
        shop = new Client(id, secret);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static TestBrowser browser() {
        return house.server.browser();
    }

    private static Answer redeemAtShop(String code, String... changes) {
        return browser()
                .form(
                        "/oidc/token",
                        TestGrants.redemption(code, with(changes, "redirect_uri", CALLBACK)),
                        "Authorization",
                        shop.basic());
    }

    private static Answer redeem(String client, String code, String... changes) {
        Map<String, String> form = TestGrants.redemption(code, "redirect_uri", CALLBACK, "code_verifier", VERIFIER);
        form.put("client_id", client);
        for (int i = 0; i < changes.length; i += 2) {
            form.put(changes[i], changes[i + 1]);
        }
        return browser().form("/oidc/token", form);
    }

    private static String[] with(String[] pairs, String name, String value) {
        String[] all = new String[pairs.length + 2];
        all[0] = name;
        all[1] = value;
        System.arraycopy(pairs, 0, all, 2, pairs.length);
        return all;
    }

    // 4.5, 4.8: codes -------------------------------------------------------------------------------------------------

    @Test
    void a_stolen_code_is_worth_nothing_without_its_verifier_rfc9700_4_5_3() {
        String code = code(house.signIn(browser(), "u1", "spa"));
        TestGrants.refused(
                redeem("spa", code, "code_verifier", "the-verifier-of-the-attackers-own-sign-in-0123456789"));
        TestGrants.refused(redeem("spa", code));
    }

    @Test
    void a_victims_code_does_not_fit_the_attackers_session_at_the_same_client_rfc9700_4_5_3() {
        String stolen = code(house.signIn(browser(), "u1", shop.id()));
        // The client believes the code to be of the session that the attacker has begun there.
        TestGrants.refused(
                redeemAtShop(stolen, "code_verifier", "the-verifier-of-the-attackers-own-sign-in-0123456789"));
        TestGrants.refused(redeemAtShop(stolen, "code_verifier", VERIFIER));
    }

    @Test
    void the_nonce_of_the_request_comes_back_in_the_id_token_rfc9700_4_5_3_2() {
        String code = code(house.signIn(browser(), "u1", "spa", "nonce", "of-this-browser"));
        assertThat(Attacks.claims(redeem("spa", code).json().path("id_token").asString())
                        .path("nonce")
                        .asString())
                .isEqualTo("of-this-browser");
    }

    @Test
    void who_takes_the_challenge_out_of_a_request_gets_a_code_that_no_verifier_fits_rfc9700_4_8() {
        String code = code(house.signIn(browser(), "u1", shop.id(), "code_challenge", "", "code_challenge_method", ""));
        TestGrants.refused(redeemAtShop(code, "code_verifier", VERIFIER));
        for (String method : List.of("plain", "S255", "s256", "none")) {
            Answer answer = authorize(browser(), shop.id(), "code_challenge_method", method);
            assertThat(error(answer)).as(method).isEqualTo("invalid_request");
        }
        // Nor is the public challenge a verifier.
        TestGrants.refused(redeem("spa", code(house.signIn(browser(), "u1", "spa")), "code_verifier", CHALLENGE));
    }

    // 4.4: mix-up -----------------------------------------------------------------------------------------------------

    @Test
    void every_answer_names_the_issuer_of_discovery_errors_and_hybrid_ones_too_rfc9700_4_4() {
        var discovery = browser().get("/oidc/.well-known/openid-configuration").json();
        assertThat(discovery
                        .path("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
        String issuer = discovery.path("issuer").asString();
        for (String type : List.of("code", "code id_token", "id_token", "none")) {
            for (String mode : List.of("query", "fragment", "form_post")) {
                if (type.contains("id_token") && mode.equals("query")) {
                    continue;
                }
                String[] asked = {"response_type", type, "response_mode", mode, "nonce", "n"};
                Answer granted = house.signIn(browser(), "u1", "hybrid", asked);
                assertThat(issuers(granted)).as(type + " " + mode).containsExactly(issuer);
                Answer refused = authorize(browser(), "hybrid", with(asked, "prompt", "none"));
                assertThat(issuers(refused)).as("error " + type + " " + mode).containsExactly(issuer);
                assertThat(refused.status() == 303 ? refused.location() : refused.text())
                        .contains("login_required");
            }
        }
    }

    @Test
    void an_answer_of_the_other_tenant_names_the_other_tenant_rfc9700_4_4() {
        TestBrowser other = new TestBrowser(house.server.adminOrigin());
        Answer refused = other.get("/oidc/auth?"
                + TestBrowser.encode(new LinkedHashMap<>(SignInHouse.params(
                        "admin-console",
                        "redirect_uri",
                        house.server.adminOrigin() + "/console/callback",
                        "prompt",
                        "none"))));
        assertThat(param(refused.location(), "iss")).contains(house.server.adminOrigin() + "/oidc");
    }

    private static List<String> issuers(Answer answer) {
        if (answer.status() == 303) {
            String location = answer.location();
            return dev.ostiary.http.Params.parse(
                            location.substring(location.indexOf(location.contains("#") ? '#' : '?') + 1))
                    .all("iss");
        }
        return Pattern.compile("name=\"iss\" value=\"([^\"]*)\"")
                .matcher(answer.text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    // 2.1.2, 2.4, 4.3, 4.17: what is not offered ----------------------------------------------------------------------

    @Test
    void neither_implicit_access_tokens_nor_passwords_are_granted_rfc9700_2_1_2_and_2_4() {
        for (String type : List.of("token", "id_token token", "code token", "code id_token token")) {
            Answer answer = authorize(browser(), "hybrid", "response_type", type, "nonce", "n");
            assertThat(answer.location()).as(type).doesNotContain("access_token");
            assertThat(error(answer)).as(type).isEqualTo("unsupported_response_type");
        }
        Answer answer = browser()
                .form(
                        "/oidc/token",
                        Map.of("grant_type", "password", "client_id", "spa", "username", "u1", "password", "x"));
        assertThat(answer.code()).isEqualTo("oidc.unsupported_grant_type");
    }

    @Test
    void a_token_in_an_address_is_no_token_rfc9700_4_3_2() {
        Answer tokens = redeem("spa", code(house.signIn(browser(), "u1", "spa")));
        String token = tokens.json().path("access_token").asString();
        assertThat(browser().get("/oidc/me?access_token=" + token).status()).isEqualTo(401);
        String management = house.server.managementToken("default");
        assertThat(browser().get("/api/users?access_token=" + management).status())
                .isEqualTo(401);
    }

    @Test
    void no_answer_is_posted_to_other_windows_rfc9700_4_17() {
        for (String mode : List.of("web_message", "webmessage", "postMessage")) {
            Answer answer = authorize(browser(), "spa", "response_mode", mode);
            assertThat(error(answer)).as(mode).isEqualTo("unsupported_response_mode");
        }
    }

    // 4.14: refresh tokens --------------------------------------------------------------------------------------------

    @Test
    void a_stolen_refresh_token_ends_with_its_first_use_by_either_of_the_two_rfc9700_4_14() {
        Answer first = redeem(
                "spa",
                code(house.signIn(browser(), "u1", "spa", "scope", "openid offline_access", "prompt", "consent")));
        String stolen = first.json().path("refresh_token").asString();
        Answer thief = refresh("spa", stolen);
        assertThat(thief.status()).as(thief.text()).isEqualTo(200);
        TestGrants.refused(refresh("spa", stolen));
        // What the thief has got meanwhile is worth nothing from then on.
        TestGrants.refused(refresh("spa", thief.json().path("refresh_token").asString()));
        assertThat(browser()
                        .get(
                                "/oidc/me",
                                "Authorization",
                                "Bearer " + thief.json().path("access_token").asString())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_refresh_token_is_for_its_client_alone_rfc9700_4_14() {
        Answer first = redeem(
                "spa",
                code(house.signIn(browser(), "u1", "spa", "scope", "openid offline_access", "prompt", "consent")));
        String token = first.json().path("refresh_token").asString();
        TestGrants.refused(refresh("native", token));
        Answer atShop = browser()
                .form(
                        "/oidc/token",
                        Map.of("grant_type", "refresh_token", "refresh_token", token),
                        "Authorization",
                        shop.basic());
        TestGrants.refused(atShop);
        assertThat(refresh("spa", token).status()).isEqualTo(200);
    }

    private static Answer refresh(String client, String token) {
        return browser()
                .form(
                        "/oidc/token",
                        Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", client));
    }
}
