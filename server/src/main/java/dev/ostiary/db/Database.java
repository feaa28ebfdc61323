package dev.ostiary.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ostiary.errors.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.postgresql.PGConnection;

/** The door to PostgreSQL: {@code db.read(tenant, tx -> …)}, {@code db.write(tenant, tx -> …)}. */
public final class Database implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 3;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Violations violations = new Violations();
    private final LongAdder statements = new LongAdder();

    /** Which tenant a pooled connection was last set to; saves a round trip when it is the same again. */
    private final Map<Connection, String> tenantOf = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param settings where PostgreSQL is and as whom to connect */
    public Database(Settings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(2, settings.poolSize()));
        config.setPoolName("ostiary");
        // A caller is told within seconds that the database is away, and may try again.
        config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "ostiary");
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("preparedStatementCacheQueries", "512");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("socketTimeout", "60");
        this.pool = new HikariDataSource(config);
        this.jdbi = Jdbi.create(Tx.LENT::get);
        // :tenant is bound everywhere, and a few statements span all tenants.
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    }

    /**
     * @param jdbcUrl {@code jdbc:postgresql://…}
     * @param poolSize connections at most
     */
    public record Settings(String jdbcUrl, String user, String password, int poolSize) {
        @Override
        public String toString() {
            return "Settings[" + jdbcUrl + "]";
        }
    }

    @FunctionalInterface
    public interface Work<T> {
        T apply(Tx tx);
    }

    @FunctionalInterface
    public interface Task {
        void run(Tx tx);
    }

    /** Statements that change nothing, each seeing what is committed when it starts. */
    public <T> T read(String tenant, Work<T> work) {
        try (Connection connection = open(tenant)) {
            return OneConnection.during(work, new Tx(jdbi, connection, tenant, statements));
        } catch (SQLException | JdbiException e) {
            throw violations.translate(e);
        }
    }

    /**
     * All or nothing; durable when this returns. No HTTP or mail inside: the rows stay locked meanwhile. The work runs
     * again if PostgreSQL gave it up to end a deadlock, so it changes nothing but rows.
     */
    public <T> T write(String tenant, Work<T> work) {
        return again(() -> transaction(tenant, work));
    }

    /**
     * As {@link #write}, for work of one statement: that is a transaction by itself, and needs no round trip for a
     * commit.
     */
    public <T> T writeOne(String tenant, Work<T> work) {
        return again(() -> statement(tenant, work));
    }

    /** One try to write something. */
    @FunctionalInterface
    private interface Attempt<T> {
        T make() throws SQLException;
    }

    private <T> T again(Attempt<T> attempt) {
        for (int made = 1; ; made++) {
            try {
                return attempt.make();
            } catch (SQLException | JdbiException e) {
                if (made == MOST_ATTEMPTS || !Violations.isDeadlock(e)) {
                    throw violations.translate(e);
                }
            }
        }
    }

    private <T> T statement(String tenant, Work<T> work) throws SQLException {
        Tx tx;
        T result;
        try (Connection connection = open(tenant)) {
            tx = new Tx(jdbi, connection, tenant, statements);
            result = OneConnection.during(work, tx);
        }
        tx.committed();
        return result;
    }

    private <T> T transaction(String tenant, Work<T> work) throws SQLException {
        Tx tx;
        T result;
        try (Connection connection = open(tenant)) {
            tx = new Tx(jdbi, connection, tenant, statements);
            connection.setAutoCommit(false);
            try {
                result = OneConnection.during(work, tx);
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
        }
        tx.committed();
        return result;
    }

    /** What went wrong first is what the caller hears of. */
    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** As {@link #write(String, Work)}, for work without a result. */
    public void run(String tenant, Task task) {
        write(tenant, tx -> {
            task.run(tx);
            return true;
        });
    }

    /** Names the error of a room for a constraint of its tables. */
    public void onViolation(String constraint, ErrorCode error) {
        violations.register(constraint, error);
    }

    /** SQL statements sent since the start, transaction control not counted. */
    public long statements() {
        return statements.sum();
    }

    /** A connection outside the pool's bookkeeping of tenants: migrations, LISTEN. The caller closes it. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Whether PostgreSQL answers now. */
    public boolean isReachable() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection open(String tenant) throws SQLException {
        OneConnection.demandNone();
        Connection connection = pool.getConnection();
        try {
            Connection physical = connection.unwrap(PGConnection.class) instanceof Connection c ? c : connection;
            if (!tenant.equals(tenantOf.get(physical))) {
                // Before any transaction begins: a setting made inside would be undone by its rollback.
                try (PreparedStatement set =
                        connection.prepareStatement("SELECT set_config('ostiary.tenant', ?, false)")) {
                    set.setString(1, tenant);
                    set.execute();
                }
                tenantOf.put(physical, tenant);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
