package dev.ostiary.applications;

import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.crypto.Hashes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        Instant createdAt) {

    /** A client that proves itself by nothing but its redirect URI and PKCE (RFC 6749 section 2.1). */
    public boolean isPublicClient() {
        return type.isPublic();
    }

    public boolean isNative() {
        return type == ApplicationType.NATIVE;
    }

    /** A public client must; a confidential one may (RFC 9700 section 2.1.1). */
    public boolean requiresPkce() {
        return isPublicClient();
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

    private List<String> withTokenExchange(List<String> grants) {
        if (!customClientMetadata.exchangesTokens() || isThirdParty) {
            return grants;
        }
        List<String> more = new ArrayList<>(grants);
        more.add("urn:ietf:params:oauth:grant-type:token-exchange");
        return List.copyOf(more);
    }
}
