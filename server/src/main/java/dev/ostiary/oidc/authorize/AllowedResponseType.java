package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.ResponseType;
import dev.ostiary.oidc.OAuthError;

/** The client may have this kind of answer: {@code code}, unless it is registered for others. */
final class AllowedResponseType implements AuthorizeCheck {
    @Override
    public void check(AuthorizeDraft draft) {
        String value = draft.params.get("response_type");
        ResponseType type = ResponseType.find(value == null ? "" : value)
                .orElseThrow(() -> OAuthError.UNSUPPORTED_RESPONSE_TYPE.because("unsupported response_type requested"));
        if (!draft.client().allows(type)) {
            throw OAuthError.UNAUTHORIZED_CLIENT.because("requested response_type is not allowed for this client");
        }
        draft.responseType = type;
    }
}
