package dev.ostiary.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PasswordRoutesTest {
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
    void a_password_is_set_verified_expired_and_set_again() {
        String id = api.created("/users", Map.of("username", "pw")).path("id").asString();
        assertThat(api.get("/users/" + id + "/has-password").text()).isEqualTo("{\"hasPassword\":false}");
        assertThat(verify(id, "first").status()).isEqualTo(422);

        Answer set = api.patch("/users/" + id + "/password", Map.of("password", "first"));
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.json().path("hasPassword").asBoolean()).isTrue();
        assertThat(verify(id, "first").status()).isEqualTo(204);
        Answer wrong = verify(id, "First");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.code()).isEqualTo("session.invalid_credentials");

        assertThat(api.patch("/users/" + id + "/password/expiration", Map.of("isExpired", true))
                        .status())
                .isEqualTo(200);
        assertThat(expired(id)).isTrue();
        api.patch("/users/" + id + "/password", Map.of("password", "second"));
        assertThat(expired(id)).isFalse();
        assertThat(verify(id, "first").status()).isEqualTo(422);
        assertThat(verify(id, "second").status()).isEqualTo(204);
    }

    @Test
    void digests_of_every_algorithm_are_imported_and_become_argon2id_at_the_first_use() {
        String password = "correct horse";
        Map<String, String> digests = new HashMap<>();
        for (String algorithm : List.of("MD5", "SHA1", "SHA256")) {
            digests.put(algorithm, hex(algorithm, password));
        }
        digests.put("Legacy", Json.write(List.of("sha512", List.of("salt", "@"), hex("SHA-512", "salt" + password))));
        digests.forEach((algorithm, digest) -> {
            String id = imported(algorithm, digest);
            JsonNode stored = stored(id);
            assertThat(stored.path("passwordAlgorithm").asString()).isEqualTo(algorithm);
            assertThat(stored.path("passwordDigest").asString()).isEqualTo(digest);
            assertThat(verify(id, "wrong horse").status()).as(algorithm).isEqualTo(422);
            assertThat(stored(id)).isEqualTo(stored);
            assertThat(verify(id, password).status()).as(algorithm).isEqualTo(204);
            assertThat(stored(id).path("passwordAlgorithm").asString()).isEqualTo("Argon2id");
            assertThat(verify(id, password).status()).as(algorithm).isEqualTo(204);
        });
    }

    @Test
    void SI6_bcrypt_and_argon2_digests_of_other_systems_verify() {
        // Test vectors published with the algorithms' reference implementations.
        record Vector(String algorithm, String digest, String password) {}
        for (Vector vector : List.of(
                new Vector("Bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"),
                new Vector(
                        "Argon2i",
                        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ" + "$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
                        "password"),
                new Vector(
                        "Argon2id",
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ" + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                        "password"))) {
            String id = imported(vector.algorithm, vector.digest);
            assertThat(verify(id, vector.password + "x").status())
                    .as(vector.algorithm)
                    .isEqualTo(422);
            assertThat(verify(id, vector.password).status())
                    .as(vector.algorithm)
                    .isEqualTo(204);
        }
    }

    @Test
    void imports_that_cannot_work_are_refused_by_code() {
        String md5 = hex("MD5", "x");
        assertRefused(
                Map.of("password", "x", "passwordDigest", md5, "passwordAlgorithm", "MD5"), "user.password_and_digest");
        assertRefused(Map.of("passwordDigest", md5), "user.password_algorithm_required");
        assertRefused(
                Map.of("passwordDigest", "", "passwordAlgorithm", "MD5"), "password.unsupported_encryption_method");
        assertRefused(
                Map.of("passwordDigest", "[\"md5\",[\"a\"],\"x\"]", "passwordAlgorithm", "Legacy"),
                "password.invalid_legacy_password_format");
        assertRefused(
                Map.of("passwordDigest", "[\"nothash\",[\"@\"],\"x\"]", "passwordAlgorithm", "Legacy"),
                "password.unsupported_legacy_hash_algorithm");
        assertRefused(Map.of("passwordDigest", "x".repeat(257), "passwordAlgorithm", "Bcrypt"), "guard.invalid_input");
        assertRefused(
                Map.of(
                        "passwordDigest",
                        "$argon2id$v=19$m=4194304,t=99,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                        "passwordAlgorithm",
                        "Argon2id"),
                "guard.invalid_input");
    }

    @Test
    void SI6_nothing_but_the_password_is_right() {
        String without = api.created("/users", Map.of("username", "si6_without"))
                .path("id")
                .asString();
        String with = api.created("/users", Map.of("username", "si6_with", "password", "real"))
                .path("id")
                .asString();
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("password", null);
        for (String id : List.of(without, with)) {
            for (Object guess : List.of("null", "0", "true", "undefined", "[]", "real\0", "\0", " ", "Real")) {
                Answer answer = api.post("/users/" + id + "/password/verify", Map.of("password", guess));
                assertThat(answer.status()).as(guess.toString()).isIn(400, 422);
            }
            for (Object body : Arrays.asList(
                    nothing,
                    Map.of(),
                    Map.of("password", ""),
                    Map.of("password", 0),
                    Map.of("password", true),
                    Map.of("password", List.of("real")),
                    Map.of("password", Map.of("$ne", "")))) {
                assertThat(api.post("/users/" + id + "/password/verify", body).status())
                        .isEqualTo(400);
            }
            assertThat(verify(id, "x".repeat(10_000)).status()).isEqualTo(422);
        }
        assertThat(verify(with, "real").status()).isEqualTo(204);
    }

    @Test
    void SI6_passwords_that_share_72_bytes_differ() {
        String common = "c".repeat(80);
        String id = api.created("/users", Map.of("username", "si6_long", "password", common + "1"))
                .path("id")
                .asString();
        assertThat(verify(id, common + "2").status()).isEqualTo(422);
        assertThat(verify(id, common + "1").status()).isEqualTo(204);
    }

    @Test
    void SI5_a_user_without_a_password_is_refused_like_a_wrong_password() {
        String without = api.created("/users", Map.of("username", "si5_without"))
                .path("id")
                .asString();
        String with = api.created("/users", Map.of("username", "si5_with", "password", "real"))
                .path("id")
                .asString();
        String weak = imported("MD5", hex("MD5", "real"));
        verify(with, "warm");
        String body = verify(with, "wrong").text();
        long[] quickest = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
        String[] ids = {with, without, weak};
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < ids.length; i++) {
                long start = System.nanoTime();
                assertThat(verify(ids[i], "wrong").text()).isEqualTo(body);
                quickest[i] = Math.min(quickest[i], System.nanoTime() - start);
            }
        }
        // Each is one Argon2id hash, some 25 ms: without the decoy the others would take a tenth.
        assertThat((double) quickest[1] / quickest[0]).isBetween(0.4, 2.5);
        assertThat((double) quickest[2] / quickest[0]).isBetween(0.4, 2.5);
    }

    @Test
    void SI3_guesses_over_the_management_api_count_and_the_lock_holds_here_too() {
        String id = api.created("/users", Map.of("username", "si3", "password", "real"))
                .path("id")
                .asString();
        api.patch("/sign-in-exp", Map.of("sentinelPolicy", Map.of("maxAttempts", 3, "lockoutDuration", 10)));
        try {
            assertThat(verify(id, "wrong").code()).isEqualTo("session.invalid_credentials");
            assertThat(verify(id, "real").status()).isEqualTo(204);
            assertThat(verify(id, "wrong").status()).isEqualTo(422);
            assertThat(verify(id, "wrong").code()).isEqualTo("session.verification_blocked_too_many_attempts");
            assertThat(verify(id, "real").code()).isEqualTo("session.verification_blocked_too_many_attempts");
        } finally {
            api.patch("/sign-in-exp", Map.of("sentinelPolicy", Map.of()));
        }
    }

    private static Answer verify(String id, String password) {
        return api.post("/users/" + id + "/password/verify", Map.of("password", password));
    }

    private static String imported(String algorithm, String digest) {
        return api.created("/users", Map.of("passwordDigest", digest, "passwordAlgorithm", algorithm))
                .path("id")
                .asString();
    }

    private static JsonNode stored(String id) {
        JsonNode user = api.get("/users/" + id + "?includePasswordHash=true").json();
        return Json.object()
                .put("passwordDigest", user.path("passwordDigest").asString())
                .put("passwordAlgorithm", user.path("passwordAlgorithm").asString());
    }

    private static boolean expired(String id) {
        return server.app().database().read("default", tx -> tx.query(
                        "SELECT is_password_expired FROM users WHERE tenant_id = :tenant AND id = :id")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one());
    }

    private static void assertRefused(Map<String, ?> body, String code) {
        Answer answer = api.post("/users", body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(400);
    }

    private static String hex(String algorithm, String text) {
        String name =
                switch (algorithm) {
                    case "SHA1" -> "SHA-1";
                    case "SHA256" -> "SHA-256";
                    default -> algorithm;
                };
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance(name)
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
