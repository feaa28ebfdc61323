package dev.ostiary.oidc.tokens;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What introspection and revocation know of a stored token.
 *
 * @param isAlive not expired, not spent, its grant, session and user in order
 */
public record TokenFacts(
        boolean isRefreshToken,
        String grantId,
        String userId,
        String clientId,
        @Nullable String sessionUid,
        String scope,
        Instant createdAt,
        Instant expiresAt,
        boolean isAlive) {}
