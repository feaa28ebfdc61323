package dev.ostiary.oidc.tokens;

import dev.ostiary.events.Event;
import org.jspecify.annotations.Nullable;

/**
 * Something of single use that is presented, and what it is worth if nobody was faster.
 *
 * @param spent hash of what is presented
 * @param grantId its grant
 * @param access an opaque access token; null if that is a JWT, which is not stored
 * @param refresh null if there is none
 * @param event told once it has come true
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record Redemption(
        SingleUse kind,
        byte[] spent,
        String grantId,
        @Nullable NewAccessToken access,
        @Nullable NewRefreshToken refresh,
        Event event) {
    @Override
    public String toString() {
        return "Redemption[" + kind + "]";
    }
}
