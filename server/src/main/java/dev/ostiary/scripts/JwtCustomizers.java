package dev.ostiary.scripts;

import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The door to the scripts that add claims to access tokens. */
public final class JwtCustomizers {
    private static final String TOPIC = "jwt_customizers";

    private final Database database;
    private final Changes changes;
    private final JwtCustomizerStore store;
    /** Remembers that there is none, too: most tenants have none, and their tokens must not cost a statement more. */
    private final ChangeCache<Optional<JwtCustomizer>> cache;

    public JwtCustomizers(Database database, Changes changes, Sealer sealer) {
        this.database = database;
        this.changes = changes;
        this.store = new JwtCustomizerStore(sealer);
        this.cache = new ChangeCache<>(changes, TOPIC, 20_000);
    }

    /** From the cache. */
    public Optional<JwtCustomizer> find(String tenant, CustomizedToken token) {
        return cache.get(tenant, token.key(), () -> Optional.of(database.read(tenant, tx -> store.find(tx, token))))
                .orElseThrow();
    }

    /** The same where a connection is at hand. */
    public Optional<JwtCustomizer> find(Tx tx, CustomizedToken token) {
        return cache.get(tx.tenant(), token.key(), () -> Optional.of(store.find(tx, token)))
                .orElseThrow();
    }

    List<JwtCustomizer> list(Tx tx) {
        return Arrays.stream(CustomizedToken.values())
                .flatMap(token -> store.find(tx, token).stream())
                .toList();
    }

    /** @throws dev.ostiary.errors.AppException 404 {@code entity.not_exists} */
    JwtCustomizer get(Tx tx, CustomizedToken token) {
        return store.find(tx, token).orElseThrow(CommonError.ENTITY_NOT_EXISTS::exception);
    }

    Optional<JwtCustomizer> lock(Tx tx, CustomizedToken token) {
        return store.lock(tx, token);
    }

    /** @return whether there was none before */
    boolean put(Tx tx, JwtCustomizer customizer) {
        boolean created = store.put(tx, customizer);
        changes.announce(tx, TOPIC, customizer.token().key());
        return created;
    }

    /** @throws dev.ostiary.errors.AppException 404 {@code entity.not_exists} */
    void delete(Tx tx, CustomizedToken token) {
        if (!JwtCustomizerStore.delete(tx, token)) {
            throw CommonError.ENTITY_NOT_EXISTS.exception();
        }
        changes.announce(tx, TOPIC, token.key());
    }
}
