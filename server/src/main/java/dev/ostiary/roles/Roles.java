package dev.ostiary.roles;

import dev.ostiary.db.Tx;
import java.util.List;
import java.util.Set;

/** The door to roles. */
public final class Roles {
    /** Names of the scopes of one resource that a user has through roles. */
    public Set<String> scopesOfUser(Tx tx, String userId, String resourceId) {
        return RoleStore.scopesOfUser(tx, userId, resourceId);
    }

    /** Names of the scopes of one resource that a machine-to-machine application has through roles. */
    public Set<String> scopesOfApplication(Tx tx, String applicationId, String resourceId) {
        return RoleStore.scopesOfApplication(tx, applicationId, resourceId);
    }

    /** Names of a user's roles, in the order of their names; the claim {@code roles}. */
    public List<String> namesOfUser(Tx tx, String userId) {
        return RoleStore.namesOfUser(tx, userId);
    }

    /** Adds what the user does not have yet. */
    public void assignToUser(Tx tx, String userId, List<String> roleIds) {
        RoleStore.assignToUser(tx, userId, roleIds);
    }

    /** Adds what the application does not have yet. */
    public void assignToApplication(Tx tx, String applicationId, List<String> roleIds) {
        RoleStore.assignToApplication(tx, applicationId, roleIds);
    }

    /** Gives a new user the roles that every new user gets. */
    public void assignDefaults(Tx tx, String userId) {
        RoleStore.assignDefaults(tx, userId);
    }
}
