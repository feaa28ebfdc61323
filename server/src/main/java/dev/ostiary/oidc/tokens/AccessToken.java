package dev.ostiary.oidc.tokens;

import dev.ostiary.users.User;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An opaque access token that is good now, and whose it is.
 *
 * @param claims to be told beside those of the scopes
 * @param jkt thumbprint of the key that it is bound to (RFC 9449 section 6); null for a bearer token
 * @param roleNames of the user; null if the scope does not ask for them
 */
public record AccessToken(
        String grantId,
        String clientId,
        @Nullable String sessionUid,
        Set<String> scopes,
        Set<String> claims,
        Instant expiresAt,
        @Nullable String jkt,
        User user,
        @Nullable List<String> roleNames) {}
