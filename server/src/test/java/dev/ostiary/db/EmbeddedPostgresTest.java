package dev.ostiary.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ostiary.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path temporary;

    @Test
    void it_is_durable_checked_and_keeps_its_data() throws Exception {
        Path folder = temporary.resolve("data");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS)) {
            assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW data_checksums")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW server_version")).startsWith("18.");
            assertThat(ask(postgres, "CREATE TABLE kept AS SELECT 'still here' AS word; SELECT word FROM kept"))
                    .isEqualTo("still here");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS)) {
            assertThat(ask(postgres, "SELECT word FROM kept")).isEqualTo("still here");
        }
    }

    @Test
    void the_program_is_an_ordinary_role_that_row_level_security_applies_to() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(temporary.resolve("data"), TestPostgres.PROGRAMS)) {
            assertThat(ask(postgres, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            assertThat(ask(postgres, "CREATE EXTENSION pg_trgm; SELECT similarity('abc', 'abc')"))
                    .isEqualTo("1");
        }
    }

    @Test
    void other_local_users_get_in_neither_without_a_password_nor_by_a_socket_nor_by_reading_files() throws Exception {
        Path folder = temporary.resolve("data");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS)) {
            for (String user : List.of("postgres", "ostiary")) {
                for (String password : List.of("", "postgres", "ostiary")) {
                    assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), user, password))
                            .isInstanceOf(SQLException.class);
                }
            }
            List<String> state = Files.readAllLines(Postmaster.file(cluster(folder)));
            assertThat(state.get(4)).as("socket folder").isEmpty();
            assertThat(state.get(5)).as("address").isEqualTo("127.0.0.1");
            assertThat(permissions(folder)).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("postgres"))).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("postgres/ostiary.password"))).isEqualTo("rw-------");
            assertThat(permissions(folder.resolve("postgres/superuser.password")))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_second_program_on_the_folder_is_refused_and_the_first_goes_on() throws Exception {
        Path folder = temporary.resolve("data");
        try (EmbeddedPostgres first = EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("in use by another running Ostiary");
            Process second = otherProgram(folder);
            String said = new String(second.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(said).contains("in use by another running Ostiary");
            assertThat(ask(first, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_server_that_outlived_its_killed_program_is_used_again() throws Exception {
        Path folder = temporary.resolve("data");
        Process program = otherProgram(folder);
        int port = Integer.parseInt(program.inputReader().readLine());
        program.destroyForcibly().waitFor();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS)) {
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(ask(postgres, "SELECT word FROM acknowledged")).isEqualTo("yes");
        }
    }

    @Test
    void a_server_that_dies_comes_back_on_the_same_port_with_its_data() throws Exception {
        Path folder = temporary.resolve("data");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS)) {
            ask(postgres, "CREATE TABLE kept AS SELECT 1 AS one; SELECT 1");
            long pid = Postmaster.read(cluster(folder)).orElseThrow().pid();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThat(askPatiently(postgres, "SELECT one FROM kept")).isEqualTo("1");
            assertThat(Postmaster.read(cluster(folder)).orElseThrow().pid()).isNotEqualTo(pid);
        }
    }

    @Test
    void a_pid_file_that_names_a_foreign_process_or_none_is_no_obstacle() throws Exception {
        Path folder = temporary.resolve("data");
        EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS).close();
        Path pidFile = Postmaster.file(cluster(folder));
        for (String pid : List.of(Long.toString(ProcessHandle.current().pid()), "4194200")) {
            Files.writeString(pidFile, pid + "\n" + cluster(folder) + "\n1\n5432\n\n127.0.0.1\n 1 1\nready   \n");
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS)) {
                assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void data_of_another_major_version_is_refused_with_a_sentence() throws Exception {
        Path folder = temporary.resolve("data");
        EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS).close();
        Files.writeString(cluster(folder).resolve("PG_VERSION"), "17\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("written by PostgreSQL 17");
    }

    @Test
    void a_file_in_place_of_the_folder_is_named() throws Exception {
        Path file = Files.writeString(temporary.resolve("data"), "not a folder");
        assertThatThrownBy(() -> EmbeddedPostgres.start(file, TestPostgres.PROGRAMS))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is a file, not a folder");
    }

    @Test
    void a_full_disk_is_named_and_leaves_no_half_made_database() throws Exception {
        assumeTrue(isRoot(), "only root may mount a small disk");
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk.toString()) == 0, "mounting is forbidden");
        try {
            Path folder = disk.resolve("data");
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, TestPostgres.PROGRAMS))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("is full");
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("is full");
            assertThat(run("mount", "-o", "remount,size=400m", disk.toString())).isZero();
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
                assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
            }
        } finally {
            unmount(disk);
        }
    }

    /** A process that has just been told to stop may hold a file for a moment more. */
    private static void unmount(Path disk) throws Exception {
        for (int i = 0; run("umount", disk.toString()) != 0 && i < 50; i++) {
            Thread.sleep(100);
        }
    }

    @Test
    void root_opens_the_folder_of_a_user_as_that_user() throws Exception {
        assumeTrue(isRoot(), "only root may give folders away");
        Path outside = Files.createTempDirectory(Path.of("/tmp"), "ostiary-test-");
        try {
            Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path folder = Files.createDirectory(outside.resolve("data"));
            Files.setAttribute(folder, "unix:uid", 65534);
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, outside.resolve("programs"))) {
                assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
            }
            assertThat(Files.getAttribute(cluster(folder), "unix:uid")).isEqualTo(65534);
            assertThat(Files.getAttribute(folder.resolve("ostiary.lock"), "unix:uid"))
                    .isEqualTo(65534);
        } finally {
            PostgresBinaries.delete(outside);
        }
    }

    /** A second program that opens the folder, prints the port, commits a row, and waits to be killed. */
    public static void main(String[] args) throws Exception {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]), Path.of(args[1]));
            ask(postgres, "CREATE TABLE acknowledged AS SELECT 'yes' AS word; SELECT 1");
            System.out.println(postgres.port());
            Thread.sleep(60_000);
        } catch (StartFailure fault) {
            System.out.println(fault.getMessage());
            System.exit(1);
        }
    }

    private static Process otherProgram(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EmbeddedPostgresTest.class.getName(),
                        folder.toString(),
                        TestPostgres.PROGRAMS.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path cluster(Path folder) throws IOException {
        return folder.toRealPath().resolve("postgres/data-18");
    }

    private static String ask(EmbeddedPostgres postgres, String query) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement sql = connection.createStatement()) {
            boolean rows = sql.execute(query);
            while (!rows) {
                rows = sql.getMoreResults();
            }
            try (ResultSet result = sql.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private static String askPatiently(EmbeddedPostgres postgres, String query) throws Exception {
        SQLException last = new SQLException("never asked");
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return ask(postgres, query);
            } catch (SQLException fault) {
                last = fault;
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw last;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static boolean isRoot() {
        return new com.sun.security.auth.module.UnixSystem().getUid() == 0;
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
