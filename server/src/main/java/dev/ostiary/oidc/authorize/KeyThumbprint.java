package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Dpop;
import dev.ostiary.oidc.OAuthError;
import java.util.regex.Pattern;

/** {@code dpop_jkt} (RFC 9449 section 10) is a thumbprint; of an application without DPoP it means nothing. */
final class KeyThumbprint implements AuthorizeCheck {
    private static final Pattern SHA256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    @Override
    public void check(AuthorizeDraft draft) {
        String thumbprint = draft.params.get("dpop_jkt");
        if (thumbprint != null
                && draft.client().customClientMetadata().dpopMode() != Dpop.OFF
                && !SHA256.matcher(thumbprint).matches()) {
            throw OAuthError.INVALID_REQUEST.because("dpop_jkt must be a SHA-256 thumbprint in base64url");
        }
    }
}
