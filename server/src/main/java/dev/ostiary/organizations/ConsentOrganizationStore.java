package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code application_user_consent_organizations}. */
final class ConsentOrganizationStore {
    private static final String GRANTED =
            """
             FROM application_user_consent_organizations g
            JOIN organizations o ON o.tenant_id = g.tenant_id AND o.id = g.organization_id
            WHERE g.tenant_id = :tenant AND g.application_id = :application AND g.user_id = :user
            """;

    private ConsentOrganizationStore() {}

    static Set<String> ids(Tx tx, String applicationId, String userId) {
        return new HashSet<>(tx.query(
                        """
                SELECT organization_id FROM application_user_consent_organizations
                WHERE tenant_id = :tenant AND application_id = :application AND user_id = :user
                """)
                .bind("application", applicationId)
                .bind("user", userId)
                .mapTo(String.class)
                .list());
    }

    static Set<String> bound(Tx tx, String grantId, String userId) {
        return new HashSet<>(tx.query(
                        """
                SELECT organization_id FROM grant_organizations
                WHERE tenant_id = :tenant AND grant_id = :grant AND user_id = :user
                """)
                .bind("grant", grantId)
                .bind("user", userId)
                .mapTo(String.class)
                .list());
    }

    static List<Organization> list(Tx tx, String applicationId, String userId, long offset, long limit) {
        return tx.query("SELECT " + OrganizationStore.COLUMNS + GRANTED
                        + " ORDER BY o.created_at DESC, o.id DESC OFFSET :offset LIMIT :limit")
                .bind("application", applicationId)
                .bind("user", userId)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> OrganizationStore.organization(rs))
                .list();
    }

    static long count(Tx tx, String applicationId, String userId) {
        return tx.query("SELECT count(*)" + GRANTED)
                .bind("application", applicationId)
                .bind("user", userId)
                .mapTo(Long.class)
                .one();
    }

    static Map<String, Set<String>> resourceScopes(Tx tx, String userId, Collection<String> scopeIds) {
        Map<String, Set<String>> byOrganization = new HashMap<>();
        tx.query(
                        """
                SELECT DISTINCT h.organization_id, rs.scope_id FROM organization_user_roles h
                JOIN organization_role_resource_scopes rs
                    ON rs.tenant_id = h.tenant_id AND rs.organization_role_id = h.organization_role_id
                WHERE h.tenant_id = :tenant AND h.user_id = :user AND rs.scope_id = ANY(:scopes)
                """)
                .bind("user", userId)
                .bindArray("scopes", String.class, List.copyOf(scopeIds))
                .map((rs, ctx) -> Map.entry(rs.getString(1), rs.getString(2)))
                .forEach(pair -> byOrganization
                        .computeIfAbsent(pair.getKey(), id -> new HashSet<>())
                        .add(pair.getValue()));
        return byOrganization;
    }

    static void deleteAll(Tx tx, String applicationId, String userId) {
        tx.update(
                        """
                DELETE FROM application_user_consent_organizations
                WHERE tenant_id = :tenant AND application_id = :application AND user_id = :user
                """)
                .bind("application", applicationId)
                .bind("user", userId)
                .execute();
    }
}
