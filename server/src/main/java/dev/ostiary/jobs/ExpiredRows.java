package dev.ostiary.jobs;

import dev.ostiary.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Removes what has expired, in batches so small that nobody waits for their locks. */
public final class ExpiredRows implements Job {
    private static final int BATCH = 1000;
    /** Other jobs wait meanwhile; whatever is left is the next run's. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

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
        return Duration.ofMinutes(1);
    }

    /** A batch of each table in turn, so that none waits for one that fills as fast as it is emptied. */
    @Override
    public void run(Database database) {
        Instant before = clock.instant().minus(KEPT);
        long end = System.nanoTime() + LONGEST.toNanos();
        Map<String, String> left = new HashMap<>(expiryColumns);
        while (!left.isEmpty()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            left.entrySet().removeIf(table -> remove(database, table.getKey(), table.getValue(), before) < BATCH);
        }
    }

    private static int remove(Database database, String table, String column, Instant before) {
        return database.write("*", tx -> tx.update("DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM "
                        + table + " WHERE " + column + " < :before LIMIT " + BATCH + " FOR UPDATE SKIP LOCKED))")
                .bind("before", before)
                .execute());
    }
}
