package dev.ostiary.sessions;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One browser at one tenant.
 *
 * @param uid stays the same over sign-ins of this browser
 * @param userId who is signed in; null for nobody
 * @param signedInAt when credentials were last proven ({@code auth_time})
 * @param authorizations by client id
 */
public record Session(
        String uid,
        @Nullable String userId,
        @Nullable Instant signedInAt,
        Map<String, Authorization> authorizations,
        Instant expiresAt) {

    /**
     * An application that was let in during this session.
     *
     * @param sid the session's name towards that application (OpenID Connect Back-Channel Logout section 2.1)
     * @param persistsLogout it got {@code offline_access}: its grant outlives the session
     */
    public record Authorization(String sid, String grantId, boolean persistsLogout) {}

    public Session {
        authorizations = Map.copyOf(authorizations);
    }

    /** The session with one application more, or another grant for it. */
    public Session with(String clientId, Authorization authorization) {
        Map<String, Authorization> more = new HashMap<>(authorizations);
        more.put(clientId, authorization);
        return new Session(uid, userId, signedInAt, more, expiresAt);
    }

    public boolean isSignedIn() {
        return userId != null;
    }

    public Optional<Authorization> authorization(String clientId) {
        return Optional.ofNullable(authorizations.get(clientId));
    }
}
