package dev.ostiary.oidc.grants;

import dev.ostiary.oidc.RequestedClaims;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.Disclosure;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The access token that a client gets, before it is made.
 *
 * @param told what of the user's data the client may read, with {@code openid} if that was granted
 * @param audience an API's or an organization's; null for an opaque token, which is for our own endpoints
 * @param jkt thumbprint of the key that it is bound to; null for a bearer token
 * @param organizationId the organization whose roles decided what may be done at an API; null if none did
 * @param claims that the client may read besides
 */
record AccessVerdict(
        Set<String> scopes,
        Set<String> told,
        @Nullable String audience,
        Duration lifetime,
        @Nullable String organizationId,
        @Nullable String jkt,
        RequestedClaims claims) {

    /** Of which nobody has asked for single claims. */
    AccessVerdict(
            Set<String> scopes,
            Set<String> told,
            @Nullable String audience,
            Duration lifetime,
            @Nullable String organizationId,
            @Nullable String jkt) {
        this(scopes, told, audience, lifetime, organizationId, jkt, RequestedClaims.NONE);
    }

    AccessVerdict with(RequestedClaims more) {
        return new AccessVerdict(scopes, told, audience, lifetime, organizationId, jkt, more);
    }

    /** For our own endpoints. */
    static AccessVerdict opaque(Set<String> told, @Nullable String jkt) {
        return new AccessVerdict(told, told, null, AccessTokens.LIFETIME, null, jkt);
    }

    boolean isOpaque() {
        return audience == null;
    }

    String scope() {
        return Scopes.join(scopes);
    }

    /** Nothing if there is to be no ID token. */
    Disclosure toldByIdToken() {
        return told.contains(Scopes.OPENID) ? new Disclosure(told, claims.idToken()) : Disclosure.NOTHING;
    }

    /** Claims that the token has beyond those of all. */
    Map<String, String> extras() {
        return organizationId == null ? Map.of() : Map.of("organization_id", organizationId);
    }
}
