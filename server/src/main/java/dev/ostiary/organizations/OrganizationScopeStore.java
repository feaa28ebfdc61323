package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code organization_scopes}, and which of them a role or a member has. */
final class OrganizationScopeStore {
    private static final String COLUMNS = "s.id, s.name, s.description";
    private static final String[] SEARCHED = {"s.id", "s.name", "s.description"};
    private static final String FROM = " FROM organization_scopes s WHERE s.tenant_id = :tenant AND ";
    private static final String BY_NAME = " ORDER BY s.name, s.id OFFSET :offset LIMIT :limit";

    private static final String OF_ROLE =
            """
             FROM organization_role_scopes rs
            JOIN organization_scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.organization_scope_id
            WHERE rs.tenant_id = :tenant AND rs.organization_role_id = :role
            """;

    private OrganizationScopeStore() {}

    static Optional<OrganizationScope> find(Tx tx, String id) {
        return find(tx, id, "");
    }

    /** Until the transaction ends nobody else changes it. */
    static Optional<OrganizationScope> lock(Tx tx, String id) {
        return find(tx, id, " FOR NO KEY UPDATE");
    }

    private static Optional<OrganizationScope> find(Tx tx, String id, String lock) {
        return tx.query("SELECT " + COLUMNS + FROM + "s.id = :id" + lock)
                .bind("id", id)
                .map((rs, ctx) -> scope(rs))
                .findOne();
    }

    static List<OrganizationScope> all(Tx tx, Collection<String> ids) {
        return tx.query("SELECT " + COLUMNS + FROM + "s.id = ANY(:ids) ORDER BY s.name")
                .bindArray("ids", String.class, List.copyOf(ids))
                .map((rs, ctx) -> scope(rs))
                .list();
    }

    static List<OrganizationScope> named(Tx tx, Collection<String> names) {
        return tx.query("SELECT " + COLUMNS + FROM + "s.name = ANY(:names) ORDER BY s.name")
                .bindArray("names", String.class, List.copyOf(names))
                .map((rs, ctx) -> scope(rs))
                .list();
    }

    /** By name. @param text part of a name, an id or a description */
    static List<OrganizationScope> list(Tx tx, Optional<String> text, long offset, long limit) {
        return Containing.bind(
                        tx.query("SELECT " + COLUMNS + FROM + Containing.condition(text, SEARCHED) + BY_NAME), text)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> scope(rs))
                .list();
    }

    static long count(Tx tx, Optional<String> text) {
        return Containing.bind(tx.query("SELECT count(*)" + FROM + Containing.condition(text, SEARCHED)), text)
                .mapTo(Long.class)
                .one();
    }

    /** By name. */
    static List<OrganizationScope> ofRole(Tx tx, String roleId, long offset, long limit) {
        return tx.query("SELECT " + COLUMNS + OF_ROLE + BY_NAME)
                .bind("role", roleId)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> scope(rs))
                .list();
    }

    static long countOfRole(Tx tx, String roleId) {
        return tx.query("SELECT count(*)" + OF_ROLE)
                .bind("role", roleId)
                .mapTo(Long.class)
                .one();
    }

    /** Through the user's roles in one organization; by name. */
    static List<OrganizationScope> ofUser(Tx tx, String organizationId, String userId) {
        return tx.query(
                        """
                SELECT DISTINCT s.id, s.name, s.description
                FROM organization_user_roles mr
                JOIN organization_role_scopes rs
                    ON rs.tenant_id = mr.tenant_id AND rs.organization_role_id = mr.organization_role_id
                JOIN organization_scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.organization_scope_id
                WHERE mr.tenant_id = :tenant AND mr.organization_id = :organization AND mr.user_id = :user
                ORDER BY s.name
                """)
                .bind("organization", organizationId)
                .bind("user", userId)
                .map((rs, ctx) -> scope(rs))
                .list();
    }

    static void insert(Tx tx, OrganizationScope scope) {
        bind(
                        tx.update(
                                """
                INSERT INTO organization_scopes (tenant_id, id, name, description)
                VALUES (:tenant, :id, :name, :description)
                """),
                        scope)
                .execute();
    }

    static void update(Tx tx, OrganizationScope scope) {
        bind(
                        tx.update(
                                """
                UPDATE organization_scopes SET name = :name, description = :description
                WHERE tenant_id = :tenant AND id = :id
                """),
                        scope)
                .execute();
    }

    static boolean delete(Tx tx, String id) {
        return tx.update("DELETE FROM organization_scopes WHERE tenant_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static Update bind(Update update, OrganizationScope scope) {
        return update.bind("id", scope.id()).bind("name", scope.name()).bind("description", scope.description());
    }

    private static OrganizationScope scope(ResultSet rs) throws SQLException {
        return new OrganizationScope(rs.getString("id"), rs.getString("name"), rs.getString("description"));
    }
}
