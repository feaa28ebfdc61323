package dev.ostiary.sessions;

import dev.ostiary.db.Tx;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import dev.ostiary.tenants.TenantSettings;
import java.time.Duration;
import java.util.Optional;

/** How long each tenant's sessions live after their last use: its setting, else two weeks. */
public final class SessionLifetimes implements Sessions.Lifetime {
    private static final String SETTING = "oidc.session";
    private static final long DEFAULT_SECONDS = Duration.ofDays(14).toSeconds();

    private final Changes changes;
    private final ChangeCache<Duration> cache;

    public SessionLifetimes(Changes changes) {
        this.changes = changes;
        this.cache = new ChangeCache<>(changes, SETTING, 10_000);
    }

    /** @param ttl in seconds, as on the wire */
    record Setting(long ttl) {}

    @Override
    public Duration of(Tx tx) {
        return cache.get(tx.tenant(), "", () -> Optional.of(load(tx))).orElseThrow();
    }

    static Setting read(Tx tx) {
        return TenantSettings.find(tx, SETTING, Setting.class).orElse(new Setting(DEFAULT_SECONDS));
    }

    void change(Tx tx, Setting setting) {
        TenantSettings.put(tx, SETTING, setting);
        changes.announce(tx, SETTING, "");
    }

    private static Duration load(Tx tx) {
        return Duration.ofSeconds(read(tx).ttl());
    }
}
