package dev.ostiary.sso;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code sso_tests}: each step is one statement, so it happens once. */
final class SsoTestStore {
    /** @param kept of the departure */
    record Row(String connectorId, ObjectNode kept) {}

    private SsoTestStore() {}

    static void insert(Tx tx, String ticket, String connectorId, Instant expiresAt) {
        tx.update(
                        """
                INSERT INTO sso_tests (tenant_id, ticket, connector_id, expires_at)
                VALUES (:tenant, :ticket, :connector, :expiresAt)
                """)
                .bind("ticket", Hashes.sha256(ticket))
                .bind("connector", connectorId)
                .bind("expiresAt", expiresAt)
                .execute();
    }

    /** The connector of a ticket that nobody has opened before; state and cookie are the opener's from now on. */
    static Optional<String> open(Tx tx, String ticket, String state, String cookie, Instant now) {
        return tx.query(
                        """
                UPDATE sso_tests SET state = :state, cookie = :cookie
                WHERE tenant_id = :tenant AND ticket = :ticket AND state IS NULL AND expires_at > :now
                RETURNING connector_id
                """)
                .bind("ticket", Hashes.sha256(ticket))
                .bind("state", Hashes.sha256(state))
                .bind("cookie", Hashes.sha256(cookie))
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    static void keep(Tx tx, String state, ObjectNode kept) {
        tx.update("UPDATE sso_tests SET kept = CAST(:kept AS jsonb) WHERE tenant_id = :tenant AND state = :state")
                .bind("state", Hashes.sha256(state))
                .bind("kept", Json.write(kept))
                .execute();
    }

    /** Another browser finds nothing, and takes nothing away. */
    static Optional<Row> take(Tx tx, String state, String cookie, Instant now) {
        return tx.query(
                        """
                DELETE FROM sso_tests
                WHERE tenant_id = :tenant AND state = :state AND cookie = :cookie AND kept IS NOT NULL
                    AND expires_at > :now
                RETURNING connector_id, kept
                """)
                .bind("state", Hashes.sha256(state))
                .bind("cookie", Hashes.sha256(cookie))
                .bind("now", now)
                .map((rs, ctx) ->
                        new Row(rs.getString("connector_id"), (ObjectNode) Json.readStored(rs.getString("kept"))))
                .findOne();
    }
}
