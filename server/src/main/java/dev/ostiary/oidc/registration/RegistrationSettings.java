package dev.ostiary.oidc.registration;

import dev.ostiary.applications.ApplicationType;
import dev.ostiary.db.Tx;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.tenants.TenantSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a tenant lets strangers register.
 *
 * @param requiresInitialAccessToken only who was given a token may register (RFC 7591 section 3)
 * @param types kinds of applications: Native, SPA, Traditional
 * @param allowsDeviceFlow whether a native one may be for devices without a browser (RFC 8628)
 * @param redirectHosts see {@link RedirectHosts}; empty: any
 * @param maxClients how many may be registered at once
 * @param attemptsPerHour of one network address
 * @param unusedLifetimeInDays after so long, who was never let in by anybody is removed
 */
record RegistrationSettings(
        boolean enabled,
        boolean requiresInitialAccessToken,
        List<ApplicationType> types,
        boolean allowsDeviceFlow,
        List<String> redirectHosts,
        int maxClients,
        int attemptsPerHour,
        int unusedLifetimeInDays) {
    static final String KEY = "oidc.registration";

    /** Off; and when it is switched on, for invited clients only. */
    static final RegistrationSettings DEFAULTS = new RegistrationSettings(
            false,
            true,
            List.of(ApplicationType.NATIVE, ApplicationType.SPA, ApplicationType.TRADITIONAL),
            false,
            List.of(),
            1000,
            30,
            7);

    static RegistrationSettings read(Tx tx) {
        return TenantSettings.find(tx, KEY, RegistrationSettings.class).orElse(DEFAULTS);
    }

    /** As {@link #read}, one transaction at a time. */
    static RegistrationSettings lock(Tx tx) {
        TenantSettings.putIfAbsent(tx, KEY, DEFAULTS);
        return TenantSettings.lock(tx, KEY, RegistrationSettings.class).orElse(DEFAULTS);
    }

    /** What an initial access token narrows further. */
    RegistrationSettings narrowed(Optional<List<ApplicationType>> onlyTypes, Optional<List<String>> onlyHosts) {
        return new RegistrationSettings(
                enabled,
                requiresInitialAccessToken,
                onlyTypes
                        .map(only -> types.stream().filter(only::contains).toList())
                        .orElse(types),
                allowsDeviceFlow,
                onlyHosts.orElse(redirectHosts),
                maxClients,
                attemptsPerHour,
                unusedLifetimeInDays);
    }

    record Patch(
            Optional<Boolean> enabled,
            Optional<Boolean> requiresInitialAccessToken,
            Optional<@Size(min = 1, max = 3) List<ApplicationType>> types,
            Optional<Boolean> allowsDeviceFlow,
            Optional<@Size(max = 100) List<@Size(min = 1, max = 253) String>> redirectHosts,
            Optional<@Min(1) @Max(100_000) Integer> maxClients,
            Optional<@Min(1) @Max(10_000) Integer> attemptsPerHour,
            Optional<@Min(1) @Max(365) Integer> unusedLifetimeInDays) {
        Patch {
            types.ifPresent(RegistrationSettings::check);
            redirectHosts.ifPresent(RedirectHosts::check);
        }

        RegistrationSettings over(RegistrationSettings old) {
            return new RegistrationSettings(
                    enabled.orElse(old.enabled),
                    requiresInitialAccessToken.orElse(old.requiresInitialAccessToken),
                    types.orElse(old.types),
                    allowsDeviceFlow.orElse(old.allowsDeviceFlow),
                    redirectHosts.orElse(old.redirectHosts),
                    maxClients.orElse(old.maxClients),
                    attemptsPerHour.orElse(old.attemptsPerHour),
                    unusedLifetimeInDays.orElse(old.unusedLifetimeInDays));
        }
    }

    private static final Set<ApplicationType> POSSIBLE =
            EnumSet.of(ApplicationType.NATIVE, ApplicationType.SPA, ApplicationType.TRADITIONAL);

    /** Machines act for themselves: nobody would be asked what a stranger's may do. */
    static void check(List<ApplicationType> types) {
        if (!POSSIBLE.containsAll(types)) {
            throw new InvalidValue("Must be Native, SPA or Traditional", "types");
        }
    }
}
