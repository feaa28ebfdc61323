package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.RedirectUris;
import dev.ostiary.oidc.OAuthError;

/** The redirect URI is one that the client has registered; never redirected where it is not (RFC 9700 section 4.11). */
final class RegisteredRedirectUri implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        if (draft.redirectUri == null || !RedirectUris.matches(draft.client(), draft.redirectUri)) {
            throw OAuthError.INVALID_REDIRECT_URI.because(
                    "redirect_uri did not match any of the client's registered redirect_uris");
        }
    }
}
