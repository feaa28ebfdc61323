package dev.ostiary.users;

import dev.ostiary.json.Field;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One UPDATE of a user's own data.
 *
 * @param profile null: leave as it is
 * @param customData null: leave as it is
 * @param merge whether keys are set in the two documents, or the documents replaced
 */
record UserUpdate(
        Field<String> username,
        Field<String> primaryEmail,
        Field<String> primaryPhone,
        Field<String> name,
        Field<String> avatar,
        @Nullable ObjectNode profile,
        @Nullable ObjectNode customData,
        boolean merge) {

    static UserUpdate merging(ProfileChange change) {
        return new UserUpdate(
                change.username(),
                change.primaryEmail(),
                change.primaryPhone(),
                change.name(),
                change.avatar(),
                change.profile(),
                change.customData(),
                true);
    }

    boolean isEmpty() {
        return !username.isPresent()
                && !primaryEmail.isPresent()
                && !primaryPhone.isPresent()
                && !name.isPresent()
                && !avatar.isPresent()
                && profile == null
                && customData == null;
    }
}
