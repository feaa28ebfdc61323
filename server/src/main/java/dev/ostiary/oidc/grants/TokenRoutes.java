package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Database;
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
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.Codes;
import dev.ostiary.oidc.tokens.IdTokens;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.RefreshTokens;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.Roles;
import dev.ostiary.sessions.Grants;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /oidc/token}. Every exchange and every refusal is an event. */
public final class TokenRoutes {
    /** Known, and settings of an application may allow them, but not built yet. */
    private static final Set<String> NOT_YET =
            Set.of("urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:token-exchange");

    private final ClientAuthentication clients;
    private final Events events;
    private final Map<String, GrantType> types = new LinkedHashMap<>();

    /** What the grants are made of. */
    public record Parts(
            Database database,
            Events events,
            Clock clock,
            Resources resources,
            Roles roles,
            Grants grants,
            Codes codes,
            AccessTokens accessTokens,
            RefreshTokens refreshTokens,
            IdTokens idTokens,
            IssuedTokens issued) {}

    public TokenRoutes(ClientAuthentication clients, Parts parts) {
        this.clients = clients;
        this.events = parts.events;
        UserAccess access = new UserAccess(parts.accessTokens, parts.resources, parts.roles);
        add(new AuthorizationCodeGrant(
                parts.database,
                parts.events,
                parts.clock,
                parts.grants,
                parts.codes,
                access,
                parts.idTokens,
                parts.refreshTokens,
                parts.issued));
        add(new RefreshTokenGrant(
                parts.database,
                parts.events,
                parts.clock,
                parts.grants,
                access,
                parts.idTokens,
                parts.refreshTokens,
                parts.issued));
        add(new ClientCredentialsGrant(parts.database, parts.events, parts.resources, parts.roles, parts.accessTokens));
    }

    private void add(GrantType type) {
        types.put(type.name(), type);
    }

    public void mount(OidcRoutes oidc) {
        oidc.forClients().post("/token", this::token);
        oidc.forClients().route("OPTIONS", "/token", Cors.preflight("POST"));
    }

    private Response token(Request request) {
        Params form = OAuthForm.read(request);
        String name = form.get("grant_type");
        GrantType type = name == null ? null : types.get(name);
        Application client = null;
        try {
            client = clients.authenticate(request, form);
            return grantType(client, name, type)
                    .redeem(new TokenRequest(request, client, form))
                    .response();
        } catch (OAuthException refusal) {
            publish(request, form, type, client, refusal);
            throw refusal;
        }
    }

    private static GrantType grantType(Application client, @Nullable String name, @Nullable GrantType type) {
        if (name == null) {
            throw OAuthError.INVALID_REQUEST.because("missing required parameter(s) 'grant_type'");
        }
        if (type == null && !NOT_YET.contains(name)) {
            throw OAuthError.UNSUPPORTED_GRANT_TYPE.because("unsupported grant_type requested");
        }
        if (!client.allows(name)) {
            throw OAuthError.INVALID_REQUEST.because("requested grant type is not allowed for this client");
        }
        if (type == null) {
            throw OAuthError.UNSUPPORTED_GRANT_TYPE.because("unsupported grant_type requested");
        }
        return type;
    }

    private void publish(
            Request request,
            Params form,
            @Nullable GrantType type,
            @Nullable Application client,
            OAuthException refusal) {
        Event event = TokenRequest.event(request, form, type == null ? "Unknown" : type.eventName())
                .application(client == null ? null : client.id())
                .failed("oidc." + refusal.error().word());
        events.publish(request.tenant(), event.with("errorDescription", refusal.description()));
    }
}
