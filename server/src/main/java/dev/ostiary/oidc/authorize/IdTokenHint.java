package dev.ostiary.oidc.authorize;

import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.JwtRules;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.keys.Keys;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.tenants.Tenants;

/**
 * {@code id_token_hint}: a token of ours for this client, perhaps expired. It never signs anybody in; it only says whom
 * the client expects (AZ7).
 */
final class IdTokenHint implements AuthorizeCheck {
    private final Tenants tenants;
    private final Keys keys;
    private final JwtVerifier verifier;

    IdTokenHint(Tenants tenants, Keys keys, JwtVerifier verifier) {
        this.tenants = tenants;
        this.keys = keys;
        this.verifier = verifier;
    }

    @Override
    public void check(AuthorizeDraft draft) {
        String hint = draft.params.get("id_token_hint");
        if (hint == null) {
            return;
        }
        JwtRules rules = JwtRules.of(tenants.issuer(draft.tenant), keys.keySet(draft.tenant), "", "JWT")
                .withAudience(draft.client().id())
                .withRequired("sub", "exp")
                .withExpiredAllowed();
        try {
            draft.hintedUser = verifier.verify(hint, rules).subject().orElseThrow();
        } catch (JoseException e) {
            // With prompt=none the question was whether that user is signed in; nobody like that is.
            throw draft.prompts.contains("none")
                    ? OAuthError.LOGIN_REQUIRED.because("End-User authentication is required")
                    : OAuthError.INVALID_REQUEST.because("could not validate id_token_hint");
        }
    }
}
