package dev.ostiary.roles;

import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A role of somebody with all that it gives, as scripts see it.
 *
 * @param scopes {@code [{id, name, description, resourceId, resource}]}
 */
public record RoleOfUser(String id, String name, String description, JsonNode scopes) {
    /** More of either than a token could carry. */
    private static final int MOST = 200;

    private static final HotSql OF_USER = HotSql.of(
            """
            SELECT r.id, r.name, r.description, coalesce((
                SELECT jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'description', s.description,
                    'resourceId', s.resource_id, 'resource', jsonb_build_object('tenantId', p.tenant_id, 'id', p.id,
                        'name', p.name, 'indicator', p.indicator, 'isDefault', p.is_default,
                        'accessTokenTtl', p.access_token_ttl)) ORDER BY s.name, s.id)
                FROM (SELECT x.scope_id FROM role_scopes x
                    WHERE x.tenant_id = r.tenant_id AND x.role_id = r.id LIMIT :most) AS rs
                JOIN scopes s ON s.tenant_id = r.tenant_id AND s.id = rs.scope_id
                JOIN resources p ON p.tenant_id = s.tenant_id AND p.id = s.resource_id), '[]') AS scopes
            FROM user_roles h JOIN roles r ON r.tenant_id = h.tenant_id AND r.id = h.role_id
            WHERE h.tenant_id = :tenant AND h.user_id = :user
            ORDER BY r.name LIMIT :most
            """);

    static List<RoleOfUser> all(Tx tx, String userId) {
        return OF_USER.list(
                tx,
                Map.of("user", userId, "most", MOST),
                rs -> new RoleOfUser(
                        rs.getString("id"),
                        rs.getString("name"),
                        rs.getString("description"),
                        Json.readStored(rs.getString("scopes"))));
    }
}
