package dev.ostiary.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that a user's own scripts exchange for access tokens.
 *
 * @param name unique among those of its user
 * @param value {@code pat_} and 32 characters
 * @param expiresAt null: it does not
 */
record PersonalAccessToken(String userId, String name, String value, Instant createdAt, @Nullable Instant expiresAt) {
    @Override
    public String toString() {
        return "PersonalAccessToken[" + userId + "]";
    }
}
