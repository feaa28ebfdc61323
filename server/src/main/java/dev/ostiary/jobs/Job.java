package dev.ostiary.jobs;

import dev.ostiary.db.Database;
import java.time.Duration;

/** Work that is due regularly and may be interrupted at any point: the next run goes on. */
public interface Job {
    String name();

    Duration every();

    void run(Database database);
}
