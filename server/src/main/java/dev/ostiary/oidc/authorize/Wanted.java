package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.Scopes;
import dev.ostiary.resources.Resources;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a request needs to be granted.
 *
 * @param resourceScopes by resource indicator; what a user may do of it is decided when a token is issued
 */
record Wanted(Set<String> scopes, Map<String, Set<String>> resourceScopes) {

    static Wanted of(String tenant, AuthorizeRequest request, Resources resources, ThirdPartyCeiling ceiling) {
        Map<String, Set<String>> ofResources = new LinkedHashMap<>();
        for (String indicator : request.resources()) {
            resources.findByIndicator(tenant, indicator).ifPresent(resource -> {
                Set<String> scopes = Scopes.common(request.scopes(), resource.scopeNames());
                if (request.client().isThirdParty()) {
                    scopes.retainAll(
                            ceiling.resourceScopes(tenant, request.client().id(), indicator));
                }
                ofResources.put(indicator, scopes);
            });
        }
        return new Wanted(Scopes.oidc(request.scopes()), ofResources);
    }
}
