package dev.ostiary.oidc.introspection;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Database;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.Cors;
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
 * token is meant for this server alone, so nobody else has a reason to ask.
 */
public final class IntrospectionRoutes {
    private static final Map<String, Object> INACTIVE = Map.of("active", false);

    private final ClientAuthentication clients;
    private final Database database;
    private final IssuedTokens issued;
    private final Tenants tenants;

    public IntrospectionRoutes(ClientAuthentication clients, Database database, IssuedTokens issued, Tenants tenants) {
        this.clients = clients;
        this.database = database;
        this.issued = issued;
        this.tenants = tenants;
    }

    public void mount(OidcRoutes oidc) {
        oidc.forClients().post("/token/introspection", this::introspect);
        oidc.forClients().route("OPTIONS", "/token/introspection", Cors.preflight("POST"));
    }

    private Response introspect(Request request) {
        Params form = OAuthForm.read(request);
        Application client = clients.authenticate(request, form);
        OAuthForm.require(form, "token");
        String token = form.first("token").orElseThrow();
        StructuredTokens.refuse(token, "introspected", "introspection_endpoint");
        Map<String, Object> body = database.read(request.tenant(), tx -> issued.find(tx, token))
                .filter(facts -> facts.isAlive() && facts.clientId().equals(client.id()))
                .map(facts -> body(facts, tenants.issuer(request.tenant())))
                .orElse(INACTIVE);
        return Response.json(body).with("Cache-Control", "no-store");
    }

    private static Map<String, Object> body(TokenFacts facts, String issuer) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("active", true);
        body.put("client_id", facts.clientId());
        body.put("exp", facts.expiresAt().getEpochSecond());
        body.put("iat", facts.createdAt().getEpochSecond());
        body.put("iss", issuer);
        body.put("scope", facts.scope());
        body.put("sub", facts.userId());
        if (!facts.isRefreshToken()) {
            body.put("token_type", "Bearer");
        }
        return body;
    }
}
