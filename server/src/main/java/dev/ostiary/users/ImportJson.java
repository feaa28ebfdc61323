package dev.ostiary.users;

import dev.ostiary.json.Field;
import dev.ostiary.json.InvalidValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shapes of {@code POST /api/users/import}, which is ours. */
final class ImportJson {
    private static final long LATEST = 253_402_300_799_999L;

    private ImportJson() {}

    /**
     * A user of another system. Null means the same as a key that is left out, so that what another system exports can
     * be sent as it is. Times are milliseconds since the epoch.
     *
     * @param id kept if nobody has it; else one is made
     * @param password refused: to hash a thousand would take minutes. Send digests, or set passwords one by one
     * @param identities accounts at social providers, by their target
     */
    record User(
            Field<@Pattern(regexp = "^[0-9A-Za-z_-]{1,12}$") String> id,
            Field<@Size(max = 128) @Pattern(regexp = "^$|" + UserJson.USERNAME) String> username,
            Field<@Size(max = 128) @Pattern(regexp = "^$|" + UserJson.EMAIL) String> primaryEmail,
            Field<@Size(max = 128) @Pattern(regexp = "^$|" + UserJson.PHONE) String> primaryPhone,
            Field<@Size(max = 128) String> name,
            Field<@Size(max = 2048) @Pattern(regexp = UserJson.AVATAR) String> avatar,
            Optional<UserJson.Profile> profile,
            Optional<ObjectNode> customData,
            Optional<ObjectNode> identities,
            Field<String> password,
            Field<@Size(max = 256) String> passwordDigest,
            Field<UserJson.Algorithm> passwordAlgorithm,
            Optional<Boolean> isSuspended,
            @Min(0) @Max(LATEST) @Nullable Long lastSignInAt,
            @Min(0) @Max(LATEST) @Nullable Long createdAt) {
        User {
            if (password.toOptional().isPresent()) {
                throw new InvalidValue("Send passwordDigest with passwordAlgorithm instead", "password");
            }
            identities.ifPresent(User::check);
        }

        private static void check(ObjectNode identities) {
            for (Map.Entry<String, JsonNode> identity : identities.properties()) {
                String account = identity.getValue().path("userId").asString("");
                if (account.isEmpty()
                        || account.length() > 256
                        || identity.getKey().length() > 128) {
                    throw new InvalidValue("Must be {userId, details?}", "identities", identity.getKey());
                }
            }
        }
    }

    /**
     * @param status {@code created} or {@code failed}
     * @param error as a call for that user alone would answer it: {@code code}, {@code message}, {@code details}
     */
    record Outcome(int index, String status, Optional<String> id, Optional<ObjectNode> error) {}

    record Report(int created, int failed, List<Outcome> results) {}
}
