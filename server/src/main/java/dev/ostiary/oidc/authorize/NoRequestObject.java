package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;

/** Request objects (RFC 9101) and self-registered clients are not taken; a pushed request was put in place before. */
final class NoRequestObject implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        if (draft.params.has("request")) {
            throw OAuthError.REQUEST_NOT_SUPPORTED.because("request parameter provided but not supported");
        }
        if (draft.params.has("request_uri")) {
            throw OAuthError.REQUEST_URI_NOT_SUPPORTED.because("request_uri parameter provided but not supported");
        }
        if (draft.params.has("registration")) {
            throw OAuthError.REGISTRATION_NOT_SUPPORTED.because("registration parameter provided but not supported");
        }
    }
}
