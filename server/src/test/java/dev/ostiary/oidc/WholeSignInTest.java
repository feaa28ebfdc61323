package dev.ostiary.oidc;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the first request to the tokens, as the users' browser and the application send them. */
class WholeSignInTest {
    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        JsonNode user = house.server.api().created("/users", Map.of("username", "ann", "password", "Kd8!pQz3vv0x"));
        assertThat(user.path("id").asString()).isNotEmpty();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static JsonNode signIn() {
        TestBrowser browser = house.server.browser();
        Answer sentOff = SignInHouse.authorize(
                browser, "spa", "scope", "openid profile offline_access", "prompt", "consent", "nonce", "n-1");
        assertThat(sentOff.location()).isEqualTo("/sign-in?app_id=spa");
        browser.json("PUT", "/api/experience", Map.of("interactionEvent", "SignIn"), "Logto-App-Id", "spa");
        Answer verified = browser.json(
                "POST",
                "/api/experience/verification/password",
                Map.of("identifier", Map.of("type", "username", "value", "ann"), "password", "Kd8!pQz3vv0x"),
                "Logto-App-Id",
                "spa");
        String verification = verified.json().path("verificationId").asString();
        browser.json(
                "POST",
                "/api/experience/identification",
                Map.of("verificationId", verification),
                "Logto-App-Id",
                "spa");
        String redirectTo = browser.send("POST", "/api/experience/submit", null, "Logto-App-Id", "spa")
                .json()
                .path("redirectTo")
                .asString();
        Answer last = browser.follow(browser.get(redirectTo));
        assertThat(last.location()).startsWith(CALLBACK + "?code=");
        Answer tokens = house.server
                .browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                "spa",
                                "code",
                                SignInHouse.code(last),
                                "redirect_uri",
                                CALLBACK,
                                "code_verifier",
                                SignInHouse.VERIFIER));
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        return tokens.json();
    }

    @Test
    void a_sign_in_yields_tokens_for_twenty_five_statements_at_most() {
        JsonNode first = signIn();
        assertThat(first.path("id_token").asString()).isNotEmpty();
        assertThat(first.path("refresh_token").asString()).isNotEmpty();
        long before = house.server.app().database().statements();
        signIn();
        assertThat(house.server.app().database().statements() - before).isLessThanOrEqualTo(25);
    }
}
