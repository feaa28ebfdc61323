package dev.ostiary.roles;

import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import java.util.List;
import java.util.Map;

/** Rows of {@code user_roles} and {@code application_roles}: who holds which role. */
final class HolderStore {
    private static final String FROM =
            """
             FROM $table h JOIN roles r ON r.tenant_id = h.tenant_id AND r.id = h.role_id
            WHERE h.tenant_id = :tenant AND h.$holder = :holder AND
            """;

    private static final String APPLICATIONS =
            """
             FROM application_roles h JOIN applications a ON a.tenant_id = h.tenant_id AND a.id = h.application_id
            WHERE h.tenant_id = :tenant AND h.role_id = :role AND
            """;

    /** Columns of {@code applications a} by the field of the wire. */
    static final Map<String, String> APPLICATION_FIELDS =
            Map.of("id", "a.id", "name", "a.name", "description", "a.description");

    private HolderStore() {}

    /** Newest first. */
    static List<Role> roles(Tx tx, Holder holder, String holderId, RoleFilter filter, long offset, long limit) {
        return filter.bind(tx.query(holder.sql("SELECT " + RoleStore.COLUMNS + FROM + filter.condition()
                        + " ORDER BY r.created_at DESC, r.id DESC OFFSET :offset LIMIT :limit")))
                .bind("holder", holderId)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> RoleStore.role(rs))
                .list();
    }

    static long count(Tx tx, Holder holder, String holderId, RoleFilter filter) {
        return filter.bind(tx.query(holder.sql("SELECT count(*)" + FROM + filter.condition())))
                .bind("holder", holderId)
                .mapTo(Long.class)
                .one();
    }

    static List<String> roleNames(Tx tx, Holder holder, String holderId) {
        return tx.query(
                        holder.sql(
                                """
                SELECT r.name FROM $table h JOIN roles r ON r.tenant_id = h.tenant_id AND r.id = h.role_id
                WHERE h.tenant_id = :tenant AND h.$holder = :holder ORDER BY r.name
                """))
                .bind("holder", holderId)
                .mapTo(String.class)
                .list();
    }

    static boolean holds(Tx tx, Holder holder, String holderId, String roleId) {
        return tx.query(
                        holder.sql(
                                """
                SELECT 1 FROM $table WHERE tenant_id = :tenant AND $holder = :holder AND role_id = :role
                """))
                .bind("holder", holderId)
                .bind("role", roleId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Ids of the applications that hold a role, newest first. */
    static List<String> applications(Tx tx, String roleId, Search search, long offset, long limit) {
        return search.bind(tx.query("SELECT a.id" + APPLICATIONS + search.condition()
                        + " ORDER BY a.created_at DESC, a.id DESC OFFSET :offset LIMIT :limit"))
                .bind("role", roleId)
                .bind("offset", offset)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    static long countApplications(Tx tx, String roleId, Search search) {
        return search.bind(tx.query("SELECT count(*)" + APPLICATIONS + search.condition()))
                .bind("role", roleId)
                .mapTo(Long.class)
                .one();
    }

    /** @return those that the holder did not have yet */
    static List<String> assign(Tx tx, Holder holder, String holderId, List<String> roleIds) {
        return tx.query(
                        holder.sql(
                                """
                INSERT INTO $table (tenant_id, $holder, role_id) SELECT DISTINCT :tenant, :holder, unnest(:roles)
                ON CONFLICT DO NOTHING RETURNING role_id
                """))
                .bind("holder", holderId)
                .bindArray("roles", String.class, roleIds)
                .mapTo(String.class)
                .list();
    }

    /** Takes all roles back but these and those of the program. */
    static void removeOthers(Tx tx, Holder holder, String holderId, List<String> roleIds) {
        tx.update(
                        holder.sql(
                                """
                DELETE FROM $table h USING roles r
                WHERE h.tenant_id = :tenant AND h.$holder = :holder AND NOT h.role_id = ANY(:roles)
                    AND r.tenant_id = h.tenant_id AND r.id = h.role_id AND NOT starts_with(r.name, :internal)
                """))
                .bind("holder", holderId)
                .bindArray("roles", String.class, roleIds)
                .bind("internal", Role.INTERNAL_PREFIX)
                .execute();
    }

    static boolean remove(Tx tx, Holder holder, String holderId, String roleId) {
        return tx.update(
                                holder.sql(
                                        """
                        DELETE FROM $table WHERE tenant_id = :tenant AND $holder = :holder AND role_id = :role
                        """))
                        .bind("holder", holderId)
                        .bind("role", roleId)
                        .execute()
                == 1;
    }

    /** Gives one role to many. A pair that is there already violates the primary key. */
    static void insertHolders(Tx tx, Holder holder, String roleId, List<String> holderIds) {
        tx.update(
                        holder.sql(
                                """
                INSERT INTO $table (tenant_id, $holder, role_id) SELECT DISTINCT :tenant, unnest(:holders), :role
                """))
                .bind("role", roleId)
                .bindArray("holders", String.class, holderIds)
                .execute();
    }

    static void assignDefaults(Tx tx, List<String> userIds) {
        tx.update(
                        """
                INSERT INTO user_roles (tenant_id, user_id, role_id)
                SELECT :tenant, u.id, r.id FROM roles r CROSS JOIN unnest(:users) AS u (id)
                WHERE r.tenant_id = :tenant AND r.is_default AND r.type = 'User'
                ON CONFLICT DO NOTHING
                """)
                .bindArray("users", String.class, userIds)
                .execute();
    }
}
