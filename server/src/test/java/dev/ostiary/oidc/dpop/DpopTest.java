package dev.ostiary.oidc.dpop;

import static dev.ostiary.oidc.TestOidc.form;
import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.grants.TestGrants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import dev.ostiary.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9449, from the code to the resource. */
class DpopTest {
    private static final String OPTIONAL = "{\"dpop\":\"optional\"}";
    private static final String REQUIRED = "{\"dpop\":\"required\"}";

    private static TestOidc oidc;
    private static TestProofs proofs;
    private static String user;

    @BeforeAll
    static void open() {
        oidc = TestOidc.start();
        proofs = TestProofs.of(oidc.server());
        user = oidc.user("dpop");
    }

    @BeforeEach
    void now() {
        oidc.server().clock().reset();
    }

    @AfterAll
    static void close() {
        oidc.close();
    }

    private static Answer token(Client client, @Nullable String proof, Map<String, String> form) {
        Map<String, String> whole = new LinkedHashMap<>(form);
        List<String> headers = new ArrayList<>();
        if (client.secret().isEmpty()) {
            whole.put("client_id", client.id());
        } else {
            headers.addAll(List.of("Authorization", client.basic()));
        }
        if (proof != null) {
            headers.addAll(List.of("DPoP", proof));
        }
        return oidc.browser().form("/oidc/token", whole, headers.toArray(String[]::new));
    }

    private static Answer redeem(Client client, @Nullable String proof, String scope) {
        return token(client, proof, TestGrants.redemption(oidc.code(client, user, scope)));
    }

