package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.CALLBACK;
import static dev.ostiary.oidc.authorize.SignInHouse.authorize;
import static dev.ostiary.oidc.authorize.SignInHouse.code;
import static dev.ostiary.oidc.authorize.SignInHouse.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code prompt=none}: an application asks silently whether its visitor is still signed in. */
class RenewalTest {
    private static SignInHouse house;
    private static String client;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        client = house.server
                .api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Shop",
                                "type",
                                "SPA",
                                "oidcClientMetadata",
                                Map.of(
                                        "redirectUris",
                                        List.of(CALLBACK),
                                        "postLogoutRedirectUris",
                                        List.of(),
                                        "backchannelLogoutUri",
                                        "https://shop.example/back",
                                        "backchannelLogoutSessionRequired",
                                        true)))
                .path("id")
                .asString();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void now() {
        house.server.clock().reset();
    }

    private static String sid(Answer answer) {
        Answer tokens = house.server
                .browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code(answer),
                                "client_id",
                                client,
                                "redirect_uri",
                                CALLBACK,
                                "code_verifier",
                                SignInHouse.VERIFIER));
        try {
            return SignedJWT.parse(tokens.json().path("id_token").asString())
                    .getJWTClaimsSet()
                    .getStringClaim("sid");
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer renew(TestBrowser browser) {
        return authorize(browser, client, "prompt", "none");
    }

    @Test
    void a_renewal_counts_the_session_anew_and_its_name_stays() {
        TestBrowser browser = house.server.browser();
        String sid = sid(house.signIn(browser, "u1", client));
        String cookie = browser.cookie("_session").orElseThrow();
        for (int week = 0; week < 5; week++) {
            house.server.clock().forward(Duration.ofDays(13));
            Answer renewed = renew(browser);
            assertThat(renewed.headers("Set-Cookie"))
                    .anyMatch(header -> header.startsWith("_session=" + cookie) && header.contains("max-age=1209600"));
            assertThat(sid(renewed)).isEqualTo(sid);
        }
        assertThat(house.server.api().get("/users/u1/sessions").json().path("sessions"))
                .hasSize(1);
        house.server.clock().forward(Duration.ofDays(15));
        assertThat(error(renew(browser))).isEqualTo("login_required");
    }

    @Test
    void the_lifetime_is_the_tenants_and_holds_from_the_next_use() {
        TestBrowser browser = house.server.browser();
        house.signIn(browser, "u2", client);
        house.server.api().patch("/configs/oidc/session", Map.of("ttl", 3600));
        try {
            house.server.clock().forward(Duration.ofDays(10));
            assertThat(renew(browser).headers("Set-Cookie")).anyMatch(header -> header.contains("max-age=3600"));
            house.server.clock().forward(Duration.ofMinutes(59));
            code(renew(browser));
            house.server.clock().forward(Duration.ofMinutes(61));
            assertThat(error(renew(browser))).isEqualTo("login_required");
        } finally {
            house.server.api().patch("/configs/oidc/session", Map.of("ttl", 1_209_600));
        }
    }

    @Test
    void a_renewal_never_shows_a_page_and_never_starts_a_session() {
        TestBrowser browser = house.server.browser();
        Answer answer = renew(browser);
        assertThat(error(answer)).isEqualTo("login_required");
        assertThat(answer.location()).startsWith(CALLBACK);
        assertThat(browser.cookie("_session")).isEmpty();
        assertThat(browser.cookie("_interaction")).isEmpty();
    }

    @Test
    void the_sign_in_of_the_same_user_again_keeps_the_name_of_the_session_under_a_new_cookie() {
        TestBrowser browser = house.server.browser();
        String sid = sid(house.signIn(browser, "u1", client));
        String cookie = browser.cookie("_session").orElseThrow();
        assertThat(sid(house.signIn(browser, "u1", client, "prompt", "login"))).isEqualTo(sid);
        assertThat(browser.cookie("_session").orElseThrow()).isNotEqualTo(cookie);
    }

    @Test
    void TK7_tokens_without_offline_access_end_with_the_session_they_came_from() {
        TestBrowser browser = house.server.browser();
        Answer tokens = house.server
                .browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code(house.signIn(browser, "u2", client)),
                                "client_id",
                                client,
                                "redirect_uri",
                                CALLBACK,
                                "code_verifier",
                                SignInHouse.VERIFIER));
        String token = tokens.json().path("access_token").asString();
        assertThat(me(token)).isEqualTo(200);
        assertThat(house.server.api().delete("/users/u2/sessions").status()).isEqualTo(204);
        assertThat(me(token)).isEqualTo(401);
        assertThat(error(renew(browser))).isEqualTo("login_required");
    }

    private static int me(String token) {
        return house.server
                .browser()
                .get("/oidc/me", "Authorization", "Bearer " + token)
                .status();
    }
}
