package dev.ostiary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** PostgreSQL or the program dies under load: clear refusals meanwhile, nothing half-written, nothing acknowledged lost. */
class OutageTest {
    private static final int CLIENTS = 6;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** What clients saw: names whose creation was acknowledged, and every status. */
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    @Test
    void a_dead_PostgreSQL_is_503_to_everybody_and_comes_back_by_itself() throws Exception {
        try (Program program = Program.start(ManagementApi.BOOTSTRAP)) {
            ManagementApi api = ManagementApi.of(program);
            List<Thread> load = load(program.endpoint(), api.token());
            awaitAcknowledged(20);
            Path pidFile = program.dataFolder().resolve("postgres/data-18/postmaster.pid");
            long postmaster =
                    Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
            int before = acknowledged.size();
            awaitAcknowledged(before + 20);
            stop(load);
            assertThat(Set.copyOf(statuses)).isSubsetOf(200, 503);
            assertThat(usernames(api)).containsAll(acknowledged);
        }
    }

    @Test
    void after_kill_9_everything_acknowledged_is_there() throws Exception {
        try (Program program = Program.start(ManagementApi.BOOTSTRAP)) {
            ManagementApi api = ManagementApi.of(program);
            List<Thread> load = load(program.endpoint(), api.token());
            awaitAcknowledged(40);
            program.kill();
            stop(load);
            program.restart();
            assertThat(usernames(api)).containsAll(acknowledged);
        }
    }

    private List<Thread> load(URI endpoint, String token) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            threads.add(Thread.startVirtualThread(() -> {
                for (int n = 0; !stopped; n++) {
                    create(endpoint, token, "outage_" + client + "_" + n);
                }
            }));
        }
        return threads;
    }

    private void create(URI endpoint, String token, String username) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/api/users"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"username\":\"" + username + "\"}"))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            statuses.add(response.statusCode());
            if (response.statusCode() == 200) {
                acknowledged.add(username);
            } else {
                Program.pause(Duration.ofMillis(100));
            }
        } catch (IOException gone) {
            // no answer, no promise
            Program.pause(Duration.ofMillis(50));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAcknowledged(int count) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (acknowledged.size() < count) {
            assertThat(System.nanoTime())
                    .as("only %s acknowledged", acknowledged.size())
                    .isLessThan(end);
            Program.pause(Duration.ofMillis(20));
        }
    }

    private void stop(List<Thread> load) throws InterruptedException {
        stopped = true;
        for (Thread thread : load) {
            thread.join();
        }
    }

    private static Set<String> usernames(ManagementApi api) {
        Set<String> names = new TreeSet<>();
        for (int page = 1; ; page++) {
            var users = api.get("/users?page_size=100&page=" + page);
            users.forEach(user -> names.add(user.get("username").asString()));
            if (users.size() < 100) {
                return names;
            }
        }
    }
}
