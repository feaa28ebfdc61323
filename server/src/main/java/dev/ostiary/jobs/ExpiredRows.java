package dev.ostiary.jobs;

import dev.ostiary.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Removes what has expired, in batches so small that nobody waits for their locks. */
public final class ExpiredRows implements Job {
    private static final int BATCH = 1000;
    private static final int MOST_BATCHES = 200;
    /** Kept this long after, so that the log of a complaint still finds them. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Map<String, String> expiryColumns;
    private final Clock clock;

    /** @param expiryColumns the column that says when a row is over, by table */
    public ExpiredRows(Map<String, String> expiryColumns, Clock clock) {
        this.expiryColumns = Map.copyOf(expiryColumns);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "expired-rows";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run(Database database) {
        Instant before = clock.instant().minus(KEPT);
        expiryColumns.forEach((table, column) -> {
            int removed = BATCH;
            for (int batch = 0; batch < MOST_BATCHES && removed == BATCH; batch++) {
                removed = remove(database, table, column, before);
            }
        });
    }

    private static int remove(Database database, String table, String column, Instant before) {
        return database.write("*", tx -> tx.update("DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM "
                        + table + " WHERE " + column + " < :before LIMIT " + BATCH + " FOR UPDATE SKIP LOCKED))")
                .bind("before", before)
                .execute());
    }
}
