package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.crypto.Secret;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestPostgres;
import dev.ostiary.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SeedTest {
    private static final String DEFAULT_API = "https://default.logto.app/api";
    private static final String ADMIN_API = "https://admin.logto.app/api";

    @Test
    void the_bootstrap_machine_may_call_the_management_api_of_both_tenants() {
        try (TestServer server = TestServer.start(machine("first secret of the machine"))) {
            String secret = "first secret of the machine";
            String own = token(server.origin(), secret, DEFAULT_API);
            assertThat(applications(server.origin(), own)).isEqualTo(200);
            String central = token(server.adminOrigin(), secret, DEFAULT_API);
            assertThat(applications(server.origin(), central)).isEqualTo(200);
            String admin = token(server.adminOrigin(), secret, ADMIN_API);
            assertThat(applications(server.adminOrigin(), admin)).isEqualTo(200);
            assertThat(applications(server.adminOrigin(), own)).isEqualTo(401);
        }
    }

    @Test
    void a_second_start_changes_nothing_and_a_new_secret_replaces_the_old_one() {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        TestServer.start(database, machine("first")).close();
        try (TestServer again = TestServer.start(database, machine("first"))) {
            assertThat(again.api().get("/applications/machine/secrets").json()).hasSize(1);
            assertThat(again.api().get("/applications/machine/roles").json()).hasSize(1);
        }
        try (TestServer renewed = TestServer.start(database, machine("second"))) {
            assertThat(ask(renewed.origin(), "first", DEFAULT_API).status()).isEqualTo(401);
            assertThat(ask(renewed.origin(), "second", DEFAULT_API).status()).isEqualTo(200);
        }
    }

    @Test
    void two_nodes_that_start_at_once_plant_one_machine() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        TestServer.start(database, machine("old")).close();
        Callable<TestServer> start = () -> TestServer.start(database, machine("new"));
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<TestServer> nodes = new ArrayList<>();
            for (Future<TestServer> node : two.invokeAll(List.of(start, start))) {
                nodes.add(node.get());
            }
            assertThat(nodes.getFirst()
                            .api()
                            .get("/applications/machine/secrets")
                            .json())
                    .hasSize(1);
            nodes.forEach(TestServer::close);
        }
    }

    private static BootstrapCredentials machine(String secret) {
        return new BootstrapCredentials(
                Optional.empty(), Optional.empty(), Optional.of("machine"), Optional.of(new Secret(secret)));
    }

    private static String token(String origin, String secret, String resource) {
        return ask(origin, secret, resource).json().get("access_token").asString();
    }

    private static Answer ask(String origin, String secret, String resource) {
        String credentials = "machine:" + secret.replace(' ', '+');
        return new TestBrowser(origin)
                .form(
                        "/oidc/token",
                        Map.of("grant_type", "client_credentials", "resource", resource, "scope", "all"),
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private static int applications(String origin, String token) {
        return new TestBrowser(origin)
                .get("/api/applications", "Authorization", "Bearer " + token)
                .status();
    }
}
