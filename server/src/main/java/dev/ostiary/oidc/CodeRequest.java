package dev.ostiary.oidc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization code carries from the authorization request to the token request.
 *
 * @param redirectUri to which the code was sent; a redeemer's must be equal (RFC 6749 section 4.1.3)
 * @param scope granted, space separated
 * @param resources asked for (RFC 8707); the only ones the code is worth tokens for
 * @param codeChallenge S256; null if none was sent, and then no verifier may come either
 * @param authTime seconds since the epoch
 * @param authTimeRequested whether the ID token says it: max_age or prompt=login was sent
 * @param sid the session's name towards the client
 * @param acr how the user signed in; null where the ID token must not say it
 * @param claims asked for one by one
 * @param dpopJkt thumbprint of the key without which the code is worth nothing (RFC 9449 section 10); null for none
 */
public record CodeRequest(
        String redirectUri,
        String scope,
        List<String> resources,
        @Nullable String codeChallenge,
        @Nullable String nonce,
        @Nullable Long authTime,
        boolean authTimeRequested,
        @Nullable String sid,
        @Nullable String acr,
        @Nullable RequestedClaims claims,
        @Nullable String dpopJkt) {}
