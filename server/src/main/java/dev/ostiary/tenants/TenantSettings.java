package dev.ostiary.tenants;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.util.Optional;

/** Settings of a tenant that are one JSON document each, by key. */
public final class TenantSettings {
    private TenantSettings() {}

    public static <T> Optional<T> find(Tx tx, String key, Class<T> type) {
        return tx.query("SELECT value FROM settings WHERE tenant_id = :tenant AND key = :key")
                .bind("key", key)
                .map((rs, ctx) -> Json.readStored(rs.getString(1), type))
                .findOne();
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    public static <T> Optional<T> lock(Tx tx, String key, Class<T> type) {
        return tx.query("SELECT value FROM settings WHERE tenant_id = :tenant AND key = :key FOR UPDATE")
                .bind("key", key)
                .map((rs, ctx) -> Json.readStored(rs.getString(1), type))
                .findOne();
    }

    public static void put(Tx tx, String key, Object value) {
        tx.update(
                        """
                INSERT INTO settings (tenant_id, key, value) VALUES (:tenant, :key, :value::jsonb)
                ON CONFLICT (tenant_id, key) DO UPDATE SET value = excluded.value
                """)
                .bind("key", key)
                .bind("value", Json.write(value))
                .execute();
    }

    /** @return false if there was one already: another node was first */
    public static boolean putIfAbsent(Tx tx, String key, Object value) {
        return tx.update(
                                """
                        INSERT INTO settings (tenant_id, key, value) VALUES (:tenant, :key, :value::jsonb)
                        ON CONFLICT (tenant_id, key) DO NOTHING
                        """)
                        .bind("key", key)
                        .bind("value", Json.write(value))
                        .execute()
                == 1;
    }
}
