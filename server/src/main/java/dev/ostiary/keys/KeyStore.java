package dev.ostiary.keys;

import dev.ostiary.crypto.SigningKey;
import dev.ostiary.db.Tx;
import java.util.List;

/** Rows of {@code signing_keys}. */
final class KeyStore {
    record Row(String id, String sealedKey) {}

    private KeyStore() {}

    static long count(Tx tx) {
        return tx.query("SELECT count(*) FROM signing_keys WHERE tenant_id = :tenant")
                .mapTo(Long.class)
                .one();
    }

    /** Current, Next, Previous. */
    static List<Row> all(Tx tx) {
        return tx.query(
                        """
                SELECT id, sealed_key FROM signing_keys WHERE tenant_id = :tenant
                ORDER BY array_position(ARRAY['Current', 'Next', 'Previous'], status::text)
                """)
                .map((rs, ctx) -> new Row(rs.getString("id"), rs.getString("sealed_key")))
                .list();
    }

    /** Does nothing if another node was first. */
    static void insertFirst(Tx tx, SigningKey key, String sealed) {
        tx.update(
                        """
                INSERT INTO signing_keys (tenant_id, id, algorithm, sealed_key, public_jwk, status)
                VALUES (:tenant, :id, :algorithm, :sealed, :jwk::jsonb, 'Current')
                ON CONFLICT (tenant_id, status) DO NOTHING
                """)
                .bind("id", key.kid())
                .bind("algorithm", key.algorithm())
                .bind("sealed", sealed)
                .bind("jwk", key.verificationKey().jwkJson())
                .execute();
    }
}
