package dev.ostiary.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that this program starts, durable, closed to other users, with its data in a folder.
 *
 * <p>The program connects as {@code ostiary}, an ordinary role that owns the database {@code ostiary}: a superuser
 * would pass every row-level security policy. A server that dies is started again by itself on the same port; one that
 * outlived a killed program is used again. Register {@link #close()} for the program's end right after the start.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "ostiary";

    private final DataFolder data;
    private final PostgresCluster cluster;
    private final int port;
    private final String password;
    private volatile boolean closed;

    private EmbeddedPostgres(DataFolder data, PostgresCluster cluster, int port, String password) {
        this.data = data;
        this.cluster = cluster;
        this.port = port;
        this.password = password;
    }

    /** Starts with the data in this folder; PostgreSQL's programs are unpacked beside them. */
    public static EmbeddedPostgres start(Path dataDir) throws StartFailure {
        return start(dataDir, dataDir.resolve("postgres"));
    }

    /**
     * Starts with the data in one folder and PostgreSQL's programs in another, which many data folders may share.
     *
     * @throws StartFailure if the folder is in use, not ours or not writable, the disk is full, the platform is unknown
     */
    public static EmbeddedPostgres start(Path dataDir, Path programs) throws StartFailure {
        DataFolder data = DataFolder.open(dataDir);
        try {
            EmbeddedPostgres started = start(data, programs);
            started.watch();
            return started;
        } catch (IOException fault) {
            data.close();
            throw StartFailure.about(data.path(), fault);
        } catch (RuntimeException fault) {
            data.close();
            throw fault;
        }
    }

    private static EmbeddedPostgres start(DataFolder data, Path programs) throws IOException {
        PostgresUser user = PostgresUser.choose(data.path(), data.postgres());
        if (!Files.isDirectory(data.postgres())) {
            Files.createDirectory(
                    data.postgres(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        PostgresCluster cluster = new PostgresCluster(data, PostgresBinaries.unpack(programs.toAbsolutePath()), user);
        user.own(data.postgres());
        user.own(data.lockFile());
        cluster.create();
        cluster.refuseOtherVersion();
        var running = cluster.findRunning();
        Postmaster postmaster = running.isPresent() ? running.get() : cluster.start(0);
        try {
            return new EmbeddedPostgres(
                    data, cluster, postmaster.port(), prepare(data, cluster, user, postmaster.port()));
        } catch (IOException | RuntimeException fault) {
            cluster.stop();
            throw fault;
        }
    }

    /** Makes role and database at the first start. The role's password is kept last: if it is there, they are. */
    private static String prepare(DataFolder data, PostgresCluster cluster, PostgresUser user, int port)
            throws IOException {
        Path file = data.postgres().resolve(NAME + ".password");
        if (Files.exists(file)) {
            return DataFolder.secret(file);
        }
        String password = DataFolder.newSecret();
        String superuser = DataFolder.secret(cluster.superuserPassword());
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", superuser);
                Statement sql = connection.createStatement()) {
            String verb = exists(sql, "SELECT 1 FROM pg_roles WHERE rolname = '" + NAME + "'") ? "ALTER" : "CREATE";
            sql.execute(verb + " ROLE " + NAME + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '"
                    + password + "'");
            if (!exists(sql, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
                sql.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
                sql.execute("REVOKE CONNECT ON DATABASE " + NAME + " FROM PUBLIC");
            }
        } catch (SQLException fault) {
            throw new StartFailure("The embedded PostgreSQL could not be prepared: " + fault.getMessage() + ".", fault);
        }
        DataFolder.keep(file, password);
        user.own(file);
        return password;
    }

    private static boolean exists(Statement sql, String query) throws SQLException {
        try (ResultSet found = sql.executeQuery(query)) {
            return found.next();
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
    }

    public int port() {
        return port;
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return password;
    }

    /** Starts the server again, on the same port, if it is gone. */
    public synchronized void ensureRunning() throws IOException {
        if (!closed && cluster.findRunning().isEmpty()) {
            LOG.warn("PostgreSQL is gone; starting it again");
            cluster.start(port);
            LOG.info("PostgreSQL is back on port {}", port);
        }
    }

    private void watch() {
        Thread.ofVirtual().name("postgres-watch").start(() -> {
            while (!closed) {
                try {
                    Thread.sleep(500);
                    if (!closed && !cluster.isRunning()) {
                        ensureRunning();
                    }
                } catch (InterruptedException stop) {
                    return;
                } catch (IOException fault) {
                    LOG.error("PostgreSQL cannot be started again: {}", fault.getMessage());
                }
            }
        });
    }

    /** Stops the server cleanly and gives the folder free. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            cluster.stop();
        } catch (IOException fault) {
            LOG.error("PostgreSQL could not be stopped: {}", fault.getMessage());
        } finally {
            data.close();
        }
    }
}
