package dev.ostiary.oidc.introspection;

import dev.ostiary.applications.Application;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.clientauth.ClientAuthentication;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.TokenFacts;
import dev.ostiary.tenants.Tenants;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code POST /oidc/token/introspection}: one statement a request. A client learns of its own tokens only (TK6): an opaque
 * token is meant for this server alone, so nobody else has a reason to ask. Refusals are events, as they are at the token
 * endpoint: somebody who tries secrets here is seen too.
 */
public final class IntrospectionRoutes {
    private static final Map<String, Object> INACTIVE = Map.of("active", false);

    private final ClientAuthentication clients;
    private final IssuedTokens issued;
    private final Tenants tenants;
    private final Events events;

    public IntrospectionRoutes(ClientAuthentication clients, IssuedTokens issued, Tenants tenants, Events events) {
        this.clients = clients;
        this.issued = issued;
        this.tenants = tenants;
        this.events = events;
    }

    public void mount(OidcRoutes oidc) {
        oidc.forClients().post("/token/introspection", this::introspect);
        oidc.forClients().route("OPTIONS", "/token/introspection", Cors.preflight("POST"));
    }

    private Response introspect(Request request) {
        Params form = OAuthForm.read(request);
        Application client = null;
        try {
            client = clients.authenticate(request, form);
            return introspect(request, form, client);
        } catch (OAuthException refusal) {
            events.publish(
                    request.tenant(),
                    Event.of("IntrospectToken")
                            .from(request)
                            .application(client == null ? null : client.id())
                            .failed("oidc." + refusal.error().word())
                            .with("errorDescription", refusal.description()));
            throw refusal;
        }
    }

    private Response introspect(Request request, Params form, Application client) {
        OAuthForm.require(form, "token");
        String token = form.first("token").orElseThrow();
        StructuredTokens.refuse(token, "introspected", "introspection_endpoint");
        Map<String, Object> body = issued.find(request.tenant(), token)
                .filter(facts -> facts.isAlive() && facts.clientId().equals(client.id()))
                .map(facts -> body(facts, tenants.issuer(request.tenant())))
                .orElse(INACTIVE);
        return Response.json(body).with("Cache-Control", "no-store");
    }

    private static Map<String, Object> body(TokenFacts facts, String issuer) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("active", true);
        if (facts.act() != null) {
            // RFC 8693 section 4.1
            body.put("act", facts.act());
        }
        body.put("client_id", facts.clientId());
        if (facts.jkt() != null) {
            // RFC 9449 section 6.2
            body.put("cnf", Map.of("jkt", facts.jkt()));
        }
        body.put("exp", facts.expiresAt().getEpochSecond());
        body.put("iat", facts.createdAt().getEpochSecond());
        body.put("iss", issuer);
        body.put("scope", facts.scope());
        body.put("sub", facts.userId());
        if (!facts.isRefreshToken()) {
            body.put("token_type", facts.jkt() == null ? "Bearer" : "DPoP");
        }
        return body;
    }
}
