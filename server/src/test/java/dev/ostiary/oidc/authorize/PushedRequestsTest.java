package dev.ostiary.oidc.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Params;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PushedRequestsTest {
    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static Answer push(String... pairs) {
        return house.server.browser().form("/oidc/request", SignInHouse.params("spa", pairs));
    }

    private static String reference() {
        Answer pushed = push("login_hint", "secret-hint", "first_screen", "register");
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        assertThat(pushed.text())
                .matches("\\{\"expires_in\":60,\"request_uri\":\"urn:ietf:params:oauth:request_uri:[\\w-]{43}\"}");
        return pushed.json().path("request_uri").asString();
    }

    private static Answer authorize(TestBrowser browser, String reference, String client) {
        return browser.get("/oidc/auth?client_id=" + client + "&request_uri=" + Params.encode(reference)
                + "&scope=openid%20email&state=other");
    }

    @Test
    void AZ5_a_reference_is_good_once_and_what_comes_beside_it_does_not_count() {
        String reference = reference();
        TestBrowser browser = house.server.browser();
        Answer sentOff = authorize(browser, reference, "spa");
        assertThat(sentOff.location()).isEqualTo("/register?app_id=spa&login_hint=secret-hint");
        Answer answer = browser.get(house.answerAs(browser, "u1"));
        assertThat(SignInHouse.param(answer.location(), "state")).contains("s t&<1>");
        Answer again = authorize(house.server.browser(), reference, "spa");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.code()).isEqualTo("oidc.invalid_request_uri");
        assertThat(again.header("Location")).isEmpty();
    }

    @Test
    void AZ5_a_reference_is_for_its_client_and_for_a_minute() {
        String reference = reference();
        assertThat(authorize(house.server.browser(), reference, "web").status()).isEqualTo(400);
        house.server.clock().forward(Duration.ofSeconds(61));
        assertThat(authorize(house.server.browser(), reference, "spa").status()).isEqualTo(400);
    }

    @Test
    void what_could_not_be_asked_cannot_be_pushed() {
        assertThat(push("redirect_uri", "https://evil.example").code()).isEqualTo("oidc.invalid_redirect_uri");
        assertThat(push("code_challenge", "", "code_challenge_method", "").code())
                .isEqualTo("oidc.invalid_request");
        assertThat(push("request_uri", "urn:x").code()).isEqualTo("oidc.invalid_request");
        assertThat(house.server
                        .browser()
                        .form("/oidc/request", SignInHouse.params("web"))
                        .status())
                .isEqualTo(401);
        assertThat(house.server.browser().form("/oidc/request", Map.of()).status())
                .isEqualTo(400);
    }
}
