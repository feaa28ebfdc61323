package dev.ostiary.roles;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationError;
import dev.ostiary.applications.ApplicationType;
import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.resources.ManagementApi;
import dev.ostiary.resources.Resources;
import dev.ostiary.resources.Scope;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The door to roles. */
public final class Roles {
    private final Resources resources;
    private final Ids ids;
    private final Clock clock;

    public Roles(Database database, Resources resources, Ids ids, Clock clock) {
        this.resources = resources;
        this.ids = ids;
        this.clock = clock;
        database.onViolation("roles_name", RoleError.NAME_IN_USE);
        database.onViolation("role_scopes_pkey", RoleError.SCOPE_EXISTS);
        database.onViolation("user_roles_pkey", RoleError.USER_EXISTS);
        database.onViolation("application_roles_pkey", RoleError.APPLICATION_EXISTS);
        database.onViolation("user_roles_user", RoleError.HOLDER_NOT_FOUND);
        database.onViolation("application_roles_application", RoleError.HOLDER_NOT_FOUND);
    }

    /** Names of the scopes of one resource that a user has through roles. */
    public Set<String> scopesOfUser(Tx tx, String userId, String resourceId) {
        return RoleScopeStore.namesOf(tx, Holder.USER, userId, resourceId);
    }

    /** Names of the scopes of one resource that a machine-to-machine application has through roles. */
    public Set<String> scopesOfApplication(Tx tx, String applicationId, String resourceId) {
        return RoleScopeStore.namesOf(tx, Holder.APPLICATION, applicationId, resourceId);
    }

    /** Names of a user's roles, in the order of their names; the claim {@code roles}. */
    public List<String> namesOfUser(Tx tx, String userId) {
        return HolderStore.roleNames(tx, Holder.USER, userId);
    }

    /** Adds what the user does not have yet; for the program itself, which is not bound by types. */
    public void assignToUser(Tx tx, String userId, List<String> roleIds) {
        HolderStore.assign(tx, Holder.USER, userId, roleIds);
    }

    /** Adds what the application does not have yet; for the program itself, which is not bound by types. */
    public void assignToApplication(Tx tx, String applicationId, List<String> roleIds) {
        HolderStore.assign(tx, Holder.APPLICATION, applicationId, roleIds);
    }

    /** Gives a new user the roles that every new user gets. */
    public void assignDefaults(Tx tx, String userId) {
        HolderStore.assignDefaults(tx, userId);
    }

    /** Whether the application holds the built-in role of administrators. */
    public boolean isAdmin(Tx tx, String applicationId) {
        return HolderStore.holds(tx, Holder.APPLICATION, applicationId, ManagementRoles.INTERNAL_ADMIN_ID);
    }

    /** Gives the built-in role of administrators to an application, or takes it back. */
    public void markAdmin(Tx tx, Application application, boolean isAdmin) {
        requireMachine(application);
        if (isAdmin) {
            assignToApplication(tx, application.id(), List.of(ManagementRoles.INTERNAL_ADMIN_ID));
        } else {
            HolderStore.remove(tx, Holder.APPLICATION, application.id(), ManagementRoles.INTERNAL_ADMIN_ID);
        }
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    Role get(Tx tx, String id) {
        return RoleStore.find(tx, id).orElseThrow(() -> notFound(id));
    }

    Role create(Tx tx, RoleJson.Create wanted) {
        RoleType type = wanted.type().orElse(RoleType.USER);
        Role role = new Role(
                ids.standard(),
                wanted.name(),
                wanted.description(),
                type,
                wanted.isDefault().orElse(false));
        checkNotInternal(role);
        List<String> scopeIds = wanted.scopeIds().orElse(List.of());
        checkScopes(role, resources.scopes(tx, scopeIds));
        RoleStore.insert(tx, role, clock.instant());
        if (!scopeIds.isEmpty()) {
            RoleScopeStore.insert(tx, role.id(), scopeIds);
        }
        return role;
    }

    Role change(Tx tx, String id, RoleJson.Patch patch) {
        checkNotInternal(get(tx, id));
        patch.name().filter(Role::isInternalName).ifPresent(name -> {
            throw RoleError.INTERNAL_ROLE_VIOLATION.exception();
        });
        return RoleStore.update(tx, id, patch);
    }

    void delete(Tx tx, String id) {
        checkNotInternal(get(tx, id));
        RoleStore.delete(tx, id);
    }

    List<Scope> addScopes(Tx tx, String id, List<String> scopeIds) {
        Role role = get(tx, id);
        checkNotInternal(role);
        List<Scope> scopes = resources.scopes(tx, scopeIds);
        checkScopes(role, scopes);
        RoleScopeStore.insert(tx, id, scopeIds);
        return scopes;
    }

    void removeScope(Tx tx, String id, String scopeId) {
        checkNotInternal(get(tx, id));
        found(RoleScopeStore.delete(tx, id, scopeId));
    }

    /** @return the roles that the holder did not have yet */
    List<String> assign(Tx tx, Holder holder, String holderId, List<String> roleIds) {
        checkAssignable(tx, holder, roleIds);
        return HolderStore.assign(tx, holder, holderId, roleIds);
    }

    void replace(Tx tx, Holder holder, String holderId, List<String> roleIds) {
        checkAssignable(tx, holder, roleIds);
        HolderStore.removeOthers(tx, holder, holderId, roleIds);
        HolderStore.assign(tx, holder, holderId, roleIds);
    }

    void remove(Tx tx, Holder holder, String holderId, String roleId) {
        checkNotInternal(get(tx, roleId));
        found(HolderStore.remove(tx, holder, holderId, roleId));
    }

    /** Gives one role to many. */
    void addHolders(Tx tx, Holder holder, String id, List<String> holderIds) {
        checkAssignable(tx, holder, List.of(id));
        HolderStore.insertHolders(tx, holder, id, holderIds);
    }

    /** @throws AppException 422 {@code application.invalid_type}: only machines hold roles themselves */
    static void requireMachine(Application application) {
        if (application.type() != ApplicationType.MACHINE_TO_MACHINE) {
            throw ApplicationError.INVALID_TYPE.exception();
        }
    }

    private void checkAssignable(Tx tx, Holder holder, List<String> roleIds) {
        List<Role> roles = roleIds.isEmpty() ? List.of() : RoleStore.all(tx, roleIds);
        for (String id : roleIds) {
            Role role = roles.stream().filter(r -> r.id().equals(id)).findAny().orElseThrow(() -> notFound(id));
            checkNotInternal(role);
            if (role.type() != holder.type) {
                throw holder.wrongType.exception();
            }
        }
    }

    private static void checkNotInternal(Role role) {
        if (role.isInternal()) {
            throw RoleError.INTERNAL_ROLE_VIOLATION.exception();
        }
    }

    /** The Management API is opened to machines, and to users by the program's own roles only (MA4). */
    private static void checkScopes(Role role, List<Scope> scopes) {
        if (role.type() == RoleType.USER && scopes.stream().anyMatch(s -> ManagementApi.isResource(s.resourceId()))) {
            throw RoleError.MANAGEMENT_SCOPES_NOT_ASSIGNABLE.exception();
        }
    }

    private static void found(boolean found) {
        if (!found) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
    }

    private static AppException notFound(String id) {
        return new AppException(CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", "roles", "id", id));
    }
}
