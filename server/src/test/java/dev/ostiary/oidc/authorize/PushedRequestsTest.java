package dev.ostiary.oidc.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Params;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.util.List;
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
    void AZ5_whoever_reloads_the_page_has_not_used_the_reference_up_and_of_two_pages_one_is_answered_RFC9126_4() {
        String reference = reference();
        TestBrowser browser = house.server.browser();
        authorize(browser, reference, "spa");
        assertThat(authorize(browser, reference, "spa").location()).startsWith("/register?");
        TestBrowser other = house.server.browser();
        authorize(other, reference, "spa");
        house.server.clock().forward(Duration.ofMinutes(50));
        assertThat(SignInHouse.code(browser.get(house.answerAs(browser, "u1")))).isNotEmpty();
        Answer late = other.get(house.answerAs(other, "u2"));
        assertThat(late.status()).isEqualTo(400);
        assertThat(late.code()).isEqualTo("oidc.invalid_request_uri");
        assertThat(late.header("Location")).isEmpty();
        house.server.clock().reset();
    }

    @Test
    void AZ5_a_reference_is_for_its_client_and_for_a_minute() {
        String reference = reference();
        assertThat(authorize(house.server.browser(), reference, "web").status()).isEqualTo(400);
        house.server.clock().forward(Duration.ofSeconds(61));
        assertThat(authorize(house.server.browser(), reference, "spa").status()).isEqualTo(400);
    }

    @Test
    void who_must_push_cannot_be_asked_for_otherwise_AZ5_RFC9126_6() {
        house.register(
                "pushing",
                "SPA",
                SignInHouse.metadata(List.of(SignInHouse.CALLBACK)).put("requirePushedAuthorizationRequests", true),
                "{}",
                false);
        Answer refused = SignInHouse.authorize(house.server.browser(), "pushing");
        assertThat(SignInHouse.error(refused)).isEqualTo("invalid_request");
        assertThat(SignInHouse.param(refused.location(), "error_description"))
                .contains("authorization requests of this client must be pushed");
        assertThat(SignInHouse.authorize(house.server.browser(), "pushing", "redirect_uri", "https://evil.example/")
                        .header("Location"))
                .isEmpty();
        Answer posted = house.server.browser().form("/oidc/auth", SignInHouse.params("pushing"));
        assertThat(SignInHouse.error(posted)).isEqualTo("invalid_request");
        String reference = house.server
                .browser()
                .form("/oidc/request", SignInHouse.params("pushing"))
                .json()
                .path("request_uri")
                .asString();
        TestBrowser browser = house.server.browser();
        assertThat(authorize(browser, reference, "pushing").location()).startsWith("/sign-in");
        assertThat(SignInHouse.code(browser.get(house.answerAs(browser, "u1")))).isNotEmpty();
    }

    @Test
    void an_administrator_sets_who_must_push_and_the_document_of_the_server_stays_the_same() {
        String id = house.server
                .api()
                .created("/applications", Map.of("name", "Pushing", "type", "SPA"))
                .path("id")
                .asString();
        Answer changed = house.server
                .api()
                .patch(
                        "/applications/" + id,
                        Map.of(
                                "oidcClientMetadata",
                                Map.of(
                                        "redirectUris",
                                        List.of(SignInHouse.CALLBACK),
                                        "postLogoutRedirectUris",
                                        List.of(),
                                        "requirePushedAuthorizationRequests",
                                        true)));
        assertThat(changed.json()
                        .at("/oidcClientMetadata/requirePushedAuthorizationRequests")
                        .asBoolean())
                .isTrue();
        assertThat(SignInHouse.error(SignInHouse.authorize(house.server.browser(), id)))
                .isEqualTo("invalid_request");
        assertThat(house.server
                        .browser()
                        .get("/oidc/.well-known/openid-configuration")
                        .json()
                        .path("require_pushed_authorization_requests")
                        .asBoolean(false))
                .isFalse();
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
