package dev.ostiary.keys;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a tenant's signed cookies and the forms of its pages are signed with: the newest key signs, the one before still
 * verifies.
 */
public final class CookieKeys {
    private static final String TOPIC = "cookie_keys";
    private static final int MOST = 2;

    private final Database database;
    private final Sealer sealer;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;
    private final ChangeCache<Ring> rings;

    public CookieKeys(Database database, Sealer sealer, Changes changes, Ids ids, Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
        this.rings = new ChangeCache<>(changes, TOPIC, 10_000);
    }

    /** A key without its value. */
    record CookieKey(String id, Instant createdAt) {}

    /** @param values newest first */
    private record Ring(List<Secret> values, Map<String, Hmac> byPurpose) {
        Hmac hmac(String purpose) {
            return byPurpose.computeIfAbsent(
                    purpose,
                    wanted -> Hmac.withKeys(values.stream()
                            .map(value -> Hmac.withKey(value.bytes()).sign("hmac\0" + wanted))
                            .map(Secret::new)
                            .toList()));
        }
    }

    /** Signs for one purpose, with keys derived from the same: equal on all nodes, and of no use for another purpose. */
    public Hmac hmac(String tenant, String purpose) {
        return rings.get(tenant, "", () -> Optional.of(database.read(tenant, this::load)))
                .orElseThrow()
                .hmac(purpose);
    }

    /** Makes the first key of a tenant. May run any number of times and on two nodes at once. */
    public void seed(String tenant) {
        boolean has = !database.read(tenant, CookieKeyStore::all).isEmpty();
        if (!has) {
            database.run(tenant, tx -> CookieKeyStore.insertFirst(tx, fresh(tenant)));
        }
    }

    /** Newest first. */
    List<CookieKey> list(Tx tx) {
        return CookieKeyStore.all(tx).stream()
                .map(row -> new CookieKey(row.id(), row.createdAt()))
                .toList();
    }

    /** @return the keys as they are now */
    List<CookieKey> rotate(Tx tx) {
        KeyStore.lock(tx);
        CookieKeyStore.insert(tx, fresh(tx.tenant()));
        return keep(tx, list(tx).stream().limit(MOST));
    }

    /** @throws AppException 422 {@code oidc.key_required}, 404 {@code oidc.key_not_found} */
    void delete(Tx tx, String id) {
        KeyStore.lock(tx);
        List<CookieKey> all = list(tx);
        if (all.size() == 1) {
            throw KeyError.KEY_REQUIRED.exception();
        }
        if (all.stream().noneMatch(key -> key.id().equals(id))) {
            throw KeyError.KEY_NOT_FOUND.exception();
        }
        keep(tx, all.stream().filter(key -> !key.id().equals(id)));
    }

    private List<CookieKey> keep(Tx tx, Stream<CookieKey> wanted) {
        List<CookieKey> kept = wanted.toList();
        CookieKeyStore.deleteExcept(tx, kept.stream().map(CookieKey::id).toList());
        changes.announce(tx, TOPIC, "");
        return kept;
    }

    private CookieKeyStore.Row fresh(String tenant) {
        String id = ids.standard();
        String sealed = sealer.seal(ids.token(), context(tenant, id));
        return new CookieKeyStore.Row(id, sealed, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private Ring load(Tx tx) {
        List<Secret> values = CookieKeyStore.all(tx).stream()
                .map(row -> new Secret(sealer.unseal(row.sealedValue(), context(tx.tenant(), row.id()))))
                .toList();
        return new Ring(values, new ConcurrentHashMap<>());
    }

    private static String context(String tenant, String id) {
        return "cookie_key:" + tenant + ":" + id;
    }
}
