package dev.ostiary.users;

import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is known of a user who is about to be created. Everything may be missing. */
public record NewUser(
        @Nullable String username,
        @Nullable String primaryEmail,
        @Nullable String primaryPhone,
        @Nullable String name,
        @Nullable String avatar,
        ObjectNode profile,
        ObjectNode customData,
        @Nullable PasswordDigest password) {

    /** A user who signs in with a name and a password. */
    public static NewUser of(String username, PasswordDigest password) {
        return new NewUser(username, null, null, null, null, Json.object(), Json.object(), password);
    }

    @Override
    public String toString() {
        return "NewUser";
    }
}
