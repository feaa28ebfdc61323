package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.ConsentScopes;
import dev.ostiary.applications.ConsentSettings;
import dev.ostiary.db.Tx;

/**
 * What an application of somebody else may ask for at all; read anew each time, so that what an administrator takes away
 * is gone from the next token on.
 */
public final class ThirdPartyCeiling {
    private final ConsentSettings settings;

    public ThirdPartyCeiling(ConsentSettings settings) {
        this.settings = settings;
    }

    public ConsentScopes of(Tx tx, String applicationId) {
        return settings.of(tx, applicationId);
    }

    /** As {@link #of(Tx, String)}, where no transaction is open. */
    public ConsentScopes of(String tenant, String applicationId) {
        return settings.of(tenant, applicationId);
    }
}
