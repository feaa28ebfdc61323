package dev.ostiary.sso;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door to the connectors. None of its answers knows whether SSO is switched on: that is {@code experience}'s. */
public final class SsoConnectors {
    private static final String TOPIC = "sso-connectors";
    /** In the place of an id: what concerns all connectors of a tenant. */
    private static final String ALL = "";

    private static final long MOST_CACHED = 20_000;

    /** Strangers ask for this list (DO4): an answer of megabytes each would be a weapon. */
    private static final int MOST_LISTED = 200;

    private static final int LONGEST_ID = 128;

    private final Database database;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;
    private final SsoConnectorStore store;
    private final ChangeCache<SsoConnector> cache;
    private final ChangeCache<List<SsoConnector>> availables;
    private final ChangeCache<Boolean> anyAvailable;

    public SsoConnectors(Database database, Changes changes, Ids ids, Sealer sealer, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
        this.store = new SsoConnectorStore(sealer);
        this.cache = new ChangeCache<>(changes, TOPIC, MOST_CACHED);
        this.availables = new ChangeCache<>(changes, TOPIC, 200);
        this.anyAvailable = new ChangeCache<>(changes, TOPIC, MOST_CACHED);
        database.onViolation("sso_connectors_name", SsoError.DUPLICATE_CONNECTOR_NAME);
    }

    /** From the cache, with its secret. */
    public Optional<SsoConnector> find(String tenant, String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID || id.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return cache.get(tenant, id, () -> database.read(tenant, tx -> store.find(tx, id)));
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    public SsoConnector get(String tenant, String id) {
        return find(tenant, id).orElseThrow(() -> notFound(id));
    }

    /** The available connectors that this address' domain leads to: usually none, one, or a few to choose from. */
    public List<SsoConnector> forEmail(String tenant, String email) {
        Optional<String> domain = EmailDomains.of(email);
        if (domain.isEmpty() || !anyAvailable(tenant)) {
            return List.of();
        }
        List<String> found = database.read(tenant, tx -> SsoConnectorStore.idsOfDomain(tx, domain.get()));
        return found.stream()
                .flatMap(id -> find(tenant, id).stream())
                .filter(SsoConnector::isAvailable)
                .toList();
    }

    /** The oldest 200, from the cache; {@link #forEmail} knows all of them. */
    public List<SsoConnector> available(String tenant) {
        return availables
                .get(tenant, ALL, () -> Optional.of(database.read(tenant, tx -> store.available(tx, MOST_LISTED))))
                .orElseThrow();
    }

    /** From the cache. */
    public boolean anyAvailable(String tenant) {
        return anyAvailable
                .get(tenant, ALL, () -> Optional.of(database.read(tenant, SsoConnectorStore::anyAvailable)))
                .orElseThrow();
    }

    /** Newest first. */
    List<SsoConnector> list(Tx tx, Search search, long offset, long limit) {
        return store.list(tx, search, offset, limit);
    }

    long count(Tx tx, Search search) {
        return SsoConnectorStore.count(tx, search);
    }

    /** @throws AppException 409 {@code single_sign_on.duplicate_connector_name} */
    SsoConnector create(Tx tx, NewSsoConnector wanted) {
        SsoConnector connector = new SsoConnector(
                ids.brief(),
                wanted.provider(),
                wanted.connectorName(),
                wanted.config(),
                wanted.domains(),
                wanted.branding(),
                wanted.syncProfile(),
                wanted.enableTokenStorage(),
                clock.instant());
        store.insert(tx, connector);
        changed(tx, connector.id());
        return connector;
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    SsoConnector lock(Tx tx, String id) {
        return store.lock(tx, id).orElseThrow(() -> notFound(id));
    }

    /** @throws AppException 409 {@code single_sign_on.duplicate_connector_name} */
    void update(Tx tx, SsoConnector connector) {
        store.update(tx, connector);
        changed(tx, connector.id());
    }

    /** Its domains, identities and stored tokens go along, by foreign keys. */
    void delete(Tx tx, String id) {
        if (id.indexOf('\0') >= 0 || !SsoConnectorStore.delete(tx, id)) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
        changed(tx, id);
    }

    private void changed(Tx tx, String id) {
        changes.announce(tx, TOPIC, id);
        changes.announce(tx, TOPIC, ALL);
    }

    private static AppException notFound(String id) {
        return new AppException(
                CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", "sso_connectors", "id", id));
    }
}
