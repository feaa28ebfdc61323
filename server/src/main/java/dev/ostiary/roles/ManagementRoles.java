package dev.ostiary.roles;

import dev.ostiary.db.Tx;
import dev.ostiary.resources.ManagementApi;
import java.util.List;

/** The roles that open a Management API. */
public final class ManagementRoles {
    /** Name of the role that a machine-to-machine application needs; the wire's word. */
    public static final String ACCESS = "Logto Management API access";

    public static final String ACCESS_ID = "management-api-access";
    /** The older role of the same meaning, set by {@code isAdmin} of an application. */
    public static final String INTERNAL_ADMIN_ID = "admin-role";

    /** In the admin tenant: administrators of the default tenant. */
    public static final String DEFAULT_ADMIN_ID = "default-admin";
    /** In the admin tenant: everybody who may open the console. */
    public static final String CONSOLE_USER_ID = "console-user";
    /** In the admin tenant: applications that act for the console. */
    public static final String DEFAULT_PROXY_ID = "machine-mapi-default";

    /** In the admin tenant: what somebody holds who administers everything. */
    public static final List<String> ADMINISTRATOR = List.of(DEFAULT_ADMIN_ID, CONSOLE_USER_ID);

    private ManagementRoles() {}

    /** Makes a tenant's Management API with its roles; may run any number of times. */
    public static void seed(Tx tx) {
        ManagementApi.seed(tx);
        RoleType machine = RoleType.MACHINE_TO_MACHINE;
        seed(
                tx,
                new Role(ACCESS_ID, ACCESS, "May call everything of this tenant's Management API.", machine, false),
                ManagementApi.SCOPE_ID);
        seed(
                tx,
                new Role(
                        INTERNAL_ADMIN_ID,
                        Role.INTERNAL_PREFIX + "admin",
                        "Built-in role of applications that are marked as administrators.",
                        machine,
                        false),
                ManagementApi.SCOPE_ID);
    }

    /** Makes what the admin tenant has beyond that: the console's resources and roles. */
    public static void seedAdminTenant(Tx tx) {
        seed(tx);
        ManagementApi.seedCopies(tx);
        seed(
                tx,
                new Role(DEFAULT_ADMIN_ID, "default:admin", "Administers the tenant default.", RoleType.USER, false),
                ManagementApi.DEFAULT_COPY_SCOPE_ID);
        seed(
                tx,
                new Role(CONSOLE_USER_ID, "user", "May open the console.", RoleType.USER, false),
                ManagementApi.ME_SCOPE_ID);
        seed(
                tx,
                new Role(
                        DEFAULT_PROXY_ID,
                        "machine:mapi:default",
                        "May call everything of the Management API of the tenant default.",
                        RoleType.MACHINE_TO_MACHINE,
                        false),
                ManagementApi.DEFAULT_COPY_SCOPE_ID);
    }

    private static void seed(Tx tx, Role role, String scopeId) {
        // A role of that name may have been made by hand; it keeps what it has.
        if (RoleStore.insertIfAbsent(tx, role)) {
            RoleScopeStore.insert(tx, role.id(), List.of(scopeId));
        }
    }
}
