package dev.ostiary.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PersonalAccessTokenRoutesTest {
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

    private static String tokensOf(String username) {
        String id =
                api.created("/users", Map.of("username", username)).path("id").asString();
        return "/users/" + id + "/personal-access-tokens";
    }

    @Test
    void a_token_is_made_shown_renamed_and_deleted() {
        String all = tokensOf("holder");
        long expiresAt = server.clock().instant().toEpochMilli() + 60_000;
        Answer made = api.post(all, Map.of("name", "ci", "expiresAt", expiresAt));
        assertThat(made.status()).isEqualTo(201);
        String value = made.json().path("value").asString();
        assertThat(value).matches("pat_[0-9A-Za-z]{32}");
        assertThat(made.json().path("expiresAt").asLong()).isEqualTo(expiresAt);
        api.created(all, Map.of("name", "forever"));

        JsonNode listed = api.get(all).json();
        assertThat(listed).hasSize(2);
        assertThat(listed.at("/0/value").asString()).isEqualTo(value);
        assertThat(listed.at("/1/expiresAt").isNull()).isTrue();

        Answer renamed = api.patch(all + "/ci", Map.of("name", "ci / main"));
        assertThat(renamed.json().path("value").asString()).isEqualTo(value);
        assertThat(api.patch(all + "/forever", Map.of("name", "ci / main")).code())
                .isEqualTo("user.personal_access_token_name_exists");
        assertThat(api.patch(all, Map.of("currentName", "ci / main", "name", "CI"))
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("CI");
        assertThat(api.post(all + "/delete", Map.of("name", "CI")).status()).isEqualTo(204);
        assertThat(api.delete(all + "/forever").status()).isEqualTo(204);
        assertThat(api.get(all).json()).isEmpty();
    }

    @Test
    void what_cannot_be_is_refused() {
        String all = tokensOf("refused");
        api.created(all, Map.of("name", "taken"));
        assertThat(api.post(all, Map.of("name", "taken")).code()).isEqualTo("user.personal_access_token_name_exists");
        Answer past = api.post(all, Map.of("name", "past", "expiresAt", 1));
        assertThat(past.status()).isEqualTo(400);
        assertThat(past.code()).isEqualTo("request.invalid_input");
        assertThat(api.post(all, Map.of("name", "x".repeat(10_000))).status()).isEqualTo(400);
        assertThat(api.patch(all + "/nothing", Map.of("name", "a")).code()).isEqualTo("entity.not_exists");
        assertThat(api.delete(all + "/nothing").code()).isEqualTo("entity.not_found");
        assertThat(api.get("/users/nobody/personal-access-tokens").status()).isEqualTo(404);
        assertThat(api.post("/users/nobody/personal-access-tokens", Map.of("name", "a"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void MA5_values_are_sealed_and_who_reads_them_is_recorded() {
        String all = tokensOf("sealed");
        String value = api.created(all, Map.of("name", "a")).path("value").asString();
        long stored = server.app().database().read("default", tx -> tx.query(
                        "SELECT count(*) FROM personal_access_tokens WHERE sealed_value LIKE '%' || :value || '%'")
                .bind("value", value)
                .mapTo(Long.class)
                .one());
        assertThat(stored).isZero();
        api.get(all);
        JsonNode read = api.get("/logs?logKey=ManagementApi.Secrets.Read").json();
        assertThat(read.toString()).contains(all).doesNotContain(value);
    }

    @Test
    void MA2_tokens_of_another_tenants_user_are_unknown() {
        String all = tokensOf("elsewhere");
        api.created(all, Map.of("name", "a"));
        assertThat(server.adminApi().get(all).status()).isEqualTo(404);
        assertThat(server.adminApi().delete(all + "/a").status()).isEqualTo(404);
        assertThat(api.get(all).json()).hasSize(1);
    }
}
