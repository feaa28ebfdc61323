package dev.ostiary.account;

import dev.ostiary.access.AccessError;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.sso.SsoError;
import dev.ostiary.sso.SsoTokens;
import dev.ostiary.sso.TokenSet;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The tokens that a user's own provider has issued, for an application that calls that provider's API. */
public final class ProviderTokenRoutes {
    private static final String TAG = "My account";

    private final AccountAccess access;
    private final SsoTokens ssoTokens;
    private final Predicate<String> offersSso;
    private final Clock clock;

    /** RFC 6749 section 5.1. */
    record View(String access_token, Optional<String> scope, String token_type, Optional<Long> expires_in) {}

    /** @param offersSso whether enterprise SSO is on in a tenant: what is off ends the use of its tokens too (AL7) */
    public ProviderTokenRoutes(AccountAccess access, SsoTokens ssoTokens, Predicate<String> offersSso, Clock clock) {
        this.access = access;
        this.ssoTokens = ssoTokens;
        this.offersSso = offersSso;
        this.clock = clock;
    }

    public void mount(Routes api) {
        api.get("/my-account/sso-identities/{connectorId}/access-token", this::get)
                .documented("GetEnterpriseSsoIdentityAccessToken", TAG)
                .answers(200, View.class)
                .answers(400, 401, 403, 404);
    }

    private Response get(Request request) {
        AccountCaller caller = access.authenticate(request);
        if (!caller.scopes().contains("identities")) {
            throw AccessError.FORBIDDEN.exception();
        }
        if (!offersSso.test(request.tenant())) {
            throw SsoError.TOKEN_NOT_FOUND.exception();
        }
        TokenSet tokens = ssoTokens.get(request.tenant(), caller.userId(), request.param("connectorId"));
        return Response.json(new View(
                        tokens.accessToken().reveal(),
                        Optional.of(tokens.scope()).filter(scope -> !scope.isEmpty()),
                        "Bearer",
                        tokens.expiresAt()
                                .map(at -> Duration.between(clock.instant(), at).toSeconds())))
                .with("Cache-Control", "no-store");
    }
}
