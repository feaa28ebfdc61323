package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.RedirectUris;

/** A client with one redirect URI need not say which (RFC 6749 section 3.1.2.3). */
final class DefaultRedirectUri implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        String sent = draft.params.get("redirect_uri");
        draft.redirectUri =
                sent != null ? sent : RedirectUris.only(draft.client()).orElse(null);
    }
}
