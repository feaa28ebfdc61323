package dev.ostiary.oidc.cimd;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationSource;
import dev.ostiary.applications.ApplicationType;
import dev.ostiary.applications.ClientAuthenticationMethod;
import dev.ostiary.applications.ClientSettings;
import dev.ostiary.applications.CustomClientMetadata;
import dev.ostiary.applications.OidcClientMetadata;
import dev.ostiary.applications.RedirectUris;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.registration.MetadataDocument;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document says of its client, judged. The server decides what it may do: the code flow with PKCE and refresh tokens,
 * as somebody else's application, whatever the document has of scope, grant and response types.
 */
final class ClientDocument {
    static final int MOST_BYTES = 5 * 1024;
    /** Of one user at once. A new one comes with every sign-in, and the old ones are of no more use to anybody. */
    private static final long MOST_GRANTS = 20;

    /** Settings by the names that the document has for them. */
    private static final Map<String, String> WIRE =
            Map.of("jwks", "jwks", "jwksUri", "jwks_uri", "tokenEndpointAuthMethod", "token_endpoint_auth_method");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private ClientDocument() {}

    /** @param url from which it was fetched, the client's id */
    static Application read(URI url, byte[] body) throws DocumentFault {
        if (body.length > MOST_BYTES) {
            throw new DocumentFault("the document is larger than 5 kB");
        }
        JsonNode tree;
        try {
            tree = Json.read(body);
        } catch (JacksonException malformed) {
            throw new DocumentFault("the document is not JSON");
        }
        if (!(tree instanceof ObjectNode document)) {
            throw new DocumentFault("the document is not a JSON object");
        }
        if (!url.toString().equals(document.path("client_id").asString(""))) {
            throw new DocumentFault("client_id is not the document's own URL");
        }
        try {
            return application(url, document);
        } catch (OAuthException refusal) {
            throw new DocumentFault(refusal.description());
        } catch (AppException refusal) {
            throw new DocumentFault("the document has members of a form that is not taken");
        }
    }

    private static Application application(URI url, ObjectNode document) throws DocumentFault {
        // A document that anybody can read keeps no secret (draft section 4.1).
        if (document.has("client_secret") || document.has("client_secret_expires_at")) {
            throw new DocumentFault("a document must not have client_secret or client_secret_expires_at");
        }
        MetadataDocument members = new MetadataDocument(document);
        ClientAuthenticationMethod method = method(members);
        requireCode(members);
        ObjectNode oidc = Json.object();
        ArrayNode redirects = oidc.putArray("redirectUris");
        for (String uri : members.list("redirect_uris", List.of())) {
            redirects.add(redirect(uri));
        }
        if (redirects.isEmpty()) {
            throw new DocumentFault("redirect_uris must have members");
        }
        oidc.putArray("postLogoutRedirectUris");
        oidc.put("tokenEndpointAuthMethod", method.wire());
        copyKeys(members, oidc);
        if (members.flag("require_pushed_authorization_requests")) {
            oidc.put("requirePushedAuthorizationRequests", true);
        }
        ObjectNode custom = Json.object().put("maxAllowedGrants", MOST_GRANTS);
        members.text("id_token_signed_response_alg", 64)
                .ifPresent(name -> custom.put("idTokenSignedResponseAlg", name));
        Application application = new Application(
                url.toString(),
                members.text("client_name", 128).orElse(url.getHost()),
                null,
                type(members, method),
                Shape.of(OidcClientMetadata.class).read(oidc),
                Shape.of(CustomClientMetadata.class).read(custom),
                Json.object(),
                null,
                true,
                false,
                List.of(),
                Instant.EPOCH,
                ApplicationSource.DOCUMENT);
        Optional<ClientSettings.Fault> fault = ClientSettings.fault(application);
        if (fault.isPresent()) {
            throw new DocumentFault(WIRE.getOrDefault(fault.get().path().getLast(), "the document") + ": "
                    + fault.get().message());
        }
        return application;
    }

    /** Only what needs no shared secret: nobody has given the client one (draft section 4.1). */
    private static ClientAuthenticationMethod method(MetadataDocument members) throws DocumentFault {
        return switch (members.text("token_endpoint_auth_method", 64).orElse("none")) {
            case "none" -> ClientAuthenticationMethod.NONE;
            case "private_key_jwt" -> ClientAuthenticationMethod.PRIVATE_KEY_JWT;
            default -> throw new DocumentFault("token_endpoint_auth_method can only be none or private_key_jwt");
        };
    }

    private static ApplicationType type(MetadataDocument members, ClientAuthenticationMethod method) {
        if (method == ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
            return ApplicationType.TRADITIONAL;
        }
        return members.text("application_type", 16).orElse("web").equals("native")
                ? ApplicationType.NATIVE
                : ApplicationType.SPA;
    }

    /** By https alone: a stranger has no business with what listens on this machine (SS1). */
    private static void copyKeys(MetadataDocument members, ObjectNode oidc) throws DocumentFault {
        members.object("jwks").ifPresent(keys -> oidc.set("jwks", keys));
        Optional<String> address = members.webUrl("jwks_uri");
        if (address.filter(uri -> !uri.regionMatches(true, 0, "https:", 0, 6)).isPresent()) {
            throw new DocumentFault("jwks_uri: must be an https address");
        }
        address.ifPresent(uri -> oidc.put("jwksUri", uri));
    }

    /** A client that would never come for a code has come to the wrong place. */
    private static void requireCode(MetadataDocument members) throws DocumentFault {
        List<String> grants = members.list("grant_types", List.of("authorization_code"));
        List<String> responses = members.list("response_types", List.of("code"));
        if (!grants.contains("authorization_code") || !responses.contains("code")) {
            throw new DocumentFault("the grant type authorization_code and the response type code are needed");
        }
    }

    private static String redirect(String text) throws DocumentFault {
        if (RedirectUris.fault(text).isPresent() || text.indexOf('*') >= 0) {
            throw new DocumentFault("redirect_uris has a member that is not taken");
        }
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException odd) {
            throw new DocumentFault("redirect_uris has a member that is not taken");
        }
        boolean plain = "http".equalsIgnoreCase(uri.getScheme());
        if (plain && !LOOPBACK.contains(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT))) {
            throw new DocumentFault("redirect_uris: plain http is for localhost, 127.0.0.1 and [::1] only");
        }
        return text;
    }
}
