package dev.ostiary.oidc.introspection;

import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;

/** Signed tokens carry their own facts and cannot be called back: both endpoints send them away. */
final class StructuredTokens {
    private StructuredTokens() {}

    /** @throws OAuthException {@code unsupported_token_type} for what has the form of a JWT, signed or encrypted */
    static void refuse(String token, String verb, String endpoint) {
        long dots = token.chars().filter(c -> c == '.').count();
        if (dots == 2 || dots == 4) {
            throw OAuthError.UNSUPPORTED_TOKEN_TYPE.because(
                    "Structured JWT Tokens cannot be " + verb + " via the " + endpoint);
        }
    }
}
