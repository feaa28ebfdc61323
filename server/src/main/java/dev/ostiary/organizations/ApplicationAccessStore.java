package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Rows of {@code application_access_rules}. */
final class ApplicationAccessStore {
    private ApplicationAccessStore() {}

    /** From what the user is and has, which is little, to the rules, which may be thousands. */
    static boolean allows(Tx tx, String applicationId, String userId) {
        return tx.query(
                        """
                SELECT EXISTS (
                    SELECT 1 FROM application_access_rules r
                    WHERE r.tenant_id = :tenant AND r.application_id = :application AND r.user_id = :user
                    UNION ALL
                    SELECT 1 FROM user_roles h
                    JOIN application_access_rules r ON r.tenant_id = h.tenant_id AND r.role_id = h.role_id
                    WHERE h.tenant_id = :tenant AND h.user_id = :user AND r.application_id = :application
                    UNION ALL
                    SELECT 1 FROM organization_users m
                    JOIN application_access_rules r
                        ON r.tenant_id = m.tenant_id AND r.organization_id = m.organization_id
                    WHERE m.tenant_id = :tenant AND m.user_id = :user AND r.application_id = :application
                        AND r.organization_role_id IS NULL
                    UNION ALL
                    SELECT 1 FROM organization_user_roles h
                    JOIN application_access_rules r
                        ON r.tenant_id = h.tenant_id AND r.organization_id = h.organization_id
                        AND r.organization_role_id = h.organization_role_id
                    WHERE h.tenant_id = :tenant AND h.user_id = :user AND r.application_id = :application)
                """)
                .bind("application", applicationId)
                .bind("user", userId)
                .mapTo(Boolean.class)
                .one();
    }

    static boolean hasRules(Tx tx, String applicationId) {
        return tx.query(
                        """
                SELECT EXISTS (SELECT 1 FROM application_access_rules
                    WHERE tenant_id = :tenant AND application_id = :application)
                """)
                .bind("application", applicationId)
                .mapTo(Boolean.class)
                .one();
    }

    static List<ApplicationAccessRule> list(Tx tx, String applicationId) {
        return tx.query(
                        """
                SELECT user_id, role_id, organization_id, organization_role_id FROM application_access_rules
                WHERE tenant_id = :tenant AND application_id = :application
                ORDER BY user_id, role_id, organization_id, organization_role_id
                """)
                .bind("application", applicationId)
                .map((rs, ctx) ->
                        new ApplicationAccessRule(rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4)))
                .list();
    }

    static void replace(Tx tx, String applicationId, List<ApplicationAccessRule> rules) {
        tx.update("DELETE FROM application_access_rules WHERE tenant_id = :tenant AND application_id = :application")
                .bind("application", applicationId)
                .execute();
        Update insert = tx.update(
                        """
                INSERT INTO application_access_rules
                    (tenant_id, application_id, user_id, role_id, organization_id, organization_role_id)
                SELECT :tenant, :application, * FROM unnest(:users, :roles, :organizations, :organizationRoles)
                """)
                .bind("application", applicationId);
        bind(insert, "users", rules, ApplicationAccessRule::userId);
        bind(insert, "roles", rules, ApplicationAccessRule::roleId);
        bind(insert, "organizations", rules, ApplicationAccessRule::organizationId);
        bind(insert, "organizationRoles", rules, ApplicationAccessRule::organizationRoleId);
        insert.execute();
    }

    private static void bind(
            Update update,
            String name,
            List<ApplicationAccessRule> rules,
            Function<ApplicationAccessRule, @Nullable String> column) {
        update.bindArray(name, String.class, rules.stream().map(column).toArray());
    }
}
