package dev.ostiary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the program starts, stops, and tells what keeps it from starting. */
class LauncherTest {
    private static final Duration END_LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A running program whose PostgreSQL the other tests borrow, each with a database of its own. */
    private static Program lender;

    @BeforeAll
    static void start() {
        lender = Program.start();
    }

    @AfterAll
    static void stop() {
        lender.close();
    }

    @Test
    void the_first_start_prints_both_addresses_and_answers() throws Exception {
        System.out.println(
                "first start, to the first 204: " + lender.timeToReady().toMillis() + " ms");
        assertThat(lender.log())
                .contains(lender.endpoint().toString())
                .contains(lender.adminEndpoint().toString());
        HttpResponse<String> status = get(lender.endpoint().resolve("/api/status"));
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(status.body()).isEmpty();
        assertThat(get(lender.adminEndpoint().resolve("/api/status")).statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_restart_after_kill_has_the_same_keys_and_is_fast() throws Exception {
        try (Program program = Program.start()) {
            String keys = keys(program);
            program.kill();
            program.restart();
            assertThat(keys(program)).isEqualTo(keys);
            System.out.println(
                    "after kill -9, to the first 204: " + program.timeToReady().toMillis() + " ms");
            assertThat(program.terminate()).isIn(0, 143);
            assertThat(program.dataFolder().resolve("postgres/data-18/postmaster.pid"))
                    .doesNotExist();
            program.restart();
            assertThat(keys(program)).isEqualTo(keys);
            System.out.println(
                    "existing data, to the first 204: " + program.timeToReady().toMillis() + " ms");
        }
    }

    @Test
    void nodes_that_start_at_once_on_an_empty_database_agree() throws Exception {
        Map<String, String> shared = Map.of("DB_URL", emptyDatabase("nodes"));
        try (Program one = Program.launch(shared);
                Program other = Program.start(shared)) {
            one.awaitReady();
            String keys = keys(lender.dataFolder().resolve("postgres"), "nodes");
            assertThat(keys).contains("default").contains("admin");
            other.terminate();
            other.restart();
            assertThat(keys(lender.dataFolder().resolve("postgres"), "nodes")).isEqualTo(keys);
            assertThat(one.dataFolder().resolve("postgres")).doesNotExist();
        }
    }

    @Test
    void all_faults_of_the_configuration_are_told_together() {
        Map<String, String> faulty = Map.of(
                "PORT", "zero",
                "ADMIN_PORT", "99999",
                "DB_URL", "mysql://root@localhost/ostiary",
                "DATABASE_POOL_SIZE", "-3",
                "ENDPOINT", "not an address");
        try (Program program = Program.launch(faulty)) {
            assertThat(program.awaitEnd(END_LIMIT)).isNotIn(0, 143);
            assertThat(program.log()).contains(faulty.keySet()).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void a_taken_port_is_named_and_leaves_no_database_running() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
                Program program = Program.launch(Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(program.awaitEnd(END_LIMIT)).isNotIn(0, 143);
            assertThat(program.log())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .containsIgnoringCase("in use")
                    .doesNotContain("\tat ");
            assertThat(program.dataFolder().resolve("postgres/data-18/postmaster.pid"))
                    .doesNotExist();
        }
    }

    @Test
    void a_database_that_does_not_answer_or_refuses_us_is_named_without_its_password() throws Exception {
        String right = emptyDatabase("refusing");
        List<String> wrong = List.of(
                "postgres://someone:se-cret@127.0.0.1:1/ostiary",
                "postgres://someone:se-cret@no-such-host.invalid/ostiary",
                right.replaceFirst("//ostiary:[^@]*@", "//ostiary:se-cret@"),
                right.replaceFirst("/refusing$", "/no_such_database"));
        for (String url : wrong) {
            try (Program program = Program.launch(Map.of("DB_URL", url))) {
                assertThat(program.awaitEnd(END_LIMIT)).as(url).isNotIn(0, 143);
                assertThat(program.log()).contains("DB_URL").doesNotContain("se-cret", "\tat ");
            }
        }
    }

    @Test
    void a_database_newer_than_the_program_is_refused() throws Exception {
        String url = emptyDatabase("newer");
        Map<String, String> environment = Map.of("DB_URL", url);
        Program.start(environment).close();
        try (Connection connection = superuser(lender.dataFolder().resolve("postgres"), "newer")) {
            connection
                    .createStatement()
                    .execute("INSERT INTO schema_history SELECT 9999, '9999', 'from the future', type, 'V9999__x.sql',"
                            + " checksum, installed_by, installed_on, execution_time, success"
                            + " FROM schema_history ORDER BY installed_rank DESC LIMIT 1");
        }
        try (Program program = Program.launch(environment)) {
            assertThat(program.awaitEnd(END_LIMIT)).isNotIn(0, 143);
            assertThat(program.log()).contains("9999", "newer program").doesNotContain("\tat ");
        }
    }

    @Test
    void a_data_folder_in_use_or_not_usable_is_named() throws Exception {
        Path file = Files.createTempFile("ostiary-e2e-", ".data");
        try {
            for (String folder : List.of(lender.dataFolder().toString(), file.toString(), "/proc/ostiary")) {
                try (Program program = Program.launch(Map.of("DATA_DIR", folder))) {
                    assertThat(program.awaitEnd(END_LIMIT)).as(folder).isNotIn(0, 143);
                    assertThat(program.log()).contains(folder, "DATA_DIR").doesNotContain("\tat ");
                }
            }
            assertThat(lender.status()).isEqualTo(204);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void while_the_database_is_away_the_status_says_so_and_then_recovers_by_itself() throws Exception {
        try (Program program = Program.start()) {
            Path cluster = program.dataFolder().resolve("postgres/data-18");
            long postmaster = Long.parseLong(Files.readAllLines(cluster.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            Path aside = cluster.resolveSibling("aside");
            Files.move(cluster, aside); // so that it cannot come back at once
            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
            HttpResponse<String> away = await(program, 503);
            assertThat(away.body()).contains("\"code\"").doesNotContain("Exception", "127.0.0.1");
            Files.move(aside, cluster);
            await(program, 204);
        }
    }

    @Test
    void secrets_on_disk_are_closed_to_others() throws Exception {
        Path password = lender.dataFolder().resolve("postgres/ostiary.password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
        assertThat(lender.log()).doesNotContain(Files.readString(password).strip());
    }

    private static HttpResponse<String> await(Program program, int status) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (System.nanoTime() < end) {
            HttpResponse<String> answer = get(program.endpoint().resolve("/api/status"));
            if (answer.statusCode() == status) {
                return answer;
            }
            Program.pause(Duration.ofMillis(50));
        }
        throw new AssertionError("never " + status + ":\n" + program.log());
    }

    /** The signing keys of all tenants; row-level security hides them from the program's own role here. */
    private static String keys(Path postgres, String database) throws Exception {
        try (Connection connection = superuser(postgres, database);
                ResultSet keys = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) || ' ' || string_agg(tenant_id || id || position, ' '"
                                + " ORDER BY tenant_id, id) FROM signing_keys")) {
            keys.next();
            return keys.getString(1);
        }
    }

    private static String keys(Program program) throws Exception {
        return keys(program.dataFolder().resolve("postgres"), "ostiary");
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String emptyDatabase(String name) throws Exception {
        Path postgres = lender.dataFolder().resolve("postgres");
        try (Connection connection = superuser(postgres, "postgres")) {
            connection.createStatement().execute("CREATE DATABASE " + name + " OWNER ostiary");
        }
        return "postgres://ostiary:" + secret(postgres, "ostiary.password") + "@127.0.0.1:" + port(postgres) + "/"
                + name;
    }

    private static Connection superuser(Path postgres, String database) throws Exception {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port(postgres) + "/" + database,
                "postgres",
                secret(postgres, "superuser.password"));
    }

    private static String secret(Path postgres, String file) throws Exception {
        return Files.readString(postgres.resolve(file)).strip();
    }

    private static String port(Path postgres) throws Exception {
        return Files.readAllLines(postgres.resolve("data-18/postmaster.pid"))
                .get(3)
                .strip();
    }
}
