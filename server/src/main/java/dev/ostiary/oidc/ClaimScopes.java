package dev.ostiary.oidc;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** By which scope a client may ask for a claim about the user (OpenID Connect Core section 5.4, and our own). */
public final class ClaimScopes {
    private static final Map<String, String> BY_CLAIM = byClaim();

    private ClaimScopes() {}

    private static Map<String, String> byClaim() {
        Map<String, String> scopes = new LinkedHashMap<>();
        put(
                scopes,
                "profile",
                "name family_name given_name middle_name nickname preferred_username profile picture website gender"
                        + " birthdate zoneinfo locale updated_at username created_at");
        put(scopes, "email", "email email_verified");
        put(scopes, "phone", "phone_number phone_number_verified");
        put(scopes, "address", "address");
        put(scopes, "custom_data", "custom_data");
        put(scopes, "identities", "identities sso_identities");
        put(scopes, "roles", "roles");
        put(scopes, Scopes.ORGANIZATIONS, "organizations organization_data");
        put(scopes, Scopes.ORGANIZATION_ROLES, "organization_roles");
        return scopes;
    }

    private static void put(Map<String, String> scopes, String scope, String claims) {
        Arrays.stream(claims.split(" ")).forEach(claim -> scopes.put(claim, scope));
    }

    /** All claims about a user, in the order of the discovery document. */
    public static List<String> claims() {
        return List.copyOf(BY_CLAIM.keySet());
    }

    /** Empty for a claim that is not about the user, or that we do not know. */
    public static Optional<String> of(String claim) {
        return Optional.ofNullable(BY_CLAIM.get(claim));
    }

    /** The scopes that would give these claims. */
    public static Set<String> of(Collection<String> claims) {
        Set<String> scopes = new LinkedHashSet<>();
        claims.forEach(claim -> of(claim).ifPresent(scopes::add));
        return scopes;
    }
}
