package dev.ostiary.keys;

import dev.ostiary.crypto.JwtSigner;
import dev.ostiary.crypto.KeySet;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.crypto.SigningKey;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import dev.ostiary.keys.KeyTimeline.Dated;
import dev.ostiary.keys.KeyTimeline.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** A tenant's signing keys, kept unsealed in memory. */
public final class Keys {
    static final String TOPIC = "signing_keys";

    private static final ScopedValue<Held> HELD = ScopedValue.newInstance();

    /** What {@link #during} has read. */
    private record Held(String tenant, KeyRing ring) {}

    private final Database database;
    private final Sealer sealer;
    private final Changes changes;
    private final Clock clock;
    private final ChangeCache<KeyTimeline> timelines;
    private Function<Tx, Optional<Set<String>>> permitted = tx -> Optional.empty();

    public Keys(Database database, Sealer sealer, Changes changes, Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.changes = changes;
        this.clock = clock;
        this.timelines = new ChangeCache<>(changes, TOPIC, 10_000);
    }

    /** Signs with the tenant's current key. */
    public JwtSigner signer(String tenant) {
        return signer(tenant, Optional.empty());
    }

    /**
     * The same for who wants a certain algorithm of it. Where the key has another, that is what is signed with: a rotation
     * must not keep anybody from signing in.
     */
    public JwtSigner signer(String tenant, Optional<String> algorithm) {
        return ring(tenant).signer(algorithm);
    }

    /** The same where a connection is at hand. */
    public JwtSigner signer(Tx tx, Optional<String> algorithm) {
        return ring(tx).signer(algorithm);
    }

    /** What verifies the tenant's signatures: current, next and previous key. */
    public KeySet keySet(String tenant) {
        return ring(tenant).keySet();
    }

    /** The same where a connection is at hand. */
    public KeySet keySet(Tx tx) {
        return ring(tx).keySet();
    }

    /** The JWKS document (RFC 7517 section 5). The same array as long as the keys are the same: do not change it. */
    public byte[] jwks(String tenant) {
        return ring(tenant).jwks();
    }

    /**
     * JWS algorithms of the current key, e.g. {@code ES384}, and of the next one: a client that reads them before a
     * rotation shall accept what is signed after it.
     */
    public List<String> algorithms(String tenant) {
        return ring(tenant).algorithms();
    }

    /** The same for each of the two keys, as it is in the transaction, and stays until that ends: rotations wait. */
    public List<List<String>> algorithmsOfEach(Tx tx) {
        KeyStore.lock(tx);
        return list(tx).stream()
                .filter(seen -> seen.status() != KeyStatus.PREVIOUS)
                .map(seen -> seen.key().key().algorithms())
                .toList();
    }

    /**
     * Set once, while the house is built: what the applications of a tenant put up with, of which a key must have one; empty
     * for whatever there is.
     */
    public void permitted(Function<Tx, Optional<Set<String>>> algorithms) {
        this.permitted = algorithms;
    }

    /** Makes the first key of a tenant: EC P-384. May run any number of times and on two nodes at once. */
    public void seed(String tenant) {
        boolean has = database.read(tenant, tx -> KeyStore.count(tx) > 0);
        if (!has) {
            SigningKey key = SigningKey.generate(SigningKey.Type.EC_P384);
            String sealed = sealer.seal(key.toPem().reveal(), context(tenant, key.kid()));
            database.run(tenant, tx -> KeyStore.insertFirst(tx, key, sealed, now()));
        }
    }

    /** Next, Current, Previous. */
    List<Seen> list(Tx tx) {
        return load(tx).seen(now());
    }

