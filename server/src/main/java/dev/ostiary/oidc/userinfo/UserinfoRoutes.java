package dev.ostiary.oidc.userinfo;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.dpop.SenderConstraint;
import dev.ostiary.oidc.tokens.AccessToken;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.Claims;
import dev.ostiary.oidc.tokens.Disclosure;
import dev.ostiary.tenants.Tenants;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET} and {@code POST /oidc/me} (OpenID Connect Core 1.0 section 5.3): one statement a request. */
public final class UserinfoRoutes {
    /**
     * RFC 6750 section 2.1, RFC 9449 section 7.1, strictly: one space, one token, nothing else (TK10). Only the name of the
     * scheme is written in any case (RFC 9110 section 11.1).
     */
    private static final Pattern PRESENTED = Pattern.compile("(?i:bearer|(dpop)) ([A-Za-z0-9._~+/-]+=*)");

    private final Database database;
    private final AccessTokens accessTokens;
    private final Applications applications;
    private final Tenants tenants;
    private final Claims claims;
    private final SenderConstraint constraint;

    private record Presented(String token, boolean isDpop) {}

    public UserinfoRoutes(
            Database database,
            AccessTokens accessTokens,
            Applications applications,
            Tenants tenants,
            Claims claims,
            SenderConstraint constraint) {
        this.database = database;
        this.accessTokens = accessTokens;
        this.applications = applications;
        this.tenants = tenants;
        this.claims = claims;
        this.constraint = constraint;
    }

    public void mount(OidcRoutes oidc) {
        Routes routes = oidc.forClients();
        routes.get("/me", this::userinfo);
        routes.post("/me", this::userinfo);
        routes.route("OPTIONS", "/me", Cors.preflight("GET, POST"));
    }

    private Response userinfo(Request request) {
        Presented presented = presented(request);
        AccessToken token = accessTokens.find(request.tenant(), presented.token).orElseThrow(() -> invalid(request));
        // An application that was deleted has no tokens any more; a built-in one has no row to cascade from.
        Application client =
                applications.find(request.tenant(), token.clientId()).orElseThrow(() -> invalid(request));
        Cors.admit(request, client);
        constraint.check(request, client, presented.isDpop, token, presented.token);
        if (!token.scopes().contains(Scopes.OPENID)) {
            throw OAuthError.INSUFFICIENT_SCOPE
                    .because("access token missing openid scope")
                    .with("scope", Scopes.OPENID)
                    .withChallenge("Bearer", tenants.issuer(request.tenant()), true);
        }
        return Response.json(database.read(
                        request.tenant(),
                        tx -> claims.userinfo(
                                tx,
                                client,
                                token.grantId(),
                                token.user(),
                                new Disclosure(token.scopes(), token.claims()),
                                token.roleNames())))
                .with("Cache-Control", "no-store");
    }

    /** From the header or the form; never from the query, which ends in logs and Referer headers (RT4). */
    private Presented presented(Request request) {
        String header = request.header("Authorization");
        String field = request.method().equals("POST") ? OAuthForm.read(request).get("access_token") : null;
        if (header != null && field != null) {
            throw OAuthError.INVALID_REQUEST.because("access token must only be provided using one mechanism");
        }
        Presented token = header != null ? scheme(header) : field == null ? null : new Presented(field, false);
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

    private static @Nullable Presented scheme(String header) {
        var matcher = PRESENTED.matcher(header);
        return matcher.matches() ? new Presented(matcher.group(2), matcher.group(1) != null) : null;
    }

    private OAuthException invalid(Request request) {
        return OAuthError.INVALID_TOKEN
                .because("invalid token provided")
                .withChallenge("Bearer", tenants.issuer(request.tenant()), true);
    }
}
