package dev.ostiary.oidc.tokens;

import java.util.Set;

/**
 * What a client is told of a user: all claims of these scopes, and these claims by themselves.
 *
 * @param claims granted one by one (OpenID Connect Core section 5.5)
 */
public record Disclosure(Set<String> scopes, Set<String> claims) {
    public static final Disclosure NOTHING = new Disclosure(Set.of(), Set.of());

    /** @param scope by which the client would get the claim */
    boolean has(String claim, String scope) {
        return scopes.contains(scope) || claims.contains(claim);
    }
}