    /**
     * Signs with a new key once the grace is over. Until then it is published only, so that clients which keep our keys
     * for a while know it before they meet it. Without a grace it signs at once.
     *
     * @param key made before the transaction, for that takes its time, or brought along
     * @return the keys as they are now
     * @throws AppException 422 {@code oidc.invalid_request} if a rotation is announced already, 422
     *     {@code oidc.key_exists}, 422 {@code oidc.signing_algorithm_not_permitted}
     */
    List<Seen> rotate(Tx tx, SigningKey key, Duration grace) {
        KeyStore.lock(tx);
        requirePermitted(tx, key);
        boolean pending = list(tx).stream().anyMatch(seen -> seen.status() == KeyStatus.NEXT);
        if (pending && grace.isPositive()) {
            throw new AppException(
                    KeyError.ROTATION_PENDING, null, "A rotation is scheduled already. Rotate without a grace period.");
        }
        if (KeyStore.has(tx, key.kid())) {
            throw KeyError.KEY_EXISTS.exception();
        }
        Instant now = now();
        String sealed = sealer.seal(key.toPem().reveal(), context(tx.tenant(), key.kid()));
        KeyStore.insert(tx, key, sealed, now.plus(grace), now);
        return keep(tx, list(tx));
    }

    private void requirePermitted(Tx tx, SigningKey key) {
        permitted
                .apply(tx)
                .filter(all -> Collections.disjoint(all, key.algorithms()))
                .ifPresent(all -> {
                    String algorithm = key.algorithm();
                    Object data = Map.of("algorithm", algorithm, "permitted", List.copyOf(new TreeSet<>(all)));
                    throw new AppException(KeyError.NOT_PERMITTED, data, null, Map.of("algorithm", algorithm));
                });
    }

    /**
     * What it has signed is worth nothing from now on.
     *
     * @throws AppException 422 {@code oidc.key_required}, 404 {@code oidc.key_not_found}, 422
     *     {@code oidc.only_previous_key_can_be_deleted}
     */
    void delete(Tx tx, String id) {
        KeyStore.lock(tx);
        List<Seen> all = list(tx);
        if (all.size() == 1) {
            throw KeyError.KEY_REQUIRED.exception();
        }
        Seen found = all.stream()
                .filter(seen -> seen.key().id().equals(id))
                .findFirst()
                .orElseThrow(KeyError.KEY_NOT_FOUND::exception);
        if (found.status() != KeyStatus.PREVIOUS) {
            throw KeyError.ONLY_PREVIOUS.exception();
        }
        keep(tx, all.stream().filter(seen -> seen != found).toList());
    }

    /** Also removes what has become older than Previous since. */
    private List<Seen> keep(Tx tx, List<Seen> kept) {
        KeyStore.deleteExcept(tx, kept.stream().map(seen -> seen.key().id()).toList());
        changes.announce(tx, TOPIC, "");
        return kept;
    }

    /**
     * Reads the keys, if they are not in memory, and then does the work: whatever it signs for the tenant, it signs with
     * the key that was the current one before. So it may open a transaction, and sign inside, without ever wanting a
     * second connection for a key.
     */
    public <T> T during(String tenant, Supplier<T> work) {
        return ScopedValue.where(HELD, new Held(tenant, ring(tenant))).call(work::get);
    }

    private KeyRing ring(String tenant) {
        if (HELD.isBound() && HELD.get().tenant.equals(tenant)) {
            return HELD.get().ring;
        }
        return timelines
                .get(tenant, "", () -> Optional.of(database.read(tenant, this::load)))
                .orElseThrow()
                .at(now());
    }

    private KeyRing ring(Tx tx) {
        return timelines
                .get(tx.tenant(), "", () -> Optional.of(load(tx)))
                .orElseThrow()
                .at(now());
    }

    private KeyTimeline load(Tx tx) {
        List<KeyStore.Row> rows = KeyStore.all(tx);
        if (rows.isEmpty()) {
            throw new IllegalStateException("Tenant " + tx.tenant() + " has no signing key");
        }
        List<Dated> keys = rows.stream()
                .map(row -> new Dated(unsealed(tx.tenant(), row), row.activeFrom(), row.createdAt()))
                .toList();
        return new KeyTimeline(keys, now());
    }

    private SigningKey unsealed(String tenant, KeyStore.Row row) {
        return SigningKey.fromPem(new Secret(sealer.unseal(row.sealedKey(), context(tenant, row.id()))));
    }

    /** As exact as PostgreSQL keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String context(String tenant, String kid) {
        return "signing_key:" + tenant + ":" + kid;
    }
}
