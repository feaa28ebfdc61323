package dev.ostiary.users;

import dev.ostiary.json.Field;
import dev.ostiary.json.Json;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of {@code /api/users}. */
public final class UserJson {
    /**
     * The wire's {@code ^\S+@\S+\.\S+$}, written so that it takes linear time: the plain form takes a second for the
     * 10 000 letters of {@code a@a@a@…} (DO3).
     */
    static final String EMAIL = "^(?=\\S+$)\\S[^@]*@.+\\..+$";

    static final String PHONE = "^\\d+$";
    static final String USERNAME = "^[A-Z_a-z]\\w*$";

    /** Shown in an img element: addresses that could be run as a script are not. */
    static final String AVATAR = "^(https?://\\S+|data:image/\\S+)?$";

    private UserJson() {}

    /** Of the standard claims those without a column of their own; keys not named here are dropped. */
    record Profile(
            Optional<String> familyName,
            Optional<String> givenName,
            Optional<String> middleName,
            Optional<String> nickname,
            Optional<String> preferredUsername,
            Optional<String> profile,
            Optional<String> website,
            Optional<String> gender,
            Optional<String> birthdate,
            Optional<String> zoneinfo,
            Optional<String> locale,
            Optional<Address> address) {

        ObjectNode document() {
            return (ObjectNode) Json.tree(this);
        }
    }

    record Address(
            Optional<String> formatted,
            Optional<String> streetAddress,
            Optional<String> locality,
            Optional<String> region,
            Optional<String> postalCode,
            Optional<String> country) {}

    record Create(
            Optional<@Pattern(regexp = PHONE) String> primaryPhone,
            Optional<@Pattern(regexp = EMAIL) String> primaryEmail,
            Optional<@Pattern(regexp = USERNAME) String> username,
            Optional<@Size(min = 1, max = 256) String> password,
            Optional<@Size(max = 256) String> passwordDigest,
            Optional<Algorithm> passwordAlgorithm,
            Optional<String> name,
            Optional<@Pattern(regexp = AVATAR) String> avatar,
            Optional<ObjectNode> customData,
            Optional<Profile> profile) {}

    /** {@code customData} and {@code profile} are replaced. An empty identifier is none: two users could not both have it. */
    record Patch(
            Field<@Pattern(regexp = "^$|" + USERNAME) String> username,
            Field<@Pattern(regexp = "^$|" + EMAIL) String> primaryEmail,
            Field<@Pattern(regexp = "^$|" + PHONE) String> primaryPhone,
            Field<String> name,
            Field<@Pattern(regexp = AVATAR) String> avatar,
            Optional<ObjectNode> customData,
            Optional<Profile> profile) {

        UserUpdate update() {
            return new UserUpdate(
                    filled(username),
                    filled(primaryEmail),
                    filled(primaryPhone),
                    name,
                    avatar,
                    profile.map(Profile::document).orElse(null),
                    customData.orElse(null),
                    false);
        }

        private static Field<String> filled(Field<String> field) {
            return field.toOptional().filter(String::isEmpty).isPresent() ? Field.ofNullable(null) : field;
        }
    }

    /** How an imported digest was made. */
    enum Algorithm {
        Argon2i,
        Argon2id,
        Argon2d,
        SHA1,
        SHA256,
        MD5,
        Bcrypt,
        Legacy
    }

    /** What two administrators may edit at once: the state that If-Match is about. A sign-in does not change it. */
    record Edited(
            @Nullable String username,
            @Nullable String primaryEmail,
            @Nullable String primaryPhone,
            @Nullable String name,
            @Nullable String avatar,
            ObjectNode profile,
            ObjectNode customData) {
        static Edited of(User user) {
            return new Edited(
                    user.username(),
                    user.primaryEmail(),
                    user.primaryPhone(),
                    user.name(),
                    user.avatar(),
                    user.profile(),
                    user.customData());
        }
    }

    record CustomData(ObjectNode customData) {}

    record ProfileBody(Profile profile) {}

