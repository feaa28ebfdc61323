package dev.ostiary.oidc.tokens;

import dev.ostiary.sessions.Grant;
import dev.ostiary.users.User;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A code or refresh token as found, with everything that decides what it is worth today.
 *
 * @param clientId whom it was given to
 * @param sessionUid the session it came from
 * @param endsWithSession whether it dies with that session: it has no offline_access
 * @param sessionAlive whether that session still holds this grant for this client; true where it does not matter
 * @param scope all that was asked for, scopes of resources included
 * @param resources asked for; no others can be had with it
 * @param roleNames of the user; null if the scope does not ask for them
 */
public record Redeemable(
        Grant grant,
        User user,
        String clientId,
        @Nullable String sessionUid,
        boolean endsWithSession,
        boolean sessionAlive,
        Set<String> scope,
        List<String> resources,
        Carried carried,
        Instant createdAt,
        Instant expiresAt,
        @Nullable List<String> roleNames) {

    /** Whether it is worth anything to that client (TK1, RT3). */
    public boolean isGoodFor(String client, Instant now) {
        return clientId.equals(client)
                && grant.clientId().equals(client)
                && now.isBefore(expiresAt)
                && now.isBefore(grant.expiresAt())
                && sessionAlive
                && !user.isSuspended();
    }
}
