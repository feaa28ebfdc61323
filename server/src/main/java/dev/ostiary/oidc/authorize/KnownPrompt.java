package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.Scopes;
import java.util.Set;

/** {@code prompt} is made of values we know, and {@code none} stands alone. */
final class KnownPrompt implements AuthorizeCheck {
    private static final Set<String> KNOWN = Set.of("none", "login", "consent");

    @Override
    public void check(AuthorizeDraft draft) {
        draft.prompts = Scopes.parse(draft.params.get("prompt"));
        if (!KNOWN.containsAll(draft.prompts)) {
            throw OAuthError.INVALID_REQUEST.because("unsupported prompt value requested");
        }
        if (draft.prompts.contains("none") && draft.prompts.size() > 1) {
            throw OAuthError.INVALID_REQUEST.because("prompt none must only be used alone");
        }
    }
}