    private static Answer refresh(Client client, @Nullable String proof, String refreshToken) {
        return token(client, proof, form("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    private static Answer me(String scheme, String token, @Nullable String proof) {
        return proof == null
                ? oidc.browser().get("/oidc/me", "Authorization", scheme + " " + token)
                : oidc.browser().get("/oidc/me", "Authorization", scheme + " " + token, "DPoP", proof);
    }

    private static void refused(Answer answer, int status, String error, String description) {
        TestGrants.refused(answer, status, error, description);
    }

    private static void refusedProof(Answer answer, String description) {
        refused(answer, 400, "invalid_dpop_proof", description);
        assertThat(answer.header("DPoP-Nonce")).isPresent();
    }

    // what is bound ---------------------------------------------------------------------------------------------------

    @Test
    void off_is_the_default_and_the_header_is_not_looked_at_TK11() {
        Client client = oidc.web();
        for (String header : List.of(proofs.token(), "nonsense")) {
            Answer answer = ok(redeem(client, header, "openid"));
            assertThat(member(answer, "token_type")).isEqualTo("Bearer");
            assertThat(answer.header("DPoP-Nonce")).isEmpty();
            ok(oidc.userinfo(member(answer, "access_token")));
        }
    }

    @Test
    void who_has_nothing_to_do_with_it_pays_nothing_for_it() {
        String indicator = "https://api.example/" + System.nanoTime();
        oidc.resource(indicator);
        Client machine = oidc.machine();
        Map<String, String> form = form("grant_type", "client_credentials", "resource", indicator);
        ok(token(machine, null, form));
        long before = oidc.database().statements();
        ok(token(machine, null, form));
        long plain = oidc.database().statements() - before;
        ok(token(machine, proofs.token(), form));
        assertThat(oidc.database().statements() - before - plain).isEqualTo(plain);
        // The one that is written is the entry of the audit log.
        assertThat(plain).isEqualTo(1);
    }

    @Test
    void who_sends_a_proof_gets_a_token_that_needs_its_key_TK11() {
        Client client = oidc.client("Traditional", OPTIONAL);
        Answer answer = ok(redeem(client, proofs.token(), "openid profile"));
        assertThat(member(answer, "token_type")).isEqualTo("DPoP");
        assertThat(answer.header("DPoP-Nonce")).isPresent();
        String token = member(answer, "access_token");
        ok(me("DPoP", token, proofs.me(token)));

        Answer bearer = me("Bearer", token, null);
        refused(bearer, 401, "invalid_token", "the access token is bound to a key and needs the DPoP scheme");
        assertThat(bearer.header("WWW-Authenticate").orElseThrow())
                .startsWith("DPoP realm=\"" + oidc.server().origin() + "/oidc\", error=\"invalid_token\"")
                .endsWith("algs=\"ES256 ES384 ES512 Ed25519 EdDSA PS256 RS256\"");
        refused(
                me("Bearer", token, proofs.me(token)),
                401,
                "invalid_token",
                "the access token is bound to a key and needs the DPoP scheme");
        refused(me("DPoP", token, null), 401, "invalid_dpop_proof", "a DPoP proof is required");
        TestProofs thief = TestProofs.of(oidc.server());
        refused(me("DPoP", token, thief.me(token)), 401, "invalid_token", "the access token is bound to another key");
        assertThat(oidc.browser().form("/oidc/me", form("access_token", token)).status())
                .isEqualTo(401);
    }

    @Test
    void who_sends_none_gets_a_bearer_token_and_the_scheme_is_for_bound_ones() {
        Client client = oidc.client("Traditional", OPTIONAL);
        Answer answer = ok(redeem(client, null, "openid"));
        assertThat(member(answer, "token_type")).isEqualTo("Bearer");
        String token = member(answer, "access_token");
        ok(oidc.userinfo(token));
        refused(me("DPoP", token, proofs.me(token)), 401, "invalid_token", "the access token is not bound to a key");
    }

    @Test
    void a_signed_token_says_its_key_and_introspection_does() {
        String indicator = "https://api.example/" + System.nanoTime();
        String api = oidc.resource(indicator, "read");
        Client machine = oidc.client("MachineToMachine", OPTIONAL);
        oidc.permit(machine.id(), api, "read");
        Map<String, String> form = form("grant_type", "client_credentials", "resource", indicator, "scope", "read");
        Answer bound = ok(token(machine, proofs.token(), form));
        assertThat(oidc.verified(member(bound, "access_token"), "at+jwt")
                        .claims()
                        .get("cnf"))
                .isEqualTo(Map.of("jkt", proofs.jkt()));
        assertThat(member(bound, "token_type")).isEqualTo("DPoP");
        Answer free = ok(token(machine, null, form));
        assertThat(oidc.verified(member(free, "access_token"), "at+jwt").claims())
                .doesNotContainKey("cnf");

        Client web = oidc.client("Traditional", OPTIONAL);
        String opaque = member(ok(redeem(web, proofs.token(), "openid")), "access_token");
        Answer told = ok(oidc.post("/oidc/token/introspection", web, "token", opaque));
        assertThat(told.json().path("cnf").path("jkt").asString()).isEqualTo(proofs.jkt());
        assertThat(member(told, "token_type")).isEqualTo("DPoP");
    }

    @Test
    void a_public_clients_refresh_token_is_worth_nothing_without_its_key() {
        Client spa = oidc.client("SPA", OPTIONAL);
        String refresh = member(ok(redeem(spa, proofs.token(), "openid offline_access")), "refresh_token");
        TestGrants.refused(refresh(spa, null, refresh));
        TestGrants.refused(refresh(spa, TestProofs.of(oidc.server()).token(), refresh));
        Answer next = ok(refresh(spa, proofs.token(), refresh));
        assertThat(member(next, "token_type")).isEqualTo("DPoP");
        String rotated = member(next, "refresh_token");
        assertThat(rotated).isNotEqualTo(refresh);
        TestGrants.refused(refresh(spa, TestProofs.of(oidc.server()).token(), rotated));
        String token = member(ok(refresh(spa, proofs.token(), rotated)), "access_token");
        ok(me("DPoP", token, proofs.me(token)));
        assertThat(me("Bearer", token, null).status()).isEqualTo(401);
    }

    @Test
    void a_confidential_client_may_change_its_key() {
        Client web = oidc.client("Traditional", OPTIONAL);
        String refresh = member(ok(redeem(web, proofs.token(), "openid offline_access")), "refresh_token");
        TestProofs next = TestProofs.of(oidc.server());
        String token = member(ok(refresh(web, next.token(), refresh)), "access_token");
        ok(me("DPoP", token, next.me(token)));
        assertThat(me("DPoP", token, proofs.me(token)).status()).isEqualTo(401);
    }

    @Test
    void a_bound_token_is_not_exchanged_by_a_client_that_anybody_can_be() {
        Client spa = oidc.client("SPA", "{\"dpop\":\"optional\",\"allowTokenExchange\":true}");
        String token = member(ok(redeem(spa, proofs.token(), "openid")), "access_token");
        Map<String, String> form = form(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                token,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "scope",
                "openid");
        TestGrants.refused(token(spa, null, form));
        TestGrants.refused(token(spa, TestProofs.of(oidc.server()).token(), form));
        Answer exchanged = ok(token(spa, proofs.token(), form));
        assertThat(member(exchanged, "token_type")).isEqualTo("DPoP");
        String own = member(exchanged, "access_token");
        ok(me("DPoP", own, proofs.me(own)));
        assertThat(me("Bearer", own, null).status()).isEqualTo(401);
    }

    @Test
    void the_account_api_asks_for_the_key_too_TK11() {
        Client client = oidc.client("Traditional", OPTIONAL);
        String token = member(ok(redeem(client, proofs.token(), "openid identities")), "access_token");
        String path = "/api/my-account/sso-identities/none/access-token";
        Answer bearer = oidc.browser().get(path, "Authorization", "Bearer " + token);
        assertThat(bearer.status()).isEqualTo(401);
        assertThat(bearer.header("WWW-Authenticate").orElseThrow()).startsWith("DPoP ");
        String proof = proofs.proof("GET", path, "ath", Hashes.sha256Base64Url(token));
        Answer proven = oidc.browser().get(path, "Authorization", "DPoP " + token, "DPoP", proof);
        assertThat(proven.status()).as(proven.text()).isEqualTo(404);
        assertThat(oidc.browser()
                        .get(path, "Authorization", "DPoP " + token, "DPoP", proof)
                        .status())
                .isEqualTo(401);
    }

    // nonces ----------------------------------------------------------------------------------------------------------

    @Test
    void required_needs_a_proof_with_a_nonce_of_ours() {
        Client client = oidc.client("Traditional", REQUIRED);
        String code = oidc.code(client, user, "openid");
        Answer none = token(client, null, TestGrants.redemption(code));
        refused(none, 400, "invalid_request", "a DPoP proof is required");
        assertThat(none.header("DPoP-Nonce")).isPresent();
        Answer asked = token(client, proofs.token(), TestGrants.redemption(code));
        refused(asked, 400, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof");
        String nonce = asked.header("DPoP-Nonce").orElseThrow();
        for (Object wrong : List.of("x", nonce + "A", nonce.substring(1), 5)) {
            assertThat(token(client, proofs.token("nonce", wrong), TestGrants.redemption(code))
                            .code())
                    .isEqualTo("oidc.use_dpop_nonce");
        }
        Answer answer = ok(token(client, proofs.token("nonce", nonce), TestGrants.redemption(code)));
        String token = member(answer, "access_token");
        Answer atResource = me("DPoP", token, proofs.me(token));
        refused(atResource, 401, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof");
        assertThat(atResource.header("WWW-Authenticate").orElseThrow()).contains("error=\"use_dpop_nonce\"");
        ok(me(
                "DPoP",
                token,
                proofs.me(token, "nonce", atResource.header("DPoP-Nonce").orElseThrow())));
    }

    @Test
    void a_nonce_lives_for_minutes_and_is_not_another_tenants() {
        Client client = oidc.client("Traditional", OPTIONAL);
        String nonce = ok(redeem(client, proofs.token(), "openid"))
                .header("DPoP-Nonce")
                .orElseThrow();
        ok(redeem(client, proofs.token("nonce", nonce), "openid"));
        String foreign = nonceOfAnotherTenant();
        assertThat(redeem(client, proofs.token("nonce", foreign), "openid").code())
                .isEqualTo("oidc.use_dpop_nonce");
        oidc.server().clock().forward(Duration.ofMinutes(5));
        ok(redeem(client, proofs.token("nonce", nonce), "openid"));
        oidc.server().clock().forward(Duration.ofMinutes(6));
        assertThat(redeem(client, proofs.token("nonce", nonce), "openid").code())
                .isEqualTo("oidc.use_dpop_nonce");
    }

    private static String nonceOfAnotherTenant() {
        var machine = oidc.server()
                .adminApi()
                .created(
                        "/applications",
                        Map.of(
                                "name", "Other",
                                "type", "MachineToMachine",
                                "customClientMetadata", Map.of("dpop", "required")));
        String id = machine.path("id").asString();
        String secret = oidc.server()
                .adminApi()
                .get("/applications/" + id + "/secrets")
                .json()
                .get(0)
                .path("value")
                .asString();
        String endpoint = oidc.server().adminOrigin() + "/oidc/token";
        return new TestBrowser(oidc.server().adminOrigin())
                .form(
                        "/oidc/token",
                        form("grant_type", "client_credentials"),
                        "Authorization",
                        Client.basic(id, secret),
                        "DPoP",
                        proofs.token("htu", endpoint))
                .header("DPoP-Nonce")
                .orElseThrow();
    }

    @Test
    void scripts_may_read_the_nonce() {
        Client client = oidc.client("Traditional", OPTIONAL);
        Map<String, String> form = TestGrants.redemption(oidc.code(client, user, "openid"));
        Answer answer = oidc.browser()
                .form(
                        "/oidc/token",
                        form,
                        "Authorization",
                        client.basic(),
                        "DPoP",
                        proofs.token(),
                        "Origin",
                        "http://localhost:3000");
        assertThat(ok(answer).header("Access-Control-Expose-Headers")).contains("WWW-Authenticate, DPoP-Nonce");
    }

    // proofs ----------------------------------------------------------------------------------------------------------

    @Test
    void a_proof_may_be_signed_with_any_advertised_algorithm() {
        Client client = oidc.client("MachineToMachine", OPTIONAL);
        String indicator = "https://api.example/" + System.nanoTime();
        oidc.resource(indicator);
        for (String algorithm : List.of("RS256", "PS256", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")) {
            TestProofs own = new TestProofs(oidc.server(), TestKey.of(algorithm));
            Answer answer =
                    ok(token(client, own.token(), form("grant_type", "client_credentials", "resource", indicator)));
            assertThat(oidc.verified(member(answer, "access_token"), "at+jwt")
                            .claims()
                            .get("cnf"))
                    .as(algorithm)
                    .isEqualTo(Map.of("jkt", own.jkt()));
        }
    }

    @Test
    void what_a_proof_must_say_is_told_by_name() {
        Client client = oidc.client("Traditional", OPTIONAL);
        String here = oidc.server().origin() + "/oidc/token";
        long now = oidc.server().clock().instant().getEpochSecond();
        Map<String, String> table = new LinkedHashMap<>();
        table.put(proofs.token("htm", "GET"), "htm must be POST");
        table.put(proofs.token("htm", "post"), "htm must be POST");
        table.put(proofs.token("htm", null), "htm must be POST");
        for (Object htu : new Object[] {
            null,
            5,
            "",
            "/oidc/token",
            here + "/",
            here + "/../token",
            oidc.server().origin() + "/oidc/me",
            "https://evil.example/oidc/token",
            here.replace("http://", "http://evil@"),
            here.replace("http://", "https://"),
            "http://[bad"
        }) {
            table.put(proofs.token("htu", htu), "htu must be " + here);
        }
        for (Object iat : new Object[] {null, "now", now - 62, now + 70, Long.MAX_VALUE, Long.MIN_VALUE, 1e300}) {
            table.put(proofs.token("iat", iat), "iat must be within 60 seconds of now");
        }
        for (Object jti : new Object[] {null, "", 7, "x".repeat(257)}) {
            table.put(proofs.token("jti", jti), "jti must be a text of 1 to 256 characters");
        }
        Map<String, Object> claims = proofs.claims("POST", "/oidc/token");
        table.put(proofs.key.sign(proofs.header("typ", "JWT"), claims), "typ of the DPoP proof must be dpop+jwt");
        table.put(proofs.key.sign(proofs.header("typ", null), claims), "typ of the DPoP proof must be dpop+jwt");
        table.forEach((proof, reason) -> refusedProof(redeem(client, proof, "openid"), reason));
        for (String htu : List.of(here + "?a=b", here + "#x", here.replace("http://127", "HTTP://127"))) {
            ok(redeem(client, proofs.token("htu", htu), "openid"));
        }
        ok(redeem(client, proofs.token("iat", now - 10), "openid"));
        ok(redeem(client, proofs.token("iat", now + 10), "openid"));
    }

    @Test
    void the_key_of_a_proof_is_public_asymmetric_and_in_its_header_alone_TK2_TK4() {
        Client client = oidc.client("Traditional", OPTIONAL);
        Map<String, Object> claims = proofs.claims("POST", "/oidc/token");
        TestKey other = TestKey.of("ES256");
        String noKey = "the DPoP proof must bring its public key, and that alone";
        String noJwt = "the DPoP proof is no signed JWT";
        Map<String, String> table = new LinkedHashMap<>();
        table.put(proofs.key.sign(proofs.header("jwk", null), claims), noKey);
        table.put(proofs.key.sign(proofs.header("jwk", "x"), claims), noKey);
        table.put(proofs.key.sign(proofs.header("jwk", Map.of("kty", "oct", "k", "AAAA")), claims), noKey);
        table.put(proofs.key.sign(proofs.header("jwk", proofs.key.jwk().put("d", "AAAA")), claims), noKey);
        table.put(proofs.key.sign(proofs.header("jwk", TestKey.of("ES384").jwk()), claims), noKey);
        table.put(
                proofs.key.sign(proofs.header("jwk", other.jwk()), claims),
                "the signature of the DPoP proof does not verify");
        for (String member : List.of("jku", "x5u", "crit", "zip", "b64")) {
            table.put(proofs.key.sign(proofs.header(member, "http://127.0.0.1:1/x"), claims), noJwt);
        }
        byte[] publicKey = Json.write(proofs.key.jwk()).getBytes(StandardCharsets.UTF_8);
        String input =
                TestKey.base64(Json.write(proofs.header("alg", "HS256"))) + "." + TestKey.base64(Json.write(claims));
        table.put(input + "." + Hmac.withKey(publicKey).sign(input), "the algorithm of the DPoP proof is not allowed");
        String none =
                TestKey.base64(Json.write(proofs.header("alg", "none"))) + "." + TestKey.base64(Json.write(claims));
        table.put(none + ".AAAA", "the algorithm of the DPoP proof is not allowed");
        table.put(none + ".", noJwt);
        table.put("a, b", noJwt);
        table.put("x".repeat(12_000), noJwt);
        table.put(proofs.key.signText("[".repeat(5000), "{}"), noJwt);
        table.put(proofs.key.signText(Json.write(proofs.header("alg", "ES256")), "{\"a\":".repeat(2000)), noJwt);
        table.put("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiemlwIjoiREVGIn0..AAAA." + "A".repeat(12_000) + ".A", noJwt);
        table.forEach((proof, reason) -> refusedProof(redeem(client, proof, "openid"), reason));
    }

    @Test
    void with_a_token_a_proof_is_for_that_token() {
        Client client = oidc.client("Traditional", OPTIONAL);
        String token = member(ok(redeem(client, proofs.token(), "openid")), "access_token");
        String other = member(ok(redeem(client, proofs.token(), "openid")), "access_token");
        for (String proof : List.of(proofs.me(other), proofs.me(token, "ath", null), proofs.me(token, "ath", token))) {
            refused(me("DPoP", token, proof), 401, "invalid_dpop_proof", "ath must be the hash of the access token");
        }
    }

    @Test
    void a_proof_is_good_once_for_two_threads_and_on_two_nodes_RFC9449_11_1() throws Exception {
        Client client = oidc.client("Traditional", OPTIONAL);
        String token = member(ok(redeem(client, proofs.token(), "openid")), "access_token");
        String contested = proofs.me(token);
        assertThat(TestGrants.atOnce(8, () -> me("DPoP", token, contested)))
                .extracting(Answer::status)
                .containsOnlyOnce(200);
        refused(me("DPoP", token, contested), 401, "invalid_dpop_proof", "the proof was used before");

        try (TestServer second = TestServer.start(oidc.server().database(), BootstrapCredentials.none())) {
            String ath = Hashes.sha256Base64Url(token);
            String here =
                    proofs.key.sign(proofs.header(), proofs.claims("GET", "/oidc/me", "ath", ath, "jti", "twice"));
            String there = proofs.key.sign(
                    proofs.header(),
                    proofs.claims("GET", "/oidc/me", "ath", ath, "jti", "twice", "htu", second.origin() + "/oidc/me"));
            ok(me("DPoP", token, here));
            Answer again = second.browser().get("/oidc/me", "Authorization", "DPoP " + token, "DPoP", there);
            refused(again, 401, "invalid_dpop_proof", "the proof was used before");
            String fresh = proofs.key.sign(
                    proofs.header(), proofs.claims("GET", "/oidc/me", "ath", ath, "htu", second.origin() + "/oidc/me"));
            ok(second.browser().get("/oidc/me", "Authorization", "DPoP " + token, "DPoP", fresh));
        }
    }

    @Test
    void what_was_used_is_forgotten_once_it_is_too_old_anyway() {
        Client client = oidc.client("Traditional", OPTIONAL);
        ok(redeem(client, proofs.token("jti", "remembered"), "openid"));
        oidc.server().clock().forward(Duration.ofHours(2));
        new dev.ostiary.jobs.ExpiredRows(
                        Map.of("used_jtis", "expires_at"), oidc.server().clock())
                .run(oidc.database());
        assertThat(oidc.count("SELECT count(*) FROM used_jtis WHERE tenant_id = :tenant", Map.of()))
                .isZero();
    }
}
