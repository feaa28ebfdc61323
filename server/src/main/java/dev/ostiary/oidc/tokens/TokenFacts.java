package dev.ostiary.oidc.tokens;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What introspection and revocation know of a stored token.
 *
 * @param act who acts for the user, as the claim of that name; null if the user signed in
 * @param jkt thumbprint of the key that it is bound to; null if it is not
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
        @Nullable JsonNode act,
        @Nullable String jkt,
        boolean isAlive) {}
