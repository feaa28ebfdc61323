package dev.ostiary.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever administers everything cannot be left out by a slip: nobody could let anybody in again. */
class LastAdministratorTest {
    private static final String REFUSED = "user.last_administrator";
    private static final String ROLE = ManagementRoles.DEFAULT_ADMIN_ID;

    private TestServer server;
    private TestApi api;

    @BeforeEach
    void start() {
        server = TestServer.start();
        api = server.adminApi();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String administrator(String name) {
        String id = api.created("/users", Map.of("username", name)).path("id").asString();
        api.created("/users/" + id + "/roles", Map.of("roleIds", ManagementRoles.ADMINISTRATOR));
        return id;
    }

    private Answer suspend(String id) {
        return api.patch("/users/" + id + "/is-suspended", Map.of("isSuspended", true));
    }

    @Test
    void the_last_one_is_not_deleted_suspended_nor_deprived() {
        String only = administrator("only");
        for (Answer refused : List.of(
                api.delete("/users/" + only),
                suspend(only),
                api.delete("/users/" + only + "/roles/" + ROLE),
                api.delete("/roles/" + ROLE + "/users/" + only),
                api.delete("/users/" + only + "/roles/" + ManagementRoles.CONSOLE_USER_ID),
                api.put("/users/" + only + "/roles", Map.of("roleIds", List.of())),
                api.put("/users/" + only + "/roles", Map.of("roleIds", List.of(ManagementRoles.CONSOLE_USER_ID))),
                api.delete("/roles/" + ROLE),
                api.delete("/roles/" + ROLE + "/scopes/x"))) {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo(REFUSED);
        }
        assertThat(api.get("/users/" + only + "/roles").json()).hasSize(2);
        assertThat(api.get("/users/" + only).json().path("isSuspended").asBoolean())
                .isFalse();
    }

    @Test
    void with_a_second_one_the_first_may_go() {
        String first = administrator("first");
        String second = administrator("second");
        assertThat(suspend(first).status()).isEqualTo(200);
        assertThat(suspend(second).code()).isEqualTo(REFUSED);
        assertThat(api.delete("/users/" + first).status()).isEqualTo(204);
        String third = administrator("third");
        assertThat(api.delete("/users/" + second + "/roles/" + ROLE).status()).isEqualTo(204);
        assertThat(api.delete("/users/" + third).code()).isEqualTo(REFUSED);
    }

    @Test
    void of_two_who_remove_each_other_one_stays() throws Exception {
        for (int i = 0; i < 10; i++) {
            String first = administrator("a" + i);
            String second = administrator("b" + i);
            Callable<Answer> one = () -> api.delete("/users/" + first);
            Callable<Answer> two = () -> suspend(second);
            try (var threads = Executors.newFixedThreadPool(2)) {
                List<Integer> statuses = threads.invokeAll(List.of(one, two)).stream()
                        .map(Future::resultNow)
                        .map(Answer::status)
                        .toList();
                assertThat(statuses).containsOnlyOnce(422);
            }
            // whoever stayed makes room for the next two
            server.app().database().run("admin", tx -> tx.update("DELETE FROM users WHERE tenant_id = :tenant")
                    .execute());
        }
    }

    @Test
    void other_users_and_other_tenants_are_not_concerned() {
        administrator("boss");
        String plain =
                api.created("/users", Map.of("username", "plain")).path("id").asString();
        assertThat(suspend(plain).status()).isEqualTo(200);
        assertThat(api.delete("/users/" + plain).status()).isEqualTo(204);
        TestApi tenant = server.api();
        String user =
                tenant.created("/users", Map.of("username", "alone")).path("id").asString();
        assertThat(tenant.delete("/users/" + user).status()).isEqualTo(204);
    }
}
