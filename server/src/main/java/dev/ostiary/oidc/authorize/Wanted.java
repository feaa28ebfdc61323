package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.ConsentScopes;
import dev.ostiary.oidc.OrganizationTokens;
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
        boolean thirdParty = request.client().isThirdParty();
        ConsentScopes most = thirdParty ? ceiling.of(tenant, request.client().id()) : ConsentScopes.NONE;
        for (String indicator : request.resources()) {
            resources.findByIndicator(tenant, indicator).ifPresent(resource -> {
                Set<String> scopes = Scopes.common(request.scopes(), resource.scopeNames());
                if (thirdParty) {
                    scopes.retainAll(most.ofResource(indicator));
                }
                ofResources.put(indicator, scopes);
            });
        }
        if (thirdParty && request.scopes().contains(Scopes.ORGANIZATIONS)) {
            // What users may do in an organization, their roles say; what they let others do, they say.
            ofResources.put(OrganizationTokens.RESOURCE, Scopes.common(request.scopes(), most.organizationScopes()));
        }
        return new Wanted(ofUser(request, most), ofResources);
    }

    /**
     * A claim that is asked for by itself counts as its scope: the user lets somebody else's application have it, or not.
     * What lies beyond such an application's ceiling it does not get, which is no error (OpenID Connect Core section 5.5).
     */
    private static Set<String> ofUser(AuthorizeRequest request, ConsentScopes most) {
        Set<String> scopes = request.demands().claims().scopes();
        if (request.client().isThirdParty()) {
            scopes.retainAll(most.userScopes());
        }
        Set<String> all = Scopes.oidc(request.scopes());
        all.addAll(scopes);
        return all;
    }
}
