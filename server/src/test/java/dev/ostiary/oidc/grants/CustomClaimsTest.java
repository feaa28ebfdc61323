package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static dev.ostiary.oidc.grants.TestGrants.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.TestOrganizations;
import dev.ostiary.oidc.dpop.TestProofs;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What scripts add to tokens, by every way to one; what they never can. */
class CustomClaimsTest {
    private static final String USERS = "/configs/jwt-customizer/access-token";
    private static final String MACHINES = "/configs/jwt-customizer/client-credentials";
    private static final String INDICATOR = "https://customized.example.com";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String IMPERSONATION = "urn:logto:token-type:impersonation_token";
    /** Everything that a script is told, as claims of other names. */
    private static final String ECHO =
            "const getCustomJwtClaims = ({ token, context, environmentVariables }) => ({ t: token, c: context, e:"
                    + " environmentVariables });";

    private static TestOidc oidc;
    private static TestGrants grants;
    private static TestApi api;
    private static Client web;
    private static Client machine;
    private static String user;

    @BeforeAll
    static void start() {
        oidc = TestOidc.start();
        grants = new TestGrants(oidc);
        api = oidc.server().api();
        web = oidc.client("Traditional", "{\"allowTokenExchange\":true}");
        machine = oidc.machine();
        user = oidc.user("ada");
        String resource = oidc.resource(INDICATOR, "read", "write");
        oidc.permit(user, resource, "read", "write");
        oidc.permit(machine.id(), resource, "read");
    }

    @AfterAll
    static void stop() {
        oidc.close();
    }

    @AfterEach
    void clean() {
        api.delete(USERS);
        api.delete(MACHINES);
    }

    private static void script(String path, String script) {
        script(path, Map.of("script", script));
    }

    private static void script(String path, Map<String, Object> body) {
        assertThat(api.put(path, body).status()).isIn(200, 201);
    }

    private static String code() {
        return grants.code(web, user, "openid offline_access profile read", INDICATOR, "read", "write");
    }

    private static Answer byCode(String... more) {
        String[] what = new String[more.length + 2];
        what[0] = "resource";
        what[1] = INDICATOR;
        System.arraycopy(more, 0, what, 2, more.length);
        return grants.redeem(web, code(), what);
    }

    private static Answer byMachine(String... more) {
        String[] what = new String[more.length + 4];
        what[0] = "grant_type";
        what[1] = "client_credentials";
        what[2] = "resource";
        what[3] = INDICATOR;
        System.arraycopy(more, 0, what, 4, more.length);
        return oidc.token(machine, what);
    }

    private static Map<String, Object> claims(Answer answer) {
        return oidc.verified(member(ok(answer), "access_token"), "at+jwt").claims();
    }

    private static JsonNode claim(Answer answer, String name) {
        return Json.tree(claims(answer).get(name));
    }

    @Test
    void a_code_s_token_has_the_claims_and_the_script_is_told_all_about_it() {
        script(USERS, Map.of("script", ECHO, "environmentVariables", Map.of("PLAN", "gold")));
        Map<String, Object> claims = claims(byCode());
        JsonNode token = Json.tree(claims.get("t"));
        assertThat(token.propertyNames())
                .containsExactlyInAnyOrder(
                        "jti",
                        "aud",
                        "scope",
                        "clientId",
                        "accountId",
                        "expiresWithSession",
                        "grantId",
                        "gty",
                        "sessionUid",
                        "kind");
        assertThat(token.path("jti").asString()).isEqualTo(claims.get("jti"));
        assertThat(token.path("aud").asString()).isEqualTo(INDICATOR);
        assertThat(token.path("scope").asString()).isEqualTo("read");
        assertThat(token.path("clientId").asString()).isEqualTo(web.id());
        assertThat(token.path("accountId").asString()).isEqualTo(user);
        assertThat(token.path("gty").asString()).isEqualTo("authorization_code");
        assertThat(token.path("kind").asString()).isEqualTo("AccessToken");
        assertThat(Json.tree(claims.get("e"))).isEqualTo(Json.read("{\"PLAN\":\"gold\"}"));
        JsonNode context = Json.tree(claims.get("c"));
        assertThat(context.propertyNames()).containsExactlyInAnyOrder("user", "application");
        assertThat(context.at("/user/username").asString()).startsWith("ada");
        assertThat(context.at("/user/hasPassword").isBoolean()).isTrue();
        assertThat(context.at("/user/roles/0/scopes/0/resource/indicator").asString())
                .isEqualTo(INDICATOR);
        assertThat(context.at("/user/roles/0/scopes/0/name").asString()).isEqualTo("read");
        assertThat(context.at("/user/ssoIdentities")).isEqualTo(Json.array());
        assertThat(context.at("/user/mfaVerificationFactors")).isEqualTo(Json.array());
        assertThat(context.at("/user/organizations")).isEqualTo(Json.array());
        assertThat(context.at("/user/organizationRoles")).isEqualTo(Json.array());
        assertThat(context.at("/application/id").asString()).isEqualTo(web.id());
        assertThat(context.toString()).doesNotContain(web.secret(), "passwordDigest");
    }

