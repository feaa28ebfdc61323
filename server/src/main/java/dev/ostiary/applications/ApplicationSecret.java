package dev.ostiary.applications;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of an application's secrets, as far as comparing needs it.
 *
 * @param hash SHA-256 of the value; the value has 190 bits of chance, so no slow hash is needed
 * @param expiresAt null if it lives until it is deleted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record ApplicationSecret(String name, byte[] hash, @Nullable Instant expiresAt) {

    /** What a presented secret is worth. */
    public enum Verdict {
        ACCEPTED,
        EXPIRED,
        WRONG
    }

    @Override
    public String toString() {
        return "ApplicationSecret[" + name + "]";
    }
}
