package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.CHALLENGE;
import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static dev.ostiary.oidc.grants.TestGrants.denied;
import static dev.ostiary.oidc.grants.TestGrants.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Jwt;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.TestOrganizations;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of users for organizations, and for APIs in the name of one. */
class OrganizationTokensTest {
    private static final String RESOURCE = "urn:logto:resource:organizations";
    private static final String SCOPE_NAME = "urn:logto:scope:organizations";
    private static final String SCOPE = "openid offline_access " + SCOPE_NAME;
    private static final String NOT_A_MEMBER = "user is not a member of the organization";

    private final TestOidc oidc = TestOidc.shared();
    private final TestGrants grants = new TestGrants(oidc);
    private final TestOrganizations organizations = new TestOrganizations(oidc);
    private final Client web = oidc.web();
    private final String user = oidc.user("member");
    private final String acme = organizations.organization("Acme");
    private final String indicator = "https://orders.example.com/" + user;
    private final String api = oidc.resource(indicator, "read", "write", "delete");

    @BeforeEach
    void join() {
        organizations.join(acme, user);
    }

    @Test
    void a_member_gets_what_roles_in_the_organization_give() {
        organizations.permit(acme, user, "invite:member", "see:bills");
        String refresh = refreshToken("invite:member delete:data");
        Answer answer = ok(oidc.refresh(web, refresh, "organization_id", acme));
        assertThat(answer.json().get("expires_in").asInt()).isEqualTo(3600);
        assertThat(member(answer, "scope")).isEqualTo("invite:member");
        assertThat(member(answer, "refresh_token")).isEqualTo(refresh);
        assertThat(answer.json().has("id_token")).isTrue();
        Jwt token = oidc.verified(member(answer, "access_token"), "at+jwt");
        assertThat(token.claims())
                .containsOnlyKeys("jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud")
                .containsEntry("aud", "urn:logto:organization:" + acme)
                .containsEntry("sub", user)
                .containsEntry("client_id", web.id())
                .containsEntry("scope", "invite:member");
        assertThat(token.findInstant("exp").orElseThrow().getEpochSecond()
                        - token.findInstant("iat").orElseThrow().getEpochSecond())
                .isEqualTo(3600);
    }

    // RT4
    @Test
    void fewer_scopes_may_be_asked_for_and_no_more() {
        organizations.permit(acme, user, "invite:member", "see:bills");
        String refresh = refreshToken("invite:member");
        Answer fewer = ok(oidc.refresh(web, refresh, "organization_id", acme, "scope", "offline_access"));
        assertThat(member(fewer, "scope")).isEmpty();
        Answer more = oidc.refresh(web, refresh, "organization_id", acme, "scope", "see:bills");
        refused(more, 400, "invalid_scope", "refresh token missing requested scope(s)");
    }

    @Test
    void at_an_api_only_the_roles_in_that_organization_count() {
        String other = organizations.organization("Other");
        organizations.join(other, user);
        organizations.permitAt(api, acme, user, "read");
        organizations.permitAt(api, other, user, "write");
        oidc.permit(user, api, "delete");
        String refresh = refreshToken("read write delete");
        Answer answer = ok(oidc.refresh(web, refresh, "organization_id", acme, "resource", indicator));
        assertThat(answer.json().get("expires_in").asInt()).isEqualTo(1800);
        assertThat(oidc.verified(member(answer, "access_token"), "at+jwt").claims())
                .containsEntry("aud", indicator)
                .containsEntry("organization_id", acme)
                .containsEntry("scope", "read");
        Answer elsewhere = ok(oidc.refresh(web, refresh, "organization_id", other, "resource", indicator));
        assertThat(member(elsewhere, "scope")).isEqualTo("write");
        Answer alone = ok(oidc.refresh(web, refresh, "resource", indicator));
        assertThat(member(alone, "scope")).isEqualTo("delete");
        assertThat(oidc.verified(member(alone, "access_token"), "at+jwt").claims())
                .doesNotContainKey("organization_id");
    }

