package dev.ostiary.oidc.tokens;

import dev.ostiary.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token to be replaced, and what comes with its successor.
 *
 * @param spent hash of the old token's value; everything else of the successor is as the old one's
 * @param successor value of the new token; goes to the client and nowhere else
 * @param access the opaque access token of the same answer; null if that is a JWT
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record Rotation(
        byte[] spent,
        String grantId,
        String successor,
        Instant successorExpiresAt,
        @Nullable NewAccessToken access,
        Event event) {
    @Override
    public String toString() {
        return "Rotation";
    }
}
