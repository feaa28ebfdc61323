package dev.ostiary.roles;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationError;
import dev.ostiary.applications.ApplicationType;
import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.Changes;
import dev.ostiary.resources.ManagementApi;
import dev.ostiary.resources.Resources;
import dev.ostiary.resources.Scope;
import dev.ostiary.users.UserError;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The door to roles. */
public final class Roles {
    private final Resources resources;
    private final Changes changes;
    private final MachineScopes machineScopes;
    private final Ids ids;
    private final Clock clock;

    public Roles(Database database, Resources resources, Changes changes, Ids ids, Clock clock) {
        this.resources = resources;
        this.changes = changes;
        this.machineScopes = new MachineScopes(database, changes);
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

    /** Names of the scopes of one resource that a machine-to-machine application has through roles; from the cache. */
    public Set<String> scopesOfApplication(String tenant, String applicationId, String resourceId) {
        return machineScopes.of(tenant, applicationId, resourceId);
    }

    /** Names of a user's roles, in the order of their names; the claim {@code roles}. */
    public List<String> namesOfUser(Tx tx, String userId) {
        return HolderStore.roleNames(tx, Holder.USER, userId);
    }

    /** A user's roles with their scopes and whose scopes they are, in the order of names: one statement. */
    public List<RoleOfUser> ofUser(Tx tx, String userId) {
        return RoleOfUser.all(tx, userId);
    }

    /** Adds what the user does not have yet; for the program itself, which is not bound by types. */
    public void assignToUser(Tx tx, String userId, List<String> roleIds) {
        HolderStore.assign(tx, Holder.USER, userId, roleIds);
    }

    /** Adds what the application does not have yet; for the program itself, which is not bound by types. */
    public void assignToApplication(Tx tx, String applicationId, List<String> roleIds) {
        HolderStore.assign(tx, Holder.APPLICATION, applicationId, roleIds);
        changed(tx, Holder.APPLICATION);
    }

    /** Gives new users the roles that every new user gets. */
    public void assignDefaults(Tx tx, List<String> userIds) {
        HolderStore.assignDefaults(tx, userIds);
    }

    /**
     * Refuses to let the user go who is the last to administer everything, or to open the console for it. Of two
     * administrators who remove each other at once, one is refused.
     *
     * @throws AppException 422 {@code user.last_administrator}
     */
    public void requireAnotherAdministrator(Tx tx, String userId) {
        requireAnotherAdministrator(tx, userId, ManagementRoles.ADMINISTRATOR);
    }

    private static void requireAnotherAdministrator(Tx tx, String userId, List<String> losing) {
        AdministratorStore.lock(tx);
        if (AdministratorStore.isLastOf(tx, userId, losing)) {
            throw UserError.LAST_ADMINISTRATOR.exception();
        }
    }

    /** Keeps the ledgers of holders short; for a job over all tenants. */
    public static void foldCounts(Tx tx) {
        RoleUserStore.foldCounts(tx);
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
            changed(tx, Holder.APPLICATION);
        }
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    Role get(Tx tx, String id) {
        return RoleStore.find(tx, id).orElseThrow(() -> notFound(id));
    }

    /** The role, which nobody else changes until the transaction ends. */
    Role lock(Tx tx, String id) {
        return RoleStore.lock(tx, id).orElseThrow(() -> notFound(id));
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
        checkNotAdministrators(id);
        RoleStore.delete(tx, id);
        changed(tx, Holder.APPLICATION);
    }

    List<Scope> addScopes(Tx tx, String id, List<String> scopeIds) {
        Role role = get(tx, id);
        checkNotInternal(role);
        List<Scope> scopes = resources.scopes(tx, scopeIds);
        checkScopes(role, scopes);
        RoleScopeStore.insert(tx, id, scopeIds);
        changed(tx, Holder.APPLICATION);
        return scopes;
    }

    void removeScope(Tx tx, String id, String scopeId) {
        checkNotInternal(get(tx, id));
        checkNotAdministrators(id);
        found(RoleScopeStore.delete(tx, id, scopeId));
        changed(tx, Holder.APPLICATION);
    }

    /** @return the roles that the holder did not have yet */
    List<String> assign(Tx tx, Holder holder, String holderId, List<String> roleIds) {
        checkAssignable(tx, holder, roleIds);
        changed(tx, holder);
        return HolderStore.assign(tx, holder, holderId, roleIds);
    }

    void replace(Tx tx, Holder holder, String holderId, List<String> roleIds) {
        checkAssignable(tx, holder, roleIds);
        guardAdministrators(
                tx,
                holder,
                holderId,
                ManagementRoles.ADMINISTRATOR.stream()
                        .filter(role -> !roleIds.contains(role))
                        .toList());
        HolderStore.removeOthers(tx, holder, holderId, roleIds);
        HolderStore.assign(tx, holder, holderId, roleIds);
        changed(tx, holder);
    }

    void remove(Tx tx, Holder holder, String holderId, String roleId) {
        checkNotInternal(get(tx, roleId));
        guardAdministrators(
                tx,
                holder,
                holderId,
                ManagementRoles.ADMINISTRATOR.stream().filter(roleId::equals).toList());
        found(HolderStore.remove(tx, holder, holderId, roleId));
        changed(tx, holder);
    }

    /** Gives one role to many. */
    void addHolders(Tx tx, Holder holder, String id, List<String> holderIds) {
        checkAssignable(tx, holder, List.of(id));
        HolderStore.insertHolders(tx, holder, id, holderIds);
        changed(tx, holder);
    }

    /** Machines ask for the same scopes all day, so those are remembered; users' are read each time. */
    private void changed(Tx tx, Holder holder) {
        if (holder == Holder.APPLICATION) {
            changes.announce(tx, Resources.SCOPES, "");
        }
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

    private static void guardAdministrators(Tx tx, Holder holder, String holderId, List<String> losing) {
        if (holder == Holder.USER && !losing.isEmpty()) {
            requireAnotherAdministrator(tx, holderId, losing);
        }
    }

    /** Without it, or without what it may do, there would be no administrator left. */
    private static void checkNotAdministrators(String roleId) {
        if (ManagementRoles.ADMINISTRATOR.contains(roleId)) {
            throw UserError.LAST_ADMINISTRATOR.exception();
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
