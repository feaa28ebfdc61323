package dev.ostiary.roles;

import dev.ostiary.db.Tx;
import java.util.List;

/** SQL of the question who administers everything. */
final class AdministratorStore {
    private AdministratorStore() {}

    /** Whoever else asks the same waits until the transaction ends. */
    static void lock(Tx tx) {
        tx.query("SELECT id FROM roles WHERE tenant_id = :tenant AND id = :role FOR NO KEY UPDATE")
                .bind("role", ManagementRoles.DEFAULT_ADMIN_ID)
                .mapTo(String.class)
                .list();
    }

    /** Whether the user is an administrator who may sign in, and one of the roles would be with no other of them. */
    static boolean isLastOf(Tx tx, String userId, List<String> roleIds) {
        return tx.query(
                        """
                SELECT 1 FROM user_roles mine
                JOIN user_roles admin ON admin.tenant_id = mine.tenant_id AND admin.user_id = mine.user_id
                    AND admin.role_id = :admin
                JOIN users me ON me.tenant_id = mine.tenant_id AND me.id = mine.user_id AND NOT me.is_suspended
                WHERE mine.tenant_id = :tenant AND mine.user_id = :user AND mine.role_id = ANY(:roles)
                    AND NOT EXISTS (
                        SELECT FROM user_roles other
                        JOIN user_roles too ON too.tenant_id = other.tenant_id AND too.user_id = other.user_id
                            AND too.role_id = :admin
                        JOIN users u ON u.tenant_id = other.tenant_id AND u.id = other.user_id AND NOT u.is_suspended
                        WHERE other.tenant_id = :tenant AND other.role_id = mine.role_id AND other.user_id <> :user)
                LIMIT 1
                """)
                .bind("admin", ManagementRoles.DEFAULT_ADMIN_ID)
                .bind("user", userId)
                .bindArray("roles", String.class, roleIds)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
