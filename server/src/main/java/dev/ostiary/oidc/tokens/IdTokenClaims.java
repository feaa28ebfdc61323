package dev.ostiary.oidc.tokens;

import dev.ostiary.db.Tx;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import dev.ostiary.tenants.TenantSettings;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which of the {@link ExtendedClaim}s a tenant wants in ID tokens; cached until changed. */
public final class IdTokenClaims {
    private static final String KEY = "oidc.idToken";
    private static final Set<ExtendedClaim> UNLESS_SET =
            EnumSet.of(ExtendedClaim.ROLES, ExtendedClaim.ORGANIZATIONS, ExtendedClaim.ORGANIZATION_ROLES);

    private final Changes changes;
    private final ChangeCache<Set<ExtendedClaim>> cache;

    public IdTokenClaims(Changes changes) {
        this.changes = changes;
        this.cache = new ChangeCache<>(changes, KEY, 10_000);
    }

    /** As stored and sent. */
    record View(List<ExtendedClaim> enabledExtendedClaims) {}

    record Put(Optional<List<ExtendedClaim>> enabledExtendedClaims) {}

    Set<ExtendedClaim> enabled(Tx tx) {
        return cache.get(tx.tenant(), KEY, () -> Optional.of(now(tx))).orElseThrow();
    }

    /** Past the cache. */
    Set<ExtendedClaim> now(Tx tx) {
        return TenantSettings.find(tx, KEY, View.class)
                .map(stored -> set(stored.enabledExtendedClaims()))
                .orElse(UNLESS_SET);
    }

    /** Each once, in the order of the wire. */
    Set<ExtendedClaim> change(Tx tx, Collection<ExtendedClaim> wanted) {
        Set<ExtendedClaim> chosen = set(wanted);
        TenantSettings.put(tx, KEY, new View(List.copyOf(chosen)));
        changes.announce(tx, KEY, KEY);
        return chosen;
    }

    private static Set<ExtendedClaim> set(Collection<ExtendedClaim> claims) {
        Set<ExtendedClaim> set = EnumSet.noneOf(ExtendedClaim.class);
        set.addAll(claims);
        return set;
    }
}
