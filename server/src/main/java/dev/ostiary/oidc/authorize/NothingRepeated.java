package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;

/**
 * No parameter twice (RFC 6749 section 3.1): two readers of such a request might see two different ones. Never
 * redirected, for it is unknown whereto.
 */
final class NothingRepeated implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        if (!draft.params.repeated().isEmpty()) {
            throw OAuthError.INVALID_REQUEST.because(
                    "'" + String.join("', '", draft.params.repeated()) + "' parameter must not be provided twice");
        }
    }
}
