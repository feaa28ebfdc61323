package dev.ostiary.db;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the tables to this program's version. Two nodes may start at once: Flyway holds a lock in the database. */
public final class Migrations {
    private Migrations() {}

    /** The database was written by a newer program. */
    public static final class NewerDatabase extends RuntimeException {
        NewerDatabase(String found, String known) {
            super("The database is at version " + found + ", this program knows up to version " + known
                    + ". Start the newer program, or restore a backup made by this one.");
        }
    }

    /** @throws NewerDatabase if the database knows migrations that this program does not */
    public static void run(Database.Settings settings) {
        if (!MigrationFiles.areAllApplied(settings)) {
            migrate(settings);
        }
    }

    private static void migrate(Database.Settings settings) {
        Flyway flyway = Flyway.configure()
                .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
                .locations("classpath:db/migration")
                .table("schema_history")
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .connectRetries(0)
                .validateMigrationNaming(true)
                .ignoreMigrationPatterns("*:future")
                .load();
        MigrationInfo current = flyway.info().current();
        MigrationVersion newest = newest(flyway);
        if (current != null && current.getVersion() != null && newest.compareTo(current.getVersion()) < 0) {
            throw new NewerDatabase(current.getVersion().toString(), newest.toString());
        }
        flyway.migrate();
    }

    private static MigrationVersion newest(Flyway flyway) {
        MigrationVersion newest = MigrationVersion.EMPTY;
        for (MigrationInfo info : flyway.info().all()) {
            if (info.getState().isResolved()
                    && info.getVersion() != null
                    && info.getVersion().compareTo(newest) > 0) {
                newest = info.getVersion();
            }
        }
        if (newest == MigrationVersion.EMPTY) {
            throw new FlywayException("This program carries no migrations");
        }
        return newest;
    }
}
