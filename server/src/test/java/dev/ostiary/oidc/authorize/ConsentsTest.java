package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConsentsTest {
    private static final String URI = "https://third.example/cb";
    private static SignInHouse house;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        house.application("third", "Traditional", List.of(URI), "{}", true);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static TestBrowser asked() {
        TestBrowser browser = house.server.browser();
        Answer consent = house.signIn(browser, "u1", "third", "redirect_uri", URI, "scope", "openid");
        assertThat(consent.location()).isEqualTo("/consent?app_id=third");
        return browser;
    }

    @Test
    void the_question_names_application_user_and_address_and_the_answer_leads_on() {
        TestBrowser browser = asked();
        JsonNode question =
                browser.get("/api/interaction/consent", "Logto-App-Id", "third").json();
        assertThat(question.path("application").path("name").asString()).isEqualTo("third");
        assertThat(question.path("user").path("username").asString()).isEqualTo("u1");
        assertThat(question.path("redirectUri").asString()).isEqualTo(URI);
        assertThat(question.path("missingOIDCScope").size()).isZero();
        String redirectTo = browser.json("POST", "/api/interaction/consent", Map.of(), "Logto-App-Id", "third")
                .json()
                .path("redirectTo")
                .asString();
        assertThat(redirectTo).startsWith(house.server.origin() + "/oidc/auth/");
        assertThat(browser.get(redirectTo).location()).startsWith(URI + "?code=");
    }

    @Test
    void AZ8_consent_is_not_given_for_a_visitor_by_another_site() {
        TestBrowser browser = asked();
        for (String origin : List.of("null", "https://evil.example", house.server.origin() + ".evil.example")) {
            Answer answer = browser.json("POST", "/api/interaction/consent", Map.of(), "Origin", origin);
            assertThat(answer.status()).as(origin).isEqualTo(403);
        }
        assertThat(browser.json("POST", "/api/interaction/consent", Map.of(), "Sec-Fetch-Site", "same-site")
                        .status())
                .isEqualTo(403);
        assertThat(browser.json("POST", "/api/interaction/consent", Map.of(), "Origin", house.server.origin())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void SE4_the_experience_api_takes_nothing_from_another_site() {
        TestBrowser browser = house.server.browser();
        SignInHouse.authorize(browser, "web");
        Map<String, String> begin = Map.of("interactionEvent", "SignIn");
        for (String origin : List.of("null", "https://evil.example")) {
            assertThat(browser.json("PUT", "/api/experience", begin, "Origin", origin)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(browser.json("PUT", "/api/experience", begin, "Origin", house.server.origin())
                        .status())
                .isEqualTo(204);
        assertThat(browser.json("PUT", "/api/experience", begin).status()).isEqualTo(204);
    }

    @Test
    void nobody_else_answers_for_the_signed_in_user() {
        TestBrowser browser = asked();
        String map = browser.cookie("_interaction").orElseThrow();
        TestBrowser other = house.server.browser();
        house.signIn(other, "u2", "web");
        other.setCookie("_interaction", map);
        assertThat(other.json("POST", "/api/interaction/consent", Map.of()).code())
                .isEqualTo("session.not_found");
        assertThat(other.get("/api/interaction/consent").code()).isEqualTo("session.not_found");
        assertThat(house.server.browser().get("/api/interaction/consent").code())
                .isEqualTo("session.not_found");
    }

    @Test
    void consent_is_not_given_before_the_visitor_has_signed_in() {
        TestBrowser browser = house.server.browser();
        SignInHouse.authorize(browser, "third", "redirect_uri", URI, "scope", "openid");
        assertThat(browser.json("POST", "/api/interaction/consent", Map.of()).code())
                .isEqualTo("session.not_found");
    }

    @Test
    void a_visitor_who_gives_up_is_sent_back_with_an_error() {
        TestBrowser browser = asked();
        String redirectTo = browser.send("DELETE", "/api/interaction", null)
                .json()
                .path("redirectTo")
                .asString();
        assertThat(error(browser.get(redirectTo))).isEqualTo("oidc.aborted");
    }
}