    @Test
    void an_api_that_was_not_asked_for_is_no_target() {
        String unasked = "https://unasked.example.com/" + user;
        oidc.resource(unasked);
        Answer answer = oidc.refresh(web, refreshToken(""), "organization_id", acme, "resource", unasked);
        refused(answer, 400, "invalid_target", "resource indicator is missing, or unknown");
        Answer reserved = oidc.refresh(web, refreshToken(""), "organization_id", acme, "resource", RESOURCE);
        refused(reserved, 400, "invalid_target", "resource indicator is missing, or unknown");
    }

    @Test
    void the_sign_in_must_have_asked_for_organizations() {
        String refresh = member(oidc.signIn(web, user, "openid offline_access"), "refresh_token");
        Answer answer = oidc.refresh(web, refresh, "organization_id", acme);
        refused(answer, 403, "insufficient_scope", "refresh token missing required scope");
        assertThat(answer.json().get("scope").asString()).isEqualTo("urn:logto:scope:organizations");
    }

    // RT3
    @Test
    void somebody_elses_application_needs_the_users_word_and_stays_below_its_ceiling() {
        Client theirs = oidc.web();
        oidc.update(
                "UPDATE applications SET is_third_party = true WHERE tenant_id = :tenant AND id = :id",
                Map.of("id", theirs.id()));
        organizations.permit(acme, user, "invite:member", "see:bills");
        organizations.permitAt(api, acme, user, "read", "write");
        oidc.permit(user, api, "read");
        organizations.join(organizations.organization("Not told"), user);
        ceiling(theirs, "user_scopes (tenant_id, application_id, name) SELECT :tenant, :client, :name", SCOPE_NAME);
        ceiling(
                theirs,
                "organization_scopes (tenant_id, application_id, organization_scope_id) SELECT :tenant, :client, id"
                        + " FROM organization_scopes WHERE tenant_id = :tenant AND name = :name",
                "invite:member");
        ceiling(
                theirs,
                "resource_scopes (tenant_id, application_id, in_organizations, scope_id) SELECT :tenant, :client, true,"
                        + " id FROM scopes WHERE tenant_id = :tenant AND name = 'read' AND resource_id = :name",
                api);
        String refresh =
                member(ok(grants.redeem(theirs, code(theirs, "invite:member see:bills read write"))), "refresh_token");
        denied(
                oidc.refresh(theirs, refresh, "organization_id", acme),
                "organization access is not granted to the application");
        oidc.update(
                "INSERT INTO application_user_consent_organizations (tenant_id, application_id, user_id,"
                        + " organization_id) VALUES (:tenant, :client, :user, :organization)",
                Map.of("client", theirs.id(), "user", user, "organization", acme));
        Answer inside = ok(oidc.refresh(theirs, refresh, "organization_id", acme));
        assertThat(member(inside, "scope")).isEqualTo("invite:member");
        assertThat(oidc.verified(member(inside, "id_token"), "").claims())
                .containsEntry("organizations", List.of(acme));
        Answer atApi = ok(oidc.refresh(theirs, refresh, "organization_id", acme, "resource", indicator));
        assertThat(member(atApi, "scope")).isEqualTo("read");
        assertThat(member(ok(oidc.refresh(theirs, refresh, "resource", indicator)), "scope"))
                .isEmpty();
        oidc.update(
                "DELETE FROM application_organization_scopes WHERE tenant_id = :tenant AND application_id = :client",
                Map.of("client", theirs.id()));
        assertThat(member(ok(oidc.refresh(theirs, refresh, "organization_id", acme)), "scope"))
                .isEmpty();
        oidc.update(
                "DELETE FROM application_user_consent_organizations WHERE tenant_id = :tenant AND user_id = :user",
                Map.of("user", user));
        denied(
                oidc.refresh(theirs, refresh, "organization_id", acme),
                "organization access is not granted to the application");
    }

