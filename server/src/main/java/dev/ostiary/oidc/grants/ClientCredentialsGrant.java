package dev.ostiary.oidc.grants;

import dev.ostiary.db.Database;
import dev.ostiary.events.Events;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.Roles;
import java.util.List;
import java.util.Set;

/** {@code client_credentials} (RFC 6749 section 4.4): an application acts for itself. */
public final class ClientCredentialsGrant implements GrantType {
    private final Database database;
    private final Events events;
    private final Resources resources;
    private final Roles roles;
    private final AccessTokens accessTokens;

    ClientCredentialsGrant(
            Database database, Events events, Resources resources, Roles roles, AccessTokens accessTokens) {
        this.database = database;
        this.events = events;
        this.resources = resources;
        this.roles = roles;
        this.accessTokens = accessTokens;
    }

    @Override
    public String name() {
        return "client_credentials";
    }

    @Override
    public String eventName() {
        return "ClientCredentials";
    }

    /** Scopes are what was asked for and the application's roles give: asking for none gives none. */
    @Override
    public TokenAnswer redeem(TokenRequest request) {
        String tenant = request.tenant();
        String client = request.client().id();
        Resource resource = target(request);
        Set<String> wanted = Scopes.parse(request.form().get("scope"));
        Set<String> scopes = wanted.isEmpty()
                ? wanted
                : Scopes.common(
                        wanted, database.read(tenant, tx -> roles.scopesOfApplication(tx, client, resource.id())));
        String scope = Scopes.join(scopes);
        String jwt = accessTokens.jwt(tenant, client, client, resource.indicator(), scope, resource.accessTokenTtl());
        TokenAnswer answer = new TokenAnswer(jwt, resource.accessTokenTtl(), null, null, scope);
        events.publish(
                tenant,
                request.event(this).with("tokenTypes", answer.tokenTypes()).with("scope", scope));
        return answer;
    }

    private Resource target(TokenRequest request) {
        if (request.form().has("organization_id")) {
            // There are no organizations yet, so the application is in none.
            throw OAuthError.ACCESS_DENIED.because(403, "app has not associated with the organization");
        }
        List<String> asked = request.form().all("resource");
        if (asked.size() > 1) {
            throw OAuthError.INVALID_TARGET.because(
                    "only a single resource indicator value is supported for this grant type");
        }
        if (asked.isEmpty()) {
            return resources
                    .findDefault(request.tenant())
                    .orElseThrow(() -> OAuthError.INVALID_TARGET.because(
                            "both `resource` and `organization_id` are not provided"));
        }
        return resources.findByIndicator(request.tenant(), asked.getFirst()).orElseThrow(UserAccess::unknownResource);
    }
}
