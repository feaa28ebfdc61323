package dev.ostiary.applications;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The door to OAuth clients. */
public final class Applications {
    private static final String TOPIC = "applications";
    private static final long MOST_CACHED = 10_000;
    private static final Pattern ID = Pattern.compile("[0-9a-zA-Z_-]{1,21}");

    private final Database database;
    private final Changes changes;
    private final BuiltInApplications builtIn;
    private final ChangeCache<Application> cache;

    /**
     * @param origin public origin of a tenant, by its id
     * @param consoleTenant the tenant whose users administer the others
     */
    public Applications(Database database, Changes changes, UnaryOperator<String> origin, String consoleTenant) {
        this.database = database;
        this.changes = changes;
        this.builtIn = new BuiltInApplications(origin, consoleTenant);
        this.cache = new ChangeCache<>(changes, TOPIC, MOST_CACHED);
        database.onViolation("application_secrets_name", ApplicationError.SECRET_NAME_EXISTS);
    }

    /** The client of that id, built-in ones included; from the cache, where no round trip is needed. */
    public Optional<Application> find(String tenant, String id) {
        Optional<Application> known = builtIn.find(tenant, id);
        if (known.isPresent() || !ID.matcher(id).matches()) {
            return known;
        }
        return cache.get(tenant, id, () -> database.read(tenant, tx -> ApplicationStore.find(tx, id)));
    }

    /** As it is in the transaction; built-in applications have no row. */
    public Optional<Application> find(Tx tx, String id) {
        return ID.matcher(id).matches() ? ApplicationStore.find(tx, id) : Optional.empty();
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    public Application get(Tx tx, String id) {
        return find(tx, id).orElseThrow(() -> notFound(id));
    }

    /** Newest first; ids that nobody has are left out. */
    public List<Application> all(Tx tx, List<String> ids) {
        return ids.isEmpty() ? List.of() : ApplicationStore.all(tx, ids);
    }

    /** Tells all nodes to read the application anew. */
    void changed(Tx tx, String id) {
        changes.announce(tx, TOPIC, id);
    }

    static AppException notFound(String id) {
        return new AppException(
                CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", "application", "id", id));
    }
}
