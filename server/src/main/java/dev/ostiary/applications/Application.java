package dev.ostiary.applications;

import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.crypto.Hashes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OAuth client (RFC 6749 section 2). Immutable by convention: instances are shared by the cache, so nobody changes the
 * JSON trees inside.
 *
 * @param customData free for the application's owner
 * @param isThirdParty belongs to somebody else: its users are asked for consent
 * @param appLevelAccessControlEnabled only users who were let in may sign in to it
 * @param source who brought it; anybody but the tenant is somebody else
 */
public record Application(
        String id,
        String name,
        @Nullable String description,
        ApplicationType type,
        OidcClientMetadata oidcClientMetadata,
        CustomClientMetadata customClientMetadata,
        ObjectNode customData,
        @Nullable JsonNode protectedAppMetadata,
        boolean isThirdParty,
        boolean appLevelAccessControlEnabled,
        List<ApplicationSecret> secrets,
        Instant createdAt,
        ApplicationSource source) {

    /** Whether it is what a document says, see {@link ApplicationSource#DOCUMENT}. */
    public boolean isFromDocument() {
        return source == ApplicationSource.DOCUMENT;
    }

    /** A client that proves itself by nothing but its redirect URI and PKCE (RFC 6749 section 2.1). */
    public boolean isPublicClient() {
        return type.isPublic();
    }

    public boolean isNative() {
        return type == ApplicationType.NATIVE;
    }

    /**
     * A public client must, and whoever is a stranger; another confidential one may (RFC 9700 section 2.1.1), unless its
     * profile says otherwise.
     */
    public boolean requiresPkce() {
        return isPublicClient() || isFromDocument() || isFapi();
    }

    /** Whether that is how it may prove itself. A confidential client that names no method may use either form of its secret. */
    public boolean authenticatesBy(ClientAuthenticationMethod method) {
        ClientAuthenticationMethod only =
                oidcClientMetadata.tokenEndpointAuthMethod().orElse(null);
        if (only != null) {
            // Whatever is stored: a client that can keep a secret is never let in without a proof (CA2).
            return only == method && (method != ClientAuthenticationMethod.NONE || isPublicClient());
        }
        return isPublicClient()
                ? method == ClientAuthenticationMethod.NONE
                : method == ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                        || method == ClientAuthenticationMethod.CLIENT_SECRET_POST;
    }

    /** Whether it keeps the FAPI 2.0 Security Profile. */
    public boolean isFapi() {
        return customClientMetadata.isFapi();
    }

    /**
     * Whether it is told of users to the letter of OpenID Connect Core section 5.1, and not as clients of the wire format
     * expect. Who has registered itself has only the standard to go by.
     */
    public boolean keepsStandardClaims() {
        return customClientMetadata.standardClaims().orElse(source == ApplicationSource.REGISTERED);
    }

    /**
     * What its ID tokens and logout tokens are signed with, where the tenant's key can; empty for what that usually signs
     * with.
     */
    public Optional<String> idTokenAlgorithm() {
        return accessTokenAlgorithm().or(customClientMetadata::idTokenSignedResponseAlg);
    }

    /**
     * The same of its access tokens. FAPI 2.0 section 5.4.1 has no RS256; keys of the other kinds that it permits have one
     * algorithm each.
     */
    public Optional<String> accessTokenAlgorithm() {
        return isFapi() ? Optional.of("PS256") : Optional.empty();
    }

    /** Whether its authorization requests count only if they were pushed: by its profile, or by its setting. */
    public boolean mustPush() {
        return isFapi()
                || oidcClientMetadata.requirePushedAuthorizationRequests().orElse(false);
    }

    /** The {@code grant_type} values it may use. */
    public List<String> grantTypes() {
        if (type == ApplicationType.MACHINE_TO_MACHINE) {
            return withTokenExchange(List.of("client_credentials"));
        }
        if (isNative() && customClientMetadata.deviceFlow()) {
            return withTokenExchange(List.of("urn:ietf:params:oauth:grant-type:device_code", "refresh_token"));
        }
        return withTokenExchange(List.of("authorization_code", "refresh_token"));
    }

    public boolean allows(String grantType) {
        return grantTypes().contains(grantType);
    }

    public boolean allowsRefresh() {
        return allows("refresh_token");
    }

    /** Whether users are sent to it with a code; such a client is of no use without a redirect URI. */
    public boolean allowsCode() {
        return allows("authorization_code");
    }

    /** Whether the authorization endpoint answers it so; by codes alone unless it is registered for more. */
    public boolean allows(ResponseType type) {
        return allowsCode()
                && oidcClientMetadata
                        .responseTypes()
                        .orElse(List.of(ResponseType.CODE))
                        .contains(type);
    }

    /**
     * What a presented secret is worth now. Looks at every secret, whichever fits, in a time that does not tell which
     * (CA3).
     */
    public ApplicationSecret.Verdict check(String presented, Instant now) {
        byte[] hash = Hashes.sha256(presented);
        boolean accepted = false;
        boolean expired = false;
        for (ApplicationSecret secret : secrets) {
            boolean equal = ConstantTime.equal(secret.hash(), hash);
            boolean alive = secret.expiresAt() == null || now.isBefore(secret.expiresAt());
            accepted |= equal & alive;
            expired |= equal & !alive;
        }
        if (accepted) {
            return ApplicationSecret.Verdict.ACCEPTED;
        }
        return expired ? ApplicationSecret.Verdict.EXPIRED : ApplicationSecret.Verdict.WRONG;
    }

    /**
     * Whether a browser may load that address of the application at a logout: it is where one of its redirect URIs is
     * (OpenID Connect Front-Channel Logout 1.0 section 2).
     */
    public boolean mayFrame(String uri) {
        return RedirectUris.shareOrigin(oidcClientMetadata.redirectUris(), uri);
    }

    private List<String> withTokenExchange(List<String> grants) {
        if (!customClientMetadata.exchangesTokens() || isThirdParty) {
            return grants;
        }
        List<String> more = new ArrayList<>(grants);
        more.add("urn:ietf:params:oauth:grant-type:token-exchange");
        return List.copyOf(more);
    }
}
