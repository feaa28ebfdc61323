package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Applications;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.Scopes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Anybody can pose as the demonstration, in every tenant, and no administrator has let it in: whoever is tricked into
 * confirming its code gives away who they are, and nothing else.
 */
final class DemoDevice implements AuthorizeCheck {
    private static final Set<String> SHOWN = Set.of(Scopes.OPENID, "profile", "email", "phone", "address");

    @Override
    public void check(AuthorizeDraft draft) {
        if (!draft.client().id().equals(Applications.DEVICE_DEMO)) {
            return;
        }
        Set<String> beyond = new HashSet<>(draft.scopes);
        beyond.removeAll(SHOWN);
        if (!beyond.isEmpty()) {
            throw OAuthError.INVALID_SCOPE
                    .because("requested scope is not allowed")
                    .with("scope", Scopes.join(beyond));
        }
        if (!draft.params.resources().isEmpty()) {
            throw OAuthError.INVALID_TARGET.because("resource indicator is missing, or unknown");
        }
        // Not the tenant's default either.
        draft.resources = List.of();
    }
}
