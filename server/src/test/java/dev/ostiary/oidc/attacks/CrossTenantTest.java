package dev.ostiary.oidc.attacks;

import static dev.ostiary.oidc.TestOidc.form;
import static dev.ostiary.oidc.TestOidc.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.http.Params;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.oidc.dpop.TestProofs;
import dev.ostiary.oidc.grants.TestGrants;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Nothing of one tenant is anything at the other, though both know a client of the same id, secret and addresses and a user
 * of the same id: the worst case. RFC 9700 section 4.4 (mix-up) and 4.10.2.
 */
class CrossTenantTest {
    private final TestOidc oidc = TestOidc.shared();
    private final Client client = oidc.client("Traditional", "{\"allowTokenExchange\":true}");
    private final Client device = oidc.client("Native", "{\"isDeviceFlow\":true}");
    private final Client spa = oidc.spa();
    private final String user = oidc.user("twin");

    CrossTenantTest() {
        twin("applications", "id", client.id());
        twin("applications", "id", device.id());
        twin("applications", "id", spa.id());
        twin("application_secrets", "application_id", client.id());
        twin("users", "id", user);
    }

    /** The same row in the other tenant. */
    private void twin(String table, String column, String id) {
        oidc.database().run("*", tx -> {
            String columns = tx.query(
                            """
                    SELECT string_agg(quote_ident(column_name), ',') FROM information_schema.columns
                    WHERE table_schema = current_schema() AND table_name = :table AND column_name <> 'tenant_id'
                    AND is_generated = 'NEVER' AND is_identity = 'NO'
                    """)
                    .bind("table", table)
                    .mapTo(String.class)
                    .one();
            tx.update("INSERT INTO " + table + " (tenant_id," + columns + ") SELECT 'admin'," + columns + " FROM "
                            + table + " WHERE tenant_id = 'default' AND " + column + " = :id")
                    .bind("id", id)
                    .execute();
        });
    }

    /** A browser or client at the other tenant. */
    private TestBrowser there() {
        return new TestBrowser(oidc.server().adminOrigin());
    }

    private Answer post(String path, String... fields) {
        return there().form(path, form(fields), "Authorization", client.basic());
    }

    @Test
    void the_twin_is_there_so_that_a_refusal_below_means_something() {
        assertThat(post("/oidc/token/introspection", "token", "x").text()).isEqualTo("{\"active\":false}");
        Answer asked = there().get("/oidc/auth?" + TestBrowser.encode(params(spa.id())));
        assertThat(asked.location()).isEqualTo("/sign-in?app_id=" + spa.id());
    }

    private static Map<String, String> params(String client, String... more) {
        Map<String, String> params = SignInHouse.params(client, "redirect_uri", TestOidc.REDIRECT_URI);
        for (int i = 0; i < more.length; i += 2) {
            params.put(more[i], more[i + 1]);
        }
        return params;
    }

    @Test
    void a_code_of_one_tenant_is_none_at_the_other_rfc9700_4_4() {
        String code = oidc.code(client, user, "openid");
        TestGrants.refused(there().form("/oidc/token", TestGrants.redemption(code), "Authorization", client.basic()));
        // Nor has the attempt spent it.
        TestOidc.ok(oidc.redeem(client, code));
    }

    @Test
    void a_refresh_token_of_one_tenant_is_none_at_the_other_and_cannot_be_ended_there_rfc9700_4_14() {
        String token = member(oidc.signIn(client, user, "openid offline_access"), "refresh_token");
        TestGrants.refused(post("/oidc/token", "grant_type", "refresh_token", "refresh_token", token));
        assertThat(post("/oidc/token/introspection", "token", token).text()).isEqualTo("{\"active\":false}");
        assertThat(post("/oidc/token/revocation", "token", token).status()).isEqualTo(200);
        TestOidc.ok(oidc.refresh(client, token));
    }

