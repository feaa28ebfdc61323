package dev.ostiary.oidc.grants;

import dev.ostiary.applications.ConsentScopes;
import dev.ostiary.db.Tx;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OrganizationTokens;
import dev.ostiary.oidc.RequestedClaims;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.UserGate;
import dev.ostiary.oidc.authorize.ThirdPartyCeiling;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.NewAccessToken;
import dev.ostiary.oidc.tokens.Redeemable;
import dev.ostiary.organizations.ConsentOrganizations;
import dev.ostiary.organizations.Membership;
import dev.ostiary.organizations.OrganizationAccess;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.Roles;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which access token a user's client gets: the rules that every grant of a user shares (TK8). */
final class UserAccess {
    private final AccessTokens accessTokens;
    private final Resources resources;
    private final Roles roles;
    private final OrganizationAccess organizations;
    private final ConsentOrganizations consented;
    private final UserGate gate;
    private final ThirdPartyCeiling ceiling;

    UserAccess(
            AccessTokens accessTokens,
            Resources resources,
            Roles roles,
            OrganizationAccess organizations,
            ConsentOrganizations consented,
            UserGate gate,
            ThirdPartyCeiling ceiling) {
        this.accessTokens = accessTokens;
        this.resources = resources;
        this.roles = roles;
        this.organizations = organizations;
        this.consented = consented;
        this.gate = gate;
        this.ceiling = ceiling;
    }

    /** @param stored the opaque token that still has to be stored; null for a JWT, which is not */
    record Access(String value, Duration lifetime, String scope, @Nullable NewAccessToken stored) {}

    /**
     * What the demand is worth today. For an application of our own this costs no statement unless an API or an
     * organization is asked for.
     *
     * @throws OAuthException {@code invalid_grant}, {@code invalid_target}, {@code insufficient_scope},
     *     {@code access_denied}
     */
    AccessVerdict decide(Tx tx, AccessDemand demand) {
        if (demand.user().isSuspended()) {
            throw Outcome.invalidGrant();
        }
        gate.require(tx, demand.client(), demand.user());
        Optional<Resource> api = api(tx, demand);
        Membership membership =
                demand.organizationId() == null ? null : membership(tx, demand, demand.organizationId());
        // What an administrator has taken from somebody else's application is gone from the next token on.
        ConsentScopes most =
                demand.client().isThirdParty() ? ceiling.of(tx, demand.client().id()) : null;
        Set<String> told = told(demand, most);
        AccessVerdict verdict = api.isPresent()
                ? atApi(tx, demand, api.get(), membership, most, told)
                : membership == null
                        ? AccessVerdict.opaque(told, demand.jkt())
                        : inOrganization(demand, membership, most, told);
        return verdict.with(claims(demand, most));
    }

    /** Of the claims that were asked for one by one: what was granted, and is still allowed. */
    private static RequestedClaims claims(AccessDemand demand, @Nullable ConsentScopes most) {
        if (demand.limits() == null) {
            return RequestedClaims.NONE;
        }
        RequestedClaims granted = demand.limits()
                .carried()
                .requested()
                .within(demand.limits().grant().scopes());
        return most == null ? granted : granted.within(most.userScopes());
    }

    /** What of the user's data the client may read. */
    private static Set<String> told(AccessDemand demand, @Nullable ConsentScopes most) {
        Set<String> told = Scopes.oidc(demand.scopes());
        if (demand.limits() != null) {
            told.retainAll(demand.limits().grant().scopes());
        }
        if (most != null) {
            told.removeIf(scope -> !scope.equals(Scopes.OPENID)
                    && !scope.equals(Scopes.OFFLINE_ACCESS)
                    && !most.userScopes().contains(scope));
        }
        return told;
    }

    /**
     * The API that the token is for: the one asked for, which must be among those of the authorization request. Without
     * {@code openid} the token cannot be for userinfo, so it is for the only API there is.
     */
    private Optional<Resource> api(Tx tx, AccessDemand demand) {
        List<String> asked = demand.resources();
        Redeemable limits = demand.limits();
        if (asked.size() > 1) {
            throw OAuthError.INVALID_TARGET.because(
                    "only a single resource indicator value is supported for this grant type");
        }
        if (asked.size() == 1) {
            if (limits != null && !limits.resources().contains(asked.getFirst())) {
                throw unknownResource();
            }
            return Optional.of(find(tx, asked.getFirst()));
        }
        if (limits == null || demand.organizationId() != null || demand.scopes().contains(Scopes.OPENID)) {
            return Optional.empty();
        }
        List<String> apis = limits.resources().stream()
                .filter(indicator -> !indicator.equals(OrganizationTokens.RESOURCE))
                .toList();
        if (apis.size() > 1) {
            throw unknownResource();
        }
        return apis.isEmpty() ? Optional.empty() : Optional.of(find(tx, apis.getFirst()));
    }

    private Resource find(Tx tx, String indicator) {
        return resources.findByIndicator(tx, indicator).orElseThrow(UserAccess::unknownResource);
    }

    static OAuthException unknownResource() {
        return OAuthError.INVALID_TARGET.because("resource indicator is missing, or unknown");
    }

