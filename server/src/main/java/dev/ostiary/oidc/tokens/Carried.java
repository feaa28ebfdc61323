package dev.ostiary.oidc.tokens;

import dev.ostiary.oidc.CodeRequest;
import dev.ostiary.oidc.RequestedClaims;
import org.jspecify.annotations.Nullable;

/**
 * What goes from one token of a sign-in to the next: what ID tokens say of it, so that all agree (OpenID Connect Core 1.0
 * section 12.2), the key that a public client's refresh tokens are bound to, and how the first of them was got.
 *
 * @param authTime seconds since the epoch; null where the ID token must not say it
 * @param sid the session's name towards the client
 * @param acr how the user signed in; null where the ID token must not say it
 * @param claims asked for one by one
 * @param jkt thumbprint of the key without which a refresh token is worth nothing (RFC 9449 section 5); null for none
 * @param first {@link #DEVICE_CODE}; null for an authorization code
 */
public record Carried(
        @Nullable String nonce,
        @Nullable Long authTime,
        @Nullable String sid,
        @Nullable String acr,
        @Nullable RequestedClaims claims,
        @Nullable String jkt,
        @Nullable String first) {
    private static final String AUTHORIZATION_CODE = "authorization_code";
    private static final String DEVICE_CODE = "device_code";

    static Carried of(CodeRequest request) {
        return new Carried(
                request.nonce(),
                request.authTimeRequested() ? request.authTime() : null,
                request.sid(),
                request.acr(),
                request.claims(),
                null,
                null);
    }

    Carried boundTo(@Nullable String key) {
        return new Carried(nonce, authTime, sid, acr, claims, key, first);
    }

    Carried ofDevice() {
        return new Carried(nonce, authTime, sid, acr, claims, jkt, DEVICE_CODE);
    }

    /** What the sign-in was first worth tokens by, in short. */
    public String firstGrantType() {
        return first == null ? AUTHORIZATION_CODE : first;
    }

    /** Those that were asked for one by one; older tokens know of none. */
    public RequestedClaims requested() {
        return claims == null ? RequestedClaims.NONE : claims;
    }
}
