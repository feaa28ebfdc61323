package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Applications;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.keys.Keys;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.resources.Resources;
import dev.ostiary.tenants.Tenants;
import java.util.List;

/** The checks of an authorization request, in the order in which clients learn of their mistakes. */
public final class AuthorizeChecks {
    private final List<AuthorizeCheck> all;

    public AuthorizeChecks(
            Applications applications,
            Resources resources,
            ThirdPartyCeiling ceiling,
            Tenants tenants,
            Keys keys,
            JwtVerifier verifier) {
        this.all = List.of(
                new NothingRepeated(),
                new NoRequestObject(),
                new KnownClient(applications),
                new KnownResponseMode(),
                new DefaultRedirectUri(),
                new NothingMissing(),
                new AllowedResponseType(),
                new KnownPrompt(),
                new AllowedScope(ceiling),
                new OpenIdParameters(),
                new RegisteredRedirectUri(),
                new ProofKey(),
                new KnownResources(resources),
                new MaxAge(),
                new IdTokenHint(tenants, keys, verifier));
    }

    /** @throws OAuthException the first refusal */
    AuthorizeRequest pass(String tenant, AuthorizeParams params) {
        AuthorizeDraft draft = new AuthorizeDraft(tenant, params);
        all.forEach(check -> check.check(draft));
        return draft.checked();
    }
}
