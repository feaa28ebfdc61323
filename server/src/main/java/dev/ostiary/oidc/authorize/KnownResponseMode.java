package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;

/** {@code response_mode} is one of ours, and one for this kind of answer. */
final class KnownResponseMode implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        String word = draft.params.get("response_mode");
        String type = draft.params.get("response_type");
        if (word == null) {
            draft.responseMode = ResponseMode.usual(type);
            return;
        }
        draft.responseMode = ResponseMode.find(word)
                .orElseThrow(() -> OAuthError.UNSUPPORTED_RESPONSE_MODE.because("unsupported response_mode requested"));
        if (!draft.responseMode.suits(type)) {
            throw OAuthError.INVALID_REQUEST.because(
                    "requested response_mode is not allowed for the requested response_type");
        }
    }
}
