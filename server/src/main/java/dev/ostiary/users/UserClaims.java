package dev.ostiary.users;

import dev.ostiary.json.Json;
import java.util.LinkedHashMap;
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
        return claims;
    }

    /**
     * The same to the letter of OpenID Connect Core: what has no value is left out (section 5.3.2), times are seconds and
     * phone numbers begin with a plus (section 5.1), an address has the members of section 5.1.1.
     */
    public static Map<String, @Nullable Object> standard(User user, Set<String> scopes) {
        Map<String, @Nullable Object> claims = of(user, scopes);
        claims.values().removeIf(value -> value == null || value.equals(""));
        if (!claims.containsKey("email")) {
            claims.remove("email_verified");
        }
        if (!claims.containsKey("phone_number")) {
            claims.remove("phone_number_verified");
        }
        claims.computeIfPresent("phone_number", (name, number) -> "+" + number);
        claims.computeIfPresent("updated_at", (name, time) -> user.updatedAt().getEpochSecond());
        claims.computeIfPresent("created_at", (name, time) -> user.createdAt().getEpochSecond());
        claims.computeIfPresent("address", (name, address) -> address((JsonNode) address));
        return claims;
    }

    /** Null if nothing is in it. */
    private static @Nullable ObjectNode address(JsonNode stored) {
        ObjectNode address = Json.object();
        stored.forEachEntry((name, value) -> {
            if (value.isString() && !value.asString().isEmpty()) {
                address.set(
                        switch (name) {
                            case "streetAddress" -> "street_address";
                            case "postalCode" -> "postal_code";
                            default -> name;
                        },
                        value);
            }
        });
        return address.isEmpty() ? null : address;
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
