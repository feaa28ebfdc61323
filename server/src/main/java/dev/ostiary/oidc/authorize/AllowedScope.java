package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.Scopes;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Scopes within what the client may have. Without {@code prompt=consent} or a code to redeem, offline_access is not
 * refused but left out (OpenID Connect Core section 11).
 */
final class AllowedScope implements AuthorizeCheck {
    private final ThirdPartyCeiling ceiling;

    AllowedScope(ThirdPartyCeiling ceiling) {
        this.ceiling = ceiling;
    }

    @Override
    public void check(AuthorizeDraft draft) {
        Set<String> scopes = new LinkedHashSet<>(Scopes.parse(draft.params.get("scope")));
        // Who lets a device in is asked on a page each time, which is what the prompt is for.
        boolean isAsked = draft.prompts.contains("consent") || draft.params.isOfDevice();
        if (!isAsked || !draft.responseType.hasCode() || !draft.client().allowsRefresh()) {
            scopes.remove(Scopes.OFFLINE_ACCESS);
        }
        if (draft.client().isThirdParty()) {
            Set<String> beyond = Scopes.oidc(scopes);
            beyond.remove(Scopes.OPENID);
            beyond.remove(Scopes.OFFLINE_ACCESS);
            beyond.removeAll(ceiling.of(draft.tenant, draft.client().id()).userScopes());
            if (!beyond.isEmpty()) {
                throw OAuthError.INVALID_SCOPE
                        .because("requested scope is not allowed")
                        .with("scope", Scopes.join(beyond));
            }
        }
        draft.scopes = scopes;
    }
}
