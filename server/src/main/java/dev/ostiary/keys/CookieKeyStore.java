package dev.ostiary.keys;

import dev.ostiary.db.Tx;
import java.time.Instant;
import java.util.List;

/** Rows of {@code cookie_keys}. */
final class CookieKeyStore {
    record Row(String id, String sealedValue, Instant createdAt) {}

    private CookieKeyStore() {}

    /** Newest first. */
    static List<Row> all(Tx tx) {
        return tx.query(
                        """
                SELECT id, sealed_value, created_at FROM cookie_keys WHERE tenant_id = :tenant ORDER BY position DESC
                """)
                .map((rs, ctx) -> new Row(
                        rs.getString("id"),
                        rs.getString("sealed_value"),
                        rs.getTimestamp("created_at").toInstant()))
                .list();
    }

    /** Does nothing if another node was first. */
    static void insertFirst(Tx tx, Row row) {
        tx.update(
                        """
                INSERT INTO cookie_keys (tenant_id, id, position, sealed_value, created_at)
                VALUES (:tenant, :id, 1, :sealed, :at)
                ON CONFLICT (tenant_id, position) DO NOTHING
                """)
                .bind("id", row.id())
                .bind("sealed", row.sealedValue())
                .bind("at", row.createdAt())
                .execute();
    }

    static void insert(Tx tx, Row row) {
        tx.update(
                        """
                INSERT INTO cookie_keys (tenant_id, id, position, sealed_value, created_at)
                SELECT :tenant, :id, coalesce(max(position), 0) + 1, :sealed, :at
                FROM cookie_keys WHERE tenant_id = :tenant
                """)
                .bind("id", row.id())
                .bind("sealed", row.sealedValue())
                .bind("at", row.createdAt())
                .execute();
    }

    static void deleteExcept(Tx tx, List<String> kept) {
        tx.update("DELETE FROM cookie_keys WHERE tenant_id = :tenant AND id <> ALL (:kept)")
                .bindArray("kept", String.class, kept)
                .execute();
    }
}
