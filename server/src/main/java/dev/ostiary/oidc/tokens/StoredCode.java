package dev.ostiary.oidc.tokens;

import dev.ostiary.oidc.CodeRequest;

/**
 * A code as found.
 *
 * @param hash of its value
 * @param isConsumed it was worth tokens once already
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record StoredCode(SingleUse kind, byte[] hash, Redeemable redeemable, CodeRequest request, boolean isConsumed) {}
