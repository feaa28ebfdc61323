package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static dev.ostiary.oidc.grants.TestGrants.atOnce;
import static dev.ostiary.oidc.grants.TestGrants.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshTokenGrantTest {
    private static final String ALL = "openid offline_access profile";

    /** Its own: the clock moves. */
    private static final TestOidc oidc = TestOidc.start();

    private final Client web = oidc.web();
    private final Client spa = oidc.spa();

    private final String user = oidc.user("refresh");

    @AfterAll
    static void stop() {
        oidc.close();
    }

    @AfterEach
    void now() {
        oidc.server().clock().reset();
    }

    @Test
    void a_confidential_client_keeps_its_token_and_gets_the_rest_anew() {
        Answer first = oidc.signIn(web, user, ALL);
        Answer second = ok(oidc.refresh(web, member(first, "refresh_token")));
        assertThat(member(second, "refresh_token")).isEqualTo(member(first, "refresh_token"));
        assertThat(member(second, "access_token")).isNotEqualTo(member(first, "access_token"));
        assertThat(member(second, "scope")).isEqualTo(ALL);
        assertThat(oidc.verified(member(second, "id_token"), "").claims())
                .containsEntry("aud", web.id())
                .containsEntry("nonce", "n-0S6_WzA2Mj");
        assertThat(oidc.userinfo(member(second, "access_token")).status()).isEqualTo(200);
        assertThat(oidc.userinfo(member(first, "access_token")).status()).isEqualTo(200);
    }

    @Test
    void a_public_client_gets_another_each_time() {
        Answer first = oidc.signIn(spa, user, ALL);
        Answer second = ok(oidc.refresh(spa, member(first, "refresh_token")));
        assertThat(member(second, "refresh_token"))
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(member(first, "refresh_token"));
        ok(oidc.refresh(spa, member(second, "refresh_token")));
    }

    @Test
    void a_token_that_was_replaced_ends_the_grant() {
        Answer first = oidc.signIn(spa, user, ALL);
        Answer second = ok(oidc.refresh(spa, member(first, "refresh_token")));
        refused(oidc.refresh(spa, member(first, "refresh_token")));
        refused(oidc.refresh(spa, member(second, "refresh_token")));
        assertThat(oidc.userinfo(member(second, "access_token")).status()).isEqualTo(401);
    }

    // RT1
    @Test
    void a_hundred_at_once_on_two_nodes_and_one_wins() throws Exception {
        try (TestServer node = TestServer.start(oidc.server().database(), BootstrapCredentials.none())) {
            Answer first = oidc.signIn(spa, user, ALL);
            Map<String, String> form = TestOidc.form(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    member(first, "refresh_token"),
                    "client_id",
                    spa.id());
            AtomicInteger turn = new AtomicInteger();
            List<Answer> answers = atOnce(100, () -> {
                boolean here = turn.incrementAndGet() % 2 == 0;
                return new TestBrowser(here ? oidc.server().origin() : node.origin()).form("/oidc/token", form);
            });
            List<Answer> granted =
                    answers.stream().filter(a -> a.status() == 200).toList();
            assertThat(granted).hasSize(1);
            answers.stream().filter(a -> a.status() != 200).forEach(TestGrants::refused);
            refused(oidc.refresh(spa, member(granted.getFirst(), "refresh_token")));
        }
    }

    // RT2
    @Test
    void reuse_is_remembered_over_a_restart_and_a_moved_clock() {
        Answer first = oidc.signIn(spa, user, ALL);
        Answer second = ok(oidc.refresh(spa, member(first, "refresh_token")));
        try (TestServer node = TestServer.start(oidc.server().database(), BootstrapCredentials.none())) {
            node.clock().forward(Duration.ofDays(3));
            Answer replayed = new TestBrowser(node.origin())
                    .form(
                            "/oidc/token",
                            TestOidc.form(
                                    "grant_type",
                                    "refresh_token",
                                    "refresh_token",
                                    member(first, "refresh_token"),
                                    "client_id",
                                    spa.id()));
            refused(replayed);
        }
        refused(oidc.refresh(spa, member(second, "refresh_token")));
    }

    // RT3
    @Test
    void what_has_changed_since_counts() {
        String suspended = oidc.user("suspended");
        Answer tokens = oidc.signIn(web, suspended, ALL);
        oidc.suspend(suspended);
        refused(oidc.refresh(web, member(tokens, "refresh_token")));

        Answer others = oidc.signIn(web, user, ALL);
        refused(oidc.refresh(oidc.web(), member(others, "refresh_token")));
        refused(oidc.refresh(spa, member(others, "refresh_token")));
        ok(oidc.refresh(web, member(others, "refresh_token")));

        oidc.update(
                "UPDATE grants SET scopes = ARRAY['openid', 'offline_access'] WHERE tenant_id = :tenant"
                        + " AND user_id = :user",
                Map.of("user", user));
        Answer narrowed = ok(oidc.refresh(web, member(others, "refresh_token")));
        assertThat(member(narrowed, "scope")).isEqualTo("openid offline_access");
        assertThat(oidc.verified(member(narrowed, "id_token"), "").claims()).doesNotContainKey("name");

        oidc.update("DELETE FROM grants WHERE tenant_id = :tenant AND user_id = :user", Map.of("user", user));
        refused(oidc.refresh(web, member(others, "refresh_token")));
    }

    // RT3
    @Test
    void a_role_that_was_taken_away_gives_nothing_any_more() {
        String indicator = "https://orders.example.com/" + user;
        String resource = oidc.resource(indicator, "read", "write");
        oidc.permit(user, resource, "read", "write");
        String code = new TestGrants(oidc).code(web, user, ALL + " read write", indicator, "read", "write");
        String refresh = member(ok(oidc.redeem(web, code)), "refresh_token");
        Answer both = ok(oidc.refresh(web, refresh, "resource", indicator));
        assertThat(member(both, "scope")).isEqualTo("read write");
        Answer one = ok(oidc.refresh(web, refresh, "resource", indicator, "scope", "write"));
        assertThat(member(one, "scope")).isEqualTo("write");
        assertThat(one.json().has("id_token")).isFalse();
        oidc.dropRoles(user);
        Answer none = ok(oidc.refresh(web, refresh, "resource", indicator));
        assertThat(member(none, "scope")).isEmpty();
        assertThat(oidc.verified(member(none, "access_token"), "at+jwt").claims())
                .containsEntry("scope", "")
                .containsEntry("aud", indicator);
    }

    // RT3
    @Test
    void a_token_without_offline_access_ends_with_its_session() {
        Client always = oidc.client("Traditional", "{\"alwaysIssueRefreshToken\":true}");
        Answer tokens = oidc.signIn(always, user, "openid profile");
        ok(oidc.refresh(always, member(tokens, "refresh_token")));
        assertThat(oidc.userinfo(member(tokens, "access_token")).status()).isEqualTo(200);
        oidc.endSessions(user);
        refused(oidc.refresh(always, member(tokens, "refresh_token")));
        assertThat(oidc.userinfo(member(tokens, "access_token")).status()).isEqualTo(401);
    }

    // RT4
    @Test
    void neither_scope_nor_resource_can_grow() {
        String refresh = member(oidc.signIn(web, user, "openid offline_access"), "refresh_token");
        Answer wider = oidc.refresh(web, refresh, "scope", "openid email");
        assertThat(wider.status()).isEqualTo(400);
        assertThat(wider.code()).isEqualTo("oidc.invalid_scope");
        assertThat(wider.json().get("scope").asString()).isEqualTo("email");
        String indicator = "https://unasked.example.com/" + user;
        oidc.resource(indicator, "read");
        Answer other = oidc.refresh(web, refresh, "resource", indicator);
        assertThat(other.code()).isEqualTo("oidc.invalid_target");
        Answer narrower = ok(oidc.refresh(web, refresh, "scope", "openid"));
        assertThat(member(narrower, "scope")).isEqualTo("openid");
        assertThat(member(ok(oidc.refresh(web, refresh)), "scope")).isEqualTo("openid offline_access");
    }

    // RT4
    @Test
    void a_browser_applications_token_does_not_live_longer_by_being_used() {
        String refresh = member(oidc.signIn(spa, user, ALL), "refresh_token");
        oidc.server().clock().forward(Duration.ofDays(13));
        String second = member(ok(oidc.refresh(spa, refresh)), "refresh_token");
        oidc.server().clock().forward(Duration.ofDays(2));
        refused(oidc.refresh(spa, second));
    }

    @Test
    void a_native_applications_token_begins_anew() {
        Client app = oidc.client("Native", "{}");
        String refresh = member(oidc.signIn(app, user, ALL), "refresh_token");
        oidc.server().clock().forward(Duration.ofDays(13));
        String second = member(ok(oidc.refresh(app, refresh)), "refresh_token");
        oidc.server().clock().forward(Duration.ofDays(2));
        ok(oidc.refresh(app, second));
    }

    @Test
    void a_confidential_clients_token_rotates_when_it_is_worn() {
        String refresh = member(oidc.signIn(web, user, ALL), "refresh_token");
        oidc.server().clock().forward(Duration.ofDays(9));
        assertThat(member(ok(oidc.refresh(web, refresh)), "refresh_token")).isEqualTo(refresh);
        oidc.server().clock().forward(Duration.ofDays(1));
        String second = member(ok(oidc.refresh(web, refresh)), "refresh_token");
        assertThat(second).isNotEqualTo(refresh);
        oidc.server().clock().forward(Duration.ofDays(13));
        ok(oidc.refresh(web, second));
    }

    @Test
    void lifetimes_are_the_applications_settings() {
        Client brief = oidc.client("SPA", "{\"refreshTokenTtlInDays\":1,\"idTokenTtl\":60}");
        Answer tokens = oidc.signIn(brief, user, ALL);
        var idToken = oidc.verified(member(tokens, "id_token"), "");
        assertThat(Duration.between(
                        idToken.findInstant("iat").orElseThrow(),
                        idToken.findInstant("exp").orElseThrow()))
                .hasSeconds(60);
        oidc.server().clock().forward(Duration.ofHours(25));
        refused(oidc.refresh(brief, member(tokens, "refresh_token")));
        oidc.server().clock().reset();
        Client still = oidc.client("SPA", "{\"rotateRefreshToken\":false}");
        String refresh = member(oidc.signIn(still, user, ALL), "refresh_token");
        assertThat(member(ok(oidc.refresh(still, refresh)), "refresh_token")).isEqualTo(refresh);
    }

    // RT4
    @Test
    void a_chain_of_a_year_rotates_no_more_and_so_it_ends() {
        Client app = oidc.client("Native", "{\"refreshTokenTtlInDays\":180}");
        String refresh = member(oidc.signIn(app, user, ALL), "refresh_token");
        oidc.update(
                "UPDATE grants SET expires_at = expires_at + interval '5 years' WHERE tenant_id = :tenant"
                        + " AND user_id = :user",
                Map.of("user", user));
        oidc.server().clock().forward(Duration.ofDays(179));
        String second = member(ok(oidc.refresh(app, refresh)), "refresh_token");
        oidc.server().clock().forward(Duration.ofDays(179));
        String third = member(ok(oidc.refresh(app, second)), "refresh_token");
        oidc.server().clock().forward(Duration.ofDays(10));
        assertThat(member(ok(oidc.refresh(app, third)), "refresh_token")).isEqualTo(third);
        oidc.server().clock().forward(Duration.ofDays(170));
        refused(oidc.refresh(app, third));
    }

    @Test
    void nonsense_is_no_token() {
        for (String token : new String[] {"x", "a".repeat(5000), "' OR 1=1 --", "\uD83D\uDE00", "null"}) {
            refused(oidc.refresh(web, token));
        }
        assertThat(oidc.token(web, "grant_type", "refresh_token").code()).isEqualTo("oidc.invalid_request");
    }
}
