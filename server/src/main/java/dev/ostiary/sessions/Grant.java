package dev.ostiary.sessions;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user lets an application do. Codes and tokens hang on it and die with it.
 *
 * @param scopes of OpenID Connect and of users' data
 * @param resourceScopes by resource indicator
 */
public record Grant(
        String id,
        String userId,
        String clientId,
        @Nullable String sessionUid,
        Set<String> scopes,
        Map<String, Set<String>> resourceScopes,
        Instant expiresAt) {
    public Grant {
        scopes = Set.copyOf(scopes);
        resourceScopes = Map.copyOf(resourceScopes);
    }

    /** Whether nothing of this is missing. */
    public boolean covers(Set<String> wantedScopes, Map<String, Set<String>> wantedOfResources) {
        return scopes.containsAll(wantedScopes)
                && wantedOfResources.entrySet().stream().allMatch(wanted -> resourceScopes
                        .getOrDefault(wanted.getKey(), Set.of())
                        .containsAll(wanted.getValue()));
    }
}