    /** @param signOut ours: whether the sessions and tokens that the old password opened end with it; not unless asked for */
    record NewPassword(@Size(min = 1, max = 256) String password, Optional<Boolean> signOut) {}

    record PasswordAttempt(@Size(min = 1) String password) {}

    record Expiration(boolean isExpired) {}

    record Suspension(boolean isSuspended) {}

    record HasPassword(boolean hasPassword) {}

    /** A user on the wire. Timestamps are milliseconds. */
    public record View(
            String id,
            @Nullable String username,
            @Nullable String primaryEmail,
            @Nullable String primaryPhone,
            @Nullable String name,
            @Nullable String avatar,
            ObjectNode customData,
            ObjectNode identities,
            @Nullable Long lastSignInAt,
            long createdAt,
            long updatedAt,
            ObjectNode profile,
            @Nullable String applicationId,
            @Nullable String cimdClientId,
            boolean isSuspended,
            boolean hasPassword,
            Optional<List<ObjectNode>> ssoIdentities,
            Optional<String> passwordDigest,
            Optional<String> passwordAlgorithm) {

        public static View of(User user) {
            return of(user, Optional.empty());
        }

        private static View of(User user, Optional<List<ObjectNode>> ssoIdentities) {
            Instant lastSignInAt = user.lastSignInAt();
            String application = user.applicationId();
            // A client known by its metadata document has that document's URL as id.
            boolean isCimd = application != null && application.startsWith("https://");
            return new View(
                    user.id(),
                    user.username(),
                    user.primaryEmail(),
                    user.primaryPhone(),
                    user.name(),
                    user.avatar(),
                    user.customData(),
                    user.identities(),
                    lastSignInAt == null ? null : lastSignInAt.toEpochMilli(),
                    user.createdAt().toEpochMilli(),
                    user.updatedAt().toEpochMilli(),
                    user.profile(),
                    isCimd ? null : application,
                    isCimd ? application : null,
                    user.isSuspended(),
                    user.hasPassword(),
                    ssoIdentities,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * What more a caller asks to see.
     *
     * @param passwordHash digest and algorithm; null for a user without a password
     */
    record Include(boolean passwordHash) {
        /** @param ssoIdentities accounts at enterprise identity providers, if they are asked for */
        Object view(User user, Optional<List<ObjectNode>> ssoIdentities) {
            View view = View.of(user, ssoIdentities);
            if (!passwordHash) {
                return view;
            }
            ObjectNode document = (ObjectNode) Json.tree(view);
            var password = user.password();
            return document.put("passwordDigest", password == null ? null : password.value())
                    .put("passwordAlgorithm", password == null ? null : password.algorithm());
        }
    }

    /** What this user decided about second factors and passkeys. */
    record Config(Mfa mfa, PasskeySignIn passkeySignIn) {
        record Mfa(Optional<Boolean> enabled, boolean skipped, boolean skipMfaOnSignIn) {}

        record PasskeySignIn(boolean skipped) {}

        static Config of(User user) {
            JsonNode mfa = user.logtoConfig().path("mfa");
            JsonNode passkey = user.logtoConfig().path("passkeySignIn");
            return new Config(
                    new Mfa(
                            mfa.has("enabled") ? Optional.of(isTrue(mfa, "enabled")) : Optional.empty(),
                            isTrue(mfa, "skipped"),
                            isTrue(mfa, "skipMfaOnSignIn")),
                    new PasskeySignIn(isTrue(passkey, "skipped")));
        }

        private static boolean isTrue(JsonNode group, String key) {
            return group.path(key).asBoolean(false);
        }
    }

    record ConfigPatch(Optional<Mfa> mfa, Optional<PasskeySignIn> passkeySignIn) {
        record Mfa(
                Optional<Boolean> enabled,
                Optional<Boolean> skipped,
                Optional<Boolean> additionalBindingSuggestionSkipped,
                Optional<Boolean> skipMfaOnSignIn) {}

        record PasskeySignIn(Optional<Boolean> skipped) {}

        ObjectNode document() {
            return (ObjectNode) Json.tree(this);
        }
    }
}
