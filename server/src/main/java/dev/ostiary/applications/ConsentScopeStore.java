package dev.ostiary.applications;

import dev.ostiary.db.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code application_user_scopes}, {@code application_resource_scopes} and
 * {@code application_organization_scopes}, and of the three that are called {@code ceiling_…}.
 */
final class ConsentScopeStore {
    private ConsentScopeStore() {}

    /**
     * A scope that an application may ask users for.
     *
     * @param id of the scope, null for one of the users' data
     * @param resourceId null unless it is of an API resource, like the next two
     */
    record Row(
            ConsentScopeType type,
            @Nullable String id,
            String name,
            @Nullable String description,
            @Nullable String resourceId,
            @Nullable String resourceName,
            @Nullable String indicator) {}

    /** All of them, in the order of their names. */
    static List<Row> list(Tx tx, ConsentScopeOwner owner) {
        return tx.query(
                        owner.sql(
                                """
                SELECT 'user-scopes' AS type, NULL AS id, u.name, NULL AS description,
                    NULL AS resource_id, NULL AS resource_name, NULL AS indicator
                FROM {table}_user_scopes u WHERE u.tenant_id = :tenant AND u.{owner} = :owner
                UNION ALL
                SELECT CASE WHEN x.in_organizations THEN 'organization-resource-scopes' ELSE 'resource-scopes' END,
                    s.id, s.name, s.description, r.id, r.name, r.indicator
                FROM {table}_resource_scopes x
                JOIN scopes s ON s.tenant_id = x.tenant_id AND s.id = x.scope_id
                JOIN resources r ON r.tenant_id = s.tenant_id AND r.id = s.resource_id
                WHERE x.tenant_id = :tenant AND x.{owner} = :owner
                UNION ALL
                SELECT 'organization-scopes', s.id, s.name, s.description, NULL, NULL, NULL
                FROM {table}_organization_scopes x
                JOIN organization_scopes s ON s.tenant_id = x.tenant_id AND s.id = x.organization_scope_id
                WHERE x.tenant_id = :tenant AND x.{owner} = :owner
                ORDER BY type, resource_name, resource_id, name
                """))
                .bind("owner", owner.id())
                .map((rs, ctx) -> new Row(
                        ConsentScopeType.of(rs.getString("type")).orElseThrow(),
                        rs.getString("id"),
                        rs.getString("name"),
                        rs.getString("description"),
                        rs.getString("resource_id"),
                        rs.getString("resource_name"),
                        rs.getString("indicator")))
                .list();
    }

    static void addUserScopes(Tx tx, ConsentScopeOwner owner, List<String> names) {
        tx.update(
                        owner.sql(
                                """
                INSERT INTO {table}_user_scopes (tenant_id, {owner}, name)
                SELECT :tenant, :owner, name FROM unnest(:names) AS name ON CONFLICT DO NOTHING
                """))
                .bind("owner", owner.id())
                .bindArray("names", String.class, names)
                .execute();
    }

    static void addResourceScopes(Tx tx, ConsentScopeOwner owner, List<String> ids, boolean inOrganizations) {
        tx.update(
                        owner.sql(
                                """
                INSERT INTO {table}_resource_scopes (tenant_id, {owner}, in_organizations, scope_id)
                SELECT :tenant, :owner, :inOrganizations, id FROM unnest(:ids) AS id ON CONFLICT DO NOTHING
                """))
                .bind("owner", owner.id())
                .bind("inOrganizations", inOrganizations)
                .bindArray("ids", String.class, ids)
                .execute();
    }

    static void addOrganizationScopes(Tx tx, ConsentScopeOwner owner, List<String> ids) {
        tx.update(
                        owner.sql(
                                """
                INSERT INTO {table}_organization_scopes (tenant_id, {owner}, organization_scope_id)
                SELECT :tenant, :owner, id FROM unnest(:ids) AS id ON CONFLICT DO NOTHING
                """))
                .bind("owner", owner.id())
                .bindArray("ids", String.class, ids)
                .execute();
    }

    /** @return whether it was there */
    static boolean remove(Tx tx, ConsentScopeOwner owner, ConsentScopeType type, String scope) {
        String sql =
                switch (type) {
                    case USER ->
                        """
                        DELETE FROM {table}_user_scopes
                        WHERE tenant_id = :tenant AND {owner} = :owner AND name = :scope
                        """;
                    case RESOURCE, ORGANIZATION_RESOURCE ->
                        """
                        DELETE FROM {table}_resource_scopes
                        WHERE tenant_id = :tenant AND {owner} = :owner
                            AND in_organizations = :inOrganizations AND scope_id = :scope
                        """;
                    case ORGANIZATION ->
                        """
                        DELETE FROM {table}_organization_scopes
                        WHERE tenant_id = :tenant AND {owner} = :owner AND organization_scope_id = :scope
                        """;
                };
        return tx.update(owner.sql(sql))
                        .bind("owner", owner.id())
                        .bind("inOrganizations", type == ConsentScopeType.ORGANIZATION_RESOURCE)
                        .bind("scope", scope)
                        .execute()
                == 1;
    }

    /** Takes all of them away. */
    static void clear(Tx tx, ConsentScopeOwner owner) {
        for (String kind : List.of("user", "resource", "organization")) {
            tx.update(owner.sql(
                            "DELETE FROM {table}_" + kind + "_scopes WHERE tenant_id = :tenant AND {owner} = :owner"))
                    .bind("owner", owner.id())
                    .execute();
        }
    }
}
