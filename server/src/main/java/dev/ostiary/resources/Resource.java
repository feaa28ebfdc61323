package dev.ostiary.resources;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An API that access tokens are made for (RFC 8707).
 *
 * @param indicator an absolute URI; the {@code aud} of its tokens
 * @param isDefault meant where a request names none
 */
public record Resource(
        String id, String name, String indicator, Duration accessTokenTtl, boolean isDefault, List<Scope> scopes) {

    public Set<String> scopeNames() {
        return scopes.stream().map(Scope::name).collect(Collectors.toUnmodifiableSet());
    }
}
