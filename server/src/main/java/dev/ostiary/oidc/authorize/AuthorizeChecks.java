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
    private final List<AuthorizeCheck> ofDevices;

    public AuthorizeChecks(
            Applications applications,
            Resources resources,
            ThirdPartyCeiling ceiling,
            Tenants tenants,
            Keys keys,
            JwtVerifier verifier) {
        AuthorizeCheck scope = new AllowedScope(ceiling);
        AuthorizeCheck known = new KnownResources(resources);
        AuthorizeCheck hint = new IdTokenHint(tenants, keys, verifier);
        this.all = List.of(
                new NothingRepeated(),
                new NoRequestObject(),
                new KnownClient(applications),
                new FapiRequest(),
                new KnownResponseMode(),
                new DefaultRedirectUri(),
                new NothingMissing(),
                new AllowedResponseType(),
                new NonceForIdToken(),
                new KnownPrompt(),
                new KnownDisplay(),
                scope,
                new OpenIdParameters(),
                new RegisteredRedirectUri(),
                new ProofKey(),
                new KeyThumbprint(),
                known,
                new MaxAge(),
                new ClaimsParameter(),
                hint);
        // No redirect, no response: neither their checks nor PKCE, whose place the device code takes (RFC 8628 section
        // 3.1).
        this.ofDevices = List.of(
                new NothingRepeated(),
                new NoRequestObject(),
                new KnownClient(applications),
                new KnownPrompt(),
                new KnownDisplay(),
                new DeviceClient(),
                scope,
                new OpenIdParameters(),
                known,
                new DemoDevice(),
                new MaxAge(),
                new ClaimsParameter(),
                hint);
    }

    /** @throws OAuthException the first refusal */
    AuthorizeRequest pass(String tenant, AuthorizeParams params) {
        AuthorizeDraft draft = new AuthorizeDraft(tenant, params);
        (params.isOfDevice() ? ofDevices : all).forEach(check -> check.check(draft));
        return draft.checked();
    }
}
