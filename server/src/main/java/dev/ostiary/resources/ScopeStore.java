package dev.ostiary.resources;

import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of {@code scopes}. */
final class ScopeStore {
    /** Columns of {@code scopes s} by the field of the wire. */
    static final Map<String, String> SEARCHABLE =
            Map.of("id", "s.id", "name", "s.name", "description", "s.description");

    private static final String COLUMNS = "s.id, s.resource_id, s.name, s.description, s.created_at";

    private ScopeStore() {}

    /** Newest first. */
    static List<Scope> list(Tx tx, String resourceId, Search search, long offset, long limit) {
        return search.bind(tx.query("SELECT " + COLUMNS
                        + " FROM scopes s WHERE s.tenant_id = :tenant AND s.resource_id = :resource AND "
                        + search.condition() + " ORDER BY s.created_at DESC, s.id DESC OFFSET :offset LIMIT :limit"))
                .bind("resource", resourceId)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> scope(rs))
                .list();
    }

    static long count(Tx tx, String resourceId, Search search) {
        return search.bind(tx.query(
                        "SELECT count(*) FROM scopes s WHERE s.tenant_id = :tenant AND s.resource_id = :resource"
                                + " AND " + search.condition()))
                .bind("resource", resourceId)
                .mapTo(Long.class)
                .one();
    }

    /** In no order; ids that nobody has are left out. */
    static List<Scope> all(Tx tx, List<String> ids) {
        return tx.query("SELECT " + COLUMNS + " FROM scopes s WHERE s.tenant_id = :tenant AND s.id = ANY(:ids)")
                .bindArray("ids", String.class, ids)
                .map((rs, ctx) -> scope(rs))
                .list();
    }

    static void insert(Tx tx, Scope scope) {
        tx.update(
                        """
                INSERT INTO scopes (tenant_id, id, resource_id, name, description, created_at)
                VALUES (:tenant, :id, :resource, :name, :description, :createdAt)
                """)
                .bind("id", scope.id())
                .bind("resource", scope.resourceId())
                .bind("name", scope.name())
                .bind("description", scope.description())
                .bind("createdAt", scope.createdAt())
                .execute();
    }

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

    /** The scope must be the resource's (MA2). */
    static Optional<Scope> lock(Tx tx, String resourceId, String id) {
        return tx.query(
                        "SELECT " + COLUMNS
                                + """
                         FROM scopes s WHERE s.tenant_id = :tenant AND s.resource_id = :resource AND s.id = :id
                         FOR UPDATE
                        """)
                .bind("resource", resourceId)
                .bind("id", id)
                .map((rs, ctx) -> scope(rs))
                .findOne();
    }

    static void update(Tx tx, Scope scope) {
        tx.update(
                        """
                UPDATE scopes SET name = :name, description = :description WHERE tenant_id = :tenant AND id = :id
                """)
                .bind("id", scope.id())
                .bind("name", scope.name())
                .bind("description", scope.description())
                .execute();
    }

    static boolean delete(Tx tx, String resourceId, String id) {
        return tx.update(
                                """
                        DELETE FROM scopes
                        WHERE tenant_id = :tenant AND resource_id = :resource AND id = :id
                        """)
                        .bind("resource", resourceId)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static Scope scope(ResultSet rs) throws SQLException {
        return new Scope(
                rs.getString("id"),
                rs.getString("resource_id"),
                rs.getString("name"),
                rs.getString("description"),
                rs.getTimestamp("created_at").toInstant());
    }
}
