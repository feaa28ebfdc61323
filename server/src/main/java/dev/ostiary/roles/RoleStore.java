package dev.ostiary.roles;

import dev.ostiary.db.Tx;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What roles mean to those who hold them: rows of {@code user_roles}, {@code application_roles}, {@code role_scopes}. */
final class RoleStore {
    private RoleStore() {}

    static Set<String> scopesOfUser(Tx tx, String userId, String resourceId) {
        return tx
                .query(
                        """
                SELECT DISTINCT s.name
                FROM user_roles ur
                JOIN role_scopes rs ON rs.tenant_id = ur.tenant_id AND rs.role_id = ur.role_id
                JOIN scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.scope_id
                WHERE ur.tenant_id = :tenant AND ur.user_id = :user AND s.resource_id = :resource
                """)
                .bind("user", userId)
                .bind("resource", resourceId)
                .mapTo(String.class)
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    static Set<String> scopesOfApplication(Tx tx, String applicationId, String resourceId) {
        return tx
                .query(
                        """
                SELECT DISTINCT s.name
                FROM application_roles ar
                JOIN role_scopes rs ON rs.tenant_id = ar.tenant_id AND rs.role_id = ar.role_id
                JOIN scopes s ON s.tenant_id = rs.tenant_id AND s.id = rs.scope_id
                WHERE ar.tenant_id = :tenant AND ar.application_id = :application AND s.resource_id = :resource
                """)
                .bind("application", applicationId)
                .bind("resource", resourceId)
                .mapTo(String.class)
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    static List<String> namesOfUser(Tx tx, String userId) {
        return tx.query(
                        """
                SELECT r.name FROM user_roles ur
                JOIN roles r ON r.tenant_id = ur.tenant_id AND r.id = ur.role_id
                WHERE ur.tenant_id = :tenant AND ur.user_id = :user ORDER BY r.name
                """)
                .bind("user", userId)
                .mapTo(String.class)
                .list();
    }

    static void assignToUser(Tx tx, String userId, List<String> roleIds) {
        tx.update(
                        """
                INSERT INTO user_roles (tenant_id, user_id, role_id) SELECT :tenant, :user, unnest(:roles)
                ON CONFLICT DO NOTHING
                """)
                .bind("user", userId)
                .bindArray("roles", String.class, roleIds)
                .execute();
    }

    static void assignToApplication(Tx tx, String applicationId, List<String> roleIds) {
        tx.update(
                        """
                INSERT INTO application_roles (tenant_id, application_id, role_id)
                SELECT :tenant, :application, unnest(:roles) ON CONFLICT DO NOTHING
                """)
                .bind("application", applicationId)
                .bindArray("roles", String.class, roleIds)
                .execute();
    }

    static void assignDefaults(Tx tx, String userId) {
        tx.update(
                        """
                INSERT INTO user_roles (tenant_id, user_id, role_id)
                SELECT :tenant, :user, id FROM roles WHERE tenant_id = :tenant AND is_default AND type = 'User'
                ON CONFLICT DO NOTHING
                """)
                .bind("user", userId)
                .execute();
    }
}
