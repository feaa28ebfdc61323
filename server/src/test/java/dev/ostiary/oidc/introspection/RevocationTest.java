package dev.ostiary.oidc.introspection;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** TK7: what is revoked is dead on every path, at once. */
class RevocationTest {
    private static final String PATH = "/oidc/token/revocation";
    private static final String ALL = "openid offline_access profile";

    private final TestOidc oidc = TestOidc.shared();
    private final Client web = oidc.web();
    private final Client spa = oidc.spa();
    private final String user = oidc.user("revocation");

    @Test
    void a_refresh_token_takes_everything_of_its_grant_along() {
        Answer tokens = oidc.signIn(web, user, ALL);
        Answer answer = oidc.post(PATH, web, "token", member(tokens, "refresh_token"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
        dead(web, tokens);
        assertThat(grants()).isZero();
    }

    @Test
    void an_access_token_takes_its_siblings_but_the_grant_stays() {
        Answer tokens = oidc.signIn(web, user, ALL);
        ok(oidc.post(PATH, web, "token", member(tokens, "access_token")));
        dead(web, tokens);
        assertThat(grants()).isEqualTo(1);
    }

    @Test
    void a_public_client_ends_its_own_by_name() {
        Answer tokens = oidc.signIn(spa, user, ALL);
        ok(oidc.post(PATH, spa, "token", member(tokens, "refresh_token")));
        dead(spa, tokens);
    }

    @Test
    void nobody_ends_the_tokens_of_others() {
        Answer tokens = oidc.signIn(web, user, ALL);
        Answer confidential = oidc.post(PATH, oidc.web(), "token", member(tokens, "access_token"));
        assertThat(confidential.status()).isEqualTo(400);
        assertThat(confidential.code()).isEqualTo("oidc.invalid_request");
        Answer open = oidc.post(PATH, spa, "token", member(tokens, "access_token"));
        assertThat(open.status()).isEqualTo(200);
        ok(oidc.userinfo(member(tokens, "access_token")));
        ok(oidc.refresh(web, member(tokens, "refresh_token")));
    }

    @Test
    void an_unknown_token_is_as_good_as_revoked() {
        assertThat(oidc.post(PATH, web, "token", "unknown").status()).isEqualTo(200);
        assertThat(oidc.post(PATH, web, "token", "' OR 1=1").status()).isEqualTo(200);
    }

    @Test
    void it_is_told_in_the_log_and_so_is_a_refusal() {
        Answer tokens = oidc.signIn(web, user, ALL);
        ok(oidc.post(PATH, web, "token", member(tokens, "access_token")));
        oidc.post(PATH, web);
        String own = "SELECT count(*) FROM logs WHERE tenant_id = :tenant AND key = 'RevokeToken'"
                + " AND application_id = :app AND payload ->> 'result' = ";
        assertThat(oidc.count(own + "'Success'", Map.of("app", web.id()))).isEqualTo(1);
        assertThat(oidc.count(own + "'Error'", Map.of("app", web.id()))).isEqualTo(1);
    }

    @Test
    void a_storage_that_fails_is_never_told_as_revoked() {
        try (TestOidc broken = TestOidc.start()) {
            Client client = broken.web();
            Answer tokens = broken.signIn(client, broken.user("broken"), ALL);
            broken.update("ALTER TABLE access_tokens RENAME TO elsewhere", Map.of());
            for (String path : new String[] {PATH, "/oidc/token/introspection"}) {
                Answer answer = broken.post(path, client, "token", member(tokens, "access_token"));
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.json().get("error").asString()).isEqualTo("server_error");
                assertThat(answer.text()).doesNotContain("access_tokens", "relation");
            }
            assertThat(broken.userinfo(member(tokens, "access_token")).status()).isEqualTo(500);
            assertThat(broken.refresh(client, member(tokens, "refresh_token")).status())
                    .isEqualTo(500);
            broken.update("ALTER TABLE elsewhere RENAME TO access_tokens", Map.of());
            ok(broken.post(PATH, client, "token", member(tokens, "access_token")));
            assertThat(broken.userinfo(member(tokens, "access_token")).status()).isEqualTo(401);
        }
    }

    private long grants() {
        return oidc.count(
                "SELECT count(*) FROM grants WHERE tenant_id = :tenant AND user_id = :user", Map.of("user", user));
    }

    private void dead(Client client, Answer tokens) {
        assertThat(oidc.userinfo(member(tokens, "access_token")).status()).isEqualTo(401);
        assertThat(oidc.refresh(client, member(tokens, "refresh_token")).code()).isEqualTo("oidc.invalid_grant");
        assertThat(oidc.post("/oidc/token/introspection", client, "token", member(tokens, "access_token"))
                        .text())
                .isEqualTo("{\"active\":false}");
        assertThat(oidc.post("/oidc/token/introspection", client, "token", member(tokens, "refresh_token"))
                        .text())
                .isEqualTo("{\"active\":false}");
    }
}
