package dev.ostiary.experience;

import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the visitor told of himself and no account has yet. */
record PendingProfile(Optional<String> username, Optional<PasswordDigest> password) {
    static final PendingProfile EMPTY = new PendingProfile(Optional.empty(), Optional.empty());

    PendingProfile withUsername(String name) {
        return new PendingProfile(Optional.of(name), password);
    }

    PendingProfile withPassword(PasswordDigest digest) {
        return new PendingProfile(username, Optional.of(digest));
    }

    boolean isEmpty() {
        return username.isEmpty() && password.isEmpty();
    }

    /** Without the digest. */
    ObjectNode view() {
        ObjectNode view = Json.object();
        username.ifPresent(name -> view.put("username", name));
        return view;
    }
}
