package dev.ostiary.app;

import dev.ostiary.db.Database;
import dev.ostiary.jobs.Job;
import dev.ostiary.users.Users;
import java.time.Duration;

/** Keeps the ledger of user counts short, so that its sum stays cheap. */
final class FoldUserCounts implements Job {
    @Override
    public String name() {
        return "fold-user-counts";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run(Database database) {
        database.run("*", Users::foldCounts);
    }
}
