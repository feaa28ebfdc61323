package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.ApplicationSource;
import dev.ostiary.applications.RedirectUris;
import dev.ostiary.oidc.OAuthError;

/**
 * A client with one redirect URI need not say which (RFC 6749 section 3.1.2.3). Who has registered itself must, as OpenID
 * Connect Core section 3.1.2.1 has it: only what administrators have made before may rely on the older rule.
 */
final class DefaultRedirectUri implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        String sent = draft.params.get("redirect_uri");
        draft.redirectUri =
                sent != null ? sent : RedirectUris.only(draft.client()).orElse(null);
        if (sent == null
                && draft.redirectUri != null
                && draft.client().source() != ApplicationSource.TENANT
                && !draft.params.isOfDevice()) {
            throw OAuthError.INVALID_REQUEST.because("redirect_uri must be sent");
        }
    }
}
