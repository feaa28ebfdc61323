package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;

/** {@code response_mode} is one of ours. */
final class KnownResponseMode implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        String word = draft.params.get("response_mode");
        draft.responseMode = word == null
                ? ResponseMode.usual(draft.params.get("response_type"))
                : ResponseMode.find(word)
                        .orElseThrow(() ->
                                OAuthError.UNSUPPORTED_RESPONSE_MODE.because("unsupported response_mode requested"));
    }
}
