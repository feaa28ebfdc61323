package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.Scopes;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Scopes within what the client may have. Without {@code prompt=consent}, offline_access is not refused but left out
 * (OpenID Connect Core section 11).
 */
final class AllowedScope implements AuthorizeCheck {
    private final ThirdPartyCeiling ceiling;

    AllowedScope(ThirdPartyCeiling ceiling) {
        this.ceiling = ceiling;
    }

    @Override
    public void check(AuthorizeDraft draft) {
        Set<String> scopes = new LinkedHashSet<>(Scopes.parse(draft.params.get("scope")));
        if (!draft.prompts.contains("consent") || !draft.client().allowsRefresh()) {
            scopes.remove(Scopes.OFFLINE_ACCESS);
        }
        if (draft.client().isThirdParty()) {
            Set<String> beyond = Scopes.oidc(scopes);
            beyond.remove(Scopes.OPENID);
            beyond.remove(Scopes.OFFLINE_ACCESS);
            beyond.removeAll(ceiling.userScopes(draft.tenant, draft.client().id()));
            if (!beyond.isEmpty()) {
                throw OAuthError.INVALID_SCOPE
                        .because("requested scope is not allowed")
                        .with("scope", Scopes.join(beyond));
            }
        }
        draft.scopes = scopes;
    }
}
