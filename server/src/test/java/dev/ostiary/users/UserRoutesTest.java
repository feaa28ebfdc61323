package dev.ostiary.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UserRoutesTest {
    private static TestServer server;
    private static TestApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_user_is_created_read_changed_and_deleted() {
        JsonNode created = api.created(
                "/users",
                Map.of(
                        "username",
                        "life",
                        "primaryEmail",
                        "life@example.com",
                        "primaryPhone",
                        "8190000001",
                        "name",
                        "Life",
                        "avatar",
                        "https://example.com/a.png",
                        "password",
                        "correct horse",
                        "customData",
                        Map.of("a", 1),
                        "profile",
                        Map.of("givenName", "L", "address", Map.of("country", "JP"), "unknown", "dropped")));
        String id = created.path("id").asString();
        assertThat(id).matches("[0-9a-z]{12}");
        assertThat(created.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "username",
                        "primaryEmail",
                        "primaryPhone",
                        "name",
                        "avatar",
                        "customData",
                        "identities",
                        "lastSignInAt",
                        "createdAt",
                        "updatedAt",
                        "profile",
                        "applicationId",
                        "cimdClientId",
                        "isSuspended",
                        "hasPassword");
        assertThat(created.path("lastSignInAt").isNull()).isTrue();
        assertThat(created.path("createdAt").isIntegralNumber()).isTrue();
        assertThat(created.path("hasPassword").asBoolean()).isTrue();
        assertThat(created.path("profile").toString())
                .isEqualTo("{\"address\":{\"country\":\"JP\"},\"givenName\":\"L\"}");

        Answer got = api.get("/users/" + id);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.json()).isEqualTo(created);

        Map<String, Object> change = new HashMap<>();
        change.put("name", null);
        change.put("username", "");
        change.put("avatar", "");
        change.put("customData", Map.of("b", 2));
        change.put("profile", Map.of("nickname", "N"));
        Answer patched = api.patch("/users/" + id, change);
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().path("name").isNull()).isTrue();
        assertThat(patched.json().path("username").isNull()).isTrue();
        assertThat(patched.json().path("avatar").asString()).isEmpty();
        assertThat(patched.json().path("primaryEmail").asString()).isEqualTo("life@example.com");
        assertThat(patched.json().path("customData").toString()).isEqualTo("{\"b\":2}");
        assertThat(patched.json().path("profile").toString()).isEqualTo("{\"nickname\":\"N\"}");

        Answer untouched = api.patch("/users/" + id, Map.of());
        assertThat(untouched.status()).isEqualTo(200);
        assertThat(untouched.json()).isEqualTo(patched.json());

        assertThat(api.delete("/users/" + id).status()).isEqualTo(204);
        assertThat(api.get("/users/" + id).code()).isEqualTo("entity.not_exists_with_id");
        Answer again = api.delete("/users/" + id);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.code()).isEqualTo("entity.not_found");
    }

    /** PostgreSQL writes out the zeros of a number, and what is kept stands deeper than what came. */
    @Test
    void what_was_taken_at_its_limits_can_be_read_again() {
        String id = api.created("/users", Map.of("username", "at_the_limits"))
                .path("id")
                .asString();
        String numbers = "[1e308,-1.7976931348623157E308,5e-324,-2.2250738585072014E-308," + "9".repeat(100) + "]";
        Object deepest = 1;
        for (int level = 0; level < 62; level++) {
            deepest = List.of(deepest);
        }
        for (Object value : List.of(Json.read(numbers), deepest)) {
            assertThat(api.patch("/users/" + id + "/custom-data", Map.of("customData", Map.of("a", value)))
                            .status())
                    .isEqualTo(200);
            assertThat(api.put("/users/" + id + "/identities/x", Map.of("userId", "1", "details", Map.of("a", value)))
                            .status())
                    .isBetween(200, 201);
            assertThat(api.get("/users/" + id).status()).isEqualTo(200);
        }
        assertThat(api.patch("/users/" + id + "/custom-data", Map.of("customData", Map.of("a", List.of(deepest))))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void documents_are_merged_key_by_key() {
        String id = create("merged");
        api.patch("/users/" + id + "/custom-data", Map.of("customData", Map.of("a", 1, "n", Map.of("x", 1))));
        Answer custom = api.patch("/users/" + id + "/custom-data", Map.of("customData", Map.of("n", Map.of("y", 2))));
        assertThat(custom.text()).isEqualTo("{\"a\":1,\"n\":{\"y\":2}}");
        assertThat(api.get("/users/" + id + "/custom-data").text()).isEqualTo(custom.text());

        api.patch("/users/" + id + "/profile", Map.of("profile", Map.of("gender", "x")));
        Answer profile = api.patch("/users/" + id + "/profile", Map.of("profile", Map.of("locale", "ja")));
        assertThat(profile.text()).isEqualTo("{\"gender\":\"x\",\"locale\":\"ja\"}");

        String config = "{\"mfa\":{\"skipped\":false,\"skipMfaOnSignIn\":false},\"passkeySignIn\":{\"skipped\":false}}";
        assertThat(api.get("/users/" + id + "/logto-configs").text()).isEqualTo(config);
        Answer skipped = api.patch("/users/" + id + "/logto-configs", Map.of("mfa", Map.of("skipped", true)));
        assertThat(skipped.json().path("mfa").path("skipped").asBoolean()).isTrue();
        Answer both = api.patch(
                "/users/" + id + "/logto-configs",
                Map.of("mfa", Map.of("enabled", true), "passkeySignIn", Map.of("skipped", true)));
        assertThat(both.text())
                .isEqualTo("{\"mfa\":{\"enabled\":true,\"skipped\":true,\"skipMfaOnSignIn\":false},"
                        + "\"passkeySignIn\":{\"skipped\":true}}");
        assertThat(api.get("/users/" + id + "/logto-configs").text()).isEqualTo(both.text());
    }

    @Test
    void an_unknown_id_is_404_on_every_route() {
        for (String id : List.of("nobody000000", "%00", "x".repeat(3000), "%27%20OR%201%3D1%20--", "..%2F..")) {
            Map<String, Answer> answers = new HashMap<>();
            String user = "/users/" + id;
            answers.put("get", api.get(user));
            answers.put("patch", api.patch(user, Map.of("name", "x")));
            answers.put("patch nothing", api.patch(user, Map.of()));
            answers.put("delete", api.delete(user));
            for (String part : List.of("custom-data", "logto-configs", "has-password", "mfa-verifications")) {
                answers.put(part, api.get(user + "/" + part));
            }
            answers.put("data", api.patch(user + "/custom-data", Map.of("customData", Map.of())));
            answers.put("profile", api.patch(user + "/profile", Map.of("profile", Map.of())));
            answers.put("configs", api.patch(user + "/logto-configs", Map.of()));
            answers.put("suspend", api.patch(user + "/is-suspended", Map.of("isSuspended", true)));
            answers.put("password", api.patch(user + "/password", Map.of("password", "x")));
            answers.put("expire", api.patch(user + "/password/expiration", Map.of("isExpired", true)));
            answers.put("verify", api.post(user + "/password/verify", Map.of("password", "x")));
            answers.forEach((route, answer) ->
                    assertThat(answer.status()).as(route + " of " + id).isEqualTo(404));
        }
    }

    @Test
    void uniqueness_is_told_by_code() {
        api.created("/users", Map.of("username", "dup", "primaryEmail", "dup@x.io", "primaryPhone", "555001"));
        assertRefused(Map.of("username", "dup"), 422, "user.username_already_in_use");
        assertRefused(Map.of("primaryEmail", "DUP@x.io"), 422, "user.email_already_in_use");
        assertRefused(Map.of("primaryPhone", "555001"), 422, "user.phone_already_in_use");
        String id = create("dup2");
        Answer answer = api.patch("/users/" + id, Map.of("username", "dup"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("user.username_already_in_use");
    }

    @Test
    void bad_forms_are_400_with_the_path_of_the_fault() {
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("username", "1abc"),
                Map.of("username", "a b"),
                Map.of("username", "日本"),
                Map.of("username", ""),
                Map.of("primaryEmail", "no-at"),
                Map.of("primaryEmail", "a@b"),
                Map.of("primaryEmail", "a b@c.d"),
                Map.of("primaryEmail", "@x.y"),
                Map.of("primaryPhone", "+8190"),
                Map.of("primaryPhone", "１２３"),
                Map.of("avatar", "javascript:alert(1)"),
                Map.of("avatar", "//evil.example/x"),
                Map.of("password", ""),
                Map.of("password", "p".repeat(257)),
                Map.of("customData", "text"),
                Map.of("customData", List.of()),
                Map.of("profile", Map.of("givenName", 1)),
                Map.of("passwordAlgorithm", "ROT13"))) {
            Answer answer = api.post("/users", body);
            assertThat(answer.status()).as(body.toString()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("guard.invalid_input");
            assertThat(answer.json()
                            .path("data")
                            .path("issues")
                            .path(0)
                            .path("path")
                            .path(0)
                            .asString())
                    .isEqualTo(body.keySet().iterator().next());
        }
        for (Object notAnObject : List.of(List.of(), "text", 1)) {
            assertThat(api.post("/users", notAnObject).status()).isEqualTo(400);
        }
    }

    @Test
    void hostile_text_is_stored_as_it_is_or_refused_with_a_code() {
        List<String> texts = List.of(
                "'; DROP TABLE users; --",
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "👩‍👩‍👧‍👦 family 🏳️‍🌈",
                "\u202Ereversed\u202C",
                "%s %n ${jndi:ldap://x} {{7*7}}",
                "a\u0300\uFEFF\u200B");
        for (String text : texts) {
            Map<String, Object> body = Map.of(
                    "name",
                    text,
                    "customData",
                    Map.of(text, text),
                    "profile",
                    Map.of("givenName", text, "website", text, "address", Map.of("formatted", text)));
            JsonNode created = api.created("/users", body);
            JsonNode read = api.get("/users/" + created.path("id").asString()).json();
            assertThat(read.path("name").asString()).isEqualTo(text);
            assertThat(read.path("customData").path(text).asString()).isEqualTo(text);
            assertThat(read.path("profile").path("address").path("formatted").asString())
                    .isEqualTo(text);
        }
        assertRefused(Map.of("name", "a\0b"), 400, "guard.invalid_input");
        assertRefused(Map.of("customData", Map.of("a\0", 1)), 400, "guard.invalid_input");
        assertRefused(Map.of("profile", Map.of("nickname", "\0")), 400, "guard.invalid_input");

        String long10k = "n".repeat(10_000);
        assertRefused(Map.of("name", long10k), 422, "entity.value_too_long");
        assertRefused(Map.of("username", long10k), 422, "entity.value_too_long");
        assertRefused(Map.of("primaryPhone", "1".repeat(10_000)), 422, "entity.value_too_long");
        assertRefused(Map.of("primaryEmail", long10k + "@x.y"), 422, "entity.value_too_long");
        assertRefused(Map.of("avatar", "https://x.y/" + long10k), 422, "entity.value_too_long");
        assertThat(api.created("/users", Map.of("customData", Map.of("k", long10k)))
                        .path("customData")
                        .path("k")
                        .asString())
                .hasSize(10_000);
    }

    @Test
    void DO3_an_email_made_to_be_slow_is_refused_in_linear_time() {
        long start = System.nanoTime();
        assertRefused(Map.of("primaryEmail", "a@".repeat(200_000)), 400, "guard.invalid_input");
        assertRefused(Map.of("primaryEmail", "a@" + "b.".repeat(200_000) + " "), 400, "guard.invalid_input");
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(10_000);
    }

    @Test
    void numbers_that_no_column_holds_are_no_server_error() {
        for (String json : List.of(
                "{\"customData\":{\"n\":1e400}}",
                "{\"customData\":{\"n\":-0.0}}",
                "{\"customData\":{\"s\":\"\\ud800\"}}",
                "{\"name\":\"\\udc00\"}",
                "{\"customData\":{\"n\":" + "9".repeat(90) + "}}")) {
            Answer answer = server.browser()
                    .send(
                            "POST",
                            "/api/users",
                            json,
                            "Content-Type",
                            "application/json",
                            "Authorization",
                            "Bearer " + server.managementToken("default"));
            assertThat(answer.status()).as(json + " " + answer.text()).isLessThan(500);
        }
    }

    @Test
    void suspension_is_told_in_both_directions() {
        String id = create("susp");
        Answer on = api.patch("/users/" + id + "/is-suspended", Map.of("isSuspended", true));
        assertThat(on.status()).isEqualTo(200);
        assertThat(on.json().path("isSuspended").asBoolean()).isTrue();
        assertThat(api.get("/users/" + id).json().path("isSuspended").asBoolean())
                .isTrue();
        Answer off = api.patch("/users/" + id + "/is-suspended", Map.of("isSuspended", false));
        assertThat(off.json().path("isSuspended").asBoolean()).isFalse();
        assertThat(api.patch("/users/" + id + "/is-suspended", Map.of()).code()).isEqualTo("guard.invalid_input");
    }

    @Test
    void SE2_suspension_and_deletion_leave_no_session_grant_or_token() {
        for (String how : List.of("suspended", "deleted")) {
            String id = create("se2_" + how);
            server.app().database().run("default", tx -> {
                for (String sql : List.of(
                        "INSERT INTO sessions (tenant_id, uid, id, user_id, expires_at)"
                                + " VALUES (:tenant, 's' || :user, :user::bytea, :user, now() + interval '1 day')",
                        "INSERT INTO grants (tenant_id, id, user_id, client_id, expires_at)"
                                + " VALUES (:tenant, 'g' || :user, :user, 'c', now() + interval '1 day')",
                        "INSERT INTO refresh_tokens (tenant_id, id, grant_id, user_id, client_id, scope,"
                                + " chain_began_at, expires_at) VALUES (:tenant, :user::bytea, 'g' || :user, :user,"
                                + " 'c', '', now(), now() + interval '1 day')")) {
                    tx.update(sql).bind("user", id).execute();
                }
            });
            if (how.equals("suspended")) {
                api.patch("/users/" + id + "/is-suspended", Map.of("isSuspended", true));
            } else {
                api.delete("/users/" + id);
            }
            for (String table : List.of("sessions", "grants", "refresh_tokens")) {
                long left = server.app().database().read("default", tx -> tx.query(
                                "SELECT count(*) FROM " + table + " WHERE user_id = :user")
                        .bind("user", id)
                        .mapTo(Long.class)
                        .one());
                assertThat(left).as(table + " of the " + how).isZero();
            }
        }
    }

    @Test
    void nobody_deletes_the_account_they_act_with() {
        String id = create("self");
        String token = server.managementToken("default", Map.of("sub", id));
        Answer answer = server.browser().send("DELETE", "/api/users/" + id, null, "Authorization", "Bearer " + token);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("user.cannot_delete_self");
        assertThat(api.get("/users/" + id).status()).isEqualTo(200);
    }

    @Test
    void MA2_the_api_of_another_tenant_does_not_know_the_user() {
        String id = create("other_tenant");
        TestApi admin = server.adminApi();
        assertThat(admin.get("/users/" + id).status()).isEqualTo(404);
        assertThat(admin.patch("/users/" + id, Map.of("name", "x")).status()).isEqualTo(404);
        assertThat(admin.patch("/users/" + id + "/password", Map.of("password", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(admin.delete("/users/" + id).status()).isEqualTo(404);
        assertThat(admin.get("/users?search=other_tenant").text()).isEqualTo("[]");
        assertThat(admin.get("/users?search.id=" + id).header("Total-Number")).contains("0");
        assertThat(api.get("/users/" + id).json().path("name").isNull()).isTrue();
    }

    @Test
    void MA5_secrets_of_a_user_never_leave() {
        String id = create("canary");
        server.app().database().run("default", tx -> tx.update(
                        """
                        UPDATE users SET password_digest = 'CANARY-digest', password_algorithm = 'Argon2id',
                            mfa_verifications = '[
                                {"type":"Totp","id":"m1","createdAt":"2026-01-02T03:04:05.000Z","key":"CANARY-key"},
                                {"type":"BackupCode","id":"m2","createdAt":"2026-01-02T03:04:05.000Z",
                                 "codes":[{"code":"CANARY-1"},{"code":"CANARY-2","usedAt":"2026-01-03T00:00:00.000Z"}]},
                                {"type":"WebAuthn","id":"m3","createdAt":"2026-01-02T03:04:05.000Z",
                                 "publicKey":"CANARY-pk","credentialId":"CANARY-id","agent":"Firefox","name":"Laptop",
                                 "lastUsedAt":"2026-02-02T03:04:05.000Z"}]'
                        WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("id", id)
                .execute());
        for (String path : List.of(
                "",
                "?includePasswordHash=false",
                "/custom-data",
                "/logto-configs",
                "/has-password",
                "/mfa-verifications")) {
            assertThat(api.get("/users/" + id + path).text()).as(path).doesNotContain("CANARY");
        }
        assertThat(api.get("/users?search=canary").text()).contains(id).doesNotContain("CANARY");
        assertThat(api.get("/users/" + id + "/mfa-verifications").text())
                .isEqualTo("[{\"id\":\"m1\",\"createdAt\":\"2026-01-02T03:04:05.000Z\",\"type\":\"Totp\"},"
                        + "{\"id\":\"m2\",\"createdAt\":\"2026-01-02T03:04:05.000Z\",\"type\":\"BackupCode\","
                        + "\"remainCodes\":1},"
                        + "{\"id\":\"m3\",\"createdAt\":\"2026-01-02T03:04:05.000Z\","
                        + "\"lastUsedAt\":\"2026-02-02T03:04:05.000Z\",\"type\":\"WebAuthn\","
                        + "\"agent\":\"Firefox\",\"name\":\"Laptop\"}]");
        JsonNode asked = api.get("/users/" + id + "?includePasswordHash=true&includeSsoIdentities=true")
                .json();
        assertThat(asked.path("passwordDigest").asString()).isEqualTo("CANARY-digest");
        assertThat(asked.path("passwordAlgorithm").asString()).isEqualTo("Argon2id");
        assertThat(asked.path("ssoIdentities").isArray()).isTrue();
        String without = create("without_password");
        JsonNode none = api.get("/users?includePasswordHash=true&search.id=" + without)
                .json()
                .path(0);
        assertThat(none.has("passwordDigest")).isTrue();
        assertThat(none.path("passwordDigest").isNull()).isTrue();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String create(String username) {
        return api.created("/users", Map.of("username", username)).path("id").asString();
    }

    private static void assertRefused(Map<String, ?> body, int status, String code) {
        Answer answer = api.post("/users", body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void of_two_administrators_who_edit_a_user_the_slower_is_told() {
        String at = "/users/"
                + api.created("/users", Map.of("username", "edited_twice"))
                        .path("id")
                        .asString();
        String tag = api.get(at).header("ETag").orElseThrow();
        Answer first = patch(at, "First", tag);
        assertThat(first.status()).isEqualTo(200);
        Answer second = patch(at, "Second", tag);
        assertThat(second.status()).isEqualTo(412);
        assertThat(api.get(at).json().path("name").asString()).isEqualTo("First");
        String fresh = api.get(at + "?includeSsoIdentities=true").header("ETag").orElseThrow();
        assertThat(patch(at, "Second", fresh).status()).isEqualTo(200);
    }

    private static Answer patch(String at, String name, String ifMatch) {
        return server.browser()
                .json(
                        "PATCH",
                        "/api" + at,
                        Map.of("name", name),
                        "If-Match",
                        ifMatch,
                        "Authorization",
                        "Bearer " + server.managementToken("default"));
    }
}
