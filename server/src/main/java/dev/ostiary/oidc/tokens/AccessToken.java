package dev.ostiary.oidc.tokens;

import dev.ostiary.users.User;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An opaque access token that is good now, and whose it is.
 *
 * @param roleNames of the user; null if the scope does not ask for them
 */
public record AccessToken(
        String grantId,
        String clientId,
        @Nullable String sessionUid,
        Set<String> scopes,
        Instant expiresAt,
        User user,
        @Nullable List<String> roleNames) {}