    @Test
    void every_way_to_a_signed_token_of_a_user_runs_the_script() {
        script(
                USERS,
                "const getCustomJwtClaims = ({ token, context }) => ({ way: token.gty, grant: context.grant?.type ??"
                        + " null });");
        Answer first = byCode();
        assertThat(claims(first)).containsEntry("way", "authorization_code").containsEntry("grant", null);
        assertThat(claims(oidc.refresh(web, member(first, "refresh_token"), "resource", INDICATOR)))
                .containsEntry("way", "authorization_code refresh_token");
        assertThat(claims(oidc.exchange(
                        web, oidc.subjectToken(user), IMPERSONATION, "resource", INDICATOR, "scope", "read")))
                .containsEntry("way", EXCHANGE)
                .containsEntry("grant", EXCHANGE);
        Client spa = oidc.spa();
        Answer rotating = grants.redeem(
                spa, grants.code(spa, user, "openid offline_access read", INDICATOR, "read"), "resource", INDICATOR);
        Answer rotated = oidc.refresh(spa, member(ok(rotating), "refresh_token"), "resource", INDICATOR);
        assertThat(claims(rotated)).containsEntry("way", "authorization_code refresh_token");
        assertThat(member(rotated, "refresh_token")).isNotEqualTo(member(rotating, "refresh_token"));
    }

    @Test
    void a_device_s_tokens_say_so_for_as_long_as_they_are_refreshed() {
        script(USERS, "const getCustomJwtClaims = ({ token }) => ({ way: token.gty });");
        Client tv = oidc.client("Native", "{\"isDeviceFlow\":true}");
        String code =
                oidc.deviceCode(tv, user, "openid offline_access read", Map.of(INDICATOR, java.util.Set.of("read")));
        Answer first = oidc.poll(tv, code, "resource", INDICATOR);
        assertThat(claims(first)).containsEntry("way", "device_code");
        Answer second = oidc.refresh(tv, member(first, "refresh_token"), "resource", INDICATOR);
        assertThat(claims(second)).containsEntry("way", "device_code refresh_token");
        assertThat(member(second, "refresh_token")).isNotEqualTo(member(first, "refresh_token"));
        Answer third = oidc.refresh(tv, member(second, "refresh_token"), "resource", INDICATOR);
        assertThat(claims(third)).containsEntry("way", "device_code refresh_token");
    }

    @Test
    void a_token_that_is_bound_to_a_key_stays_bound_to_it_whatever_the_script_says_SC4_TK11() {
        script(USERS, "const getCustomJwtClaims = () => ({ cnf: { jkt: 'mine' }, way: 'by proof' });");
        Client bound = oidc.client("Native", "{\"dpop\":\"optional\",\"isDeviceFlow\":true}");
        TestProofs proofs = TestProofs.of(oidc.server());
        String code =
                oidc.deviceCode(bound, user, "openid offline_access read", Map.of(INDICATOR, java.util.Set.of("read")));
        Answer first = oidc.browser()
                .form(
                        "/oidc/token",
                        TestOidc.form(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "device_code",
                                code,
                                "client_id",
                                bound.id(),
                                "resource",
                                INDICATOR),
                        "DPoP",
                        proofs.proof("POST", "/oidc/token"));
        assertThat(claims(first))
                .containsEntry("cnf", Map.of("jkt", proofs.jkt()))
                .containsEntry("way", "by proof");
        assertThat(member(first, "token_type")).isEqualTo("DPoP");
        Answer second = oidc.browser()
                .form(
                        "/oidc/token",
                        TestOidc.form(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                member(first, "refresh_token"),
                                "client_id",
                                bound.id(),
                                "resource",
                                INDICATOR),
                        "DPoP",
                        proofs.proof("POST", "/oidc/token"));
        assertThat(claims(second))
                .containsEntry("cnf", Map.of("jkt", proofs.jkt()))
                .containsEntry("way", "by proof");
    }