    /** Everything that stands between a user and an organization, each time anew (OR3, RT3). */
    private Membership membership(Tx tx, AccessDemand demand, String organizationId) {
        Redeemable limits = demand.limits();
        if (limits != null
                && !(limits.scope().contains(Scopes.ORGANIZATIONS)
                        && limits.grant().scopes().contains(Scopes.ORGANIZATIONS))) {
            throw OAuthError.INSUFFICIENT_SCOPE
                    .because("refresh token missing required scope")
                    .with("scope", Scopes.ORGANIZATIONS);
        }
        Membership membership = Optional.of(organizationId)
                .filter(OrganizationTokens::isPossible)
                .flatMap(id -> organizations.ofUser(tx, id, demand.user().id()))
                .orElseThrow(() -> denied("user is not a member of the organization"));
        if (demand.client().isThirdParty() && !isLetIn(tx, demand, organizationId)) {
            throw denied("organization access is not granted to the application");
        }
        if (membership.isMfaRequired() && demand.user().mfaVerifications().isEmpty()) {
            throw denied("organization requires MFA but user has no MFA configured");
        }
        return membership;
    }

    /** Whether the user has let somebody else's application into the organization. */
    private boolean isLetIn(Tx tx, AccessDemand demand, String organizationId) {
        if (!demand.client().isFromDocument()) {
            return consented.isGranted(tx, demand.client().id(), demand.user().id(), organizationId);
        }
        Redeemable limits = demand.limits();
        return limits != null
                && consented.isBound(tx, limits.grant().id(), demand.user().id(), organizationId);
    }

    private static OAuthException denied(String description) {
        return OAuthError.ACCESS_DENIED.because(403, description);
    }

    /** What the user's roles in the organization give, of what is wanted. */
    private static AccessVerdict inOrganization(
            AccessDemand demand, Membership membership, @Nullable ConsentScopes most, Set<String> told) {
        Set<String> scopes = Scopes.common(demand.scopes(), membership.scopes());
        if (most != null) {
            scopes.retainAll(most.organizationScopes());
            if (demand.limits() != null) {
                scopes.retainAll(granted(demand.limits(), OrganizationTokens.RESOURCE));
            }
        }
        String audience = OrganizationTokens.audience(membership.organizationId());
        return new AccessVerdict(scopes, told, audience, OrganizationTokens.LIFETIME, null, demand.jkt());
    }

    /**
     * Never more than was granted, and never more than roles give today (RT3): the user's own, or, for an organization,
     * those in it and no others.
     */
    private AccessVerdict atApi(
            Tx tx,
            AccessDemand demand,
            Resource api,
            @Nullable Membership membership,
            @Nullable ConsentScopes most,
            Set<String> told) {
        Set<String> scopes = demand.limits() == null
                ? demand.scopes()
                : Scopes.common(demand.scopes(), granted(demand.limits(), api.indicator()));
        if (most != null) {
            Map<String, Set<String>> allowed =
                    membership == null ? most.resourceScopes() : most.organizationResourceScopes();
            scopes = Scopes.common(scopes, allowed.getOrDefault(api.indicator(), Set.of()));
        }
        if (!scopes.isEmpty()) {
            scopes = Scopes.common(scopes, today(tx, demand.user().id(), api, membership));
        }
        String organizationId = membership == null ? null : membership.organizationId();
        return new AccessVerdict(scopes, told, api.indicator(), api.accessTokenTtl(), organizationId, demand.jkt());
    }

    private Set<String> today(Tx tx, String userId, Resource api, @Nullable Membership membership) {
        return membership == null
                ? roles.scopesOfUser(tx, userId, api.id())
                : organizations.resourceScopesOfUser(tx, membership.organizationId(), userId, api.id());
    }

    private static Set<String> granted(Redeemable limits, String indicator) {
        return limits.grant().resourceScopes().getOrDefault(indicator, Set.of());
    }

    /**
     * Makes the token of a code or refresh token. Signs, so do it where no connection is held up.
     *
     * @param custom claims of a script; empty for an opaque token
     */
    Access issue(TokenRequest request, Redeemable from, AccessVerdict verdict, Map<String, Object> custom) {
        if (verdict.isOpaque()) {
            NewAccessToken token =
                    accessTokens.opaque(from, verdict.scope(), verdict.claims().userinfo(), verdict.jkt());
            return new Access(token.value(), verdict.lifetime(), verdict.scope(), token);
        }
        return signed(request, from.user().id(), verdict, Map.of(), custom);
    }

    /**
     * @param extras further claims, {@code act} for one
     * @param verdict of a token that is not opaque
     * @param custom claims of a script, written over ours where the wire lets it
     */
    Access signed(
            TokenRequest request,
            String userId,
            AccessVerdict verdict,
            Map<String, ?> extras,
            Map<String, Object> custom) {
        String audience = verdict.audience();
        if (audience == null) {
            throw new IllegalArgumentException("An opaque token is not signed");
        }
        Map<String, Object> claims = new LinkedHashMap<>(extras);
        claims.putAll(verdict.extras());
        claims.putAll(custom);
        String jwt = accessTokens.jwt(
                request.tenant(),
                userId,
                request.client(),
                audience,
                verdict.scope(),
                verdict.lifetime(),
                claims,
                verdict.jkt());
        return new Access(jwt, verdict.lifetime(), verdict.scope(), null);
    }
}
