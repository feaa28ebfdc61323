package dev.ostiary.resources;

import dev.ostiary.db.Tx;

/** Rows of {@code scopes}. */
final class ScopeStore {
    private ScopeStore() {}

    static void insertIfAbsent(Tx tx, String id, String resourceId, String name) {
        tx.update(
                        """
                INSERT INTO scopes (tenant_id, id, resource_id, name) VALUES (:tenant, :id, :resource, :name)
                ON CONFLICT DO NOTHING
                """)
                .bind("id", id)
                .bind("resource", resourceId)
                .bind("name", name)
                .execute();
    }
}