    private void ceiling(Client client, String rest, String name) {
        assertThat(oidc.update("INSERT INTO application_" + rest, Map.of("client", client.id(), "name", name)))
                .isEqualTo(1);
    }

    // RT3
    @Test
    void a_consent_to_tell_of_organizations_that_was_withdrawn_counts() {
        String refresh = refreshToken("");
        ok(oidc.refresh(web, refresh, "organization_id", acme));
        oidc.update(
                "UPDATE grants SET scopes = ARRAY['openid', 'offline_access'] WHERE tenant_id = :tenant"
                        + " AND user_id = :user",
                Map.of("user", user));
        assertThat(oidc.refresh(web, refresh, "organization_id", acme).code()).isEqualTo("oidc.insufficient_scope");
    }

    // OR3
    @Test
    void whoever_is_no_member_is_denied_whatever_the_id() {
        String refresh = refreshToken("");
        String others = organizations.organization("Others");
        String foreign = oidc.database().write("admin", tx -> {
            tx.update("INSERT INTO organizations (tenant_id, id, name) VALUES (:tenant, 'elsewhere123', 'X')"
                            + " ON CONFLICT DO NOTHING")
                    .execute();
            return "elsewhere123";
        });
        for (String id : List.of(others, foreign, "nobody", "x".repeat(300), "'; --", acme + " ", "\uD83D\uDE00")) {
            denied(oidc.refresh(web, refresh, "organization_id", id), NOT_A_MEMBER);
            denied(oidc.refresh(web, refresh, "organization_id", id, "resource", indicator), NOT_A_MEMBER);
        }
    }

    // OR3
    @Test
    void an_organization_may_demand_a_second_factor() {
        organizations.requireMfa(acme);
        String refresh = refreshToken("");
        String description = "organization requires MFA but user has no MFA configured";
        denied(oidc.refresh(web, refresh, "organization_id", acme), description);
        denied(oidc.refresh(web, refresh, "organization_id", acme, "resource", indicator), description);
        ok(oidc.refresh(web, refresh));
        oidc.update(
                "UPDATE users SET mfa_verifications = '[{\"type\":\"Totp\",\"id\":\"x\"}]'"
                        + " WHERE tenant_id = :tenant AND id = :id",
                Map.of("id", user));
        ok(oidc.refresh(web, refresh, "organization_id", acme));
    }

    // RT3, TK7
    @Test
    void what_has_changed_since_counts_at_the_next_refresh() {
        String role = organizations.permit(acme, user, "see:" + user, "pay:" + user);
        String apiRole = organizations.permitAt(api, acme, user, "read");
        String refresh = refreshToken("see:" + user + " pay:" + user + " read");
        assertThat(scope(refresh)).isEqualTo("see:" + user + " pay:" + user);
        organizations.deleteScope("pay:" + user);
        assertThat(scope(refresh)).isEqualTo("see:" + user);
        organizations.deleteRole(role);
        assertThat(scope(refresh)).isEmpty();
        assertThat(scope(refresh, "resource", indicator)).isEqualTo("read");
        organizations.deleteRole(apiRole);
        assertThat(scope(refresh, "resource", indicator)).isEmpty();
        organizations.leave(acme, user);
        denied(oidc.refresh(web, refresh, "organization_id", acme), NOT_A_MEMBER);
        denied(oidc.refresh(web, refresh, "organization_id", acme, "resource", indicator), NOT_A_MEMBER);
        ok(oidc.refresh(web, refresh));
        organizations.join(acme, user);
        ok(oidc.refresh(web, refresh, "organization_id", acme));
        organizations.delete(acme);
        denied(oidc.refresh(web, refresh, "organization_id", acme), NOT_A_MEMBER);
        oidc.suspend(user);
        refused(oidc.refresh(web, refresh, "organization_id", acme));
    }

