package dev.ostiary.jobs;

import dev.ostiary.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs when they are due, each on one node. */
public final class Jobs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final Database database;
    private final Clock clock;
    private final List<Job> jobs;
    private final Thread thread;

    public Jobs(Database database, Clock clock, List<Job> jobs) {
        this.database = database;
        this.clock = clock;
        this.jobs = List.copyOf(jobs);
        this.thread = Thread.ofVirtual().name("jobs").unstarted(this::loop);
    }

    public void start() {
        thread.start();
    }

    /** Runs what is due now. */
    public void runDue() {
        for (Job job : jobs) {
            try {
                if (claim(job)) {
                    job.run(database);
                }
            } catch (RuntimeException e) {
                // The next one is due all the same, and this one again later.
                log.warn("Job {} failed: {}", job.name(), e.toString());
            }
        }
    }

    /** One statement decides which node runs it. */
    private boolean claim(Job job) {
        Instant now = clock.instant();
        return database.write(
                "*",
                tx -> tx.update(
                                        """
                        INSERT INTO job_runs (name, ran_at) VALUES (:name, :now)
                        ON CONFLICT (name) DO UPDATE SET ran_at = :now WHERE job_runs.ran_at <= :due
                        """)
                                .bind("name", job.name())
                                .bind("now", now)
                                .bind("due", now.minus(job.every()))
                                .execute()
                        == 1);
    }

    private void loop() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK_EVERY);
                runDue();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
