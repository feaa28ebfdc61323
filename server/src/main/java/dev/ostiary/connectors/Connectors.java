package dev.ostiary.connectors;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The door to what a tenant sends its messages by. */
public final class Connectors {
    private static final String TOPIC = "connectors";
    /** In the place of an id: what concerns all connectors of a tenant. */
    private static final String ALL = "";

    private static final int LONGEST_ID = 128;

    private final Database database;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;
    private final ConnectorStore store;
    private final ChangeCache<List<EmailConnector>> cache;

    public Connectors(Database database, Changes changes, Ids ids, Sealer sealer, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
        this.store = new ConnectorStore(sealer);
        this.cache = new ChangeCache<>(changes, TOPIC, 20_000);
        database.onViolation("connectors_factory", ConnectorError.MULTIPLE_INSTANCES);
    }

    /** What sends the tenant's e-mail, from the cache. */
    public Optional<EmailConnector> email(String tenant) {
        return cache.get(tenant, ALL, () -> Optional.of(database.read(tenant, store::all))).orElseThrow().stream()
                .findFirst();
    }

    /**
     * What a configuration of the wire says, before it is stored or without storing it.
     *
     * @throws AppException 404 {@code connector.not_found} for an unknown factory, 400 {@code connector.invalid_config}
     */
    public static SmtpConfig read(String factoryId, ObjectNode config) {
        if (!isFactory(factoryId)) {
            throw ConnectorError.FACTORY_NOT_FOUND.exception();
        }
        return SmtpConfigJson.read(config);
    }

    /** Whether there are connectors of this kind. */
    public static boolean isFactory(String id) {
        return id.equals(SmtpFactory.ID);
    }

    List<EmailConnector> list(Tx tx) {
        return store.all(tx);
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    EmailConnector get(Tx tx, String id) {
        return plausible(id).flatMap(known -> store.find(tx, known)).orElseThrow(() -> notFound(id));
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    EmailConnector lock(Tx tx, String id) {
        return plausible(id).flatMap(known -> store.lock(tx, known)).orElseThrow(() -> notFound(id));
    }

    /** @throws AppException 422 {@code connector.multiple_instances_not_supported} */
    EmailConnector create(Tx tx, Optional<String> id, SmtpConfig config) {
        EmailConnector connector = new EmailConnector(
                id.orElseGet(ids::brief), config, clock.instant().truncatedTo(ChronoUnit.MICROS));
        store.insert(tx, connector);
        changes.announce(tx, TOPIC, ALL);
        return connector;
    }

    void update(Tx tx, EmailConnector connector) {
        store.update(tx, connector);
        changes.announce(tx, TOPIC, ALL);
    }

    /** @throws AppException 404 {@code entity.not_found} */
    void delete(Tx tx, String id) {
        if (plausible(id).filter(known -> ConnectorStore.delete(tx, known)).isEmpty()) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
        changes.announce(tx, TOPIC, ALL);
    }

    private static Optional<String> plausible(String id) {
        return Optional.of(id).filter(text -> text.length() <= LONGEST_ID && text.indexOf('\0') < 0);
    }

    private static AppException notFound(String id) {
        return new AppException(
                CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", "connectors", "id", id));
    }
}
