package dev.ostiary.oidc.registration;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SQL of {@code registered_clients} and {@code registration_attempts}. */
final class RegistrationStore {
    private RegistrationStore() {}

    static void insert(Tx tx, RegisteredClient client, @Nullable String initialAccessTokenId) {
        tx.update(
                        """
                INSERT INTO registered_clients (tenant_id, application_id, token_hash, metadata,
                    redirect_hosts, initial_access_token_id, created_at)
                VALUES (:tenant, :id, :hash, :metadata::jsonb, :hosts, :token, :createdAt)
                """)
                .bind("id", client.applicationId())
                .bind("hash", client.tokenHash())
                .bind("metadata", Json.write(client.metadata()))
                .bind(
                        "hosts",
                        client.redirectHosts()
                                .map(hosts -> hosts.toArray(String[]::new))
                                .orElse(null))
                .bind("token", initialAccessTokenId)
                .bind("createdAt", client.createdAt())
                .execute();
    }

    static Optional<RegisteredClient> find(Tx tx, String id) {
        return tx.query(
                        """
                SELECT application_id, token_hash, metadata, redirect_hosts, created_at FROM registered_clients
                WHERE tenant_id = :tenant AND application_id = :id
                """)
                .bind("id", id)
                .map((rs, ctx) -> new RegisteredClient(
                        rs.getString("application_id"),
                        rs.getBytes("token_hash"),
                        (ObjectNode) Json.readStored(rs.getString("metadata")),
                        InitialAccessTokenStore.strings(rs, "redirect_hosts"),
                        rs.getTimestamp("created_at").toInstant()))
                .findOne();
    }

    /**
     * One statement: of two that present the same token, one has it replaced.
     *
     * @return false if the token is not the client's any more
     */
    static boolean replace(Tx tx, String id, byte[] tokenHash, byte[] newHash, ObjectNode metadata) {
        return tx.update(
                                """
                        UPDATE registered_clients SET token_hash = :new, metadata = :metadata::jsonb
                        WHERE tenant_id = :tenant AND application_id = :id AND token_hash = :hash
                        """)
                        .bind("id", id)
                        .bind("hash", tokenHash)
                        .bind("new", newHash)
                        .bind("metadata", Json.write(metadata))
                        .execute()
                == 1;
    }

    static int count(Tx tx) {
        return tx.query("SELECT count(*) FROM registered_clients WHERE tenant_id = :tenant")
                .mapTo(Integer.class)
                .one();
    }

    /** Counts an attempt. @return how many it is in the window that is open */
    static int attempt(Tx tx, String address, Instant now, Instant windowEnd) {
        return tx.query(
                        """
                INSERT INTO registration_attempts AS a (tenant_id, address, attempts, window_ends_at)
                VALUES (:tenant, :address, 1, :end)
                ON CONFLICT (tenant_id, address) DO UPDATE SET
                    attempts = CASE WHEN a.window_ends_at <= :now THEN 1 ELSE a.attempts + 1 END,
                    window_ends_at = CASE WHEN a.window_ends_at <= :now THEN excluded.window_ends_at
                        ELSE a.window_ends_at END
                RETURNING attempts
                """)
                .bind("address", address)
                .bind("now", now)
                .bind("end", windowEnd)
                .mapTo(Integer.class)
                .one();
    }

    /** Marks who was let in by somebody since; a grant tells, and lives long after a client would be removed. */
    static void markUsed(Tx tx) {
        tx.update(
                        """
                UPDATE registered_clients c SET is_used = true
                WHERE NOT is_used AND EXISTS (SELECT 1 FROM grants g
                    WHERE g.tenant_id = c.tenant_id AND g.client_id = c.application_id)
                """)
                .execute();
    }

    /** Of all tenants: transactions of {@code "*"} alone see them. */
    static List<String> tenants(Tx tx) {
        return tx.query("SELECT DISTINCT tenant_id FROM registered_clients WHERE NOT is_used")
                .mapTo(String.class)
                .list();
    }

    /** Registered before, and never let in by anybody. */
    static List<String> unused(Tx tx, Instant before, int most) {
        return tx.query(
                        """
                SELECT application_id FROM registered_clients c
                WHERE tenant_id = :tenant AND NOT is_used AND created_at < :before
                    AND NOT EXISTS (SELECT 1 FROM grants g
                        WHERE g.tenant_id = c.tenant_id AND g.client_id = c.application_id)
                ORDER BY created_at LIMIT :most FOR UPDATE SKIP LOCKED
                """)
                .bind("before", before)
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }
}
