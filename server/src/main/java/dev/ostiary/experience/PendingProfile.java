package dev.ostiary.experience;

import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the visitor told of himself and no account has yet.
 *
 * @param email proven to be the visitor's
 */
record PendingProfile(Optional<String> username, Optional<String> email, Optional<PasswordDigest> password) {
    static final PendingProfile EMPTY = new PendingProfile(Optional.empty(), Optional.empty(), Optional.empty());

    PendingProfile withUsername(String name) {
        return new PendingProfile(Optional.of(name), email, password);
    }

    /** @param address proven to be the visitor's */
    PendingProfile withEmail(String address) {
        return new PendingProfile(username, Optional.of(address), password);
    }

    PendingProfile withPassword(PasswordDigest digest) {
        return new PendingProfile(username, email, Optional.of(digest));
    }

    boolean isEmpty() {
        return username.isEmpty() && email.isEmpty() && password.isEmpty();
    }

    /** Without the digest. */
    ObjectNode view() {
        ObjectNode view = Json.object();
        username.ifPresent(name -> view.put("username", name));
        email.ifPresent(address -> view.put("primaryEmail", address));
        return view;
    }
}
