package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;
import java.util.Set;

/**
 * {@code display} is a word of OpenID Connect Core section 3.1.2.1. The pages are the same for all of them: they fit
 * windows of every size and need no script.
 */
final class KnownDisplay implements AuthorizeCheck {
    private static final Set<String> KNOWN = Set.of("page", "popup", "touch", "wap");

    @Override
    public void check(AuthorizeDraft draft) {
        String display = draft.params.get("display");
        if (display != null && !KNOWN.contains(display)) {
            throw OAuthError.INVALID_REQUEST.because("unsupported display value requested");
        }
    }
}
