package dev.ostiary.oidc.introspection;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.clientauth.ClientAuthentication;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.TokenFacts;
import dev.ostiary.sessions.Grants;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /oidc/token/revocation}. A token takes its siblings along; a refresh token takes the grant too. A database
 * that is away is a 503: a caller who reads 200 may forget the token (TK7).
 */
public final class RevocationRoutes {
    private final ClientAuthentication clients;
    private final Database database;
    private final IssuedTokens issued;
    private final Grants grants;
    private final Events events;

    public RevocationRoutes(
            ClientAuthentication clients, Database database, IssuedTokens issued, Grants grants, Events events) {
        this.clients = clients;
        this.database = database;
        this.issued = issued;
        this.grants = grants;
        this.events = events;
    }

    public void mount(OidcRoutes oidc) {
        oidc.forClients().post("/token/revocation", this::revoke);
        oidc.forClients().route("OPTIONS", "/token/revocation", Cors.preflight("POST"));
    }

    private Response revoke(Request request) {
        Params form = OAuthForm.read(request);
        Application client = null;
        try {
            client = clients.authenticate(request, form);
            OAuthForm.require(form, "token");
            String token = form.first("token").orElseThrow();
            StructuredTokens.refuse(token, "revoked", "revocation_endpoint");
            end(request, client, token);
        } catch (OAuthException refusal) {
            events.publish(
                    request.tenant(),
                    event(request, client, null)
                            .failed("oidc." + refusal.error().word())
                            .with("errorDescription", refusal.description()));
            throw refusal;
        }
        return Response.empty(200).with("Cache-Control", "no-store");
    }

    private void end(Request request, Application client, String token) {
        boolean foreign = database.write(request.tenant(), tx -> {
            Optional<TokenFacts> found = issued.find(tx, token);
            if (found.isEmpty()) {
                return false;
            }
            if (!found.get().clientId().equals(client.id())) {
                return true;
            }
            end(tx, found.get());
            events.publish(tx, event(request, client, found.get()));
            return false;
        });
        if (foreign && !client.isPublicClient()) {
            // A public client is told nothing: it has proven nothing.
            throw OAuthError.INVALID_REQUEST.because("client is not authorized to revoke the presented token");
        }
    }

    private void end(Tx tx, TokenFacts token) {
        if (token.isRefreshToken()) {
            grants.revoke(tx, token.grantId());
        } else {
            issued.endAllOfGrant(tx, token.grantId());
        }
    }

    private static Event event(Request request, @Nullable Application client, @Nullable TokenFacts token) {
        Event event = Event.of("RevokeToken").from(request).application(client == null ? null : client.id());
        if (token == null) {
            return event;
        }
        return event.user(token.userId())
                .session(token.sessionUid())
                .with("tokenTypes", List.of(token.isRefreshToken() ? "RefreshToken" : "AccessToken"))
                .with("scope", token.scope());
    }
}
