package dev.ostiary.keys;

import dev.ostiary.crypto.SigningKey;
import dev.ostiary.db.Tx;
import java.time.Instant;
import java.util.List;

/** Rows of {@code signing_keys}. */
final class KeyStore {
    record Row(String id, String sealedKey, Instant activeFrom, Instant createdAt) {}

    private KeyStore() {}

    static long count(Tx tx) {
        return tx.query("SELECT count(*) FROM signing_keys WHERE tenant_id = :tenant")
                .mapTo(Long.class)
                .one();
    }

    /** By the time from which they sign, newest first. */
    static List<Row> all(Tx tx) {
        return tx.query(
                        """
                SELECT id, sealed_key, active_from, created_at FROM signing_keys WHERE tenant_id = :tenant
                ORDER BY active_from DESC, position DESC
                """)
                .map((rs, ctx) -> new Row(
                        rs.getString("id"),
                        rs.getString("sealed_key"),
                        rs.getTimestamp("active_from").toInstant(),
                        rs.getTimestamp("created_at").toInstant()))
                .list();
    }

    /** Of two who change a tenant's keys the second waits, and then sees what the first has done. */
    static void lock(Tx tx) {
        tx.query("SELECT id FROM tenants WHERE id = :tenant FOR NO KEY UPDATE")
                .mapTo(String.class)
                .one();
    }

    static boolean has(Tx tx, String id) {
        return tx.query("SELECT EXISTS (SELECT FROM signing_keys WHERE tenant_id = :tenant AND id = :id)")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    /** Does nothing if another node was first. */
    static void insertFirst(Tx tx, SigningKey key, String sealed, Instant now) {
        tx.update(
                        """
                INSERT INTO signing_keys (tenant_id, id, position, algorithm, sealed_key, public_jwk, active_from,
                    created_at)
                VALUES (:tenant, :id, 1, :algorithm, :sealed, :jwk::jsonb, :now, :now)
                ON CONFLICT (tenant_id, position) DO NOTHING
                """)
                .bind("id", key.kid())
                .bind("algorithm", key.algorithm())
                .bind("sealed", sealed)
                .bind("jwk", key.verificationKey().jwkJson())
                .bind("now", now)
                .execute();
    }

    static void insert(Tx tx, SigningKey key, String sealed, Instant activeFrom, Instant now) {
        tx.update(
                        """
                INSERT INTO signing_keys (tenant_id, id, position, algorithm, sealed_key, public_jwk, active_from,
                    created_at)
                SELECT :tenant, :id, coalesce(max(position), 0) + 1, :algorithm, :sealed, :jwk::jsonb, :activeFrom, :now
                FROM signing_keys WHERE tenant_id = :tenant
                """)
                .bind("id", key.kid())
                .bind("algorithm", key.algorithm())
                .bind("sealed", sealed)
                .bind("jwk", key.verificationKey().jwkJson())
                .bind("activeFrom", activeFrom)
                .bind("now", now)
                .execute();
    }

    static void deleteExcept(Tx tx, List<String> kept) {
        tx.update("DELETE FROM signing_keys WHERE tenant_id = :tenant AND id <> ALL (:kept)")
                .bindArray("kept", String.class, kept)
                .execute();
    }
}
