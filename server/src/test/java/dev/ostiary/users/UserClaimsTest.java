package dev.ostiary.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class UserClaimsTest {
    private static final Instant THEN = Instant.ofEpochMilli(1_700_000_000_123L);

    @Test
    void claims_follow_the_scopes_in_the_order_of_the_wire() {
        ObjectNode profile = Json.object()
                .put("familyName", "Yamada")
                .put("givenName", "Hanako")
                .put("website", "https://example.com")
                .put("locale", "ja");
        profile.putObject("address").put("country", "JP");
        User user = user("hanako", "h@example.com", null, profile);
        assertThat(Json.write(
                        UserClaims.of(user, Set.of("openid", "profile", "email", "phone", "address", "custom_data"))))
                .isEqualTo("{\"name\":\"Hanako Yamada\",\"family_name\":\"Yamada\",\"given_name\":\"Hanako\","
                        + "\"preferred_username\":\"hanako\",\"picture\":null,\"website\":\"https://example.com\","
                        + "\"locale\":\"ja\",\"updated_at\":1700000000123,\"username\":\"hanako\","
                        + "\"created_at\":1700000000123,\"email\":\"h@example.com\",\"email_verified\":true,"
                        + "\"phone_number\":null,\"phone_number_verified\":false,\"address\":{\"country\":\"JP\"}}");
    }

    @Test
    void no_scope_shows_nothing_and_unknown_ones_neither() {
        User user = user("hanako", null, null, Json.object());
        assertThat(UserClaims.of(user, Set.of())).isEmpty();
        assertThat(UserClaims.of(user, Set.of("openid", "offline_access", "all")))
                .isEmpty();
    }

    @Test
    void a_preferred_username_of_the_profile_wins_and_none_is_left_out() {
        User own = user("hanako", null, null, Json.object().put("preferredUsername", "hana"));
        assertThat(UserClaims.of(own, Set.of("profile"))).containsEntry("preferred_username", "hana");
        User none = user(null, "h@example.com", null, Json.object());
        assertThat(UserClaims.of(none, Set.of("profile")))
                .doesNotContainKey("preferred_username")
                .containsEntry("username", null);
    }

    @Test
    void to_the_letter_times_are_seconds_addresses_have_standard_members_and_nothing_is_null() {
        ObjectNode profile = Json.object().put("website", "");
        profile.putObject("address")
                .put("streetAddress", "1-1 Chiyoda")
                .put("postalCode", "100-0001")
                .put("country", "");
        Set<String> scopes = Set.of("profile", "email", "phone", "address");
        assertThat(Json.write(UserClaims.standard(user("hanako", null, "819012345678", profile), scopes)))
                .isEqualTo("{\"name\":\"Hanako Yamada\",\"preferred_username\":\"hanako\",\"updated_at\":1700000000,"
                        + "\"username\":\"hanako\",\"created_at\":1700000000,\"phone_number\":\"+819012345678\","
                        + "\"phone_number_verified\":true,"
                        + "\"address\":{\"street_address\":\"1-1 Chiyoda\",\"postal_code\":\"100-0001\"}}");
        ObjectNode nowhere = Json.object();
        nowhere.putObject("address");
        assertThat(UserClaims.standard(user(null, "h@example.com", null, nowhere), scopes))
                .containsEntry("email_verified", true)
                .doesNotContainKeys("phone_number", "phone_number_verified", "address", "username", "picture");
    }

    private static User user(
            @Nullable String username, @Nullable String email, @Nullable String phone, ObjectNode profile) {
        return new User(
                "abcdefghijkl",
                username,
                email,
                phone,
                "Hanako Yamada",
                null,
                profile,
                Json.object().put("k", 1),
                Json.object(),
                Json.object(),
                Json.mapper().createArrayNode(),
                null,
                null,
                false,
                null,
                false,
                null,
                THEN,
                THEN);
    }
}
