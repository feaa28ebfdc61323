package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Database;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.DeviceCodes;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.UserGate;
import dev.ostiary.oidc.authorize.ThirdPartyCeiling;
import dev.ostiary.oidc.clientauth.ClientAuthentication;
import dev.ostiary.oidc.dpop.DpopProofs;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.Codes;
import dev.ostiary.oidc.tokens.IdTokens;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.RefreshTokens;
import dev.ostiary.organizations.ConsentOrganizations;
import dev.ostiary.organizations.OrganizationAccess;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.Roles;
import dev.ostiary.sessions.Grants;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /oidc/token}. Every exchange and every refusal is an event; that a device has to wait is neither. */
public final class TokenRoutes {
    private final ClientAuthentication clients;
    private final DpopProofs proofs;
    private final Events events;
    private final AccessTokens accessTokens;
    private final Map<String, GrantType> types = new LinkedHashMap<>();

    /** What the grants are made of. */
    public record Parts(
            Database database,
            Events events,
            Clock clock,
            Resources resources,
            Roles roles,
            OrganizationAccess organizations,
            ConsentOrganizations consentOrganizations,
            Grants grants,
            Codes codes,
            DeviceCodes deviceCodes,
            AccessTokens accessTokens,
            RefreshTokens refreshTokens,
            IdTokens idTokens,
            IssuedTokens issued,
            UserGate gate,
            ThirdPartyCeiling ceiling,
            Subjects subjects,
            CustomClaims customClaims) {}

    public TokenRoutes(ClientAuthentication clients, DpopProofs proofs, Parts parts) {
        this.clients = clients;
        this.proofs = proofs;
        this.events = parts.events;
        this.accessTokens = parts.accessTokens;
        UserAccess access = new UserAccess(
                parts.accessTokens,
                parts.resources,
                parts.roles,
                parts.organizations,
                parts.consentOrganizations,
                parts.gate,
                parts.ceiling);
        FirstTokens tokens = new FirstTokens(
                parts.database,
                parts.events,
                parts.grants,
                parts.codes,
                access,
                parts.idTokens,
                parts.refreshTokens,
                parts.issued,
                parts.customClaims);
        add(new AuthorizationCodeGrant(parts.database, parts.events, parts.clock, parts.grants, parts.codes, tokens));
        add(new DeviceCodeGrant(
                parts.database, parts.events, parts.clock, parts.grants, parts.deviceCodes, parts.codes, tokens));
        add(new RefreshTokenGrant(
                parts.database,
                parts.events,
                parts.clock,
                parts.grants,
                access,
                parts.idTokens,
                parts.refreshTokens,
                parts.issued,
                parts.customClaims));
        add(new ClientCredentialsGrant(
                parts.database,
                parts.events,
                parts.resources,
                parts.roles,
                parts.organizations,
                parts.accessTokens,
                parts.customClaims));
        add(new TokenExchangeGrant(
                parts.database,
                parts.events,
                parts.subjects,
                access,
                parts.grants,
                parts.accessTokens,
                parts.issued,
                parts.customClaims));
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
            GrantType allowed = grantType(client, name, type);
            TokenRequest exchange = new TokenRequest(request, client, form, proofs.key(request, client));
            TokenAnswer answer = accessTokens.withKeys(request.tenant(), () -> allowed.redeem(exchange));
            return proofs.withNonce(request, client, answer.response(exchange.tokenType()));
        } catch (OAuthException refusal) {
            if (refusal.error() == OAuthError.AUTHORIZATION_PENDING) {
                // Nothing has happened: the log is no place for a hundred entries of that.
                throw refusal;
            }
            publish(request, form, type, client, refusal);
            throw refusal;
        }
    }

    private static GrantType grantType(Application client, @Nullable String name, @Nullable GrantType type) {
        if (name == null) {
            throw OAuthError.INVALID_REQUEST.because("missing required parameter(s) 'grant_type'");
        }
        if (type == null) {
            throw OAuthError.UNSUPPORTED_GRANT_TYPE.because("unsupported grant_type requested");
        }
        if (!client.allows(name)) {
            throw OAuthError.INVALID_REQUEST.because("requested grant type is not allowed for this client");
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
