package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Applications;
import dev.ostiary.oidc.OAuthError;

/** The client exists and can take codes. */
final class KnownClient implements AuthorizeCheck {
    private final Applications applications;

    KnownClient(Applications applications) {
        this.applications = applications;
    }

    @Override
    public void check(AuthorizeDraft draft) {
        String id = draft.params.get("client_id");
        if (id == null) {
            throw OAuthError.INVALID_REQUEST.because("missing required parameter 'client_id'");
        }
        draft.client(applications
                .find(draft.tenant, id)
                .orElseThrow(() -> OAuthError.INVALID_CLIENT.because(400, applications.unknown(draft.tenant, id))));
        if (draft.client().allowsCode()
                && draft.client().oidcClientMetadata().redirectUris().isEmpty()) {
            throw OAuthError.INVALID_REDIRECT_URI.because("redirect_uris must contain members");
        }
    }
}
