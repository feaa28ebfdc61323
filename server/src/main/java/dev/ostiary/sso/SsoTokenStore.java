package dev.ostiary.sso;

import dev.ostiary.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code sso_token_sets}: the latest tokens of each identity. */
final class SsoTokenStore {
    private SsoTokenStore() {}

    /** What is written. */
    record Sealed(String tokens, String scope, boolean hasRefreshToken, Optional<Instant> expiresAt) {}

    /** @param sealed empty if the identity has no tokens; otherwise different after every change */
    record Row(String identityId, String sealed, String scope, Optional<Instant> expiresAt) {}

    /** Of the identity that this user has used last with this connector. */
    static Optional<Row> find(Tx tx, String userId, String connectorId) {
        return tx.query(
                        """
                SELECT i.id AS identity_id, t.sealed_tokens, t.scope, t.expires_at
                  FROM user_sso_identities i
                  LEFT JOIN sso_token_sets t ON t.tenant_id = i.tenant_id AND t.identity_id = i.id
                 WHERE i.tenant_id = :tenant AND i.user_id = :user AND i.sso_connector_id = :connector
                 ORDER BY i.updated_at DESC, i.id LIMIT 1
                """)
                .bind("user", userId)
                .bind("connector", connectorId)
                .map((rs, ctx) -> row(rs))
                .findOne();
    }

    static Optional<Row> lock(Tx tx, String identityId) {
        return tx.query(
                        """
                SELECT identity_id, sealed_tokens, scope, expires_at FROM sso_token_sets
                 WHERE tenant_id = :tenant AND identity_id = :identity FOR UPDATE
                """)
                .bind("identity", identityId)
                .map((rs, ctx) -> row(rs))
                .findOne();
    }

    static void put(Tx tx, String id, String identityId, Sealed sealed, Instant at) {
        tx.update(
                        """
                INSERT INTO sso_token_sets (tenant_id, id, identity_id, sealed_tokens, scope, has_refresh_token,
                    expires_at, created_at, updated_at)
                VALUES (:tenant, :id, :identity, :tokens, :scope, :refreshable, :expires, :at, :at)
                ON CONFLICT (tenant_id, identity_id) DO UPDATE SET sealed_tokens = excluded.sealed_tokens,
                    scope = excluded.scope, has_refresh_token = excluded.has_refresh_token,
                    expires_at = excluded.expires_at, updated_at = excluded.updated_at, refreshing_until = NULL
                """)
                .bind("id", id)
                .bind("identity", identityId)
                .bind("tokens", sealed.tokens())
                .bind("scope", sealed.scope())
                .bind("refreshable", sealed.hasRefreshToken())
                .bind("expires", sealed.expiresAt().orElse(null))
                .bind("at", at)
                .execute();
    }

    /** Who gets true is the one that refreshes what it has read; nobody else does until then. */
    static boolean claim(Tx tx, Row row, Instant now, Instant until) {
        return tx.update(
                                """
                UPDATE sso_token_sets SET refreshing_until = :until
                 WHERE tenant_id = :tenant AND identity_id = :identity AND sealed_tokens = :seen
                   AND (refreshing_until IS NULL OR refreshing_until <= :now)
                """)
                        .bind("until", until)
                        .bind("identity", row.identityId())
                        .bind("seen", row.sealed())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Unless something newer is there already. */
    static void replace(Tx tx, Row row, Sealed sealed, Instant at) {
        tx.update(
                        """
                UPDATE sso_token_sets SET sealed_tokens = :tokens, scope = :scope, has_refresh_token = :refreshable,
                    expires_at = :expires, updated_at = :at, refreshing_until = NULL
                 WHERE tenant_id = :tenant AND identity_id = :identity AND sealed_tokens = :seen
                """)
                .bind("tokens", sealed.tokens())
                .bind("scope", sealed.scope())
                .bind("refreshable", sealed.hasRefreshToken())
                .bind("expires", sealed.expiresAt().orElse(null))
                .bind("at", at)
                .bind("identity", row.identityId())
                .bind("seen", row.sealed())
                .execute();
    }

    private static Row row(ResultSet rs) throws SQLException {
        @Nullable String sealed = rs.getString("sealed_tokens");
        @Nullable String scope = rs.getString("scope");
        return new Row(
                rs.getString("identity_id"),
                sealed == null ? "" : sealed,
                scope == null ? "" : scope,
                Optional.ofNullable(rs.getTimestamp("expires_at")).map(Timestamp::toInstant));
    }
}
