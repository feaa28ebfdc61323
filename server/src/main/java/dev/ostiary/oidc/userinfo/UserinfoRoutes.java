package dev.ostiary.oidc.userinfo;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.tokens.AccessToken;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.Claims;
import dev.ostiary.tenants.Tenants;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET} and {@code POST /oidc/me} (OpenID Connect Core 1.0 section 5.3): one statement a request. */
public final class UserinfoRoutes {
    /** RFC 6750 section 2.1, strictly: one space, one token, nothing else (TK10). */
    private static final Pattern BEARER = Pattern.compile("[Bb]earer ([A-Za-z0-9._~+/-]+=*)");

    private static final String SSO_IDENTITIES = "sso_identities";

    private final Database database;
    private final AccessTokens accessTokens;
    private final Applications applications;
    private final Tenants tenants;
    private final BiFunction<Tx, String, List<?>> ssoIdentities;

    /** @param ssoIdentities accounts at enterprise identity providers of the user with that id, as the claim has them */
    public UserinfoRoutes(
            Database database,
            AccessTokens accessTokens,
            Applications applications,
            Tenants tenants,
            BiFunction<Tx, String, List<?>> ssoIdentities) {
        this.database = database;
        this.accessTokens = accessTokens;
        this.applications = applications;
        this.tenants = tenants;
        this.ssoIdentities = ssoIdentities;
    }

    public void mount(OidcRoutes oidc) {
        Routes routes = oidc.forClients();
        routes.get("/me", this::userinfo);
        routes.post("/me", this::userinfo);
        routes.route("OPTIONS", "/me", Cors.preflight("GET, POST"));
    }

    private Response userinfo(Request request) {
        String presented = presented(request);
        AccessToken token = database.read(request.tenant(), tx -> accessTokens.find(tx, presented))
                .orElseThrow(() -> invalid(request));
        // An application that was deleted has no tokens any more; a built-in one has no row to cascade from.
        Application client =
                applications.find(request.tenant(), token.clientId()).orElseThrow(() -> invalid(request));
        Cors.admit(request, client);
        if (!token.scopes().contains(Scopes.OPENID)) {
            throw OAuthError.INSUFFICIENT_SCOPE
                    .because("access token missing openid scope")
                    .with("scope", Scopes.OPENID)
                    .withChallenge("Bearer", tenants.issuer(request.tenant()), true);
        }
        Map<String, @Nullable Object> claims = Claims.userinfo(token.user(), token.scopes(), token.roleNames());
        claims.computeIfPresent(
                SSO_IDENTITIES,
                (claim, none) -> database.read(
                        request.tenant(),
                        tx -> ssoIdentities.apply(tx, token.user().id())));
        return Response.json(claims).with("Cache-Control", "no-store");
    }

    /** From the header or the form; never from the query, which ends in logs and Referer headers (RT4). */
    private String presented(Request request) {
        String header = request.header("Authorization");
        String field = request.method().equals("POST") ? OAuthForm.read(request).get("access_token") : null;
        if (header != null && field != null) {
            throw OAuthError.INVALID_REQUEST.because("access token must only be provided using one mechanism");
        }
        String token = header == null ? field : bearer(header);
        if (header == null && field == null) {
            throw OAuthError.INVALID_TOKEN
                    .because("no access token provided")
                    .withChallenge("Bearer", tenants.issuer(request.tenant()), false);
        }
        if (token == null) {
            throw invalid(request);
        }
        return token;
    }

    private static @Nullable String bearer(String header) {
        var matcher = BEARER.matcher(header);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private OAuthException invalid(Request request) {
        return OAuthError.INVALID_TOKEN
                .because("invalid token provided")
                .withChallenge("Bearer", tenants.issuer(request.tenant()), true);
    }
}
