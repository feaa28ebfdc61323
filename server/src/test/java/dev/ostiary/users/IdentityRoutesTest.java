package dev.ostiary.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdentityRoutesTest {
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

    private static String user(String username) {
        return api.created("/users", Map.of("username", username)).path("id").asString();
    }

    @Test
    void an_account_at_a_social_provider_is_linked_shown_replaced_and_unlinked() {
        String at = "/users/" + user("linked") + "/identities/google";
        assertThat(api.get(at).code()).isEqualTo("user.identity_not_exist");
        Answer linked = api.put(at, Map.of("userId", "g-1", "details", Map.of("email", "a@example.com")));
        assertThat(linked.status()).isEqualTo(201);
        assertThat(linked.json().at("/google/userId").asString()).isEqualTo("g-1");
        assertThat(api.get(at).json().at("/identity/details/email").asString()).isEqualTo("a@example.com");
        Answer replaced = api.put(at, Map.of("userId", "g-2"));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().toString()).isEqualTo("{\"google\":{\"userId\":\"g-2\"}}");
        Answer unlinked = api.delete(at);
        assertThat(unlinked.status()).isEqualTo(200);
        assertThat(unlinked.json().path("identities")).isEmpty();
        assertThat(api.delete(at).code()).isEqualTo("user.identity_not_exist");
        assertThat(api.delete(at).status()).isEqualTo(404);
    }

    @Test
    void AL1_one_account_belongs_to_one_user_even_when_two_take_it_at_once() throws Exception {
        String first = user("first_owner");
        String second = user("second_owner");
        Map<String, String> account = Map.of("userId", "the-one");
        Callable<Answer> one = () -> api.put("/users/" + first + "/identities/github", account);
        Callable<Answer> two = () -> api.put("/users/" + second + "/identities/github", account);
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Integer> statuses = threads.invokeAll(List.of(one, two)).stream()
                    .map(Future::resultNow)
                    .map(Answer::status)
                    .sorted()
                    .toList();
            assertThat(statuses).containsExactly(201, 422);
        }
        Answer third = api.put("/users/" + user("third_owner") + "/identities/github", account);
        assertThat(third.code()).isEqualTo("user.identity_already_in_use");
        api.delete("/users/" + first);
        api.delete("/users/" + second);
        assertThat(api.put("/users/" + user("heir") + "/identities/github", account)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void what_is_not_there_is_404_and_what_cannot_be_is_refused() {
        String id = user("bad_input");
        assertThat(api.get("/users/nobody/identities/x").status()).isEqualTo(404);
        assertThat(api.put("/users/nobody/identities/x", Map.of("userId", "1")).status())
                .isEqualTo(404);
        assertThat(api.put("/users/" + id + "/identities/x", Map.of()).status()).isEqualTo(400);
        assertThat(api.put("/users/" + id + "/identities/" + "x".repeat(200), Map.of("userId", "1"))
                        .code())
                .isEqualTo("entity.value_too_long");
        assertThat(api.put("/users/" + id + "/identities/x", Map.of("userId", "1".repeat(10_000)))
                        .code())
                .isEqualTo("entity.value_too_long");
        assertThat(api.put("/users/" + id + "/identities/a%00b", Map.of("userId", "1"))
                        .status())
                .isBetween(400, 422);
        assertThat(api.post("/users/" + id + "/identities", Map.of("connectorId", "c", "connectorData", Map.of()))
                        .code())
                .isEqualTo("entity.not_found");
        assertThat(api.post("/users/" + id + "/identities", Map.of("connectorId", "c"))
                        .status())
                .isEqualTo(400);
    }
}
