package dev.ostiary.users;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** SQL of {@code users.identities}; triggers keep {@code user_identities}. */
final class IdentityStore {
    private IdentityStore() {}

    static Optional<User> link(Tx tx, String id, String target, ObjectNode identity, Instant now) {
        return UserStore.change(
                tx,
                id,
                "identities = u.identities || jsonb_build_object(:target::text, :identity::jsonb), updated_at = :now",
                query -> query.bind("target", target)
                        .bind("identity", Json.write(identity))
                        .bind("now", now));
    }

    static Optional<User> unlink(Tx tx, String id, String target, Instant now) {
        return UserStore.one(tx.query("UPDATE users AS u SET identities = u.identities - :target::text,"
                        + " updated_at = :now WHERE u.tenant_id = :tenant AND u.id = :id AND u.identities ?? :target"
                        + " RETURNING " + UserStore.COLUMNS)
                .bind("id", id)
                .bind("target", target)
                .bind("now", now));
    }
}
