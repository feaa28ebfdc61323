package dev.ostiary.sessions;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door to what users have granted to applications. */
public final class Grants {
    private static final Duration LIFETIME = Duration.ofDays(180);

    private final GrantStore store = new GrantStore();
    private final Ids ids;
    private final Clock clock;

    public Grants(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Empty too if it has expired. */
    public Optional<Grant> find(Tx tx, String id) {
        return store.find(tx, id, clock.instant());
    }

    public Grant create(
            Tx tx,
            String userId,
            String clientId,
            @Nullable String sessionUid,
            Set<String> scopes,
            Map<String, Set<String>> resourceScopes) {
        Grant grant = new Grant(
                ids.token(),
                userId,
                clientId,
                sessionUid,
                scopes,
                resourceScopes,
                clock.instant().truncatedTo(ChronoUnit.MICROS).plus(LIFETIME));
        store.insert(tx, grant, null);
        return grant;
    }

    /**
     * What one opaque token hangs on that an application got by exchange (RFC 8693): it ends with the user as other
     * grants do, and it is no consent, so lists of those do not show it.
     */
    public Grant exchanged(
            Tx tx, String userId, String clientId, Set<String> scopes, Duration lifetime, Exchange exchange) {
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(lifetime);
        Grant grant = new Grant(ids.token(), userId, clientId, null, scopes, Map.of(), expiresAt);
        store.insert(tx, grant, exchange);
        return grant;
    }

    /** How it came about, if nobody consented to it. */
    public Optional<Exchange> exchange(Tx tx, String id) {
        return store.exchange(tx, id);
    }

    /** Ends what a user's token of their own was exchanged for. */
    public void endExchanged(Tx tx, String userId, String with) {
        store.deleteExchanged(tx, userId, with);
    }

    /** The grant with more in it; what was granted before stays. */
    public Grant extend(Tx tx, Grant grant, Set<String> scopes, Map<String, Set<String>> resourceScopes) {
        Set<String> allScopes = new LinkedHashSet<>(grant.scopes());
        allScopes.addAll(scopes);
        Map<String, Set<String>> all = new LinkedHashMap<>(grant.resourceScopes());
        resourceScopes.forEach((resource, added) -> all.merge(resource, added, (before, more) -> {
            Set<String> both = new LinkedHashSet<>(before);
            both.addAll(more);
            return both;
        }));
        Grant extended = new Grant(
                grant.id(), grant.userId(), grant.clientId(), grant.sessionUid(), allScopes, all, grant.expiresAt());
        store.update(tx, extended);
        return extended;
    }

    /**
     * Ends the oldest grants that the user of that one has given to its application, beyond that many; their ids. That one
     * stays. Of several at once each waits for the one before, and counts what it has left.
     */
    List<String> keepNewest(Tx tx, Grant present, long most) {
        store.lock(tx, present);
        return store.deleteBeyond(tx, present, most, clock.instant());
    }

    /** Ends it and every code and token of it. False if it was gone already. */
    public boolean revoke(Tx tx, String id) {
        return store.delete(tx, List.of(id)) == 1;
    }

    public int revoke(Tx tx, Collection<String> grantIds) {
        return grantIds.isEmpty() ? 0 : store.delete(tx, grantIds);
    }

    public int revokeAllOfUser(Tx tx, String userId) {
        return store.deleteOfUser(tx, userId);
    }
}
