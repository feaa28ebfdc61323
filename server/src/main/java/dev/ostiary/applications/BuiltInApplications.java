package dev.ostiary.applications;

import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Applications that are there without a row, at addresses below the tenant's own origin. */
final class BuiltInApplications {
    static final String DEMO = "demo-app";
    static final String DEVICE_DEMO = "device-demo-app";
    static final String ACCOUNT_CENTER = "account-center";
    static final String INVITATION = "invitation";
    static final String ADMIN_CONSOLE = "admin-console";

    private final UnaryOperator<String> origin;
    private final String consoleTenant;

    /**
     * @param origin public origin of a tenant, by its id
     * @param consoleTenant whose users may open the console
     */
    BuiltInApplications(UnaryOperator<String> origin, String consoleTenant) {
        this.origin = origin;
        this.consoleTenant = consoleTenant;
    }

    Optional<Application> find(String tenant, String id) {
        return switch (id) {
            case DEMO -> Optional.of(page(id, "Live preview", origin.apply(tenant) + "/demo-app", false));
            // Not where administrators are: nobody could be tricked there into letting in what nobody has let in.
            case DEVICE_DEMO -> tenant.equals(consoleTenant) ? Optional.empty() : Optional.of(device());
            case ACCOUNT_CENTER -> Optional.of(page(id, "Account", origin.apply(tenant) + "/account", true));
            case INVITATION -> Optional.of(page(id, "Invitation", origin.apply(tenant) + "/invitation", false));
            case ADMIN_CONSOLE ->
                tenant.equals(consoleTenant)
                        ? Optional.of(console(origin.apply(tenant) + "/console"))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Application device() {
        return application(
                DEVICE_DEMO,
                "Device preview",
                ApplicationType.NATIVE,
                OidcClientMetadata.NONE,
                CustomClientMetadata.FOR_DEVICES);
    }

    private static Application page(String id, String name, String address, boolean alwaysRefreshes) {
        return spa(
                id,
                name,
                OidcClientMetadata.of(List.of(address), List.of(address)),
                alwaysRefreshes ? CustomClientMetadata.ALWAYS_REFRESHING : CustomClientMetadata.DEFAULTS);
    }

    private static Application console(String address) {
        return spa(
                ADMIN_CONSOLE,
                "Admin Console",
                OidcClientMetadata.of(List.of(address + "/callback"), List.of(address)),
                CustomClientMetadata.DEFAULTS);
    }

    private static Application spa(
            String id, String name, OidcClientMetadata addresses, CustomClientMetadata settings) {
        return application(id, name, ApplicationType.SPA, addresses, settings);
    }

    private static Application application(
            String id, String name, ApplicationType type, OidcClientMetadata addresses, CustomClientMetadata settings) {
        return new Application(
                id,
                name,
                null,
                type,
                addresses,
                settings,
                Json.object(),
                null,
                false,
                false,
                List.of(),
                Instant.EPOCH,
                ApplicationSource.TENANT);
    }
}
