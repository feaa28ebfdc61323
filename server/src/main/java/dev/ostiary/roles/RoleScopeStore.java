package dev.ostiary.roles;

import dev.ostiary.db.HotSql;
import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.resources.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of {@code role_scopes}: what a role may. */
final class RoleScopeStore {
    /** Columns of {@code scopes s} by the field of the wire. */
    static final Map<String, String> SEARCHABLE =
            Map.of("id", "s.id", "name", "s.name", "description", "s.description");

    private static final String NAMES =
            """
            SELECT DISTINCT s.name
            FROM $table h
            JOIN role_scopes rs ON rs.tenant_id = h.tenant_id AND rs.role_id = h.role_id
            JOIN scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.scope_id
            WHERE h.tenant_id = :tenant AND h.$holder = :id AND s.resource_id = :resource
            """;
    private static final HotSql NAMES_OF_USER = HotSql.of(Holder.USER.sql(NAMES));
    private static final HotSql NAMES_OF_APPLICATION = HotSql.of(Holder.APPLICATION.sql(NAMES));

    private RoleScopeStore() {}

    /** Names of the scopes of one resource that somebody has through roles. */
    static Set<String> namesOf(Tx tx, Holder holder, String holderId, String resourceId) {
        HotSql sql = holder == Holder.USER ? NAMES_OF_USER : NAMES_OF_APPLICATION;
        return Set.copyOf(sql.list(tx, Map.of("id", holderId, "resource", resourceId), rs -> rs.getString(1)));
    }

    /** Newest first. */
    static List<Scope> list(Tx tx, String roleId, Search search, long offset, long limit) {
        return search.bind(tx.query(
                        """
                SELECT s.id, s.resource_id, s.name, s.description, s.created_at
                FROM role_scopes rs JOIN scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.scope_id
                WHERE rs.tenant_id = :tenant AND rs.role_id = :role AND
                """
                                + search.condition()
                                + " ORDER BY s.created_at DESC, s.id DESC OFFSET :offset LIMIT :limit"))
                .bind("role", roleId)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> new Scope(
                        rs.getString("id"),
                        rs.getString("resource_id"),
                        rs.getString("name"),
                        rs.getString("description"),
                        rs.getTimestamp("created_at").toInstant()))
                .list();
    }

    static long count(Tx tx, String roleId, Search search) {
        return search.bind(tx.query(
                        """
                SELECT count(*)
                FROM role_scopes rs JOIN scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.scope_id
                WHERE rs.tenant_id = :tenant AND rs.role_id = :role AND
                """
                                + search.condition()))
                .bind("role", roleId)
                .mapTo(Long.class)
                .one();
    }

    /** A pair that is there already violates {@code role_scopes_pkey}. */
    static void insert(Tx tx, String roleId, List<String> scopeIds) {
        tx.update(
                        """
                INSERT INTO role_scopes (tenant_id, role_id, scope_id) SELECT DISTINCT :tenant, :role, unnest(:scopes)
                """)
                .bind("role", roleId)
                .bindArray("scopes", String.class, scopeIds)
                .execute();
    }

    static boolean delete(Tx tx, String roleId, String scopeId) {
        return tx.update(
                                """
                        DELETE FROM role_scopes WHERE tenant_id = :tenant AND role_id = :role AND scope_id = :scope
                        """)
                        .bind("role", roleId)
                        .bind("scope", scopeId)
                        .execute()
                == 1;
    }
}
