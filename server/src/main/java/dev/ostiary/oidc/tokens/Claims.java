package dev.ostiary.oidc.tokens;

import dev.ostiary.oidc.Scopes;
import dev.ostiary.users.User;
import dev.ostiary.users.UserClaims;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client may read of a user, at the userinfo endpoint and in the ID token. */
public final class Claims {
    /** Scopes whose claims can grow large; the ID token leaves them to userinfo. */
    private static final Set<String> USERINFO_ONLY = Set.of("custom_data", "identities");

    private static final String ORGANIZATIONS = "urn:logto:scope:organizations";
    private static final String ORGANIZATION_ROLES = "urn:logto:scope:organization_roles";

    private Claims() {}

    /** @param roleNames of the user; null if they were not asked for */
    public static Map<String, @Nullable Object> userinfo(
            User user, Set<String> scopes, @Nullable List<String> roleNames) {
        Map<String, @Nullable Object> claims = of(user, scopes, roleNames);
        if (scopes.contains(ORGANIZATIONS)) {
            claims.put("organization_data", List.of());
        }
        return claims;
    }

    static Map<String, @Nullable Object> idToken(User user, Set<String> scopes, @Nullable List<String> roleNames) {
        Set<String> always = new LinkedHashSet<>(Scopes.oidc(scopes));
        always.removeAll(USERINFO_ONLY);
        return of(user, always, roleNames);
    }

    private static Map<String, @Nullable Object> of(User user, Set<String> scopes, @Nullable List<String> roleNames) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("sub", user.id());
        claims.putAll(UserClaims.of(user, scopes));
        if (scopes.contains("roles") && roleNames != null) {
            claims.put("roles", roleNames);
        }
        if (scopes.contains(ORGANIZATIONS)) {
            claims.put("organizations", List.of());
        }
        if (scopes.contains(ORGANIZATION_ROLES)) {
            claims.put("organization_roles", List.of());
        }
        return claims;
    }
}
