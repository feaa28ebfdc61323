package dev.ostiary.testing;

import dev.ostiary.db.EmbeddedPostgres;
import dev.ostiary.db.Migrations;
import dev.ostiary.db.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * One PostgreSQL for all tests of a run, kept under {@code target/} between runs. Each caller gets a database of its
 * own, copied from one that is migrated already: some ten milliseconds instead of a start or a migration.
 */
public final class TestPostgres {
    /** PostgreSQL's programs, shared by all data folders of the tests. */
    public static final Path PROGRAMS = target().resolve("postgres-programs");

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String RUN = Long.toString(ProcessHandle.current().pid(), 36);

    private static TestPostgres shared;

    static {
        // Whoever holds a connection and takes a second one fails, in every test that has a database.
        System.setProperty("ostiary.db.oneConnection", "true");
    }

    private final EmbeddedPostgres server;
    private final String superuserPassword;
    private final String template;

    /** A database that nobody else uses. */
    public record Database(String jdbcUrl, String user, String password) {
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }

        /** For {@code new Database(…)}. */
        public dev.ostiary.db.Database.Settings settings() {
            return new dev.ostiary.db.Database.Settings(jdbcUrl, user, password, 8);
        }
    }

    private TestPostgres(EmbeddedPostgres server, Path folder) throws IOException, SQLException {
        this.server = server;
        this.superuserPassword =
                Files.readString(folder.resolve("postgres/superuser.password")).strip();
        this.template = "template_" + Long.toHexString(migrationsHash());
        clean();
        migrateTemplate();
    }

    /** A fresh database with all migrations applied, owned by the ordinary role the program connects as. */
    public static Database freshDatabase() {
        return shared().create(shared().template);
    }

    /** A fresh database with nothing in it. */
    public static Database emptyDatabase() {
        return shared().create("template1");
    }

    private static synchronized TestPostgres shared() {
        if (shared == null) {
            try {
                shared = start();
            } catch (IOException | SQLException fault) {
                throw new IllegalStateException("no PostgreSQL for the tests", fault);
            }
        }
        return shared;
    }

    /** Two runs at once take two folders. */
    private static TestPostgres start() throws IOException, SQLException {
        for (int number = 1; ; number++) {
            Path folder = target().resolve("test-postgres" + (number == 1 ? "" : "-" + number));
            try {
                EmbeddedPostgres server = EmbeddedPostgres.start(folder, PROGRAMS);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                return new TestPostgres(server, folder);
            } catch (StartFailure fault) {
                if (number == 8 || !String.valueOf(fault.getMessage()).contains("in use by another")) {
                    throw fault;
                }
            }
        }
    }

    private Database create(String from) {
        String name = "test_" + RUN + "_" + NUMBER.incrementAndGet();
        try {
            administer("CREATE DATABASE " + name + " OWNER " + server.user() + " TEMPLATE " + from);
        } catch (SQLException fault) {
            throw new IllegalStateException("no database for the test", fault);
        }
        return database(name);
    }

    private Database database(String name) {
        return new Database(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name, server.user(), server.password());
    }

    /** Databases of earlier runs, and templates of earlier migrations. */
    private void clean() throws SQLException {
        List<String> old = new ArrayList<>();
        try (Connection connection = superuser();
                Statement sql = connection.createStatement();
                ResultSet found = sql.executeQuery("SELECT datname FROM pg_database"
                        + " WHERE datname LIKE 'test\\_%' OR datname LIKE 'template\\_%'")) {
            while (found.next()) {
                old.add(found.getString(1));
            }
        }
        for (String name : old) {
            if (!name.equals(template)) {
                administer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            }
        }
    }

    /** Migrated under another name and renamed: a template with the final name is whole. */
    private void migrateTemplate() throws SQLException {
        try (Connection connection = superuser();
                Statement sql = connection.createStatement();
                ResultSet found = sql.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + template + "'")) {
            if (found.next()) {
                return;
            }
        }
        Database draft = create("template1");
        Migrations.run(draft.settings());
        String name = draft.jdbcUrl().substring(draft.jdbcUrl().lastIndexOf('/') + 1);
        administer("ALTER DATABASE " + name + " RENAME TO " + template);
    }

    private void administer(String statement) throws SQLException {
        try (Connection connection = superuser();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", superuserPassword);
    }

    private static long migrationsHash() throws IOException {
        CRC32 hash = new CRC32();
        URL found = TestPostgres.class.getResource("/db/migration");
        if (found == null) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(Path.of(found.toURI()))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                hash.update(file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                try (InputStream in = Files.newInputStream(file)) {
                    hash.update(in.readAllBytes());
                }
            }
        } catch (URISyntaxException fault) {
            throw new UncheckedIOException(new IOException(fault));
        }
        return hash.getValue();
    }

    private static Path target() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("target");
    }
}
