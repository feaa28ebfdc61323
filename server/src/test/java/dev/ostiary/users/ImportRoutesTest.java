package dev.ostiary.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImportRoutesTest {
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

    private static JsonNode imported(Object... users) {
        Answer answer = api.post("/users/import", List.of(users));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String code(JsonNode report, int index) {
        return report.at("/results/" + index + "/error/code").asString("");
    }

    @Test
    void a_user_keeps_what_another_system_knew() {
        Map<String, Object> user = new HashMap<>(Map.of(
                "id",
                "old-id_1",
                "username",
                "whole",
                "primaryEmail",
                "Whole@example.com",
                "name",
                "Whole",
                "profile",
                Map.of("givenName", "W"),
                "customData",
                Map.of("plan", "pro"),
                "identities",
                Map.of("google", Map.of("userId", "g-whole")),
                "isSuspended",
                true,
                "lastSignInAt",
                1_600_000_000_000L,
                "createdAt",
                1_500_000_000_000L));
        user.put("primaryPhone", null);
        user.put("avatar", "");
        JsonNode report = imported(user);
        assertThat(report.toString())
                .isEqualTo("{\"created\":1,\"failed\":0,\"results\":"
                        + "[{\"index\":0,\"status\":\"created\",\"id\":\"old-id_1\"}]}");
        JsonNode stored = api.get("/users/old-id_1").json();
        assertThat(stored.path("createdAt").asLong()).isEqualTo(1_500_000_000_000L);
        assertThat(stored.path("lastSignInAt").asLong()).isEqualTo(1_600_000_000_000L);
        assertThat(stored.path("isSuspended").asBoolean()).isTrue();
        assertThat(stored.at("/identities/google/userId").asString()).isEqualTo("g-whole");
        assertThat(stored.at("/customData/plan").asString()).isEqualTo("pro");
        assertThat(stored.path("avatar").isNull()).isTrue();
        assertThat(api.get("/users?search=%25whole%25").json()).hasSize(1);
    }

    @Test
    void one_bad_user_loses_none_of_the_others_and_each_is_told_why() {
        imported(Map.of(
                "id", "taken", "username", "taken", "primaryEmail", "taken@example.com", "primaryPhone", "81900"));
        JsonNode report = imported(
                Map.of("username", "good_1"),
                Map.of("username", "no spaces"),
                Map.of("id", "taken"),
                Map.of("username", "taken"),
                Map.of("primaryEmail", "TAKEN@example.com"),
                Map.of("primaryPhone", "81900"),
                Map.of("username", "good_1"),
                Map.of("username", "plain", "password", "secret"),
                Map.of("username", "digest", "passwordDigest", "x"),
                Map.of("username", "legacy", "passwordDigest", "[]", "passwordAlgorithm", "Legacy"),
                Map.of("username", "long", "name", "x".repeat(10_000)),
                Map.of("id", "twice", "username", "twice_1"),
                Map.of("id", "twice", "username", "twice_2"),
                "no object",
                Map.of("username", "good_2"));
        assertThat(IntStream.range(0, 15).mapToObj(i -> code(report, i)).toList())
                .containsExactly(
                        "",
                        "guard.invalid_input",
                        "user.id_already_in_use",
                        "user.username_already_in_use",
                        "user.email_already_in_use",
                        "user.phone_already_in_use",
                        "user.username_already_in_use",
                        "guard.invalid_input",
                        "user.password_algorithm_required",
                        "password.invalid_legacy_password_format",
                        "guard.invalid_input",
                        "",
                        "user.id_already_in_use",
                        "guard.invalid_input",
                        "");
        assertThat(report.path("created").asInt()).isEqualTo(3);
        assertThat(report.path("failed").asInt()).isEqualTo(12);
        assertThat(report.at("/results/1/error/details").asString()).contains("username");
        assertThat(report.toString()).doesNotContain("secret");
    }

    @Test
    void two_with_one_social_account_are_stored_as_far_as_that_goes() {
        Map<String, Object> account = Map.of("github", Map.of("userId", "one-account"));
        JsonNode report = imported(
                Map.of("username", "social_1", "identities", account),
                Map.of("username", "social_2", "identities", account),
                Map.of("username", "social_3"),
                Map.of("username", "social_4", "identities", Map.of("github", Map.of())));
        assertThat(report.path("created").asInt()).isEqualTo(2);
        assertThat(code(report, 1)).isEqualTo("user.identity_already_in_use");
        assertThat(code(report, 3)).isEqualTo("guard.invalid_input");
    }

    @Test
    void lines_of_JSON_are_taken_too() {
        Answer answer = new dev.ostiary.testing.TestBrowser(server.origin())
                .send(
                        "POST",
                        "/api/users/import",
                        "{\"username\":\"line_1\"}\n{broken\n\n{\"username\":\"line_2\"}\n",
                        "Content-Type",
                        "application/x-ndjson",
                        "Authorization",
                        "Bearer " + server.managementToken("default"));
        assertThat(answer.json().path("created").asInt()).isEqualTo(2);
        assertThat(code(answer.json(), 1)).isEqualTo("guard.invalid_input");
    }

    @Test
    void DO2_more_than_a_thousand_a_call_are_refused() {
        List<Map<String, String>> many = IntStream.range(0, 1_001)
                .mapToObj(i -> Map.of("username", "many_" + i))
                .toList();
        assertThat(api.post("/users/import", many).code()).isEqualTo("guard.invalid_input");
        assertThat(api.post("/users/import", Map.of("username", "x")).status()).isEqualTo(400);
        assertThat(api.post("/users/import", List.of()).json().path("created").asInt())
                .isZero();
        assertThat(api.get("/users?search=many%25").json()).isEmpty();
    }

    @Test
    void a_new_user_has_the_default_roles_of_every_new_user() {
        String role = api.created("/roles", Map.of("name", "everybody", "description", "all", "isDefault", true))
                .path("id")
                .asString();
        JsonNode report = imported(Map.of("username", "with_role_1"), Map.of("username", "with_role_2"));
        for (JsonNode result : report.path("results")) {
            JsonNode roles =
                    api.get("/users/" + result.path("id").asString() + "/roles").json();
            assertThat(roles.at("/0/id").asString()).isEqualTo(role);
        }
        api.delete("/roles/" + role);
    }

    @Test
    void two_imports_of_the_same_users_at_once_store_each_once() throws Exception {
        List<Map<String, String>> users = IntStream.range(0, 200)
                .mapToObj(i -> Map.of("username", "race_" + i))
                .toList();
        List<Map<String, String>> backwards = new ArrayList<>(users).reversed();
        Callable<JsonNode> one = () -> api.post("/users/import", users).json();
        Callable<JsonNode> two = () -> api.post("/users/import", backwards).json();
        try (var threads = Executors.newFixedThreadPool(2)) {
            int created = threads.invokeAll(List.of(one, two)).stream()
                    .map(Future::resultNow)
                    .mapToInt(report -> report.path("created").asInt())
                    .sum();
            assertThat(created).isEqualTo(200);
        }
    }

    @Test
    void a_thousand_users_are_stored_in_seconds() {
        int[] stored = {0};
        long start = System.nanoTime();
        for (int call = 0; call < 4; call++) {
            int from = call * 1_000;
            List<Map<String, String>> thousand = IntStream.range(from, from + 1_000)
                    .mapToObj(i -> Map.of(
                            "username", "fast_" + i,
                            "primaryEmail", "fast" + i + "@example.com",
                            "name", "Fast " + i,
                            "passwordAlgorithm", "Bcrypt",
                            "passwordDigest", "$2b$06$gzgVC1N5v7CUvnqqRjZVt.8olTu/bKDK8OKXyAOuz8eK9NbwRXbfO"))
                    .toList();
            assertThat(Json.write(thousand).length()).isLessThan(1_000_000);
            stored[0] +=
                    api.post("/users/import", thousand).json().path("created").asInt();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println("Import: " + Math.round(stored[0] / seconds) + " users/s");
        assertThat(stored[0]).isEqualTo(4_000);
        assertThat(seconds).isLessThan(40);
    }

    @Test
    void MA2_an_import_reaches_its_own_tenant_only() {
        imported(Map.of("id", "tenant-a", "username", "tenant_a"));
        assertThat(server.adminApi().get("/users/tenant-a").status()).isEqualTo(404);
        Answer answer =
                server.adminApi().post("/users/import", List.of(Map.of("id", "tenant-a", "username", "tenant_a")));
        assertThat(answer.json().path("created").asInt()).isEqualTo(1);
    }
}
