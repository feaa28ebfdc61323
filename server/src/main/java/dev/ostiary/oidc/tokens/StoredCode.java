package dev.ostiary.oidc.tokens;

import dev.ostiary.oidc.CodeRequest;

/** A code that has just been spent. */
public record StoredCode(Redeemable redeemable, CodeRequest request) {}
