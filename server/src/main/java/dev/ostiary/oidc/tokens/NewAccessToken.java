package dev.ostiary.oidc.tokens;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An opaque access token to be stored; {@code value} goes to the client and nowhere else. */
public record NewAccessToken(
        String value,
        String grantId,
        String userId,
        String clientId,
        @Nullable String sessionUid,
        boolean endsWithSession,
        String scope,
        Instant createdAt,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "NewAccessToken[" + clientId + "]";
    }
}
