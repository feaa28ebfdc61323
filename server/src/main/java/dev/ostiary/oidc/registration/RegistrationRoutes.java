package dev.ostiary.oidc.registration;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationType;
import dev.ostiary.applications.CustomClientMetadata;
import dev.ostiary.applications.Dpop;
import dev.ostiary.applications.OidcClientMetadata;
import dev.ostiary.applications.ResponseType;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.registration.Registration.Registered;
import dev.ostiary.tenants.Tenants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /oidc/register} (RFC 7591) and {@code /oidc/register/{client_id}} (RFC 7592). From any origin: no cookie
 * means anything here.
 */
public final class RegistrationRoutes {
    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +([A-Za-z0-9._~+/-]{1,512}=*) *");
    private static final int MOST_BYTES = 32 * 1024;

    private final Registration registration;
    private final Events events;
    private final Tenants tenants;

    public RegistrationRoutes(Registration registration, Events events, Tenants tenants) {
        this.registration = registration;
        this.events = events;
        this.tenants = tenants;
    }

    public void mount(OidcRoutes oidc) {
        Routes open = oidc.open();
        open.post("/register", request -> audited(request, "Registration.Create", this::register));
        open.get("/register/{clientId}", request -> audited(request, "Registration.Read", this::read));
        open.put("/register/{clientId}", request -> audited(request, "Registration.Update", this::update));
        open.delete("/register/{clientId}", request -> audited(request, "Registration.Delete", this::delete));
        open.route("OPTIONS", "/register", Cors.preflight("POST"));
        open.route("OPTIONS", "/register/{clientId}", Cors.preflight("GET,PUT,DELETE"));
    }

    /** A refusal leaves a mark, and tells how to come again with a token. */
    private Response audited(Request request, String event, dev.ostiary.http.Handler handler) {
        if (!registration.isOn(request.tenant())) {
            throw Registration.off();
        }
        try {
            return handler.handle(request).with("Cache-Control", "no-store");
        } catch (OAuthException refusal) {
            events.publish(
                    request.tenant(),
                    Event.of(event)
                            .failed("oidc." + refusal.error().word())
                            .with("description", refusal.description())
                            .from(request));
            throw refusal.status() == 401
                    ? refusal.withChallenge(
                            "Bearer", tenants.issuer(request.tenant()), request.header("Authorization") != null)
                    : refusal;
        }
    }

    private Response register(Request request) {
        registration.admit(request, registration.settings(request.tenant()));
        Registered made = registration.register(request, bearer(request), document(request));
        return Response.json(201, body(request, made));
    }

    private Response read(Request request) {
        return Response.json(body(request, registration.read(request, request.param("clientId"), bearer(request))));
    }

    private Response update(Request request) {
        return Response.json(body(
                request, registration.update(request, request.param("clientId"), bearer(request), document(request))));
    }

    private Response delete(Request request) {
        registration.delete(request, request.param("clientId"), bearer(request));
        return Response.noContent();
    }

    /** Null without one; what is no bearer token at all is one that is not good (DR2). */
    private static @Nullable String bearer(Request request) {
        String header = request.header("Authorization");
        if (header == null) {
            return null;
        }
        Matcher matcher = BEARER.matcher(header);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static ObjectNode document(Request request) {
        if (!request.contentType().equals("application/json")) {
            throw MetadataDocument.refused("the body must be application/json");
        }
        byte[] body = request.body();
        if (body.length > MOST_BYTES) {
            throw MetadataDocument.refused("the body must not be larger than 32 kB");
        }
        try {
            JsonNode tree = Json.read(body);
            if (tree instanceof ObjectNode object && !object.toString().contains("\\u0000")) {
                return object;
            }
        } catch (JacksonException malformed) {
            throw MetadataDocument.refused("the body is not JSON");
        }
        throw MetadataDocument.refused("the body must be a JSON object without U+0000");
    }

    /** What is registered, whatever was asked for (RFC 7591 section 3.2.1). */
    private Map<String, Object> body(Request request, Registered client) {
        Application application = client.application();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("client_id", application.id());
        body.put("client_id_issued_at", client.createdAt().getEpochSecond());
        if (client.secret() != null) {
            body.put("client_secret", client.secret());
            body.put(
                    "client_secret_expires_at",
                    client.secretExpiresAt() == null
                            ? 0
                            : client.secretExpiresAt().getEpochSecond());
        }
        body.put("registration_access_token", client.token());
        body.put("registration_client_uri", request.site().origin() + "/oidc/register/" + application.id());
        body.put("client_name", application.name());
        body.put("application_type", application.isNative() ? "native" : "web");
        putProtocol(body, application);
        body.put("id_token_signed_response_alg", registration.idTokenAlgorithm(request.tenant(), application));
        body.put("subject_type", "public");
        body.put("require_auth_time", false);
        body.put("scope", Scopes.join(Registration.names(client.scopes())));
        put(body, "tos_uri", Optional.ofNullable(client.termsOfUse()));
        put(body, "policy_uri", Optional.ofNullable(client.privacyPolicy()));
        client.extras().properties().forEach(extra -> body.put(extra.getKey(), extra.getValue()));
        return body;
    }

    private static void putProtocol(Map<String, Object> body, Application application) {
        OidcClientMetadata oidc = application.oidcClientMetadata();
        CustomClientMetadata custom = application.customClientMetadata();
        List<ResponseType> responseTypes =
                !application.allowsCode() ? List.of() : oidc.responseTypes().orElse(List.of(ResponseType.CODE));
        List<String> grants = new ArrayList<>(application.grantTypes());
        if (responseTypes.stream().anyMatch(ResponseType::hasIdToken)) {
            grants.add("implicit");
        }
        body.put("redirect_uris", oidc.redirectUris());
        body.put(
                "response_types", responseTypes.stream().map(ResponseType::wire).toList());
        body.put("grant_types", grants);
        body.put(
                "token_endpoint_auth_method",
                oidc.tokenEndpointAuthMethod()
                        .map(method -> method.wire())
                        .orElse(application.type() == ApplicationType.TRADITIONAL ? "client_secret_basic" : "none"));
        if (!oidc.postLogoutRedirectUris().isEmpty()) {
            body.put("post_logout_redirect_uris", oidc.postLogoutRedirectUris());
        }
        put(body, "logo_uri", oidc.logoUri());
        put(body, "initiate_login_uri", oidc.initiateLoginUri());
        put(body, "backchannel_logout_uri", oidc.backchannelLogoutUri());
        put(body, "backchannel_logout_session_required", oidc.backchannelLogoutSessionRequired());
        put(body, "frontchannel_logout_uri", oidc.frontchannelLogoutUri());
        put(body, "frontchannel_logout_session_required", oidc.frontchannelLogoutSessionRequired());
        put(body, "require_pushed_authorization_requests", oidc.requirePushedAuthorizationRequests());
        put(body, "jwks", oidc.jwks());
        put(body, "jwks_uri", oidc.jwksUri());
        body.put("dpop_bound_access_tokens", custom.dpopMode() == Dpop.REQUIRED);
    }

    private static void put(Map<String, Object> body, String name, Optional<?> value) {
        value.ifPresent(present -> body.put(name, present));
    }
}
