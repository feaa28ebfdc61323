package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExperienceTest {
    private static final String UNKNOWN_ID = "a".repeat(21);

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        assertThat(Visitor.of(server).register("alice").status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Visitor visitor() {
        return Visitor.of(server);
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    private static void change(String sql) {
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(sql).execute());
    }

    private static <T> T one(String sql, Class<T> type) {
        return server.app()
                .database()
                .read(Tenants.DEFAULT, tx -> tx.query(sql).mapTo(type).one());
    }

    @Test
    void a_password_signs_in_and_the_answer_says_who() {
        Visitor visitor = visitor();
        assertThat(visitor.signIn("alice").status()).isEqualTo(204);
        Answer submitted = visitor.submit();
        assertThat(submitted.status()).isEqualTo(200);
        assertThat(submitted.json().get("redirectTo").asString())
                .isEqualTo(server.origin() + "/oidc/auth/" + visitor.uid);
        String alice = one("SELECT id FROM users WHERE username = 'alice'", String.class);
        assertThat(one(
                        "SELECT answer->'login'->>'accountId' FROM interactions WHERE answer IS NOT NULL"
                                + " ORDER BY created_at DESC LIMIT 1",
                        String.class))
                .isEqualTo(alice);
        assertThat(one(
                        "SELECT answer::text FROM interactions WHERE answer IS NOT NULL ORDER BY created_at DESC LIMIT 1",
                        String.class))
                .doesNotContain("argon2");
        assertThat(one("SELECT count(*) FROM logs WHERE key = 'Interaction.SignIn.Submit'", Long.class))
                .isPositive();
    }

    @Test
    void a_registration_makes_the_user_and_ends_like_a_sign_in() {
        Visitor visitor = visitor();
        visitor.begin("Register");
        Answer identity = visitor.newIdentity("registered", Visitor.PASSWORD);
        Answer identified =
                visitor.identify(identity.json().get("verificationId").asString());
        assertThat(identified.status()).isEqualTo(201);
        assertThat(visitor.submit().json().get("redirectTo").asString()).contains("/oidc/auth/");
        assertThat(one("SELECT count(*) FROM users WHERE username = 'registered'", Long.class))
                .isEqualTo(1);
        assertThat(visitor().signIn("registered").status()).isEqualTo(204);
    }

    @Test
    void the_order_of_refusals_is_interaction_then_state_then_body() {
        TestBrowser nobody = new TestBrowser(server.origin());
        Answer answer = nobody.send("PUT", "/api/experience", "{broken", "Content-Type", "application/json");
        refused(answer, 400, "session.not_found");
        assertThat(answer.json().get("error").asString()).isEqualTo("invalid_request");
        assertThat(answer.json().get("error_description").asString()).isEqualTo("interaction session not found");

        Visitor visitor = visitor();
        refused(visitor.raw("POST", "/verification/password", "{broken"), 404, "session.interaction_not_found");
        refused(visitor.call("GET", "/interaction", null), 404, "session.interaction_not_found");
        visitor.begin("SignIn");
        Answer malformed = visitor.raw("POST", "/verification/password", "{broken");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.json().has("code")).isFalse();
        assertThat(malformed.json().has("message")).isTrue();
    }

    @Test
    void an_unknown_event_is_told_by_its_key_and_unknown_keys_are_ignored() {
        Visitor visitor = visitor();
        Answer answer = visitor.call("PUT", "", Map.of("interactionEvent", "X"));
        refused(answer, 400, "guard.invalid_input");
        JsonNode issue = answer.json().at("/data/issues/0");
        assertThat(issue.get("code").asString()).isEqualTo("invalid_enum_value");
        assertThat(issue.get("path").get(0).asString()).isEqualTo("interactionEvent");
        assertThat(answer.json().at("/data/name").asString()).isEqualTo("ZodError");
        assertThat(answer.json().get("details").asString())
                .startsWith("Error in key path \"interactionEvent\": (invalid_enum_value)");
        assertThat(visitor.call("PUT", "", Map.of("interactionEvent", "SignIn", "more", 1))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void a_fresh_visit_looks_as_on_the_wire() {
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        JsonNode view = visitor.call("GET", "/interaction", null).json();
        assertThat(view.propertyNames())
                .containsExactly(
                        "interactionEvent", "profile", "verificationRecords", "mfa", "signInContext", "captcha");
        assertThat(view.get("captcha").toString()).isEqualTo("{\"verified\":false,\"skipped\":false}");
        assertThat(view.get("signInContext").propertyNames()).containsExactly("ip", "userAgent");
    }

    @Test
    void what_a_visitor_sees_of_his_visit_has_no_digest() {
        Visitor visitor = visitor();
        visitor.begin("Register");
        visitor.newIdentity("seen", Visitor.PASSWORD);
        visitor.profile(Map.of("type", "password", "value", Visitor.PASSWORD));
        String view = visitor.call("GET", "/interaction", null).text();
        assertThat(view)
                .contains("NewPasswordIdentity")
                .doesNotContain("argon2")
                .doesNotContain(Visitor.PASSWORD);
    }

    /** SI7: each later step called too early. */
    @Test
    void no_step_can_be_skipped() {
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        refused(visitor.submit(), 404, "session.identifier_not_found");
        refused(visitor.profile(Map.of("type", "username", "value", "x")), 404, "session.identifier_not_found");
        Answer nothing = visitor.call("POST", "/identification", Map.of());
        refused(nothing, 400, "guard.invalid_input");
        assertThat(nothing.json().has("data")).isFalse();
        refused(visitor.identify(UNKNOWN_ID), 404, "session.verification_session_not_found");
        refused(
                visitor.profile(Map.of("type", "email", "verificationId", UNKNOWN_ID)),
                404,
                "session.verification_session_not_found");
        String id = visitor.newIdentity("skipper", Visitor.PASSWORD)
                .json()
                .get("verificationId")
                .asString();
        refused(visitor.identify(id), 400, "session.verification_failed");
        assertThat(one("SELECT count(*) FROM users WHERE username = 'skipper'", Long.class))
                .isZero();
    }

    @Test
    void a_password_of_an_existing_account_registers_nobody() {
        Visitor visitor = visitor();
        visitor.begin("Register");
        String id = visitor.password("username", "alice", Visitor.PASSWORD)
                .json()
                .get("verificationId")
                .asString();
        refused(visitor.identify(id), 400, "session.verification_failed");
    }

    /** SI5. */
    @Test
    void wrong_password_unknown_name_and_account_without_password_are_answered_alike() {
        change("INSERT INTO users (tenant_id, id, username) VALUES (:tenant, 'nopassword01', 'nopassword')");
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        Answer wrong = visitor.password("username", "alice", "not it");
        refused(wrong, 422, "session.invalid_credentials");
        for (String name : List.of("nobody_at_all", "nopassword", "'; DROP TABLE users; --", "😀", "x".repeat(1000))) {
            Answer answer = visitor.password("username", name, "not it");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text()).isEqualTo(wrong.text());
        }
    }

    /** SI6. */
    @Test
    void no_kind_of_json_value_is_the_password_of_who_has_none() {
        change("INSERT INTO users (tenant_id, id, username) VALUES (:tenant, 'nopassword02', 'none')");
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        for (String value : List.of("null", "0", "true", "[]", "{}", "\"\"", "[\"\"]", "\"a\\u0000\"")) {
            Answer answer = visitor.raw(
                    "POST",
                    "/verification/password",
                    "{\"identifier\":{\"type\":\"username\",\"value\":\"none\"},\"password\":" + value + "}");
            refused(answer, 400, "guard.invalid_input");
        }
        refused(visitor.password("username", "none", "null"), 422, "session.invalid_credentials");
    }

    /** Texts that are no Unicode, or not what a column can hold, are refusals like others. */
    @Test
    void broken_texts_are_no_fault_of_the_server() {
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        for (String value : List.of("\\ud800", "\\udc00x", "\\u202e", "a".repeat(1024), "\\uffff")) {
            Answer answer = visitor.raw(
                    "POST",
                    "/verification/password",
                    "{\"identifier\":{\"type\":\"username\",\"value\":\"" + value + "\"},\"password\":\"" + value
                            + "\"}");
            assertThat(answer.status()).as(answer.text()).isIn(400, 422);
        }
        assertThat(visitor.raw("POST", "/verification/password", "[".repeat(5000))
                        .status())
                .isEqualTo(400);
        assertThat(server.api()
                        .call("PATCH", "/sign-in-exp", Map.of("customCss", "\ud800"))
                        .status())
                .isLessThan(500);
        server.api().patch("/sign-in-exp", Map.of("customCss", ""));
    }

    @Test
    void who_is_suspended_or_has_an_expired_password_is_told_so_after_the_right_password_only() {
        Visitor.of(server).register("closed");
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        change("UPDATE users SET is_password_expired = true WHERE username = 'closed'");
        refused(visitor.password("username", "closed", Visitor.PASSWORD), 422, "password.expired");
        change("UPDATE users SET is_suspended = true WHERE username = 'closed'");
        refused(visitor.password("username", "closed", Visitor.PASSWORD), 401, "user.suspended");
        refused(visitor.password("username", "closed", "wrong one"), 422, "session.invalid_credentials");
        assertThat(one(
                        "SELECT count(*) FROM logs WHERE key = 'Interaction.SignIn.Verification.Password.Submit'"
                                + " AND payload->>'result' = 'Error'",
                        Long.class))
                .isPositive();
    }

    /** SE2. */
    @Test
    void who_is_suspended_on_the_way_does_not_get_in() {
        Visitor.of(server).register("late");
        Visitor visitor = visitor();
        visitor.signIn("late");
        change("UPDATE users SET is_suspended = true WHERE username = 'late'");
        refused(visitor.submit(), 401, "user.suspended");
    }

    @Test
    void nobody_becomes_two_people_in_one_visit() {
        Visitor.of(server).register("second");
        Visitor visitor = visitor();
        assertThat(visitor.signIn("alice").status()).isEqualTo(204);
        String again = visitor.password("username", "alice", Visitor.PASSWORD)
                .json()
                .get("verificationId")
                .asString();
        assertThat(visitor.identify(again).status()).isEqualTo(204);
        String other = visitor.password("username", "second", Visitor.PASSWORD)
                .json()
                .get("verificationId")
                .asString();
        refused(visitor.identify(other), 409, "session.identity_conflict");
        visitor.begin("SignIn");
        refused(visitor.submit(), 404, "session.identifier_not_found");
    }

    /** AZ6: a visit belongs to the browser that has its cookie. */
    @Test
    void another_browser_cannot_go_on_with_a_visit() {
        Visitor visitor = visitor();
        visitor.signIn("alice");
        TestBrowser other = new TestBrowser(server.origin());
        refused(other.json("POST", "/api/experience/submit?app_id=demo-app", null), 400, "session.not_found");
        other.setCookie("_interaction", "x".repeat(43));
        refused(other.json("POST", "/api/experience/submit", null), 400, "session.not_found");
        other.setCookie("_interaction", "%7B%22demo-app%22%3A%22" + "A".repeat(4000) + "%22%7D");
        refused(other.json("POST", "/api/experience/submit", null), 400, "session.not_found");
        assertThat(visitor.submit().status()).isEqualTo(200);
        refused(visitor.submit(), 404, "session.interaction_not_found");
        refused(visitor.begin("SignIn"), 400, "session.not_found");
    }

    @Test
    void a_taken_name_and_a_weak_password_are_refused_with_their_reasons() {
        Visitor visitor = visitor();
        visitor.begin("Register");
        refused(visitor.newIdentity("alice", Visitor.PASSWORD), 422, "user.username_already_in_use");
        Answer weak = visitor.newIdentity("fresh", "123456");
        refused(weak, 422, "password.rejected");
        assertThat(weak.json().get("data").toString())
                .isEqualTo("[{\"code\":\"password_rejected.too_short\",\"interpolation\":{\"min\":8}},"
                        + "{\"code\":\"password_rejected.restricted.sequence\"}]");
        Answer breached = visitor.newIdentity("fresh", "passw0rd");
        refused(breached, 422, "password.rejected");
        assertThat(breached.text()).contains("password_rejected.pwned");
        refused(visitor.newIdentity("fresh", "emoji 😀😀 in it"), 422, "password.rejected");
        refused(visitor.newIdentity("1digit", Visitor.PASSWORD), 400, "guard.invalid_input");
        refused(visitor.newIdentity("sp ace", Visitor.PASSWORD), 400, "guard.invalid_input");
        refused(visitor.newIdentity("x\u0000y", Visitor.PASSWORD), 400, "guard.invalid_input");
        refused(visitor.newIdentity("x".repeat(10_000), Visitor.PASSWORD), 400, "guard.invalid_input");
        refused(visitor.newIdentity("x".repeat(129), Visitor.PASSWORD), 422, "user.username_too_long");
        refused(visitor.newIdentity("fresh", "Aa1-" + "xyzzy".repeat(60)), 422, "password.rejected");
        assertThat(visitor.newIdentity("x".repeat(128), Visitor.PASSWORD).status())
                .isEqualTo(200);
    }

    @Test
    void a_profile_told_piece_by_piece_registers_too() {
        Visitor visitor = visitor();
        visitor.begin("Register");
        Answer missing = visitor.call("POST", "/identification", Map.of());
        refused(missing, 422, "user.missing_profile");
        assertThat(missing.json().at("/data/missingProfile").toString()).isEqualTo("[\"username\",\"password\"]");
        assertThat(visitor.profile(Map.of("type", "username", "value", "pieces"))
                        .status())
                .isEqualTo(204);
        refused(visitor.call("POST", "/identification", Map.of()), 422, "user.missing_profile");
        assertThat(visitor.profile(Map.of("type", "password", "value", Visitor.PASSWORD))
                        .status())
                .isEqualTo(204);
        assertThat(visitor.profile(Map.of("type", "extraProfile", "values", Map.of()))
                        .status())
                .isEqualTo(204);
        refused(
                visitor.profile(Map.of("type", "extraProfile", "values", Map.of("role", "admin"))),
                400,
                "custom_profile_fields.entity_not_exists_with_names");
        refused(visitor.profile(Map.of("type", "nonsense")), 400, "guard.invalid_input");
        assertThat(visitor.call("POST", "/identification", Map.of()).status()).isEqualTo(201);
        refused(visitor.call("POST", "/identification", Map.of()), 409, "session.identity_conflict");
        assertThat(visitor.submit().status()).isEqualTo(200);
    }

    @Test
    void an_account_that_lacks_what_the_settings_ask_for_is_completed_at_sign_in() {
        Visitor.of(server).register("whole");
        change("UPDATE users SET username = NULL, primary_email = 'whole@example.com' WHERE username = 'whole'");
        server.api().patch("/sign-in-exp", Map.of("signIn", methods("username", "email")));
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        String id = visitor.password("email", "WHOLE@example.com", Visitor.PASSWORD)
                .json()
                .get("verificationId")
                .asString();
        assertThat(visitor.identify(id).status()).isEqualTo(204);
        Answer missing = visitor.submit();
        refused(missing, 422, "user.missing_profile");
        assertThat(missing.json().at("/data/missingProfile").toString()).isEqualTo("[\"username\"]");
        refused(
                visitor.profile(Map.of("type", "password", "value", Visitor.PASSWORD)),
                422,
                "user.password_exists_in_profile");
        refused(visitor.profile(Map.of("type", "username", "value", "alice")), 422, "user.username_already_in_use");
        assertThat(visitor.profile(Map.of("type", "username", "value", "whole_again"))
                        .status())
                .isEqualTo(204);
        assertThat(visitor.submit().status()).isEqualTo(200);
        assertThat(one("SELECT username FROM users WHERE primary_email = 'whole@example.com'", String.class))
                .isEqualTo("whole_again");
        server.api().patch("/sign-in-exp", Map.of("signIn", methods("username")));
    }

    private static Map<String, ?> methods(String... identifiers) {
        List<Map<String, ?>> methods = new ArrayList<>();
        for (String identifier : identifiers) {
            methods.add(Map.of(
                    "identifier", identifier, "password", true, "verificationCode", false, "isPasswordPrimary", true));
        }
        return Map.of("methods", methods);
    }

    @Test
    void a_way_that_is_not_enabled_identifies_nobody() {
        Visitor.of(server).register("byphone");
        change("UPDATE users SET primary_phone = '15550100' WHERE username = 'byphone'");
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        String id = visitor.password("phone", "15550100", Visitor.PASSWORD)
                .json()
                .get("verificationId")
                .asString();
        refused(visitor.identify(id), 422, "user.sign_in_method_not_enabled");
    }

    @Test
    void the_event_changes_between_sign_in_and_registration_only() {
        Visitor visitor = visitor();
        visitor.begin("Register");
        visitor.profile(Map.of("type", "username", "value", "changing"));
        assertThat(visitor.call("PUT", "/interaction-event", Map.of("interactionEvent", "SignIn"))
                        .status())
                .isEqualTo(204);
        JsonNode view = visitor.call("GET", "/interaction", null).json();
        assertThat(view.get("interactionEvent").asString()).isEqualTo("SignIn");
        assertThat(view.get("profile").isEmpty()).isTrue();
        refused(
                visitor.call("PUT", "/interaction-event", Map.of("interactionEvent", "ForgotPassword")),
                400,
                "session.not_supported_for_forgot_password");
    }

    /** SI7: with registration switched off no call makes a user, also not one that had begun before. */
    @Test
    void a_closed_registration_makes_nobody() {
        Visitor early = visitor();
        early.begin("Register");
        String id = early.newIdentity("uninvited", Visitor.PASSWORD)
                .json()
                .get("verificationId")
                .asString();
        server.api().patch("/sign-in-exp", Map.of("signInMode", "SignIn"));
        refused(early.identify(id), 403, "auth.forbidden");
        refused(visitor().begin("Register"), 403, "auth.forbidden");
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        refused(
                visitor.call("PUT", "/interaction-event", Map.of("interactionEvent", "Register")),
                403,
                "auth.forbidden");
        server.api().patch("/sign-in-exp", Map.of("signInMode", "Register"));
        refused(visitor().begin("SignIn"), 403, "auth.forbidden");
        server.api().patch("/sign-in-exp", Map.of("signInMode", "SignInAndRegister"));
        assertThat(one("SELECT count(*) FROM users WHERE username = 'uninvited'", Long.class))
                .isZero();
    }

    /** SI1, SI2: one counter for an account, and a right password in the burst does not help. */
    @Test
    void too_many_wrong_passwords_lock_the_account_by_all_its_names_even_for_the_right_one() {
        Visitor.of(server).register("Locked");
        change("UPDATE users SET primary_email = 'locked@example.com' WHERE username = 'Locked'");
        server.api().patch("/sign-in-exp", Map.of("sentinelPolicy", Map.of("maxAttempts", 5, "lockoutDuration", 30)));
        Visitor visitor = visitor();
        visitor.begin("SignIn");
        refused(visitor.password("username", "Locked", "wrong 1"), 422, "session.invalid_credentials");
        refused(visitor.password("email", "locked@example.com", "wrong 2"), 422, "session.invalid_credentials");
        refused(visitor.password("email", "LOCKED@EXAMPLE.COM", "wrong 3"), 422, "session.invalid_credentials");
        refused(visitor.password("email", " locked@example.com ", "wrong 4"), 422, "session.invalid_credentials");
        Answer fifth = visitor.password("username", "Locked", "wrong 5");
        refused(fifth, 400, "session.verification_blocked_too_many_attempts");
        assertThat(fifth.json().has("data")).isFalse();
        refused(
                visitor.password("username", "Locked", Visitor.PASSWORD),
                400,
                "session.verification_blocked_too_many_attempts");
        server.api().patch("/sign-in-exp", Map.of("sentinelPolicy", Map.of()));
    }

    /** SI1 over HTTP and two nodes: however many guess at once, four learn that they were wrong. */
    @Test
    void guesses_at_once_on_two_nodes_learn_no_more_than_the_limit() throws Exception {
        Visitor.of(server).register("burst");
        server.api().patch("/sign-in-exp", Map.of("sentinelPolicy", Map.of("maxAttempts", 5)));
        try (TestServer second = TestServer.start(server.database(), BootstrapCredentials.none())) {
            List<Callable<Integer>> guesses = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Visitor visitor = Visitor.of(i % 2 == 0 ? server : second);
                visitor.begin("SignIn");
                guesses.add(() -> visitor.password("username", "burst", "wrong").status());
            }
            List<Integer> statuses = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Integer> guess : threads.invokeAll(guesses)) {
                    statuses.add(guess.get());
                }
            }
            assertThat(statuses).filteredOn(status -> status == 422).hasSize(4);
            assertThat(statuses).filteredOn(status -> status == 400).hasSize(26);
            assertThat(Visitor.of(second).signIn("burst").status()).isEqualTo(400);
        }
        server.api().patch("/sign-in-exp", Map.of("sentinelPolicy", Map.of()));
    }

    @Test
    void a_name_that_differs_in_case_only_is_taken_where_case_does_not_count() throws Exception {
        server.api().patch("/sign-in-exp", Map.of("usernamePolicy", Map.of("caseSensitive", false)));
        List<Callable<Integer>> both = List.of(
                () -> visitor().register("Twin").status(),
                () -> visitor().register("tWIN").status());
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : threads.invokeAll(both)) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 422);
        assertThat(visitor().signIn("TWIN").status()).isEqualTo(204);
        server.api().patch("/sign-in-exp", Map.of("usernamePolicy", Map.of("caseSensitive", true)));
        assertThat(visitor().signIn("TWIN").status()).isEqualTo(422);
    }

    /** CO1: of several first visitors of the console exactly one becomes its administrator, and then it is closed. */
    @Test
    void of_eight_who_register_first_at_once_one_becomes_administrator() throws Exception {
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            visitors.add(Visitor.of(server, Tenants.ADMIN));
        }
        List<Callable<Integer>> registrations = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            registrations.add(
                    () -> visitors.get(number).register("first" + number).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> registration : threads.invokeAll(registrations)) {
                statuses.add(registration.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 403).hasSize(7);
        var database = server.app().database();
        assertThat(database.<Long>read(Tenants.ADMIN, tx -> tx.query("SELECT count(*) FROM users")
                        .mapTo(Long.class)
                        .one()))
                .isEqualTo(1);
        database.run(Tenants.ADMIN, tx -> tx.update("DELETE FROM users WHERE tenant_id = :tenant")
                .execute());
        refused(Visitor.of(server, Tenants.ADMIN).begin("Register"), 403, "auth.forbidden");
        server.adminApi().patch("/sign-in-exp", Map.of("signInMode", "Register"));
        assertThat(Visitor.of(server, Tenants.ADMIN).register("later").status()).isEqualTo(200);
        assertThat(database.<Long>read(
                        Tenants.ADMIN, tx -> tx.query("SELECT count(*) FROM user_roles WHERE tenant_id = :tenant")
                                .mapTo(Long.class)
                                .one()))
                .as("whoever comes after the set-up is an ordinary user")
                .isZero();
    }

    @Test
    void a_complete_sign_in_costs_few_statements() {
        Visitor visitor = visitor();
        visitor().signIn("alice");
        long before = server.app().database().statements();
        visitor.signIn("alice");
        assertThat(visitor.submit().status()).isEqualTo(200);
        assertThat(server.app().database().statements() - before).isLessThanOrEqualTo(13);
    }
}
