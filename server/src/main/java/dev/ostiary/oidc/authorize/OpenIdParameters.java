package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;
import java.util.List;

/** Parameters of OpenID Connect come with its scope: a client that forgot it would miss an ID token. */
final class OpenIdParameters implements AuthorizeCheck {
    private static final List<String> THEIRS =
            List.of("acr_values", "claims", "claims_locales", "id_token_hint", "max_age", "nonce");

    @Override
    public void check(AuthorizeDraft draft) {
        if (draft.isOpenId()) {
            return;
        }
        if (draft.responseType.hasIdToken()) {
            throw OAuthError.INVALID_REQUEST.because("openid scope must be requested when using this response_type");
        }
        for (String name : THEIRS) {
            if (draft.params.has(name)) {
                throw OAuthError.INVALID_REQUEST.because(
                        "openid scope must be requested when using the " + name + " parameter");
            }
        }
    }
}