    @Test
    void a_token_of_an_organization_tells_of_it() {
        TestOrganizations organizations = new TestOrganizations(oidc);
        String acme = organizations.organization("Acme");
        organizations.join(acme, user);
        organizations.permit(acme, user, "invite:member");
        script(USERS, ECHO);
        Answer signedIn = grants.redeem(
                web,
                oidc.code(
                        web,
                        user,
                        "openid offline_access urn:logto:scope:organizations invite:member",
                        Map.of("urn:logto:resource:organizations", java.util.Set.of("invite:member")),
                        TestOidc.CHALLENGE));
        Map<String, Object> claims =
                claims(oidc.refresh(web, member(ok(signedIn), "refresh_token"), "organization_id", acme));
        JsonNode context = Json.tree(claims.get("c"));
        assertThat(context.at("/organization"))
                .isEqualTo(Json.read("{\"id\":\"" + acme
                        + "\",\"name\":\"Acme\",\"description\":\"for a test\",\"customData\":{}}"));
        assertThat(context.at("/user/organizations/0/id").asString()).isEqualTo(acme);
        assertThat(context.at("/user/organizationRoles/0/organizationId").asString())
                .isEqualTo(acme);
        assertThat(context.at("/user/organizationRoles/0/roleName").asString()).isNotBlank();
        organizations.delete(acme);
    }

    @Test
    void the_last_sign_in_is_told_without_its_secrets() {
        script(USERS, ECHO);
        String code = code();
        oidc.update(
                """
                UPDATE sessions SET client_info = '{"ip":"192.0.2.7","userAgent":"Test"}', last_submission =
                    '{"interactionEvent":"SignIn","verificationRecords":[{"id":"v","type":"Password","verified":true}]}'
                WHERE tenant_id = :tenant
                """,
                Map.of());
        JsonNode told =
                claim(grants.redeem(web, code, "resource", INDICATOR), "c").path("interaction");
        assertThat(told.path("interactionEvent").asString()).isEqualTo("SignIn");
        assertThat(told.path("userId").asString()).isEqualTo(user);
        assertThat(told.at("/verificationRecords/0/type").asString()).isEqualTo("Password");
        assertThat(told.path("signInContext")).isEqualTo(Json.read("{\"ip\":\"192.0.2.7\",\"userAgent\":\"Test\"}"));
    }

    @Test
    void what_a_subject_token_was_made_with_reaches_the_script() {
        script(USERS, ECHO);
        String subject = api.created("/subject-tokens", Map.of("userId", user, "context", Map.of("ticket", "T-1")))
                .path("subjectToken")
                .asString();
        JsonNode grant = claim(oidc.exchange(web, subject, IMPERSONATION, "resource", INDICATOR), "c")
                .path("grant");
        assertThat(grant)
                .isEqualTo(Json.read("{\"type\":\"" + EXCHANGE + "\",\"subjectTokenContext\":{\"ticket\":\"T-1\"}}"));
        JsonNode other = claim(
                        oidc.exchange(
                                web,
                                oidc.personalAccessToken(user),
                                "urn:logto:token-type:personal_access_token",
                                "resource",
                                INDICATOR),
                        "c")
                .path("grant");
        assertThat(other).isEqualTo(Json.read("{\"type\":\"" + EXCHANGE + "\"}"));
    }

    @Test
    void machines_have_a_script_of_their_own() {
        script(USERS, "const getCustomJwtClaims = () => ({ of: 'users' });");
        assertThat(claims(byMachine())).doesNotContainKey("of");
        script(MACHINES, ECHO);
        Map<String, Object> claims = claims(byMachine("scope", "read"));
        assertThat(Json.tree(claims.get("t")))
                .isEqualTo(Json.tree(Map.of(
                        "jti",
                        claims.get("jti"),
                        "aud",
                        INDICATOR,
                        "scope",
                        "read",
                        "clientId",
                        machine.id(),
                        "kind",
                        "ClientCredentials")));
        assertThat(Json.tree(claims.get("c")).propertyNames()).containsExactly("application");
        assertThat(claims.get("e")).isNull();
    }

    @Test
    void opaque_tokens_and_ID_tokens_have_none() {
        script(USERS, "const getCustomJwtClaims = ({ api }) => api.denyAccess('It ran');");
        Answer opaque = ok(grants.redeem(web, code()));
        assertThat(member(opaque, "access_token")).hasSize(43);
        assertThat(oidc.verified(member(opaque, "id_token"), "").claims()).doesNotContainKey("way");
        ok(oidc.refresh(web, member(opaque, "refresh_token")));
    }

