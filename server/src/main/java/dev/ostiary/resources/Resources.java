package dev.ostiary.resources;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door to API resources. */
public final class Resources {
    private static final String TOPIC = "resources";
    /** In the place of an indicator: no indicator is empty. */
    private static final String DEFAULT = "";

    private static final long MOST_CACHED = 2_000;

    private final Database database;
    private final Changes changes;
    private final ChangeCache<Resource> cache;
    /** That there is no default is remembered too: most tenants have none, and every sign-in asks. */
    private final ChangeCache<Optional<Resource>> defaults;

    public Resources(Database database, Changes changes) {
        this.database = database;
        this.changes = changes;
        this.cache = new ChangeCache<>(changes, TOPIC, MOST_CACHED);
        this.defaults = new ChangeCache<>(changes, TOPIC, MOST_CACHED);
        database.onViolation("resources_indicator", ResourceError.INDICATOR_IN_USE);
        database.onViolation("scopes_name", ResourceError.SCOPE_NAME_EXISTS);
    }

    /** The resource of that indicator, compared byte by byte (RFC 8707 section 2); from the cache. */
    public Optional<Resource> findByIndicator(String tenant, String indicator) {
        if (indicator.isEmpty() || indicator.length() > 2048 || indicator.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return cache.get(
                tenant, indicator, () -> database.read(tenant, tx -> ResourceStore.findByIndicator(tx, indicator)));
    }

    /** The resource that is meant where a request names none; from the cache. */
    public Optional<Resource> findDefault(String tenant) {
        return defaults.get(tenant, DEFAULT, () -> Optional.of(database.read(tenant, ResourceStore::findDefault)))
                .flatMap(found -> found);
    }

    public Optional<Resource> find(Tx tx, String id) {
        return ResourceStore.find(tx, id);
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    public Resource get(Tx tx, String id) {
        return find(tx, id).orElseThrow(() -> notFound("resource", id));
    }

    /** In no order; ids that nobody has are left out. */
    public List<Resource> all(Tx tx, List<String> ids) {
        return ids.isEmpty() ? List.of() : ResourceStore.all(tx, ids);
    }

    /** Tells all nodes to read the resource anew. */
    void changed(Tx tx, Resource resource) {
        changes.announce(tx, TOPIC, resource.indicator());
        changes.announce(tx, TOPIC, DEFAULT);
    }

    static AppException notFound(String what, String id) {
        return new AppException(CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", what, "id", id));
    }
}
