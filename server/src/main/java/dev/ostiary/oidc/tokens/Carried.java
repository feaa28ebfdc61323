package dev.ostiary.oidc.tokens;

import dev.ostiary.oidc.CodeRequest;
import org.jspecify.annotations.Nullable;

/**
 * What ID tokens say of the sign-in itself; goes from the code to the refresh token, so that ID tokens of both agree
 * (OpenID Connect Core 1.0 section 12.2).
 *
 * @param authTime seconds since the epoch; null where the ID token must not say it
 * @param sid the session's name towards the client
 */
public record Carried(@Nullable String nonce, @Nullable Long authTime, @Nullable String sid) {
    static Carried of(CodeRequest request) {
        return new Carried(request.nonce(), request.authTimeRequested() ? request.authTime() : null, request.sid());
    }
}