    @Test
    void an_access_token_of_one_tenant_is_none_at_the_other_and_cannot_be_ended_there_rfc9700_4_10_2() {
        String token = member(oidc.signIn(client, user, "openid"), "access_token");
        assertThat(there().get("/oidc/me", "Authorization", "Bearer " + token).status())
                .isEqualTo(401);
        assertThat(there().get("/api/my-account/sessions", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
        assertThat(post("/oidc/token/introspection", "token", token).text()).isEqualTo("{\"active\":false}");
        assertThat(post("/oidc/token/revocation", "token", token).status()).isEqualTo(200);
        assertThat(oidc.userinfo(token).status()).isEqualTo(200);
    }

    @Test
    void a_management_token_is_for_its_tenant_in_both_directions_rfc9700_4_10_2() {
        String ours = oidc.server().managementToken(Tenants.DEFAULT);
        String theirs = oidc.server().managementToken(Tenants.ADMIN);
        for (String path : java.util.List.of("/api/users", "/api/applications", "/api/configs/oidc/private-keys")) {
            assertThat(there().get(path, "Authorization", "Bearer " + ours).status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(oidc.browser()
                            .get(path, "Authorization", "Bearer " + theirs)
                            .status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(oidc.browser()
                            .get(path, "Authorization", "Bearer " + ours)
                            .status())
                    .as(path)
                    .isEqualTo(200);
        }
        // The keys of one tenant do not speak for the other, whatever the claims say.
        String forged = oidc.server()
                .managementToken(
                        Tenants.DEFAULT,
                        Map.of("iss", oidc.server().adminOrigin() + "/oidc", "aud", "https://admin.logto.app/api"));
        assertThat(there().get("/api/users", "Authorization", "Bearer " + forged)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_host_header_does_not_carry_a_token_over_rfc9700_4_10_2() {
        String ours = oidc.server().managementToken(Tenants.DEFAULT);
        String admin = URI.create(oidc.server().adminOrigin()).getAuthority();
        String answer = Attacks.raw(
                oidc.server().port(), "GET /api/users HTTP/1.1", "Host: " + admin, "Authorization: Bearer " + ours);
        assertThat(Attacks.status(answer)).as(answer).isEqualTo(401);
    }

    @Test
    void personal_and_subject_tokens_are_exchanged_at_their_tenant_only_rfc9700_4_10_2() {
        for (String[] subject : new String[][] {
            {oidc.personalAccessToken(user), "urn:logto:token-type:personal_access_token"},
            {oidc.subjectToken(user), "urn:ietf:params:oauth:token-type:access_token"},
            {
                member(oidc.signIn(client, user, "openid"), "access_token"),
                "urn:ietf:params:oauth:token-type:access_token"
            }
        }) {
            Answer answer = post(
                    "/oidc/token",
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:token-exchange",
                    "subject_token",
                    subject[0],
                    "subject_token_type",
                    subject[1]);
            assertThat(answer.status()).as(subject[1] + answer.text()).isEqualTo(400);
            assertThat(answer.json().has("access_token")).isFalse();
        }
    }

    @Test
    void a_pushed_request_of_one_tenant_is_none_at_the_other_rfc9126_7_3() {
        Answer pushed = oidc.browser().form("/oidc/request", params(spa.id()));
        String reference = member(pushed, "request_uri");
        String query = "/oidc/auth?client_id=" + spa.id() + "&request_uri=" + Params.encode(reference);
        Answer elsewhere = there().get(query);
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.code()).isEqualTo("oidc.invalid_request_uri");
        assertThat(oidc.browser().get(query).location()).startsWith("/sign-in");
    }

    @Test
    void a_device_code_of_one_tenant_is_none_at_the_other_rfc8628_5() {
        String code = oidc.deviceCode(device, user, "openid", Map.of());
        TestGrants.refused(there().form(
                        "/oidc/token",
                        form(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "device_code",
                                code,
                                "client_id",
                                device.id())));
        TestOidc.ok(oidc.poll(device, code));
    }

    /** Cookies know no ports: a browser of localhost sends the cookies of one tenant to the other by itself. */
    @Test
    void a_session_cookie_of_one_tenant_signs_nobody_in_at_the_other_SE3() {
        String uid = Ids.secure().token();
        oidc.update(
                """
                INSERT INTO sessions (tenant_id, uid, id, user_id, signed_in_at, authorizations, expires_at)
                VALUES (:tenant, :uid, :hash, :user, :now, '{}', :expiresAt)
                """,
                Map.of(
                        "uid",
                        uid,
                        "hash",
                        Hashes.sha256(uid),
                        "user",
                        user,
                        "now",
                        oidc.server().clock().instant(),
                        "expiresAt",
                        oidc.server().clock().instant().plus(java.time.Duration.ofDays(1))));
        Map<String, String> silent = params(spa.id(), "prompt", "none");
        TestBrowser here = oidc.browser();
        here.setCookie("_session", uid);
        assertThat(here.get("/oidc/auth?" + TestBrowser.encode(silent)).location())
                .as("signed in, and not asked yet")
                .contains("error=consent_required");
        TestBrowser elsewhere = there();
        elsewhere.setCookie("_session", uid);
        assertThat(elsewhere.get("/oidc/auth?" + TestBrowser.encode(silent)).location())
                .contains("error=login_required");
    }

    @Test
    void an_interaction_of_one_tenant_cannot_go_on_at_the_other_AZ6() {
        TestBrowser here = oidc.browser();
        here.get("/oidc/auth?" + TestBrowser.encode(params(spa.id())));
        String uid = SignInHouse.uid(here);
        TestBrowser elsewhere = there();
        for (String name : Set.of("_interaction", "_interaction_resume", "_logto")) {
            here.cookie(name).ifPresent(value -> elsewhere.setCookie(name, value));
        }
        Answer resumed = elsewhere.get("/oidc/auth/" + uid);
        assertThat(resumed.status()).as(resumed.text()).isEqualTo(400);
        assertThat(elsewhere.get("/sign-in?app_id=" + spa.id()).location()).isEqualTo("/unknown-session");
        assertThat(elsewhere
                        .json("PUT", "/api/experience", Map.of("interactionEvent", "SignIn"))
                        .status())
                .isIn(400, 404);
        assertThat(here.get("/sign-in?app_id=" + spa.id()).status()).isEqualTo(200);
    }

    @Test
    void an_id_token_of_one_tenant_is_no_hint_at_the_other_LO3() {
        String hint = member(oidc.signIn(client, user, "openid"), "id_token");
        assertThat(there().form("/oidc/session/end", form("id_token_hint", hint))
                        .status())
                .isEqualTo(400);
        Map<String, String> hinted = params(spa.id(), "id_token_hint", hint);
        assertThat(there().get("/oidc/auth?" + TestBrowser.encode(hinted)).location())
                .contains("error=invalid_request");
        assertThat(oidc.browser()
                        .form("/oidc/session/end", form("id_token_hint", hint))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_client_of_one_tenant_is_unknown_at_the_other_CA2() {
        Client alone = oidc.web();
        Answer answer = there().form("/oidc/token/introspection", form("token", "x"), "Authorization", alone.basic());
        assertThat(answer.json().path("error").asString()).isEqualTo("invalid_client");
        Answer asked = there().get("/oidc/auth?" + TestBrowser.encode(params(alone.id())));
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.header("Location")).isEmpty();
    }

    /** A proof names the endpoint that it is for, host and all (RFC 9449 section 4.3). */
    @Test
    void a_proof_for_one_tenants_endpoint_is_none_at_the_other_rfc9449_4_3() {
        Client bound = oidc.client("Traditional", "{\"dpop\":\"optional\"}");
        twin("applications", "id", bound.id());
        twin("application_secrets", "application_id", bound.id());
        String proof = new TestProofs(oidc.server(), TestKey.of("ES256")).token();
        Answer answer = there().form(
                        "/oidc/token",
                        form("grant_type", "refresh_token", "refresh_token", "x"),
                        "Authorization",
                        bound.basic(),
                        "DPoP",
                        proof);
        assertThat(answer.json().path("error").asString()).as(answer.text()).isEqualTo("invalid_dpop_proof");
    }
}
