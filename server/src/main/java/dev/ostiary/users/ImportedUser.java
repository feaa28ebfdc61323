package dev.ostiary.users;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A user who exists elsewhere and is about to exist here. */
record ImportedUser(
        Optional<String> id,
        NewUser user,
        ObjectNode identities,
        boolean isSuspended,
        @Nullable Instant lastSignInAt,
        @Nullable Instant createdAt) {
    @Override
    public String toString() {
        return "ImportedUser";
    }
}
