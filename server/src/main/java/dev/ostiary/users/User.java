package dev.ostiary.users;

import dev.ostiary.crypto.PasswordDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user as stored.
 *
 * @param primaryEmail as written by its owner; unique without regard to case
 * @param primaryPhone digits only, country code first, no plus sign
 * @param profile the standard claims that have no column of their own, keys in camelCase
 * @param identities accounts at social providers by their target
 * @param logtoConfig settings of this user: whether a second factor was declined, …
 * @param applicationId the application the user registered through
 */
public record User(
        String id,
        @Nullable String username,
        @Nullable String primaryEmail,
        @Nullable String primaryPhone,
        @Nullable String name,
        @Nullable String avatar,
        ObjectNode profile,
        ObjectNode customData,
        ObjectNode identities,
        ObjectNode logtoConfig,
        ArrayNode mfaVerifications,
        @Nullable PasswordDigest password,
        @Nullable Instant passwordUpdatedAt,
        boolean isPasswordExpired,
        @Nullable String applicationId,
        boolean isSuspended,
        @Nullable Instant lastSignInAt,
        Instant createdAt,
        Instant updatedAt) {

    public boolean hasPassword() {
        return password != null;
    }

    /** Only the id: the rest is personal data, which no log needs. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
