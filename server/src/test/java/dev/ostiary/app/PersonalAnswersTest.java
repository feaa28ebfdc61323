package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonalAnswersTest {
    private final TestOidc house = TestOidc.shared();

    @Test
    void CH1_no_cache_keeps_what_is_for_one_person() {
        String user = house.user("cached");
        TestOidc.Client app = house.web();
        String token = TestOidc.member(house.signIn(app, user, "openid"), "access_token");
        String shop = house.server()
                .api()
                .created("/applications", Map.of("name", "Shop", "type", "Traditional"))
                .path("id")
                .asString();
        String management = house.server().managementToken("default");
        for (String path : List.of(
                "/api/users",
                "/api/users/" + user,
                "/api/users/" + user + "/sessions",
                "/api/applications/" + shop + "/secrets",
                "/api/configs/oidc/private-keys",
                "/api/users/nobody")) {
            kept(house.browser().get(path, "Authorization", "Bearer " + management), path);
            kept(house.browser().get(path), path);
        }
        for (String path : List.of("/api/my-account/sessions", "/api/my-account/grants", "/oidc/me")) {
            kept(house.browser().get(path, "Authorization", "Bearer " + token), path);
            kept(house.browser().get(path), path);
        }
        for (String path : List.of(
                "/api/experience/interaction",
                "/oidc/auth?client_id=x",
                "/oidc/session/end",
                "/oidc/session/end?id_token_hint=x",
                "/oidc/session/end/success",
                "/oidc/session/end/declined",
                "/sign-in")) {
            kept(house.browser().get(path), path);
        }
        kept(house.browser().form("/oidc/token", TestOidc.form("grant_type", "x")), "/oidc/token");
    }

    @Test
    void CH1_what_is_for_everybody_carries_no_cookie() {
        for (String path :
                List.of("/oidc/jwks", "/oidc/.well-known/openid-configuration", "/api/.well-known/sign-in-exp")) {
            Answer answer = house.browser().get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers("Set-Cookie")).as(path).isEmpty();
        }
    }

    private static void kept(Answer answer, String path) {
        assertThat(answer.headers("Cache-Control"))
                .as(path + " " + answer.status())
                .containsExactly("no-store");
    }
}
