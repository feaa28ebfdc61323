package dev.ostiary.oidc.registration;

import dev.ostiary.applications.ApplicationType;
import dev.ostiary.applications.ClientAuthenticationMethod;
import dev.ostiary.applications.ResponseType;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.Scopes;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of itself (RFC 7591 section 2, OpenID Connect Dynamic Client Registration 1.0 section 2), read and
 * judged: what it asks for decides what kind of client it is, never what it calls itself (DR2).
 *
 * @param application as the Management API takes an application
 * @param extras members that an application has no place for; they are kept to be told again
 * @param bindsTokens whether its tokens are bound to its key (RFC 9449 section 5.2); empty if it does not say
 * @param scope the scopes it wants to be able to ask for; empty if it does not say
 * @param fetched addresses that we would ask, not the browser
 */
record ClientMetadata(
        ApplicationType type,
        ObjectNode application,
        ObjectNode extras,
        Optional<Boolean> bindsTokens,
        Optional<Set<String>> scope,
        Optional<String> termsOfUse,
        Optional<String> privacyPolicy,
        List<URI> fetched) {
    static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
    /** RFC 9126 section 6, as an application has it. */
    static final String MUST_PUSH = "requirePushedAuthorizationRequests";

    private static final String ID_TOKEN_ALGORITHM = "id_token_signed_response_alg";

    private static final Set<String> GRANT_TYPES =
            Set.of("authorization_code", "refresh_token", "implicit", DEVICE_CODE);

    /** Would be protection or secrecy that the client counts on and does not get: refused instead of left out. */
    private static final List<String> UNSUPPORTED_ALGORITHMS = List.of(
            "id_token_encrypted_response_alg",
            "userinfo_signed_response_alg",
            "userinfo_encrypted_response_alg",
            "introspection_signed_response_alg",
            "introspection_encrypted_response_alg",
            "authorization_signed_response_alg",
            "authorization_encrypted_response_alg",
            "request_object_signing_alg",
            "request_object_encryption_alg",
            "backchannel_authentication_request_signing_alg");

    private static final List<String> UNSUPPORTED_DEMANDS =
            List.of("require_signed_request_object", "tls_client_certificate_bound_access_tokens");

    /**
     * @param algorithms that discovery lists for ID tokens
     * @throws OAuthException {@code invalid_client_metadata}, {@code invalid_redirect_uri}, {@code
     *     invalid_software_statement}, {@code unapproved_software_statement}
     */
    static ClientMetadata read(ObjectNode document, RegistrationSettings settings, List<String> algorithms) {
        MetadataDocument members = new MetadataDocument(document);
        refuseUnsupported(members, algorithms);
        List<URI> redirects = members.redirects("redirect_uris");
        List<URI> afterLogout = members.redirects("post_logout_redirect_uris");
        checkHosts(settings, redirects, "redirect_uris");
        checkHosts(settings, afterLogout, "post_logout_redirect_uris");
        List<ResponseType> responseTypes = responseTypes(members);
        boolean device = device(members, responseTypes, settings);
        ClientAuthenticationMethod method = device && !members.has("token_endpoint_auth_method")
                ? ClientAuthenticationMethod.NONE
                : method(members);
        ApplicationType type = device ? ApplicationType.NATIVE : type(members, method, redirects);
        if (device && method != ClientAuthenticationMethod.NONE) {
            throw MetadataDocument.refused("a device client cannot keep a secret: token_endpoint_auth_method is none");
        }
        if (!settings.types().contains(type)) {
            throw MetadataDocument.refused("clients of type " + type.wire() + " may not register here");
        }
        if (!device && redirects.isEmpty()) {
            throw OAuthError.INVALID_REDIRECT_URI.because("redirect_uris must have members");
        }
        Optional<String> terms = members.webUrl("tos_uri");
        Optional<String> privacy = members.webUrl("policy_uri");
        ObjectNode application = Json.object();
        application.put("name", name(members, redirects));
        application.put("type", type.wire());
        ObjectNode oidc = application.putObject("oidcClientMetadata");
        put(oidc.putArray("redirectUris"), redirects);
        put(oidc.putArray("postLogoutRedirectUris"), afterLogout);
        copyUrls(members, oidc);
        copyKeys(members, oidc, method);
        if (device || members.has("token_endpoint_auth_method")) {
            // Who does not say it has the default, and libraries that send the secret in the body are let in too.
            oidc.put("tokenEndpointAuthMethod", method.wire());
        }
        if (!device && !responseTypes.equals(List.of(ResponseType.CODE))) {
            ArrayNode types = oidc.putArray("responseTypes");
            responseTypes.forEach(each -> types.add(each.wire()));
        }
        if (members.has("require_pushed_authorization_requests")) {
            oidc.put(MUST_PUSH, members.flag("require_pushed_authorization_requests"));
        }
        ObjectNode custom = application.putObject("customClientMetadata");
        custom.put("isDeviceFlow", device);
        Optional<Boolean> bindsTokens = members.has("dpop_bound_access_tokens")
                ? Optional.of(members.flag("dpop_bound_access_tokens"))
                : Optional.empty();
        if (bindsTokens.orElse(false)) {
            custom.put("dpop", "required");
        }
        members.text(ID_TOKEN_ALGORITHM, 64).ifPresent(name -> custom.put("idTokenSignedResponseAlg", name));
        Optional<Set<String>> scope = members.text("scope", 4096).map(Scopes::parse);
        return new ClientMetadata(
                type, application, extras(members), bindsTokens, scope, terms, privacy, fetched(oidc));
    }

    private static void refuseUnsupported(MetadataDocument members, List<String> algorithms) {
        Optional<String> statement = members.text("software_statement", 32_768);
        if (statement.isPresent()) {
            boolean isJwt = statement.get().split("\\.", -1).length == 3;
            throw isJwt
                    ? OAuthError.UNAPPROVED_SOFTWARE_STATEMENT.because("nobody's software statements are trusted here")
                    : OAuthError.INVALID_SOFTWARE_STATEMENT.because("software_statement must be a JWT");
        }
        for (String name : UNSUPPORTED_ALGORITHMS) {
            if (members.text(name, 64).filter(value -> !value.equals("none")).isPresent()) {
                throw MetadataDocument.refused(name + " is not supported");
            }
        }
        for (String name : UNSUPPORTED_DEMANDS) {
            if (members.flag(name)) {
                throw MetadataDocument.refused(name + " is not supported");
            }
        }
        requireIfPresent(members, "subject_type", List.of("public"));
        requireIfPresent(members, ID_TOKEN_ALGORITHM, algorithms);
    }

    private static void requireIfPresent(MetadataDocument members, String name, List<String> only) {
        if (members.text(name, 64).filter(value -> !only.contains(value)).isPresent()) {
            throw MetadataDocument.refused(name + " can only be " + String.join(" or ", only));
        }
    }

    private static void checkHosts(RegistrationSettings settings, List<URI> uris, String name) {
        for (URI uri : uris) {
            if (!RedirectHosts.allow(settings.redirectHosts(), uri)) {
                throw OAuthError.INVALID_REDIRECT_URI.because(
                        name + ": " + uri + " is at no host that is allowed here");
            }
        }
    }

    private static List<ResponseType> responseTypes(MetadataDocument members) {
        List<ResponseType> types = new ArrayList<>();
        for (String word : members.list("response_types", List.of("code"))) {
            types.add(ResponseType.find(word)
                    .orElseThrow(() -> MetadataDocument.refused("response_types: " + word + " is not supported")));
        }
        return types;
    }

    /** Grant types that fit the response types (RFC 7591 section 2.1); whether they are those of a device. */
    private static boolean device(
            MetadataDocument members, List<ResponseType> responseTypes, RegistrationSettings settings) {
        List<String> grants = members.list("grant_types", List.of("authorization_code"));
        for (String grant : grants) {
            if (!GRANT_TYPES.contains(grant)) {
                throw MetadataDocument.refused("grant_types: registered clients cannot have " + grant);
            }
        }
        if (grants.contains(DEVICE_CODE)) {
            if (!settings.allowsDeviceFlow()) {
                throw MetadataDocument.refused("grant_types: devices may not register here");
            }
            if (grants.contains("authorization_code") || grants.contains("implicit")) {
                throw MetadataDocument.refused("grant_types: a device client has no other way to sign users in");
            }
            return true;
        }
        if (responseTypes.isEmpty()) {
            throw MetadataDocument.refused("response_types must have members");
        }
        if (responseTypes.stream().anyMatch(ResponseType::hasCode) && !grants.contains("authorization_code")) {
            throw MetadataDocument.refused("response_types with code need the grant type authorization_code");
        }
        if (members.has("grant_types")
                && responseTypes.contains(ResponseType.ID_TOKEN)
                && !grants.contains("implicit")) {
            throw MetadataDocument.refused("the response type id_token needs the grant type implicit");
        }
        return false;
    }

    private static ClientAuthenticationMethod method(MetadataDocument members) {
        String word = members.text("token_endpoint_auth_method", 64).orElse("client_secret_basic");
        return Arrays.stream(ClientAuthenticationMethod.values())
                .filter(method -> method.wire().equals(word))
                .findAny()
                .orElseThrow(
                        () -> MetadataDocument.refused("token_endpoint_auth_method " + word + " is not supported"));
    }

    /** Who has no secret is public, whatever else it says; on whose machine it runs, its redirect URIs tell. */
    private static ApplicationType type(
            MetadataDocument members, ClientAuthenticationMethod method, List<URI> redirects) {
        Optional<String> said = members.text("application_type", 16);
        if (said.filter(type -> !type.equals("web") && !type.equals("native")).isPresent()) {
            throw MetadataDocument.refused("application_type must be web or native");
        }
        if (method != ClientAuthenticationMethod.NONE) {
            return ApplicationType.TRADITIONAL;
        }
        boolean onDevice = redirects.stream()
                .anyMatch(uri -> RedirectHosts.isLoopback(uri)
                        || !uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http"));
        boolean isNative = said.map("native"::equals).orElse(onDevice);
        return isNative ? ApplicationType.NATIVE : ApplicationType.SPA;
    }

    private static String name(MetadataDocument members, List<URI> redirects) {
        return members.text("client_name", 128).orElseGet(() -> redirects.stream()
                .map(uri -> uri.getHost() == null ? uri.getScheme() : uri.getHost())
                .findFirst()
                .orElse("?"));
    }

    private static void copyUrls(MetadataDocument members, ObjectNode oidc) {
        members.webUrl("logo_uri").ifPresent(url -> oidc.put("logoUri", url));
        members.webUrl("initiate_login_uri").ifPresent(url -> oidc.put("initiateLoginUri", url));
        members.webUrl("backchannel_logout_uri").ifPresent(url -> {
            oidc.put("backchannelLogoutUri", url);
            oidc.put("backchannelLogoutSessionRequired", members.flag("backchannel_logout_session_required"));
        });
        members.webUrl("frontchannel_logout_uri").ifPresent(url -> {
            oidc.put("frontchannelLogoutUri", url);
            oidc.put("frontchannelLogoutSessionRequired", members.flag("frontchannel_logout_session_required"));
        });
    }

    /** By value or by reference, not both (RFC 7591 section 2). */
    private static void copyKeys(MetadataDocument members, ObjectNode oidc, ClientAuthenticationMethod method) {
        Optional<ObjectNode> jwks = members.object("jwks");
        Optional<String> jwksUri = members.webUrl("jwks_uri");
        if (jwks.isPresent() && jwksUri.isPresent()) {
            throw MetadataDocument.refused("jwks and jwks_uri must not both be present");
        }
        if (method == ClientAuthenticationMethod.PRIVATE_KEY_JWT && jwks.isEmpty() && jwksUri.isEmpty()) {
            throw MetadataDocument.refused("private_key_jwt needs jwks or jwks_uri");
        }
        jwks.ifPresent(keys -> oidc.set("jwks", keys));
        jwksUri.ifPresent(url -> oidc.put("jwksUri", url));
    }

    private static ObjectNode extras(MetadataDocument members) {
        ObjectNode extras = Json.object();
        members.webUrl("client_uri").ifPresent(url -> extras.put("client_uri", url));
        members.text("software_id", 256).ifPresent(id -> extras.put("software_id", id));
        members.text("software_version", 64).ifPresent(version -> extras.put("software_version", version));
        List<String> contacts = members.list("contacts", List.of());
        if (!contacts.isEmpty()) {
            contacts.forEach(extras.putArray("contacts")::add);
        }
        return extras;
    }

    private static List<URI> fetched(ObjectNode oidc) {
        List<URI> fetched = new ArrayList<>();
        for (String name : List.of("jwksUri", "backchannelLogoutUri")) {
            if (oidc.has(name)) {
                fetched.add(URI.create(oidc.get(name).asString()));
            }
        }
        return fetched;
    }

    private static void put(ArrayNode array, List<URI> uris) {
        uris.forEach(uri -> array.add(uri.toString()));
    }
}
