package dev.ostiary.organizations;

import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tokens need to know of organizations. Each answer is one statement; nothing is cached. */
public final class OrganizationAccess {
    /** More than a token could carry. */
    private static final int MOST_ROLES = 1_000;

    private static final String MEMBERSHIP =
            """
            SELECT o.is_mfa_required, ARRAY(
                SELECT DISTINCT s.name
                FROM $roles mr
                JOIN organization_role_scopes rs
                    ON rs.tenant_id = mr.tenant_id AND rs.organization_role_id = mr.organization_role_id
                JOIN organization_scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.organization_scope_id
                WHERE mr.tenant_id = :tenant AND mr.organization_id = :organization AND mr.$member = :member) AS scopes
            FROM $members m
            JOIN organizations o ON o.tenant_id = m.tenant_id AND o.id = m.organization_id
            WHERE m.tenant_id = :tenant AND m.organization_id = :organization AND m.$member = :member
            """;
    private static final String RESOURCE_SCOPES =
            """
            SELECT DISTINCT s.name
            FROM $roles mr
            JOIN organization_role_resource_scopes rs
                ON rs.tenant_id = mr.tenant_id AND rs.organization_role_id = mr.organization_role_id
            JOIN scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.scope_id
            WHERE mr.tenant_id = :tenant AND mr.organization_id = :organization AND mr.$member = :member
                AND s.resource_id = :resource
            """;

    private static final HotSql OF_USER = HotSql.of(MemberKind.USER.sql(MEMBERSHIP));
    private static final HotSql OF_APPLICATION = HotSql.of(MemberKind.APPLICATION.sql(MEMBERSHIP));
    private static final HotSql RESOURCE_SCOPES_OF_USER = HotSql.of(MemberKind.USER.sql(RESOURCE_SCOPES));
    private static final HotSql RESOURCE_SCOPES_OF_APPLICATION = HotSql.of(MemberKind.APPLICATION.sql(RESOURCE_SCOPES));

    /** The roles of all organizations are read at once: 200 organizations are no 200 look-ups. */
    private static final HotSql AFFILIATIONS = HotSql.of(
            """
            SELECT o.id, o.name, o.description, r.names
            FROM organization_users m
            JOIN organizations o ON o.tenant_id = m.tenant_id AND o.id = m.organization_id
            LEFT JOIN (
                SELECT mr.organization_id, array_agg(r.name ORDER BY r.name) AS names
                FROM organization_user_roles mr
                JOIN organization_roles r ON r.tenant_id = mr.tenant_id AND r.id = mr.organization_role_id
                WHERE mr.tenant_id = :tenant AND mr.user_id = :user
                GROUP BY mr.organization_id) AS r ON r.organization_id = m.organization_id
            WHERE m.tenant_id = :tenant AND m.user_id = :user
            ORDER BY m.created_at, m.organization_id
            """);

    private static final HotSql ROLES_OF_USER = HotSql.of(
            """
            SELECT mr.organization_id, r.id, r.name
            FROM organization_user_roles mr
            JOIN organization_roles r ON r.tenant_id = mr.tenant_id AND r.id = mr.organization_role_id
            WHERE mr.tenant_id = :tenant AND mr.user_id = :user
            ORDER BY mr.organization_id, r.name LIMIT :most
            """);

    /** A role that a user has in an organization, as scripts see it. */
    public record RoleIn(String organizationId, String roleId, String roleName) {}

    /** All roles of a user in all organizations. */
    public List<RoleIn> rolesOfUser(Tx tx, String userId) {
        return ROLES_OF_USER.list(
                tx,
                Map.of("user", userId, "most", MOST_ROLES),
                rs -> new RoleIn(rs.getString("organization_id"), rs.getString("id"), rs.getString("name")));
    }

    /** Empty for who is no member, and for an organization that does not exist. */
    public Optional<Membership> ofUser(Tx tx, String organizationId, String userId) {
        return membership(OF_USER, tx, organizationId, userId);
    }

    /** As {@link #ofUser(Tx, String, String)}. */
    public Optional<Membership> ofApplication(Tx tx, String organizationId, String applicationId) {
        return membership(OF_APPLICATION, tx, organizationId, applicationId);
    }

    /** Names of the scopes of one resource that a member has through roles in that organization. */
    public Set<String> resourceScopesOfUser(Tx tx, String organizationId, String userId, String resourceId) {
        return resourceScopes(RESOURCE_SCOPES_OF_USER, tx, organizationId, userId, resourceId);
    }

    /** As {@link #resourceScopesOfUser}. */
    public Set<String> resourceScopesOfApplication(
            Tx tx, String organizationId, String applicationId, String resourceId) {
        return resourceScopes(RESOURCE_SCOPES_OF_APPLICATION, tx, organizationId, applicationId, resourceId);
    }

    /** All organizations of a user, those joined first in front. */
    public List<Affiliation> ofUser(Tx tx, String userId) {
        return AFFILIATIONS.list(
                tx,
                Map.of("user", userId),
                rs -> new Affiliation(
                        rs.getString("id"), rs.getString("name"), rs.getString("description"), texts(rs, "names")));
    }

    private static Optional<Membership> membership(HotSql sql, Tx tx, String organizationId, String memberId) {
        // What a client sends: PostgreSQL holds no U+0000.
        if (organizationId.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return sql.findOne(
                tx,
                Map.of("organization", organizationId, "member", memberId),
                rs -> new Membership(
                        organizationId, rs.getBoolean("is_mfa_required"), Set.copyOf(texts(rs, "scopes"))));
    }

    private static Set<String> resourceScopes(
            HotSql sql, Tx tx, String organizationId, String memberId, String resourceId) {
        return Set.copyOf(sql.list(
                tx,
                Map.of("organization", organizationId, "member", memberId, "resource", resourceId),
                rs -> rs.getString(1)));
    }

    private static List<String> texts(ResultSet rs, String column) throws SQLException {
        Array array = rs.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
