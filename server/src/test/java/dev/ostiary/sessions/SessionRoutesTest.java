package dev.ostiary.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SessionRoutesTest {
    private static TestOidc house;
    private static TestApi api;

    @BeforeAll
    static void start() {
        house = TestOidc.shared();
        api = house.server().api();
    }

    private static JsonNode sessions(String user) {
        return api.get("/users/" + user + "/sessions").json().path("sessions");
    }

    private static JsonNode grants(String user, String query) {
        return api.get("/users/" + user + "/grants" + query).json().path("grants");
    }

    @Test
    void sessions_and_grants_of_a_user_are_listed() {
        String user = house.user("listed");
        TestOidc.Client app = house.web();
        house.signIn(app, user, "openid");
        JsonNode session = sessions(user).path(0);
        assertThat(sessions(user)).hasSize(1);
        String uid = session.at("/payload/uid").asString();
        assertThat(session.path("accountId").asString()).isEqualTo(user);
        assertThat(session.at("/payload/authorizations/" + app.id() + "/grantId")
                        .asString())
                .isNotEmpty();
        assertThat(api.get("/users/" + user + "/sessions/" + uid).json()).isEqualTo(session);
        JsonNode grant = grants(user, "").path(0);
        assertThat(grant.at("/application/name").asString()).isEqualTo("Bookstore");
        assertThat(grant.at("/payload/clientId").asString()).isEqualTo(app.id());
        assertThat(grants(user, "?appType=firstParty")).hasSize(1);
        assertThat(grants(user, "?appType=thirdParty")).isEmpty();
        assertThat(api.get("/users/" + user + "/grants?appType=other").code()).isEqualTo("guard.invalid_input");
        assertThat(sessions("nobody")).isEmpty();
        assertThat(grants("nobody", "")).isEmpty();
    }

    @Test
    void SE1_the_value_of_the_cookie_is_nowhere_in_the_list() {
        String user = house.user("cookie");
        house.signIn(house.web(), user, "openid");
        // TestOidc makes sessions whose cookie would be their uid; the real one is random and only its hash is stored
        assertThat(sessions(user).at("/0/payload/jti").asString())
                .isEqualTo(sessions(user).at("/0/payload/uid").asString());
    }

    @Test
    void TK7_an_ended_session_takes_along_what_hangs_on_it_and_leaves_what_outlives_it() {
        String user = house.user("ended");
        TestOidc.Client app = house.web();
        Answer bound = house.signIn(app, user, "openid");
        String token = TestOidc.member(bound, "access_token");
        assertThat(house.userinfo(token).status()).isEqualTo(200);
        String uid = sessions(user).at("/0/payload/uid").asString();
        assertThat(api.delete("/users/" + user + "/sessions/" + uid).status()).isEqualTo(204);
        assertThat(house.userinfo(token).status()).isEqualTo(401);
        assertThat(sessions(user)).isEmpty();
        assertThat(grants(user, "")).isEmpty();
        assertThat(api.delete("/users/" + user + "/sessions/" + uid).code()).isEqualTo("oidc.session_not_found");
    }

    @Test
    void a_grant_that_outlives_its_session_ends_with_it_when_that_is_asked_for() {
        for (String target : new String[] {"", "firstParty", "all"}) {
            String user = house.user("offline");
            TestOidc.Client app = house.web();
            String token = TestOidc.member(house.signIn(app, user, "openid offline_access"), "refresh_token");
            house.update(
                    """
                    UPDATE sessions SET authorizations = jsonb_set(authorizations, ARRAY[:app::text, 'persistsLogout'], 'true')
                    WHERE tenant_id = :tenant AND user_id = :user
                    """,
                    Map.of("user", user, "app", app.id()));
            String uid = sessions(user).at("/0/payload/uid").asString();
            String query = target.isEmpty() ? "" : "?revokeGrantsTarget=" + target;
            assertThat(api.delete("/users/" + user + "/sessions/" + uid + query).status())
                    .isEqualTo(204);
            assertThat(house.refresh(app, token).status()).isEqualTo(target.isEmpty() ? 200 : 400);
        }
        assertThat(api.delete("/users/x/sessions/y?revokeGrantsTarget=some").status())
                .isEqualTo(400);
    }

    @Test
    void TK7_a_revoked_grant_takes_its_tokens_along_and_the_session_forgets_it() {
        String user = house.user("revoked");
        TestOidc.Client app = house.web();
        Answer tokens = house.signIn(app, user, "openid offline_access");
        String id = grants(user, "").at("/0/id").asString();
        assertThat(api.delete("/users/" + user + "/grants/" + id).status()).isEqualTo(204);
        assertThat(house.userinfo(TestOidc.member(tokens, "access_token")).status())
                .isEqualTo(401);
        assertThat(house.refresh(app, TestOidc.member(tokens, "refresh_token")).status())
                .isEqualTo(400);
        assertThat(sessions(user).at("/0/payload/authorizations")).isEmpty();
        Answer again = api.delete("/users/" + user + "/grants/" + id);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.code()).isEqualTo("oidc.invalid_grant");
    }

    @Test
    void MA2_nothing_of_another_user_or_tenant_is_ended() {
        String user = house.user("owner");
        String other = house.user("other");
        house.signIn(house.web(), user, "openid");
        String uid = sessions(user).at("/0/payload/uid").asString();
        String grant = grants(user, "").at("/0/id").asString();
        Answer foreign = api.delete("/users/" + other + "/sessions/" + uid);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.code()).isEqualTo("oidc.invalid_session_account_id");
        assertThat(api.delete("/users/" + other + "/grants/" + grant).status()).isEqualTo(404);
        TestApi admin = house.server().adminApi();
        assertThat(admin.delete("/users/" + user + "/sessions/" + uid).code()).isEqualTo("oidc.session_not_found");
        assertThat(admin.delete("/users/" + user + "/grants/" + grant).status()).isEqualTo(404);
        assertThat(admin.get("/users/" + user + "/sessions").json().path("sessions"))
                .isEmpty();
        assertThat(sessions(user)).hasSize(1);
        assertThat(grants(user, "")).hasSize(1);
    }

    @Test
    void TK7_nothing_is_left_of_what_a_suspended_user_had() {
        String user = house.user("suspended");
        TestOidc.Client app = house.web();
        Answer tokens = house.signIn(app, user, "openid offline_access");
        api.patch("/users/" + user + "/is-suspended", Map.of("isSuspended", true));
        assertThat(sessions(user)).isEmpty();
        assertThat(grants(user, "")).isEmpty();
        api.patch("/users/" + user + "/is-suspended", Map.of("isSuspended", false));
        assertThat(house.userinfo(TestOidc.member(tokens, "access_token")).status())
                .isEqualTo(401);
        assertThat(house.refresh(app, TestOidc.member(tokens, "refresh_token")).status())
                .isEqualTo(400);
    }

    @Test
    void SE2_a_new_password_ends_what_the_old_one_opened_if_the_administrator_says_so() {
        String user = house.user("renewed");
        TestOidc.Client app = house.web();
        Answer tokens = house.signIn(app, user, "openid offline_access");
        api.patch("/users/" + user + "/password", Map.of("password", "first-Kd8!pQz3"));
        assertThat(sessions(user)).hasSize(1);
        assertThat(house.userinfo(TestOidc.member(tokens, "access_token")).status())
                .isEqualTo(200);
        Answer changed =
                api.patch("/users/" + user + "/password", Map.of("password", "second-Kd8!pQz3", "signOut", true));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(sessions(user)).isEmpty();
        assertThat(house.userinfo(TestOidc.member(tokens, "access_token")).status())
                .isEqualTo(401);
        assertThat(house.refresh(app, TestOidc.member(tokens, "refresh_token")).status())
                .isEqualTo(400);
    }

    @Test
    void a_user_is_signed_out_everywhere_by_one_call() {
        String user = house.user("everywhere");
        TestOidc.Client app = house.web();
        house.signIn(app, user, "openid");
        String offline = TestOidc.member(house.signIn(app, user, "openid offline_access"), "refresh_token");
        house.update(
                """
                UPDATE sessions SET authorizations = jsonb_set(authorizations, ARRAY[:app::text, 'persistsLogout'], 'true')
                WHERE tenant_id = :tenant AND user_id = :user
                """,
                Map.of("user", user, "app", app.id()));
        assertThat(api.delete("/users/" + user + "/sessions").status()).isEqualTo(204);
        assertThat(sessions(user)).isEmpty();
        Answer refreshed = house.refresh(app, offline);
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(api.delete("/users/" + user + "/sessions?revokeGrantsTarget=all")
                        .status())
                .isEqualTo(204);
        String rotated = TestOidc.member(refreshed, "refresh_token");
        assertThat(house.refresh(app, rotated.isEmpty() ? offline : rotated).status())
                .isEqualTo(400);
        assertThat(grants(user, "")).isEmpty();
        assertThat(api.delete("/users/" + user + "/sessions?revokeGrantsTarget=x")
                        .status())
                .isEqualTo(400);
        assertThat(api.delete("/users/nobody/sessions").status()).isEqualTo(204);
    }
}
