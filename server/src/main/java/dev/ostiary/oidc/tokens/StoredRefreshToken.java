package dev.ostiary.oidc.tokens;

import java.time.Instant;

/**
 * A refresh token as found.
 *
 * @param hash of its value
 * @param chainBeganAt when the first token of its chain was issued
 * @param isConsumed replaced by a successor: whoever presents it again may be a thief (RFC 9700 section 4.14.2)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record StoredRefreshToken(Redeemable redeemable, byte[] hash, Instant chainBeganAt, boolean isConsumed) {}
