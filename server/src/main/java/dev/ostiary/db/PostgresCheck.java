package dev.ostiary.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the PostgreSQL that DB_URL names before anything relies on it, and says what is wrong in a sentence. */
public final class PostgresCheck {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCheck.class);
    private static final int OLDEST = 150_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private PostgresCheck() {}

    /** @throws StartFailure if it cannot be reached, refuses us, is too old, or may not be written */
    public static void run(Database.Settings settings) throws StartFailure {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                look(settings);
                return;
            } catch (SQLException fault) {
                // 57P03: it is starting itself and will be there in a moment
                if (!"57P03".equals(fault.getSQLState()) || System.nanoTime() > end) {
                    throw new StartFailure(sentence(settings, fault), fault);
                }
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new StartFailure("Stopped while waiting for PostgreSQL.", stop);
            }
        }
    }

    private static void look(Database.Settings settings) throws SQLException, StartFailure {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        try (Connection connection = DriverManager.getConnection(settings.jdbcUrl(), properties);
                Statement sql = connection.createStatement();
                ResultSet found = sql.executeQuery(
                        """
                        SELECT current_setting('server_version_num')::int AS number,
                               current_setting('server_version') AS version,
                               pg_is_in_recovery() AS standby,
                               coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
                               (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS above_rows
                        """)) {
            found.next();
            if (found.getInt("number") < OLDEST) {
                throw new StartFailure("PostgreSQL at " + place(settings) + " (DB_URL) is version "
                        + found.getString("version") + ". Ostiary needs 15 or newer.");
            }
            if (found.getBoolean("standby")) {
                throw new StartFailure("PostgreSQL at " + place(settings)
                        + " (DB_URL) is a standby that cannot be written. Name the primary.");
            }
            if (!found.getBoolean("may_create")) {
                throw new StartFailure("The user " + settings.user() + " of DB_URL may not create tables at "
                        + place(settings) + ". Make it the owner of the database.");
            }
            if (found.getBoolean("above_rows")) {
                LOG.warn(
                        "The database user {} passes row-level security, the second fence between tenants."
                                + " Better: an ordinary user that owns the database.",
                        settings.user());
            }
        }
    }

    private static String sentence(Database.Settings settings, SQLException fault) {
        String place = place(settings);
        String state = String.valueOf(fault.getSQLState());
        if (fault.getCause() instanceof java.net.UnknownHostException) {
            return "The host of DB_URL (" + place + ") is not known on this network.";
        }
        if (state.startsWith("08")) {
            return "No PostgreSQL answers at " + place + " (DB_URL). Is it running, and is the address right?";
        }
        if (state.startsWith("28")) {
            return "PostgreSQL at " + place + " refuses the user " + settings.user() + " or its password (DB_URL).";
        }
        if (state.equals("3D000")) {
            return "PostgreSQL at " + place + " (DB_URL) has no such database. Create it first, owned by the user "
                    + settings.user() + ".";
        }
        if (state.equals("53300")) {
            return "PostgreSQL at " + place + " (DB_URL) has no connection left for us. Raise its max_connections,"
                    + " or lower DATABASE_POOL_SIZE of the nodes.";
        }
        return "PostgreSQL at " + place + " (DB_URL) answers: " + fault.getMessage();
    }

    /** Host, port and database; options may hold secrets. */
    private static String place(Database.Settings settings) {
        return settings.jdbcUrl().replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*", "");
    }
}
