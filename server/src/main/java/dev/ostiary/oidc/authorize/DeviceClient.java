package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;

/** The client is one for devices; the browser of its user ends on a page of ours. Nobody can ask a device in silence. */
final class DeviceClient implements AuthorizeCheck {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";

    @Override
    public void check(AuthorizeDraft draft) {
        if (!draft.client().allows(GRANT_TYPE)) {
            throw OAuthError.INVALID_REQUEST.because("requested grant type is not allowed for this client");
        }
        if (draft.prompts.contains("none")) {
            throw OAuthError.INVALID_REQUEST.because("prompt none is not supported for devices");
        }
        draft.redirectUri = DeviceAnswers.SUCCESS;
    }
}
