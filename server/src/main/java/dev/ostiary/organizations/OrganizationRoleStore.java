package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.organizations.TemplateJson.RoleOverview;
import dev.ostiary.organizations.TemplateJson.RoleView;
import dev.ostiary.resources.Scope;
import dev.ostiary.roles.RoleType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code organization_roles} and what a role may. */
final class OrganizationRoleStore {
    private static final String COLUMNS = "r.id, r.name, r.description, r.type";
    private static final String[] SEARCHED = {"r.id", "r.name", "r.description"};
    private static final String FROM = " FROM organization_roles r WHERE r.tenant_id = :tenant AND ";
    private static final String BY_NAME = " ORDER BY r.name, r.id OFFSET :offset LIMIT :limit";

    /** One statement, whatever the number of roles. */
    private static final String OVERVIEW =
            """
            , (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) ORDER BY s.name), '[]')
                FROM organization_role_scopes rs
                JOIN organization_scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.organization_scope_id
                WHERE rs.tenant_id = r.tenant_id AND rs.organization_role_id = r.id) AS scopes,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'resource',
                    jsonb_build_object('id', a.id, 'name', a.name)) ORDER BY a.name, s.name), '[]')
                FROM organization_role_resource_scopes rs
                JOIN scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.scope_id
                JOIN resources a ON a.tenant_id = s.tenant_id AND a.id = s.resource_id
                WHERE rs.tenant_id = r.tenant_id AND rs.organization_role_id = r.id) AS resource_scopes
            """;

    private static final String OF_MEMBER =
            """
             FROM $roles mr JOIN organization_roles r ON r.tenant_id = mr.tenant_id AND r.id = mr.organization_role_id
            WHERE mr.tenant_id = :tenant AND mr.organization_id = :organization AND mr.$member = :member
            """;

    private static final String RESOURCE_SCOPES =
            """
             FROM organization_role_resource_scopes rs
            JOIN scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.scope_id
            WHERE rs.tenant_id = :tenant AND rs.organization_role_id = :role
            """;

    private OrganizationRoleStore() {}

    static Optional<OrganizationRole> find(Tx tx, String id) {
        return find(tx, id, "");
    }

    /** Until the transaction ends nobody else changes it. */
    static Optional<OrganizationRole> lock(Tx tx, String id) {
        return find(tx, id, " FOR NO KEY UPDATE");
    }

    private static Optional<OrganizationRole> find(Tx tx, String id, String lock) {
        return tx.query("SELECT " + COLUMNS + FROM + "r.id = :id" + lock)
                .bind("id", id)
                .map((rs, ctx) -> role(rs))
                .findOne();
    }

    static List<OrganizationRole> all(Tx tx, Collection<String> ids) {
        return tx.query("SELECT " + COLUMNS + FROM + "r.id = ANY(:ids) ORDER BY r.name")
                .bindArray("ids", String.class, List.copyOf(ids))
                .map((rs, ctx) -> role(rs))
                .list();
    }

    static Map<String, RoleType> types(Tx tx, Collection<String> ids) {
        return all(tx, ids).stream().collect(Collectors.toMap(OrganizationRole::id, OrganizationRole::type));
    }

    static Map<String, String> idsByName(Tx tx, List<String> names) {
        Map<String, String> ids = new LinkedHashMap<>();
        tx.query("SELECT " + COLUMNS + FROM + "r.name = ANY(:names)")
                .bindArray("names", String.class, names)
                .map((rs, ctx) -> role(rs))
                .forEach(role -> ids.put(role.name(), role.id()));
        return ids;
    }

    /** By name, with what each may. */
    static List<RoleOverview> list(Tx tx, Optional<String> text, long offset, long limit) {
        return Containing.bind(
                        tx.query(
                                "SELECT " + COLUMNS + OVERVIEW + FROM + Containing.condition(text, SEARCHED) + BY_NAME),
                        text)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> new RoleOverview(
                        RoleView.of(tx.tenant(), role(rs)),
                        Json.readStored(rs.getString("scopes")),
                        Json.readStored(rs.getString("resource_scopes"))))
                .list();
    }

    static long count(Tx tx, Optional<String> text) {
        return Containing.bind(tx.query("SELECT count(*)" + FROM + Containing.condition(text, SEARCHED)), text)
                .mapTo(Long.class)
                .one();
    }

    /** @param member the organization and the member */
    static List<OrganizationRole> ofMember(Tx tx, MemberKind kind, List<String> member, long offset, long limit) {
        return tx.query(kind.sql("SELECT " + COLUMNS + OF_MEMBER + BY_NAME))
                .bind("organization", member.getFirst())
                .bind("member", member.getLast())
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> role(rs))
                .list();
    }

    static long countOfMember(Tx tx, MemberKind kind, List<String> member) {
        return tx.query(kind.sql("SELECT count(*)" + OF_MEMBER))
                .bind("organization", member.getFirst())
                .bind("member", member.getLast())
                .mapTo(Long.class)
                .one();
    }

    /** Of API resources, by name. */
    static List<Scope> resourceScopes(Tx tx, String roleId, long offset, long limit) {
        return tx.query("SELECT s.id, s.resource_id, s.name, s.description, s.created_at" + RESOURCE_SCOPES
                        + " ORDER BY s.name, s.id OFFSET :offset LIMIT :limit")
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

    static long countResourceScopes(Tx tx, String roleId) {
        return tx.query("SELECT count(*)" + RESOURCE_SCOPES)
                .bind("role", roleId)
                .mapTo(Long.class)
                .one();
    }

    /** Whether a member has it, or somebody who joins or is invited will get it. */
    static boolean isHeld(Tx tx, String id) {
        return tx.query(
                        """
                SELECT EXISTS (SELECT FROM organization_user_roles
                        WHERE tenant_id = :tenant AND organization_role_id = :id)
                    OR EXISTS (SELECT FROM organization_application_roles
                        WHERE tenant_id = :tenant AND organization_role_id = :id)
                    OR EXISTS (SELECT FROM organization_jit_roles
                        WHERE tenant_id = :tenant AND organization_role_id = :id)
                    OR EXISTS (SELECT FROM organization_invitation_roles
                        WHERE tenant_id = :tenant AND organization_role_id = :id)
                """)
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    static void insert(Tx tx, OrganizationRole role) {
        bind(
                        tx.update(
                                """
                INSERT INTO organization_roles (tenant_id, id, name, description, type)
                VALUES (:tenant, :id, :name, :description, :type)
                """),
                        role)
                .execute();
    }

    static void update(Tx tx, OrganizationRole role) {
        bind(
                        tx.update(
                                """
                UPDATE organization_roles SET name = :name, description = :description, type = :type
                WHERE tenant_id = :tenant AND id = :id
                """),
                        role)
                .execute();
    }

    static boolean delete(Tx tx, String id) {
        return tx.update("DELETE FROM organization_roles WHERE tenant_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static Update bind(Update update, OrganizationRole role) {
        return update.bind("id", role.id())
                .bind("name", role.name())
                .bind("description", role.description())
                .bind("type", role.type().wire());
    }

    private static OrganizationRole role(ResultSet rs) throws SQLException {
        return new OrganizationRole(
                rs.getString("id"),
                rs.getString("name"),
                rs.getString("description"),
                RoleType.of(rs.getString("type")));
    }
}
