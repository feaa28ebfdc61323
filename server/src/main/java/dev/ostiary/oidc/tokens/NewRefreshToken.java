package dev.ostiary.oidc.tokens;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A refresh token to be stored; {@code value} goes to the client and nowhere else. */
public record NewRefreshToken(
        String value,
        String grantId,
        String userId,
        String clientId,
        @Nullable String sessionUid,
        boolean endsWithSession,
        String scope,
        List<String> resources,
        Carried carried,
        Instant chainBeganAt,
        Instant createdAt,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "NewRefreshToken[" + clientId + "]";
    }
}
