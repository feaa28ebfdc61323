package dev.ostiary.applications;

import dev.ostiary.crypto.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of an application's secrets itself, where a hash is not enough: an HMAC is made with it.
 *
 * @param expiresAt null if it lives until it is deleted
 */
public record ReadableSecret(Secret value, @Nullable Instant expiresAt) {
    public boolean isAlive(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
