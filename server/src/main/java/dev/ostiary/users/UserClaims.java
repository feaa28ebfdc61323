package dev.ostiary.users;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client may read of a user by the scopes it was granted (OpenID Connect Core 1.0 section 5.4). */
public final class UserClaims {
    private UserClaims() {}

    /**
     * Claims in the order of the scopes' tables. {@code name}, {@code picture}, {@code username}, {@code email} and
     * {@code phone_number} are there as null when unset, the others are left out. Times are milliseconds: clients of the
     * wire format expect that, against the seconds of the specification.
     *
     * @param scopes those that reach the token or answer at hand; unknown ones are passed over
     */
    public static Map<String, @Nullable Object> of(User user, Set<String> scopes) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        if (scopes.contains("profile")) {
            profile(user, claims);
        }
        if (scopes.contains("email")) {
            claims.put("email", user.primaryEmail());
            claims.put("email_verified", user.primaryEmail() != null);
        }
        if (scopes.contains("phone")) {
            claims.put("phone_number", user.primaryPhone());
            claims.put("phone_number_verified", user.primaryPhone() != null);
        }
        if (scopes.contains("address")) {
            JsonNode address = user.profile().get("address");
            if (address != null) {
                claims.put("address", address);
            }
        }
        if (scopes.contains("custom_data")) {
            claims.put("custom_data", user.customData());
        }
        if (scopes.contains("identities")) {
            claims.put("identities", user.identities());
            claims.put("sso_identities", List.of());
        }
        return claims;
    }

    private static void profile(User user, Map<String, @Nullable Object> claims) {
        ObjectNode profile = user.profile();
        claims.put("name", user.name());
        copy(profile, "familyName", claims, "family_name");
        copy(profile, "givenName", claims, "given_name");
        copy(profile, "middleName", claims, "middle_name");
        copy(profile, "nickname", claims, "nickname");
        copy(profile, "preferredUsername", claims, "preferred_username");
        if (!claims.containsKey("preferred_username") && user.username() != null) {
            claims.put("preferred_username", user.username());
        }
        copy(profile, "profile", claims, "profile");
        claims.put("picture", user.avatar());
        copy(profile, "website", claims, "website");
        copy(profile, "gender", claims, "gender");
        copy(profile, "birthdate", claims, "birthdate");
        copy(profile, "zoneinfo", claims, "zoneinfo");
        copy(profile, "locale", claims, "locale");
        claims.put("updated_at", user.updatedAt().toEpochMilli());
        claims.put("username", user.username());
        claims.put("created_at", user.createdAt().toEpochMilli());
    }

    private static void copy(ObjectNode from, String key, Map<String, @Nullable Object> to, String claim) {
        JsonNode value = from.get(key);
        if (value != null && !value.isNull()) {
            to.put(claim, value.isString() ? value.asString() : value);
        }
    }
}
