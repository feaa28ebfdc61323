package dev.ostiary.users;

import dev.ostiary.json.Field;
import dev.ostiary.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What to change of a user: absent fields stay, null clears. Keys of {@code profile} and {@code customData} are set, the
 * keys not named stay.
 */
public record ProfileChange(
        Field<String> username,
        Field<String> primaryEmail,
        Field<String> primaryPhone,
        Field<String> name,
        Field<String> avatar,
        ObjectNode profile,
        ObjectNode customData) {

    public static ProfileChange none() {
        return new ProfileChange(
                Field.absent(),
                Field.absent(),
                Field.absent(),
                Field.absent(),
                Field.absent(),
                Json.object(),
                Json.object());
    }

    public ProfileChange withUsername(String value) {
        return new ProfileChange(
                Field.ofNullable(value), primaryEmail, primaryPhone, name, avatar, profile, customData);
    }

    public ProfileChange withPrimaryEmail(String value) {
        return new ProfileChange(username, Field.ofNullable(value), primaryPhone, name, avatar, profile, customData);
    }

    public ProfileChange withPrimaryPhone(String value) {
        return new ProfileChange(username, primaryEmail, Field.ofNullable(value), name, avatar, profile, customData);
    }

    public ProfileChange withName(String value) {
        return new ProfileChange(
                username, primaryEmail, primaryPhone, Field.ofNullable(value), avatar, profile, customData);
    }

    public ProfileChange withAvatar(String value) {
        return new ProfileChange(
                username, primaryEmail, primaryPhone, name, Field.ofNullable(value), profile, customData);
    }

    /** @param keys keys to set in the profile */
    public ProfileChange withProfile(ObjectNode keys) {
        return new ProfileChange(username, primaryEmail, primaryPhone, name, avatar, keys, customData);
    }

    /** @param keys keys to set in the custom data */
    public ProfileChange withCustomData(ObjectNode keys) {
        return new ProfileChange(username, primaryEmail, primaryPhone, name, avatar, profile, keys);
    }

    boolean isEmpty() {
        return !username.isPresent()
                && !primaryEmail.isPresent()
                && !primaryPhone.isPresent()
                && !name.isPresent()
                && !avatar.isPresent()
                && profile.isEmpty()
                && customData.isEmpty();
    }
}
