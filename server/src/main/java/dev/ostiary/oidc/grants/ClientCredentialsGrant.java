package dev.ostiary.oidc.grants;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Events;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OrganizationTokens;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.organizations.Membership;
import dev.ostiary.organizations.OrganizationAccess;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.Roles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code client_credentials} (RFC 6749 section 4.4): an application acts for itself. */
public final class ClientCredentialsGrant implements GrantType {
    private final Database database;
    private final Events events;
    private final Resources resources;
    private final Roles roles;
    private final OrganizationAccess organizations;
    private final AccessTokens accessTokens;
    private final CustomClaims customClaims;

    ClientCredentialsGrant(
            Database database,
            Events events,
            Resources resources,
            Roles roles,
            OrganizationAccess organizations,
            AccessTokens accessTokens,
            CustomClaims customClaims) {
        this.database = database;
        this.events = events;
        this.resources = resources;
        this.roles = roles;
        this.organizations = organizations;
        this.accessTokens = accessTokens;
        this.customClaims = customClaims;
    }

    @Override
    public String name() {
        return "client_credentials";
    }

    @Override
    public String eventName() {
        return "ClientCredentials";
    }

    @Override
    public TokenAnswer redeem(TokenRequest request) {
        String tenant = request.tenant();
        AccessVerdict verdict = decide(request);
        String scope = verdict.scope();
        Map<String, Object> claims = new LinkedHashMap<>(verdict.extras());
        claims.putAll(customClaims.run(request, customClaims.ofMachine(request, verdict)));
        String jwt = accessTokens.jwt(
                tenant,
                request.client().id(),
                request.client(),
                Objects.requireNonNull(verdict.audience()),
                scope,
                verdict.lifetime(),
                claims,
                verdict.jkt());
        TokenAnswer answer = new TokenAnswer(jwt, verdict.lifetime(), null, null, scope);
        events.publish(
                tenant,
                request.event(this).with("tokenTypes", answer.tokenTypes()).with("scope", scope));
        return answer;
    }

    /** Scopes are what was asked for and the application's roles give today: asking for none gives none. */
    private AccessVerdict decide(TokenRequest request) {
        Set<String> wanted = Scopes.parse(request.form().get("scope"));
        String organizationId = request.form().get("organization_id");
        if (organizationId == null) {
            return atApi(request, api(request).orElseThrow(ClientCredentialsGrant::nothingNamed), wanted);
        }
        Optional<Resource> api = request.form().has("resource") ? api(request) : Optional.empty();
        return database.read(request.tenant(), tx -> inOrganization(tx, request, organizationId, api, wanted));
    }

    private static OAuthException nothingNamed() {
        return OAuthError.INVALID_TARGET.because("both `resource` and `organization_id` are not provided");
    }

    private AccessVerdict atApi(TokenRequest request, Resource api, Set<String> wanted) {
        String client = request.client().id();
        Set<String> scopes = wanted.isEmpty()
                ? wanted
                : Scopes.common(wanted, roles.scopesOfApplication(request.tenant(), client, api.id()));
        return new AccessVerdict(scopes, Set.of(), api.indicator(), api.accessTokenTtl(), null, request.jkt());
    }

    /** At an API only what the application may do there for this organization; its own roles do not count. */
    private AccessVerdict inOrganization(
            Tx tx, TokenRequest request, String organizationId, Optional<Resource> api, Set<String> wanted) {
        String client = request.client().id();
        Membership membership = Optional.of(organizationId)
                .filter(OrganizationTokens::isPossible)
                .flatMap(id -> organizations.ofApplication(tx, id, client))
                .orElseThrow(
                        () -> OAuthError.ACCESS_DENIED.because(403, "app has not associated with the organization"));
        if (api.isEmpty()) {
            return new AccessVerdict(
                    Scopes.common(wanted, membership.scopes()),
                    Set.of(),
                    OrganizationTokens.audience(organizationId),
                    OrganizationTokens.LIFETIME,
                    null,
                    request.jkt());
        }
        Set<String> scopes = wanted.isEmpty()
                ? wanted
                : Scopes.common(
                        wanted,
                        organizations.resourceScopesOfApplication(
                                tx, organizationId, client, api.get().id()));
        return new AccessVerdict(
                scopes, Set.of(), api.get().indicator(), api.get().accessTokenTtl(), organizationId, request.jkt());
    }

    /** Without an indicator the tenant's default is meant. */
    private Optional<Resource> api(TokenRequest request) {
        List<String> asked = request.form().all("resource");
        if (asked.size() > 1) {
            throw OAuthError.INVALID_TARGET.because(
                    "only a single resource indicator value is supported for this grant type");
        }
        if (asked.isEmpty()) {
            return resources.findDefault(request.tenant());
        }
        return Optional.of(
                resources.findByIndicator(request.tenant(), asked.getFirst()).orElseThrow(UserAccess::unknownResource));
    }
}
