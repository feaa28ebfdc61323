package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.ResponseType;
import dev.ostiary.oidc.OAuthError;

/**
 * What the FAPI 2.0 Security Profile demands of a request beyond what holds for all (section 5.3.2.2). PKCE is demanded by
 * {@link ProofKey}, pushing by {@link PushedRequests#resolve}.
 */
final class FapiRequest implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        if (!draft.client().isFapi()) {
            return;
        }
        if (!ResponseType.CODE.wire().equals(draft.params.get("response_type"))) {
            throw OAuthError.INVALID_REQUEST.because("fapi2: response_type must be code");
        }
        if (!draft.params.has("redirect_uri")) {
            throw OAuthError.INVALID_REQUEST.because("fapi2: redirect_uri must be sent");
        }
    }
}
