package dev.ostiary.oidc;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Claims about the user that a client has asked for one by one (OpenID Connect Core section 5.5), beside those of its
 * scopes. Each is worth what its scope would be worth: who may not have the scope does not get the claim either.
 *
 * @param userinfo to be told at the userinfo endpoint
 * @param idToken to be told in ID tokens
 */
public record RequestedClaims(Set<String> userinfo, Set<String> idToken) {
    public static final RequestedClaims NONE = new RequestedClaims(Set.of(), Set.of());

    public boolean isEmpty() {
        return userinfo.isEmpty() && idToken.isEmpty();
    }

    /** The scopes that would give them. */
    public Set<String> scopes() {
        Set<String> scopes = ClaimScopes.of(userinfo);
        scopes.addAll(ClaimScopes.of(idToken));
        return scopes;
    }

    /** Those of them that the scopes allow. */
    public RequestedClaims within(Set<String> scopes) {
        return isEmpty() ? this : new RequestedClaims(within(userinfo, scopes), within(idToken, scopes));
    }

    private static Set<String> within(Set<String> claims, Set<String> scopes) {
        Set<String> allowed = new LinkedHashSet<>(claims);
        allowed.removeIf(claim -> ClaimScopes.of(claim).filter(scopes::contains).isEmpty());
        return allowed;
    }
}
