package dev.ostiary.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DashboardRoutesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void it_tells_users_new_users_and_active_users_with_their_differences() {
        TestApi api = server.api();
        JsonNode empty = api.get("/dashboard/users/active").json();
        assertThat(empty.path("dauCurve"))
                .hasSize(30)
                .allMatch(point -> point.path("count").asInt() == 0);

        String first = api.created("/users", Map.of("username", "first", "password", "correct horse"))
                .path("id")
                .asString();
        server.clock().forward(Duration.ofDays(8));
        api = server.api();
        api.created("/users", Map.of("username", "second"));
        api.created("/users", Map.of("username", "third"));
        server.app().database().run("default", tx -> {
            tx.update(
                            "INSERT INTO user_days (tenant_id, day, measure, gap, difference) VALUES (:tenant, :day, 'active', 30, 4)")
                    .bind("day", today().minusDays(1))
                    .execute();
            tx.update(
                            "INSERT INTO user_days (tenant_id, day, measure, gap, difference) VALUES (:tenant, :day, 'active', 1, 1)")
                    .bind("day", today())
                    .execute();
        });

        assertThat(api.get("/dashboard/users/total").text()).isEqualTo("{\"totalUserCount\":3}");
        assertThat(api.get("/dashboard/users/new").text())
                .isEqualTo("{\"today\":{\"count\":2,\"delta\":2},\"last7Days\":{\"count\":2,\"delta\":1}}");
        JsonNode active = api.get("/dashboard/users/active").json();
        assertThat(active.path("dau").toString()).isEqualTo("{\"count\":1,\"delta\":-3}");
        assertThat(active.path("wau").toString()).isEqualTo("{\"count\":4,\"delta\":4}");
        assertThat(active.path("mau").toString()).isEqualTo("{\"count\":4,\"delta\":4}");
        assertThat(active.path("dauCurve").path(29).toString()).isEqualTo("{\"date\":\"" + today() + "\",\"count\":1}");
        assertThat(api.get("/dashboard/users/active?date=" + today().minusDays(1))
                        .json()
                        .path("dau")
                        .path("count")
                        .asInt())
                .isEqualTo(4);
        api.delete("/users/" + first);
        assertThat(api.get("/dashboard/users/total").text()).isEqualTo("{\"totalUserCount\":2}");
    }

    @Test
    void what_is_no_day_is_refused() {
        TestApi api = server.api();
        for (String date : new String[] {"2026-02-30", "20260101", "2026-1-1", "today", "", "2026-01-01%00"}) {
            assertThat(api.get("/dashboard/users/active?date=" + date).status())
                    .as(date)
                    .isEqualTo(400);
        }
        for (String date : new String[] {"0000-01-01", "9999-12-31"}) {
            assertThat(api.get("/dashboard/users/active?date=" + date).status())
                    .as(date)
                    .isEqualTo(200);
        }
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(server.clock().instant(), ZoneOffset.UTC);
    }
}
