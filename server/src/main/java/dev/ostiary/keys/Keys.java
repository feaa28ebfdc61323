package dev.ostiary.keys;

import dev.ostiary.crypto.JwtSigner;
import dev.ostiary.crypto.KeySet;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.crypto.SigningKey;
import dev.ostiary.crypto.VerificationKey;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A tenant's signing keys, kept unsealed in memory. */
public final class Keys {
    static final String TOPIC = "signing_keys";

    private final Database database;
    private final Sealer sealer;
    private final ChangeCache<KeyRing> rings;

    public Keys(Database database, Sealer sealer, Changes changes) {
        this.database = database;
        this.sealer = sealer;
        this.rings = new ChangeCache<>(changes, TOPIC, 10_000);
    }

    /** Signs with the tenant's current key. */
    public JwtSigner signer(String tenant) {
        return ring(tenant).signer();
    }

    /** What verifies the tenant's signatures: current, next and previous key. */
    public KeySet keySet(String tenant) {
        return ring(tenant).keySet();
    }

    /** The JWKS document (RFC 7517 section 5). The same array as long as the keys are the same: do not change it. */
    public byte[] jwks(String tenant) {
        return ring(tenant).jwks();
    }

    /** JWS algorithm of the current key, e.g. {@code ES384}. */
    public String algorithm(String tenant) {
        return ring(tenant).signer().key().algorithm();
    }

    /** Makes the first key of a tenant: EC P-384. May run any number of times and on two nodes at once. */
    public void seed(String tenant) {
        boolean has = database.read(tenant, tx -> KeyStore.count(tx) > 0);
        if (!has) {
            SigningKey key = SigningKey.generate(SigningKey.Type.EC_P384);
            String sealed = sealer.seal(key.toPem().reveal(), context(tenant, key.kid()));
            database.run(tenant, tx -> KeyStore.insertFirst(tx, key, sealed));
        }
    }

    private KeyRing ring(String tenant) {
        return rings.get(tenant, "", () -> Optional.of(database.read(tenant, this::load)))
                .orElseThrow();
    }

    private KeyRing load(Tx tx) {
        List<KeyStore.Row> rows = KeyStore.all(tx);
        if (rows.isEmpty()) {
            throw new IllegalStateException("Tenant " + tx.tenant() + " has no signing key");
        }
        List<SigningKey> keys = rows.stream()
                .map(row ->
                        SigningKey.fromPem(new Secret(sealer.unseal(row.sealedKey(), context(tx.tenant(), row.id())))))
                .toList();
        KeySet set = new KeySet(keys.stream().map(SigningKey::verificationKey).toList());
        VerificationKey current = set.keys().getFirst();
        if (!current.kid().equals(keys.getFirst().kid())) {
            throw new IllegalStateException("The current key of tenant " + tx.tenant() + " cannot verify");
        }
        return new KeyRing(new JwtSigner(keys.getFirst()), set, set.json().getBytes(StandardCharsets.UTF_8));
    }

    private static String context(String tenant, String kid) {
        return "signing_key:" + tenant + ":" + kid;
    }
}
