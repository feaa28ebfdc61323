package dev.ostiary.oidc.registration;

import dev.ostiary.applications.RegisteredApplications;
import dev.ostiary.db.Database;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.jobs.Job;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Removes clients that have registered and that nobody has ever let in: most of what scanners leave behind. */
public final class UnusedClients implements Job {
    private static final int BATCH = 100;
    private static final int MOST_BATCHES = 50;

    private final RegisteredApplications registered;
    private final Events events;
    private final Clock clock;

    public UnusedClients(RegisteredApplications registered, Events events, Clock clock) {
        this.registered = registered;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "unused-clients";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run(Database database) {
        database.run("*", RegistrationStore::markUsed);
        for (String tenant : database.read("*", RegistrationStore::tenants)) {
            int removed = BATCH;
            for (int batch = 0; batch < MOST_BATCHES && removed == BATCH; batch++) {
                removed = remove(database, tenant);
            }
        }
    }

    private int remove(Database database, String tenant) {
        return database.write(tenant, tx -> {
            int days = RegistrationSettings.read(tx).unusedLifetimeInDays();
            Instant before = clock.instant().minus(Duration.ofDays(days));
            List<String> unused = RegistrationStore.unused(tx, before, BATCH);
            for (String id : unused) {
                registered.delete(tx, id);
                events.publish(
                        tx, Event.of("Registration.Delete").application(id).with("reason", "unused"));
            }
            return unused.size();
        });
    }
}
