package dev.ostiary.oidc.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever ends what a user had opened: on no way and on no node is a token of it worth anything at the next request. */
class DeadEverywhereTest {
    private static TestOidc house;
    private static TestServer second;

    @BeforeAll
    static void open() {
        house = TestOidc.start();
        second = TestServer.start(house.server().database(), BootstrapCredentials.none());
    }

    @AfterAll
    static void close() {
        second.close();
        house.close();
    }

    enum End {
        REFRESH_TOKEN_REVOKED,
        GRANT_REVOKED,
        SESSION_ENDED,
        SIGNED_OUT_EVERYWHERE,
        NEW_PASSWORD,
        USER_SUSPENDED,
        USER_DELETED;

        private void happen(TestApi api, String user, TestOidc.Client app, String refreshToken) {
            String path = "/users/" + user;
            Answer done =
                    switch (this) {
                        case REFRESH_TOKEN_REVOKED -> house.post("/oidc/token/revocation", app, "token", refreshToken);
                        case GRANT_REVOKED ->
                            api.delete(path + "/grants/" + first(api, path, "grants", "/grants/0/id"));
                        case SESSION_ENDED ->
                            api.delete(path + "/sessions/"
                                    + first(api, path, "sessions", "/sessions/0/payload/uid")
                                    + "?revokeGrantsTarget=all");
                        case SIGNED_OUT_EVERYWHERE -> api.delete(path + "/sessions?revokeGrantsTarget=all");
                        case NEW_PASSWORD ->
                            api.patch(path + "/password", Map.of("password", "Kd8!pQz3vv0x", "signOut", true));
                        case USER_SUSPENDED -> api.patch(path + "/is-suspended", Map.of("isSuspended", true));
                        case USER_DELETED -> api.delete(path);
                    };
            assertThat(done.status()).as(this + " " + done.text()).isBetween(200, 204);
        }

        private static String first(TestApi api, String path, String what, String pointer) {
            return api.get(path + "/" + what).json().at(pointer).asString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void TK7_nothing_of_it_works_on_either_node(End end) {
        TestOidc.Client app = house.web();
        String user = house.user("ended");
        Answer tokens = house.signIn(app, user, "openid offline_access urn:logto:scope:sessions");
        String access = TestOidc.member(tokens, "access_token");
        for (TestBrowser node : new TestBrowser[] {house.browser(), second.browser()}) {
            assertThat(userinfo(node, access).status()).isEqualTo(200);
            assertThat(isActive(node, app, access)).isTrue();
        }
        end.happen(house.server().api(), user, app, TestOidc.member(tokens, "refresh_token"));
        for (TestBrowser node : new TestBrowser[] {house.browser(), second.browser()}) {
            assertThat(userinfo(node, access).status()).as(end + " userinfo").isEqualTo(401);
            assertThat(node.get("/api/my-account/sessions", "Authorization", "Bearer " + access)
                            .status())
                    .isEqualTo(401);
            assertThat(isActive(node, app, access)).isFalse();
            assertThat(isActive(node, app, TestOidc.member(tokens, "refresh_token")))
                    .isFalse();
            Map<String, String> refresh = new LinkedHashMap<>();
            refresh.put("grant_type", "refresh_token");
            refresh.put("refresh_token", TestOidc.member(tokens, "refresh_token"));
            Answer refreshed = node.form("/oidc/token", refresh, "Authorization", app.basic());
            assertThat(refreshed.status()).as(end + " refresh").isEqualTo(400);
            assertThat(refreshed.json().path("error").asString()).isEqualTo("invalid_grant");
        }
    }

    @Test
    void TK7_a_code_that_was_not_used_ends_too() {
        TestOidc.Client app = house.web();
        for (End end : new End[] {End.GRANT_REVOKED, End.SIGNED_OUT_EVERYWHERE, End.USER_SUSPENDED, End.USER_DELETED}) {
            String user = house.user("waiting");
            String code = house.code(app, user, "openid offline_access");
            end.happen(house.server().api(), user, app, "");
            assertThat(house.redeem(app, code).status()).as(end.toString()).isEqualTo(400);
        }
    }

    private static Answer userinfo(TestBrowser node, String token) {
        return node.get("/oidc/me", "Authorization", "Bearer " + token);
    }

    private static boolean isActive(TestBrowser node, TestOidc.Client app, String token) {
        return node.form("/oidc/token/introspection", Map.of("token", token), "Authorization", app.basic())
                .json()
                .path("active")
                .asBoolean();
    }
}
