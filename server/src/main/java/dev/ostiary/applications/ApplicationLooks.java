package dev.ostiary.applications;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import java.util.Optional;

/** The door to how applications show themselves on the sign-in pages; cached until changed. */
public final class ApplicationLooks {
    private static final String TOPIC = "application-looks";

    private final Database database;
    private final Changes changes;
    private final Applications applications;
    /** That an application has none is remembered too: most have none, and every page asks. */
    private final ChangeCache<Optional<ApplicationLook>> cache;

    public ApplicationLooks(Database database, Changes changes, Applications applications) {
        this.database = database;
        this.changes = changes;
        this.applications = applications;
        this.cache = new ChangeCache<>(changes, TOPIC, 10_000);
    }

    /** @param id of an application that there is, else nothing is remembered of it */
    public Optional<ApplicationLook> find(String tenant, String id) {
        if (applications.find(tenant, id).isEmpty()) {
            return Optional.empty();
        }
        return cache.get(tenant, id, () -> Optional.of(database.read(tenant, tx -> ApplicationLookStore.find(tx, id))))
                .flatMap(found -> found);
    }

    /** @throws AppException 404, also for an application that has none */
    ApplicationLook get(Tx tx, String id) {
        applications.get(tx, id);
        return ApplicationLookStore.find(tx, id).orElseThrow(CommonError.ENTITY_NOT_FOUND::exception);
    }

    /** A change of one look, decided on what is there. */
    @FunctionalInterface
    interface Change {
        ApplicationLook of(ApplicationLook before, boolean isNew);
    }

    /** @return whether it is the application's first */
    boolean change(Tx tx, String id, Change change) {
        applications.get(tx, id);
        boolean isNew = ApplicationLookStore.insertIfAbsent(tx, id);
        ApplicationLook before = ApplicationLookStore.lock(tx, id);
        ApplicationLookStore.update(tx, id, change.of(before, isNew));
        changes.announce(tx, TOPIC, id);
        return isNew;
    }
}
