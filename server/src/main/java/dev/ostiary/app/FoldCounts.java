package dev.ostiary.app;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.jobs.Job;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Keeps a ledger of counts short, so that its sums stay cheap.
 *
 * @param fold over all tenants
 */
record FoldCounts(String name, Consumer<Tx> fold) implements Job {
    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run(Database database) {
        database.run("*", fold::accept);
    }
}
