package dev.ostiary.resources;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door to API resources. */
public final class Resources {
    /** The topic of changes by which somebody may have other scopes than before; for all of the tenant. */
    public static final String SCOPES = "scopes";

    private static final String TOPIC = "resources";
    /** In the place of an indicator: no indicator is empty. */
    private static final String DEFAULT = "";

    private static final long MOST_CACHED = 2_000;
    private static final long DEFAULT_TTL = 3600;

    private final Database database;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;
    private final ChangeCache<Resource> cache;
    /** That there is no default is remembered too: most tenants have none, and every sign-in asks. */
    private final ChangeCache<Optional<Resource>> defaults;

    public Resources(Database database, Changes changes, Ids ids, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
        this.cache = new ChangeCache<>(changes, TOPIC, MOST_CACHED);
        this.defaults = new ChangeCache<>(changes, TOPIC, MOST_CACHED);
        database.onViolation("resources_indicator", ResourceError.INDICATOR_IN_USE);
        database.onViolation("scopes_name", ResourceError.SCOPE_NAME_EXISTS);
    }

    /** The resource of that indicator, compared byte by byte (RFC 8707 section 2); from the cache. */
    public Optional<Resource> findByIndicator(String tenant, String indicator) {
        if (!isPossible(indicator)) {
            return Optional.empty();
        }
        return cache.get(
                tenant, indicator, () -> database.read(tenant, tx -> ResourceStore.findByIndicator(tx, indicator)));
    }

    /** As {@link #findByIndicator(String, String)}, where a connection is at hand: no second one is taken. */
    public Optional<Resource> findByIndicator(Tx tx, String indicator) {
        if (!isPossible(indicator)) {
            return Optional.empty();
        }
        return cache.get(tx.tenant(), indicator, () -> ResourceStore.findByIndicator(tx, indicator));
    }

    private static boolean isPossible(String indicator) {
        return !indicator.isEmpty() && indicator.length() <= 2048 && indicator.indexOf('\0') < 0;
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
        return find(tx, id).orElseThrow(() -> notFound("resources", id));
    }

    /** The resource, which nobody else changes until the transaction ends. */
    Resource lock(Tx tx, String id) {
        return ResourceStore.lock(tx, id).orElseThrow(() -> notFound("resources", id));
    }

    /** In no order; ids that nobody has are left out. */
    public List<Resource> all(Tx tx, List<String> ids) {
        return ids.isEmpty() ? List.of() : ResourceStore.all(tx, ids);
    }

    /**
     * The scopes of these ids, of whichever resource.
     *
     * @throws AppException 404 {@code entity.not_exists_with_id} for the first id that nobody has
     */
    public List<Scope> scopes(Tx tx, List<String> ids) {
        List<Scope> found = ids.isEmpty() ? List.of() : ScopeStore.all(tx, ids);
        for (String id : ids) {
            if (found.stream().noneMatch(scope -> scope.id().equals(id))) {
                throw notFound("scopes", id);
            }
        }
        return found;
    }

    Resource create(Tx tx, ResourceJson.Create wanted) {
        Resource resource = new Resource(
                ids.standard(),
                wanted.name(),
                wanted.indicator(),
                Duration.ofSeconds(wanted.accessTokenTtl().orElse(DEFAULT_TTL)),
                false,
                List.of());
        ResourceStore.insert(tx, resource, clock.instant());
        changed(tx, resource);
        return resource;
    }

    Resource change(Tx tx, String id, ResourceJson.Patch patch) {
        Resource old = modifiable(tx, id);
        ResourceStore.update(
                tx,
                id,
                patch.name().orElse(old.name()),
                patch.accessTokenTtl().map(Duration::ofSeconds).orElse(old.accessTokenTtl()));
        changed(tx, old);
        return get(tx, id);
    }

    Resource setDefault(Tx tx, String id, boolean isDefault) {
        Resource resource = modifiable(tx, id);
        if (resource.isDefault() != isDefault) {
            ResourceStore.findDefault(tx).ifPresent(former -> changed(tx, former));
            ResourceStore.setDefault(tx, id, isDefault);
        }
        changed(tx, resource);
        return get(tx, id);
    }

    void delete(Tx tx, String id) {
        Resource resource = get(tx, id);
        if (ManagementApi.isResource(id)) {
            throw ResourceError.CANNOT_DELETE_MANAGEMENT_API.exception();
        }
        ResourceStore.delete(tx, id);
        changed(tx, resource);
    }

    Scope createScope(Tx tx, String resourceId, ResourceJson.CreateScope wanted) {
        Resource resource = modifiable(tx, resourceId);
        checkName(wanted.name());
        Instant now = Instant.ofEpochMilli(clock.millis());
        Scope scope = new Scope(ids.standard(), resourceId, wanted.name(), wanted.description(), now);
        ScopeStore.insert(tx, scope);
        changed(tx, resource);
        return scope;
    }

    Scope changeScope(Tx tx, String resourceId, String id, ResourceJson.PatchScope patch) {
        Resource resource = modifiable(tx, resourceId);
        Scope old = ScopeStore.lock(tx, resourceId, id).orElseThrow(() -> notFound("scopes", id));
        patch.name().ifPresent(Resources::checkName);
        Scope scope = new Scope(
                id,
                resourceId,
                patch.name().orElse(old.name()),
                patch.description().orElse(old.description()),
                old.createdAt());
        ScopeStore.update(tx, scope);
        changed(tx, resource);
        return scope;
    }

    void deleteScope(Tx tx, String resourceId, String id) {
        Resource resource = modifiable(tx, resourceId);
        if (!ScopeStore.delete(tx, resourceId, id)) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
        changed(tx, resource);
    }

    private Resource modifiable(Tx tx, String id) {
        Resource resource = get(tx, id);
        if (ManagementApi.isResource(id)) {
            throw ResourceError.CANNOT_MODIFY_MANAGEMENT_API.exception();
        }
        return resource;
    }

    /** Scopes are told apart by spaces wherever OAuth writes several (RFC 6749 section 3.3). */
    private static void checkName(String name) {
        if (name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw ResourceError.SCOPE_NAME_WITH_SPACE.exception();
        }
    }

    /** Tells all nodes to read the resource anew. */
    private void changed(Tx tx, Resource resource) {
        changes.announce(tx, TOPIC, resource.indicator());
        changes.announce(tx, TOPIC, DEFAULT);
        changes.announce(tx, SCOPES, "");
    }

    private static AppException notFound(String table, String id) {
        return new AppException(CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", table, "id", id));
    }
}
