package dev.ostiary.resources;

import dev.ostiary.access.ManagementAccess;
import dev.ostiary.db.Tx;
import java.util.List;
import java.util.Set;

/** The Management API as a resource: every tenant has its own, the admin tenant also a copy of the others'. */
public final class ManagementApi {
    public static final String RESOURCE_ID = "management-api";
    /** Id of the scope {@code all}. */
    public static final String SCOPE_ID = "management-api-all";

    /** What the admin tenant has beyond its own Management API; ids are at most 21 characters long. */
    private record Copy(String resourceId, String name, String indicator) {
        String scopeId() {
            return resourceId + "-all";
        }
    }

    /** In the admin tenant: the Management API of the default tenant, for its administrators. */
    private static final Copy OF_DEFAULT =
            new Copy("default-api", "Logto Management API for tenant default", ManagementAccess.indicator("default"));

    /** In the admin tenant: the API of an administrator's own profile. */
    private static final Copy ME = new Copy("me-api", "Logto Me API", "https://admin.logto.app/me");

    public static final String DEFAULT_COPY_SCOPE_ID = OF_DEFAULT.scopeId();
    public static final String ME_SCOPE_ID = ME.scopeId();

    private static final Set<String> RESOURCES = Set.of(RESOURCE_ID, OF_DEFAULT.resourceId, ME.resourceId);

    private ManagementApi() {}

    /** Whether the resource belongs to the program: it cannot be changed or deleted over the API, nor given to users. */
    public static boolean isResource(String resourceId) {
        return RESOURCES.contains(resourceId);
    }

    /** Makes a tenant's own Management API; may run any number of times. */
    public static void seed(Tx tx) {
        seed(tx, new Copy(RESOURCE_ID, "Logto Management API", ManagementAccess.indicator(tx.tenant())));
    }

    /** Makes what the admin tenant has beyond that; may run any number of times. */
    public static void seedCopies(Tx tx) {
        List.of(OF_DEFAULT, ME).forEach(copy -> seed(tx, copy));
    }

    private static void seed(Tx tx, Copy copy) {
        if (ResourceStore.insertIfAbsent(tx, copy.resourceId, copy.name, copy.indicator)) {
            ScopeStore.insertIfAbsent(tx, copy.scopeId(), copy.resourceId, "all");
        }
    }
}
