package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.CHALLENGE;
import static dev.ostiary.oidc.TestOidc.REDIRECT_URI;
import static dev.ostiary.oidc.TestOidc.VERIFIER;
import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static dev.ostiary.oidc.grants.TestGrants.atOnce;
import static dev.ostiary.oidc.grants.TestGrants.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Jwt;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AuthorizationCodeGrantTest {
    private static final String ALL = "openid offline_access profile email";

    private final TestOidc oidc = TestOidc.shared();
    private final TestGrants grants = new TestGrants(oidc);
    private final Client web = oidc.web();
    private final Client spa = oidc.spa();
    private final String user = oidc.user("code");

    @Test
    void a_code_is_worth_tokens() {
        Answer answer = oidc.redeem(web, oidc.code(web, user, ALL));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        JsonNode body = answer.json();
        assertThat(body.propertyNames())
                .containsExactly("access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type");
        assertThat(member(answer, "access_token")).matches("[A-Za-z0-9_-]{43}");
        assertThat(member(answer, "refresh_token")).matches("[A-Za-z0-9_-]{43}");
        assertThat(body.get("expires_in").isInt()).isTrue();
        assertThat(body.get("expires_in").asInt()).isEqualTo(3600);
        assertThat(member(answer, "scope")).isEqualTo(ALL);
        assertThat(member(answer, "token_type")).isEqualTo("Bearer");
    }

    @Test
    void the_id_token_is_what_the_sdks_take() {
        Answer answer = oidc.signIn(web, user, ALL);
        Jwt token = oidc.verified(member(answer, "id_token"), "");
        assertThat(token.header()).containsOnlyKeys("alg", "kid").containsEntry("alg", "ES384");
        assertThat(token.claims())
                .containsEntry("sub", user)
                .containsEntry("aud", web.id())
                .containsEntry("iss", oidc.server().origin() + "/oidc")
                .containsEntry("nonce", "n-0S6_WzA2Mj")
                .containsEntry("name", "Alice")
                .containsEntry("email", user + "@example.com")
                .containsEntry("email_verified", true)
                .containsKey("picture")
                .doesNotContainKeys("at_hash", "acr", "amr", "auth_time", "sid", "nbf", "custom_data");
        long now = oidc.server().clock().instant().getEpochSecond();
        long issuedAt = token.findInstant("iat").orElseThrow().getEpochSecond();
        assertThat(issuedAt).isBetween(now - 5, now);
        assertThat(token.findInstant("exp").orElseThrow().getEpochSecond()).isEqualTo(issuedAt + 3600);
    }

    @Test
    void all_tokens_together_fit_a_cookie_of_four_kilobytes() {
        Answer answer = oidc.signIn(web, user, ALL + " phone roles");
        int stored = member(answer, "id_token").length()
                + member(answer, "access_token").length()
                + member(answer, "refresh_token").length();
        // Flask signs, compresses and base64-encodes what it stores; half of the limit leaves room for that.
        assertThat(stored).isLessThan(2000);
    }

    @Test
    void without_openid_there_is_no_id_token_and_without_offline_access_no_refresh_token() {
        assertThat(oidc.signIn(web, user, "openid profile").json().has("refresh_token"))
                .isFalse();
        Answer answer = oidc.signIn(web, user, "profile");
        assertThat(answer.json().has("id_token")).isFalse();
        assertThat(member(answer, "scope")).isEqualTo("profile");
    }

    @Test
    void a_web_client_may_always_get_refresh_tokens() {
        Client always = oidc.client("Traditional", "{\"alwaysIssueRefreshToken\":true}");
        assertThat(oidc.signIn(always, user, "openid").json().has("refresh_token"))
                .isTrue();
    }

    // AZ1
    @Test
    void a_code_without_its_verifier_is_worth_nothing_and_dead_afterwards() {
        String another = "another-verifier-of-exactly-the-right-kind-0123456789";
        for (String verifier : new String[] {"", another, VERIFIER.substring(0, 42), VERIFIER + " "}) {
            String code = oidc.code(spa, user, ALL);
            refused(grants.redeem(spa, code, "code_verifier", verifier));
            refused(oidc.redeem(spa, code));
        }
    }

    // AZ2
    @Test
    void a_verifier_without_a_challenge_means_that_somebody_took_the_challenge_out() {
        refused(oidc.redeem(web, oidc.code(web, user, ALL, Map.of(), null)));
        refused(oidc.redeem(spa, oidc.code(spa, user, ALL, Map.of(), null)));
    }

    @Test
    void a_confidential_client_may_leave_pkce_out() {
        String code = oidc.code(web, user, ALL, Map.of(), null);
        ok(grants.redeem(web, code, "code_verifier", ""));
    }

    @Test
    void the_challenge_itself_is_no_verifier() {
        String code = oidc.code(spa, user, ALL);
        refused(grants.redeem(spa, code, "code_verifier", CHALLENGE));
    }

    // TK1
    @Test
    void a_code_belongs_to_its_client() {
        Client other = oidc.web();
        refused(oidc.redeem(other, oidc.code(web, user, ALL)));
        refused(oidc.redeem(oidc.spa(), oidc.code(spa, user, ALL)));
    }

    // TK1
    @Test
    void a_code_comes_back_from_where_it_was_sent() {
        for (String uri : new String[] {REDIRECT_URI + "/", "http://localhost:3001/callback", "x"}) {
            String code = oidc.code(web, user, ALL);
            refused(grants.redeem(web, code, "redirect_uri", uri));
        }
        String code = oidc.code(web, user, ALL);
        ok(grants.redeem(web, code, "redirect_uri", ""));
    }

    // TK1
    @Test
    void fifty_at_once_and_one_wins_and_the_replay_ends_the_grant() throws Exception {
        String code = oidc.code(web, user, ALL);
        List<Answer> answers = atOnce(50, () -> oidc.redeem(web, code));
        List<Answer> granted = answers.stream().filter(a -> a.status() == 200).toList();
        assertThat(granted).hasSize(1);
        answers.stream().filter(a -> a.status() != 200).forEach(TestGrants::refused);
        Answer won = granted.getFirst();
        assertThat(oidc.userinfo(member(won, "access_token")).status()).isEqualTo(401);
        refused(oidc.refresh(web, member(won, "refresh_token")));
    }

    @Test
    void of_many_codes_at_once_each_is_told_once_and_of_its_user() throws Exception {
        Client shop = oidc.web();
        List<String> users = new ArrayList<>();
        Queue<String> codes = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 20; i++) {
            users.add(oidc.user("told-" + i));
            String code = oidc.code(shop, users.getLast(), ALL);
            codes.addAll(List.of(code, code));
        }
        List<Answer> answers = atOnce(40, () -> oidc.redeem(shop, codes.remove()));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(20);
        for (String one : users) {
            assertThat(oidc.count(
                            "SELECT count(*) FROM logs WHERE tenant_id = :tenant AND application_id = :app AND user_id = :user"
                                    + " AND key = 'ExchangeTokenBy.AuthorizationCode' AND payload ->> 'result' = 'Success'",
                            Map.of("app", shop.id(), "user", one)))
                    .as(one)
                    .isEqualTo(1);
        }
    }

    @Test
    void what_a_replay_revokes_is_told_in_the_log() {
        String code = oidc.code(web, user, ALL);
        ok(oidc.redeem(web, code));
        refused(oidc.redeem(web, code));
        assertThat(oidc.count(
                        "SELECT count(*) FROM logs WHERE tenant_id = :tenant AND key = 'RevokeGrants'"
                                + " AND application_id = :app",
                        Map.of("app", web.id())))
                .isEqualTo(1);
        assertThat(oidc.count(
                        "SELECT count(*) FROM logs WHERE tenant_id = :tenant"
                                + " AND key = 'ExchangeTokenBy.AuthorizationCode' AND application_id = :app"
                                + " AND payload ->> 'error' = 'oidc.invalid_grant'",
                        Map.of("app", web.id())))
                .isEqualTo(1);
        assertThat(oidc.count(
                        "SELECT count(*) FROM logs WHERE tenant_id = :tenant AND application_id = :app"
                                + " AND payload::text LIKE :code",
                        Map.of("app", web.id(), "code", "%" + code + "%")))
                .isZero();
    }

    @Test
    void a_suspended_user_gets_nothing_and_neither_does_one_who_signed_out() {
        String suspended = oidc.user("suspended");
        String code = oidc.code(web, suspended, ALL);
        oidc.suspend(suspended);
        refused(oidc.redeem(web, code));
        String gone = oidc.user("gone");
        String bound = oidc.code(web, gone, "openid");
        String unbound = oidc.code(web, gone, "openid offline_access");
        oidc.endSessions(gone);
        refused(oidc.redeem(web, bound));
        ok(oidc.redeem(web, unbound));
    }

    @Test
    void a_resource_that_was_asked_for_gives_a_jwt_with_what_roles_allow() {
        String indicator = "https://orders.example.com/" + user;
        String resource = oidc.resource(indicator, "read", "write");
        oidc.permit(user, resource, "read");
        String code = grants.code(web, user, "openid read write", indicator, "read", "write");
        Answer answer = ok(grants.redeem(web, code, "resource", indicator));
        assertThat(member(answer, "scope")).isEqualTo("read");
        assertThat(answer.json().get("expires_in").asInt()).isEqualTo(1800);
        Jwt token = oidc.verified(member(answer, "access_token"), "at+jwt");
        assertThat(token.claims())
                .containsEntry("sub", user)
                .containsEntry("client_id", web.id())
                .containsEntry("aud", indicator)
                .containsEntry("scope", "read");
        assertThat((String) token.claims().get("jti")).hasSize(43);
    }

    @Test
    void a_resource_that_was_not_asked_for_is_refused_and_the_code_is_dead() {
        String indicator = "https://unasked.example.com/" + user;
        oidc.resource(indicator);
        String code = oidc.code(web, user, "openid");
        Answer answer = grants.redeem(web, code, "resource", indicator);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("oidc.invalid_target");
        refused(oidc.redeem(web, code));
    }

    @Test
    void without_openid_the_only_resource_is_meant() {
        String indicator = "https://only.example.com/" + user;
        oidc.resource(indicator, "read");
        String code = grants.code(web, user, "read", indicator, "read");
        Answer answer = ok(oidc.redeem(web, code));
        assertThat(oidc.verified(member(answer, "access_token"), "at+jwt").claims())
                .containsEntry("aud", indicator)
                .containsEntry("scope", "");
        assertThat(answer.json().has("id_token")).isFalse();
    }
}
