package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;

/** What every request needs. */
final class NothingMissing implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        if (!draft.params.has("response_type")) {
            throw OAuthError.INVALID_REQUEST.because("missing required parameter 'response_type'");
        }
        if (draft.redirectUri == null) {
            throw OAuthError.INVALID_REQUEST.because("missing required parameter 'redirect_uri'");
        }
    }
}