    // RT3, TK7
    @Test
    void a_deleted_user_has_nothing() {
        String refresh = refreshToken("");
        oidc.update("DELETE FROM users WHERE tenant_id = :tenant AND id = :id", Map.of("id", user));
        refused(oidc.refresh(web, refresh, "organization_id", acme));
    }

    // TK5, TK6
    @Test
    void a_token_for_an_organization_is_nothing_at_our_own_endpoints() {
        organizations.permit(acme, user, "all", "invite:member");
        String refresh = refreshToken("all");
        String token = member(ok(oidc.refresh(web, refresh, "organization_id", acme)), "access_token");
        assertThat(oidc.userinfo(token).status()).isEqualTo(401);
        for (String path : List.of("/api/users", "/api/organizations", "/api/my-account", "/api/configs/id-token")) {
            assertThat(oidc.browser()
                            .get(path, "Authorization", "Bearer " + token)
                            .status())
                    .as(path)
                    .isIn(401, 404);
        }
        for (String path : List.of("/oidc/token/introspection", "/oidc/token/revocation")) {
            assertThat(oidc.post(path, web, "token", token).code()).isEqualTo("oidc.unsupported_token_type");
        }
        assertThat(oidc.token(web, "grant_type", "refresh_token", "refresh_token", token)
                        .code())
                .isEqualTo("oidc.invalid_grant");
    }

    @Test
    void a_code_is_worth_the_same_at_once() {
        organizations.permit(acme, user, "invite:member");
        Answer answer = ok(grants.redeem(web, code("invite:member"), "organization_id", acme));
        assertThat(oidc.verified(member(answer, "access_token"), "at+jwt").claims())
                .containsEntry("aud", "urn:logto:organization:" + acme)
                .containsEntry("scope", "invite:member");
    }

    // RT1
    @Test
    void a_public_clients_token_rotates_with_it() {
        Client spa = oidc.spa();
        String first = member(ok(grants.redeem(spa, code(spa, ""))), "refresh_token");
        String second = member(ok(oidc.refresh(spa, first, "organization_id", acme)), "refresh_token");
        assertThat(second).isNotEqualTo(first);
        denied(oidc.refresh(spa, second, "organization_id", "nobody"), NOT_A_MEMBER);
        ok(oidc.refresh(spa, second, "organization_id", acme));
        refused(oidc.refresh(spa, second, "organization_id", acme));
    }

    @Test
    void a_refresh_looks_at_organizations_only_if_the_scope_asks_for_them() {
        String refresh = refreshToken("");
        long ordinary = statements(member(oidc.signIn(web, user, "openid offline_access"), "refresh_token"));
        assertThat(statements(refresh)).as("the claim organizations").isEqualTo(ordinary + 1);
        assertThat(statements(refresh, "scope", "openid")).isEqualTo(ordinary);
    }

    private long statements(String refresh, String... more) {
        ok(oidc.refresh(web, refresh, more));
        long before = oidc.database().statements();
        ok(oidc.refresh(web, refresh, more));
        return oidc.database().statements() - before;
    }

    private String scope(String refresh, String... more) {
        String[] fields = List.of(List.of("organization_id", acme), List.of(more)).stream()
                .flatMap(List::stream)
                .toArray(String[]::new);
        return member(ok(oidc.refresh(web, refresh, fields)), "scope");
    }

    private String refreshToken(String scopes) {
        return member(ok(oidc.redeem(web, code(scopes))), "refresh_token");
    }

    private String code(String scopes) {
        return code(web, scopes);
    }

    private String code(Client client, String scopes) {
        Map<String, Set<String>> asked = new LinkedHashMap<>();
        asked.put(RESOURCE, Set.of("invite:member", "see:bills"));
        asked.put(indicator, Set.of("read", "write", "delete"));
        return oidc.code(client, user, (SCOPE + " " + scopes).strip(), asked, CHALLENGE);
    }
}
