package dev.ostiary.oidc.tokens;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An opaque access token to be stored; {@code value} goes to the client and nowhere else.
 *
 * @param claims that the userinfo endpoint tells beside those of the scope
 * @param jkt thumbprint of the key that it is bound to; null for a bearer token
 */
public record NewAccessToken(
        String value,
        String grantId,
        String userId,
        String clientId,
        @Nullable String sessionUid,
        boolean endsWithSession,
        String scope,
        Set<String> claims,
        @Nullable String jkt,
        Instant createdAt,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "NewAccessToken[" + clientId + "]";
    }
}
