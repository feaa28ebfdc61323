package dev.ostiary.oidc.grants;

import dev.ostiary.db.Tx;
import dev.ostiary.http.Params;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.NewAccessToken;
import dev.ostiary.oidc.tokens.Redeemable;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.Roles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which access token a user's client gets: the rules that every grant of a user shares (TK8). */
final class UserAccess {
    private static final String ORGANIZATIONS = "urn:logto:scope:organizations";

    private final AccessTokens accessTokens;
    private final Resources resources;
    private final Roles roles;

    UserAccess(AccessTokens accessTokens, Resources resources, Roles roles) {
        this.accessTokens = accessTokens;
        this.resources = resources;
        this.roles = roles;
    }

    /** @param stored the opaque token that still has to be stored; null for a JWT, which is not */
    record Access(String value, Duration lifetime, String scope, @Nullable NewAccessToken stored) {}

    /**
     * The resource that the token is for: the one asked for, which must be among those of the authorization request.
     * Without {@code openid} the token cannot be for userinfo, so it is for the only resource there is.
     *
     * @param wanted scopes of this exchange
     */
    Optional<Resource> target(String tenant, Params form, Redeemable from, Set<String> wanted) {
        refuseOrganization(form, from);
        List<String> asked = form.all("resource");
        if (asked.size() > 1) {
            throw OAuthError.INVALID_TARGET.because(
                    "only a single resource indicator value is supported for this grant type");
        }
        if (asked.size() == 1) {
            if (!from.resources().contains(asked.getFirst())) {
                throw unknownResource();
            }
            return Optional.of(find(tenant, asked.getFirst()));
        }
        if (wanted.contains(Scopes.OPENID) || from.resources().isEmpty()) {
            return Optional.empty();
        }
        if (from.resources().size() > 1) {
            throw unknownResource();
        }
        return Optional.of(find(tenant, from.resources().getFirst()));
    }

    /** Nobody is a member of an organization yet: there are none. */
    private static void refuseOrganization(Params form, Redeemable from) {
        if (form.has("organization_id")) {
            if (!from.scope().contains(ORGANIZATIONS)) {
                throw OAuthError.INSUFFICIENT_SCOPE
                        .because("refresh token missing required scope")
                        .with("scope", ORGANIZATIONS);
            }
            throw OAuthError.ACCESS_DENIED.because(403, "user is not a member of the organization");
        }
    }

    private Resource find(String tenant, String indicator) {
        return resources.findByIndicator(tenant, indicator).orElseThrow(UserAccess::unknownResource);
    }

    static OAuthException unknownResource() {
        return OAuthError.INVALID_TARGET.because("resource indicator is missing, or unknown");
    }

    /** Never more than was granted; for a resource never more than the user's roles give today (RT3). */
    Access issue(Tx tx, Redeemable from, Set<String> wanted, Resource resource) {
        Set<String> granted = from.grant().resourceScopes().getOrDefault(resource.indicator(), Set.of());
        Set<String> scopes = Scopes.common(wanted, granted);
        if (!scopes.isEmpty()) {
            scopes = Scopes.common(scopes, roles.scopesOfUser(tx, from.user().id(), resource.id()));
        }
        String scope = Scopes.join(scopes);
        String jwt = accessTokens.jwt(
                tx.tenant(), from.user().id(), from.clientId(), resource.indicator(), scope, resource.accessTokenTtl());
        return new Access(jwt, resource.accessTokenTtl(), scope, null);
    }

    /** For our own endpoints. */
    Access issueOpaque(Redeemable from, Set<String> wanted) {
        String scope =
                Scopes.join(Scopes.common(Scopes.oidc(wanted), from.grant().scopes()));
        NewAccessToken token = accessTokens.opaque(from, scope);
        return new Access(token.value(), AccessTokens.LIFETIME, scope, token);
    }

    /** What the ID token may say; empty if there is to be none. */
    static Set<String> idTokenScopes(Redeemable from, Set<String> wanted) {
        Set<String> scopes = Scopes.common(Scopes.oidc(wanted), from.grant().scopes());
        return scopes.contains(Scopes.OPENID) ? scopes : Set.of();
    }
}
