package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;

/**
 * An ID token that comes by way of the browser is bound to its request: without a nonce anybody could hand the client
 * another one (OpenID Connect Core sections 3.2.2.1, 3.3.2.11).
 */
final class NonceForIdToken implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        if (draft.responseType.hasIdToken() && !draft.params.has("nonce")) {
            throw OAuthError.INVALID_REQUEST.because("missing required parameter 'nonce'");
        }
    }
}