    @Test
    void what_we_say_ourselves_no_script_says_SC4() {
        String forging = "const getCustomJwtClaims = () => JSON.parse('"
                + "{\"jti\":\"j\",\"sub\":\"root\",\"iat\":1,\"exp\":9999999999,\"scope\":\"all\",\"client_id\":\"x\","
                + "\"iss\":\"https://evil\",\"aud\":\"https://default.logto.app/api\",\"act\":{\"sub\":\"root\"},"
                + "\"cnf\":{\"jkt\":\"evil\"},\"__proto__\":{\"a\":1},\"mine\":true}');";
        script(USERS, forging);
        script(MACHINES, forging);
        for (Map<String, Object> claims : List.of(claims(byCode()), claims(byMachine("scope", "read")))) {
            assertThat(claims)
                    .containsOnlyKeys("jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud", "mine")
                    .containsEntry("aud", INDICATOR)
                    .containsEntry("scope", "read");
            assertThat(claims.get("sub")).isIn(user, machine.id());
            assertThat((String) claims.get("jti")).hasSize(43);
        }
        Answer acting = oidc.exchange(
                web,
                oidc.subjectToken(user),
                IMPERSONATION,
                "resource",
                INDICATOR,
                "actor_token",
                member(ok(grants.redeem(web, code())), "access_token"),
                "actor_token_type",
                "urn:ietf:params:oauth:token-type:access_token");
        assertThat(claims(acting)).containsEntry("act", Map.of("sub", user)).containsEntry("mine", true);
    }

    @Test
    void a_script_may_deny_a_token_and_the_code_is_spent() {
        script(USERS, "const getCustomJwtClaims = ({ api }) => api.denyAccess('Come back on Monday');");
        String code = code();
        refused(grants.redeem(web, code, "resource", INDICATOR), 400, "access_denied", "Come back on Monday");
        api.delete(USERS);
        refused(grants.redeem(web, code, "resource", INDICATOR), 400, "invalid_grant", "grant request is invalid");
        script(MACHINES, "const getCustomJwtClaims = ({ api }) => api.denyAccess();");
        refused(byMachine(), 400, "access_denied", "Access denied");
    }

    @Test
    void a_script_that_fails_takes_nothing_away_unless_asked_to() {
        script(USERS, "const getCustomJwtClaims = ({ token }) => token.nothing.there;");
        assertThat(claims(byCode())).containsOnlyKeys("jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud");
        JsonNode entry =
                api.get("/logs?logKey=JwtCustomizer.AccessToken").json().get(0);
        assertThat(entry.at("/payload/result").asString()).isEqualTo("Error");
        assertThat(entry.at("/payload/userId").asString()).isEqualTo(user);
        assertThat(entry.at("/payload/errorDescription").asString())
                .startsWith("TypeError: ")
                .contains("line 1");

        script(
                MACHINES,
                Map.of("script", "const getCustomJwtClaims = () => { for (;;) {} };", "blockIssuanceOnError", true));
        refused(byMachine(), 400, "invalid_request", "custom claims of the token could not be made");
        assertThat(api.get("/logs?logKey=JwtCustomizer.ClientCredentials")
                        .json()
                        .at("/0/payload/errorDescription")
                        .asString())
                .contains("processor time");
    }

    @Test
    void a_code_is_worth_tokens_once_with_a_script_too_AZ1() throws Exception {
        script(
                USERS,
                "const getCustomJwtClaims = async () => { await new Promise((r) => setTimeout(r, 50)); return { a: 1 }"
                        + " };");
        String code = code();
        List<Answer> answers = TestGrants.atOnce(4, () -> grants.redeem(web, code, "resource", INDICATOR));
        assertThat(answers.stream().filter(answer -> answer.status() == 200).count())
                .isLessThanOrEqualTo(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("oidc.invalid_grant"));
    }

