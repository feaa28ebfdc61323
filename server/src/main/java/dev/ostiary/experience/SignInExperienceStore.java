package dev.ostiary.experience;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** SQL of {@code sign_in_experiences}: per tenant, what differs from the defaults of the program. */
final class SignInExperienceStore {
    /** An empty object if the tenant changed nothing yet. */
    ObjectNode find(Tx tx) {
        return tx.query("SELECT value FROM sign_in_experiences WHERE tenant_id = :tenant")
                .map((rs, ctx) -> (ObjectNode) Json.readStored(rs.getString(1)))
                .findOne()
                .orElseGet(Json::object);
    }

    /** As {@link #find}, and nobody else changes it until this transaction ends. */
    ObjectNode lock(Tx tx) {
        tx.update("INSERT INTO sign_in_experiences (tenant_id, value) VALUES (:tenant, '{}') ON CONFLICT DO NOTHING")
                .execute();
        return tx.query("SELECT value FROM sign_in_experiences WHERE tenant_id = :tenant FOR UPDATE")
                .map((rs, ctx) -> (ObjectNode) Json.readStored(rs.getString(1)))
                .one();
    }

    /** Replaces the members that are given. */
    void change(Tx tx, ObjectNode members) {
        tx.update(
                        """
                INSERT INTO sign_in_experiences (tenant_id, value) VALUES (:tenant, :members::jsonb)
                ON CONFLICT (tenant_id) DO UPDATE SET value = sign_in_experiences.value || excluded.value
                """)
                .bind("members", Json.write(members))
                .execute();
    }

    /** @return false if the tenant has settings already */
    boolean insertIfAbsent(Tx tx, ObjectNode members) {
        return tx.update(
                                """
                        INSERT INTO sign_in_experiences (tenant_id, value) VALUES (:tenant, :members::jsonb)
                        ON CONFLICT (tenant_id) DO NOTHING
                        """)
                        .bind("members", Json.write(members))
                        .execute()
                == 1;
    }

    /**
     * From registration only to sign-in only, once in a tenant's life: a mark stays, so that an administrator who opens
     * registration again does not make the next visitor one. Of two at once one finds the row as it was; the other waits
     * and misses.
     */
    boolean closeRegistration(Tx tx) {
        return tx.update(
                                """
                        UPDATE sign_in_experiences SET value = value || '{"signInMode": "SignIn", "setUpClosed": true}'
                        WHERE tenant_id = :tenant AND value->>'signInMode' = 'Register' AND value->'setUpClosed' IS NULL
                        """)
                        .execute()
                == 1;
    }
}
