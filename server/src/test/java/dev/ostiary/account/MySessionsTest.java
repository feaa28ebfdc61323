package dev.ostiary.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MySessionsTest {
    private static final String SCOPE = "openid urn:logto:scope:sessions";
    private static final String PASSWORD = "Kd8!pQz3vv0x";
    private static TestOidc house;

    @BeforeAll
    static void open() {
        house = TestOidc.start();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static TestApi api() {
        return house.server().api();
    }

    private static String user() {
        return api().created("/users", Map.of("username", "u" + System.nanoTime(), "password", PASSWORD))
                .path("id")
                .asString();
    }

    private static String token(String user, String scope) {
        return TestOidc.member(house.signIn(house.spa(), user, scope), "access_token");
    }

    private static Answer verify(String token, String password) {
        return house.browser()
                .json(
                        "POST",
                        "/api/verifications/password",
                        Map.of("password", password),
                        "Authorization",
                        "Bearer " + token);
    }

    private static String proof(String token) {
        Answer answer = verify(token, PASSWORD);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("verificationRecordId").asString();
    }

    private static Answer call(String method, String path, String token, String proof) {
        return house.browser()
                .send(
                        method,
                        "/api/my-account" + path,
                        null,
                        "Authorization",
                        "Bearer " + token,
                        "logto-verification-id",
                        proof);
    }

    private static JsonNode sessions(String token, String proof) {
        Answer answer = call("GET", "/sessions", token, proof);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        return answer.json().path("sessions");
    }

    @Test
    void users_see_where_they_are_signed_in_and_sign_out_there() {
        String user = user();
        String elsewhere = token(user, SCOPE);
        String here = token(user, SCOPE);
        String proof = proof(here);
        JsonNode list = sessions(here, proof);
        assertThat(list).hasSize(2);
        List<String> others = list.valueStream()
                .filter(session -> !session.path("isCurrent").asBoolean())
                .map(session -> session.at("/payload/uid").asString())
                .toList();
        assertThat(others).hasSize(1);
        assertThat(call("DELETE", "/sessions/" + others.getFirst(), here, proof).status())
                .isEqualTo(204);
        assertThat(sessions(here, proof)).hasSize(1);
        assertThat(house.userinfo(elsewhere).status()).isEqualTo(401);
        assertThat(house.userinfo(here).status()).isEqualTo(200);
    }

    @Test
    void users_see_what_they_have_let_in_and_end_it() {
        String user = user();
        TestOidc.Client other = house.web();
        Answer tokens = house.signIn(other, user, "openid offline_access");
        String here = token(user, SCOPE);
        String proof = proof(here);
        JsonNode grants = call("GET", "/grants", here, proof).json().path("grants");
        assertThat(grants).hasSize(2);
        String id = grants.valueStream()
                .filter(grant -> grant.at("/payload/clientId").asString().equals(other.id()))
                .map(grant -> grant.path("id").asString())
                .findFirst()
                .orElseThrow();
        assertThat(call("GET", "/grants?appType=thirdParty", here, proof).json().path("grants"))
                .isEmpty();
        assertThat(call("GET", "/grants?appType=x", here, proof).status()).isEqualTo(400);
        assertThat(call("DELETE", "/grants/" + id, here, proof).status()).isEqualTo(204);
        assertThat(house.refresh(other, TestOidc.member(tokens, "refresh_token"))
                        .status())
                .isEqualTo(400);
        Answer again = call("DELETE", "/grants/" + id, here, proof);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.code()).isEqualTo("oidc.invalid_grant");
    }

    @Test
    void SE3_nothing_of_another_user_is_seen_or_ended_and_its_proof_is_worth_nothing() {
        String owner = user();
        String attacker = user();
        String ownersToken = token(owner, SCOPE);
        String ownersProof = proof(ownersToken);
        String session = sessions(ownersToken, ownersProof).at("/0/payload/uid").asString();
        String grant = call("GET", "/grants", ownersToken, ownersProof)
                .json()
                .at("/grants/0/id")
                .asString();
        String token = token(attacker, SCOPE);
        assertThat(call("GET", "/sessions", token, ownersProof).code())
                .isEqualTo("verification_record.permission_denied");
        String proof = proof(token);
        Answer foreign = call("DELETE", "/sessions/" + session, token, proof);
        Answer unknown = call("DELETE", "/sessions/" + "a".repeat(43), token, proof);
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.text()).isEqualTo(unknown.text());
        assertThat(unknown.code()).isEqualTo("oidc.session_not_found");
        assertThat(unknown.json().at("/data/status").asInt()).isEqualTo(404);
        assertThat(call("DELETE", "/grants/" + grant, token, proof).status()).isEqualTo(404);
        assertThat(sessions(ownersToken, ownersProof)).hasSize(1);
    }

    @Test
    void an_access_token_alone_is_not_enough() {
        String user = user();
        String token = token(user, SCOPE);
        for (String proof : List.of("x", "0".repeat(21), "a".repeat(5000), "' OR 1=1")) {
            Answer answer = call("GET", "/sessions", token, proof);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("verification_record.permission_denied");
        }
        assertThat(house.browser()
                        .get("/api/my-account/sessions", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
        String proof = proof(token);
        String narrow = token(user, "openid");
        assertThat(call("GET", "/sessions", narrow, proof).code()).isEqualTo("auth.unauthorized");
        assertThat(call("GET", "/sessions", narrow, proof).status()).isEqualTo(401);
        String withoutOpenid = token(user, "offline_access urn:logto:scope:sessions openid");
        house.update(
                "UPDATE access_tokens SET scope = 'urn:logto:scope:sessions' WHERE tenant_id = :tenant AND id = :id",
                Map.of("id", dev.ostiary.crypto.Hashes.sha256(withoutOpenid)));
        assertThat(call("GET", "/sessions", withoutOpenid, proof).status()).isEqualTo(403);
        assertThat(call("GET", "/sessions", "nonsense", proof).status()).isEqualTo(401);
    }

    @Test
    void a_proof_lasts_ten_minutes_and_not_beyond_the_password_that_gave_it() {
        String user = user();
        String token = token(user, SCOPE);
        Answer answer = verify(token, PASSWORD);
        Instant expiresAt = Instant.parse(answer.json().path("expiresAt").asString());
        assertThat(Duration.between(house.server().clock().instant(), expiresAt))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        String proof = answer.json().path("verificationRecordId").asString();
        house.server().clock().forward(Duration.ofMinutes(9));
        assertThat(sessions(token, proof)).hasSize(1);
        house.server().clock().forward(Duration.ofMinutes(2));
        assertThat(call("GET", "/sessions", token, proof).status()).isEqualTo(401);
        String next = proof(token);
        api().patch("/users/" + user + "/password", Map.of("password", "another-Kd8!pQz3"));
        assertThat(call("GET", "/sessions", token, next).status()).isEqualTo(401);
    }

    @Test
    void SI3_a_wrong_password_is_refused_and_counts_as_at_the_sign_in() {
        api().patch("/sign-in-exp", Map.of("sentinelPolicy", Map.of("maxAttempts", 3, "lockoutDuration", 5)));
        String user = user();
        String token = token(user, SCOPE);
        for (int i = 0; i < 2; i++) {
            Answer wrong = verify(token, "wrong");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.code()).isEqualTo("session.invalid_credentials");
        }
        assertThat(verify(token, "wrong").code()).isEqualTo("session.verification_blocked_too_many_attempts");
        assertThat(verify(token, PASSWORD).code()).isEqualTo("session.verification_blocked_too_many_attempts");
        assertThat(verify(token, "").code()).isEqualTo("guard.invalid_input");
        JsonNode log = api().get("/logs?logKey=AccountApi.Verification.Password&userId=" + user)
                .json();
        assertThat(log).hasSize(4);
        assertThat(log.toString()).doesNotContain("wrong\"").doesNotContain(PASSWORD);
    }

    @Test
    void an_application_of_somebody_else_may_not_change_anything() {
        String user = user();
        TestOidc.Client foreign = house.spa();
        house.update(
                "UPDATE applications SET is_third_party = true WHERE tenant_id = :tenant AND id = :id",
                Map.of("id", foreign.id()));
        String token = TestOidc.member(house.redeem(foreign, house.code(foreign, user, SCOPE)), "access_token");
        String proof = proof(token(user, SCOPE));
        for (String path : List.of("/sessions/" + "a".repeat(43), "/grants/x")) {
            Answer answer = call("DELETE", path, token, proof);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("auth.third_party_application_forbidden");
        }
        assertThat(verify(token, PASSWORD).code()).isEqualTo("auth.third_party_application_forbidden");
    }

    @Test
    void applications_call_it_from_their_own_pages() {
        Answer preflight = house.browser()
                .send(
                        "OPTIONS",
                        "/api/verifications/password",
                        null,
                        "Origin",
                        "https://shop.example",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,logto-verification-id");
        assertThat(preflight.header("Access-Control-Allow-Origin")).contains("https://shop.example");
        assertThat(preflight.header("Access-Control-Allow-Headers").orElseThrow())
                .contains("logto-verification-id");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
    }
}