    @Test
    void what_ends_while_a_script_runs_is_worth_no_token_RT3() throws Exception {
        HttpServer ending = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ending.createContext("/", exchange -> {
            oidc.update("DELETE FROM grants WHERE tenant_id = :tenant AND user_id = :user", Map.of("user", user));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        ending.start();
        try {
            String refresh = member(ok(byCode()), "refresh_token");
            String asking = "const getCustomJwtClaims = async () => { await fetch('http://127.0.0.1:"
                    + ending.getAddress().getPort() + "/'); return {} };";
            script(USERS, asking);
            refused(
                    oidc.refresh(web, refresh, "resource", INDICATOR),
                    400,
                    "invalid_grant",
                    "grant request is invalid");
            String code = grants.code(web, user, "openid read", INDICATOR, "read");
            refused(grants.redeem(web, code, "resource", INDICATOR), 400, "invalid_grant", "grant request is invalid");
        } finally {
            ending.stop(0);
        }
    }

    @Test
    void while_a_script_waits_for_the_network_no_connection_waits_with_it() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(4);
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        slow.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/")) {
                arrived.countDown();
            }
            try {
                hold.await(exchange.getRequestURI().getPath().equals("/") ? 4 : 0, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            exchange.close();
        });
        slow.start();
        try {
            String asking = "const getCustomJwtClaims = async () => { const r = await fetch('http://127.0.0.1:"
                    + slow.getAddress().getPort() + "/%s'); return { got: await r.json() } };";
            // The first fetch of a program loads the HTTP client.
            script(USERS, asking.formatted("first"));
            ok(byCode());
            script(USERS, asking.formatted(""));
            List<String> codes = List.of(code(), code(), code(), code());
            var pool = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor();
            List<java.util.concurrent.Future<Answer>> waiting = codes.stream()
                    .map(code -> pool.submit(() -> grants.redeem(web, code, "resource", INDICATOR)))
                    .toList();
            assertThat(arrived.await(4, TimeUnit.SECONDS)).isTrue();
            assertThat(oidc.count(
                            "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
                                    + " AND :tenant IS NOT NULL AND datname = current_database()",
                            Map.of()))
                    .isZero();
            hold.countDown();
            for (var one : waiting) {
                assertThat(claims(one.get())).containsEntry("got", Map.of());
            }
            pool.close();
        } finally {
            slow.stop(0);
        }
    }

    @Test
    void another_node_runs_what_was_saved_here_at_once() throws Exception {
        try (TestServer other = TestServer.start(oidc.server().database(), BootstrapCredentials.none())) {
            script(MACHINES, "const getCustomJwtClaims = () => ({ version: 1 });");
            assertThat(versionAt(other)).isEqualTo(1);
            script(MACHINES, "const getCustomJwtClaims = () => ({ version: 2 });");
            awaitVersion(other, 2);
            api.delete(MACHINES);
            awaitVersion(other, 0);
        }
    }

    private static void awaitVersion(TestServer node, int version) throws InterruptedException {
        for (int i = 0; i < 100 && versionAt(node) != version; i++) {
            Thread.sleep(100);
        }
        assertThat(versionAt(node)).isEqualTo(version);
    }

    private static int versionAt(TestServer node) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("resource", INDICATOR);
        Answer answer = ok(node.browser().form("/oidc/token", form, "Authorization", machine.basic()));
        String payload = member(answer, "access_token").split("\\.")[1];
        return Json.read(java.util.Base64.getUrlDecoder().decode(payload))
                .path("version")
                .asInt(0);
    }

    @Test
    void without_a_script_no_statement_is_added() {
        String refresh = member(ok(byCode()), "refresh_token");
        ok(oidc.refresh(web, refresh, "resource", INDICATOR));
        ok(byMachine("scope", "read"));
        long ofRefresh = statements(() -> oidc.refresh(web, refresh, "resource", INDICATOR));
        long ofMachine = statements(() -> byMachine("scope", "read"));
        script(USERS, "const getCustomJwtClaims = () => ({});");
        script(MACHINES, "const getCustomJwtClaims = () => ({});");
        ok(oidc.refresh(web, refresh, "resource", INDICATOR));
        ok(byMachine("scope", "read"));
        // roles, organizations, identities, the session's last sign-in; and whether the grant has outlived the script
        assertThat(statements(() -> oidc.refresh(web, refresh, "resource", INDICATOR)))
                .isLessThanOrEqualTo(ofRefresh + 5);
        assertThat(statements(() -> byMachine("scope", "read"))).isEqualTo(ofMachine);
        assertThat(ofMachine).isLessThanOrEqualTo(2);
    }

    /** The least of some: the notice of a change of before may come late and cost one more. */
    private long statements(Supplier<Answer> request) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long before = oidc.database().statements();
            ok(request.get());
            least = Math.min(least, oidc.database().statements() - before);
        }
        return least;
    }
}
