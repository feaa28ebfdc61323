package dev.ostiary.sso;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code user_sso_identities}: made and deleted, never pointed at another user (AL6). */
final class SsoIdentityStore {
    private static final String COLUMNS =
            "id, user_id, issuer, identity_id, detail, sso_connector_id, created_at, updated_at";

    private SsoIdentityStore() {}

    static Optional<SsoIdentity> find(Tx tx, String issuer, String identityId) {
        return tx.query(
                        "SELECT " + COLUMNS
                                + """
                         FROM user_sso_identities
                        WHERE tenant_id = :tenant AND issuer = :issuer AND identity_id = :identity
                        """)
                .bind("issuer", issuer)
                .bind("identity", identityId)
                .map((rs, ctx) -> identity(rs))
                .findOne();
    }

    /** Oldest first. */
    static List<SsoIdentity> ofUser(Tx tx, String userId) {
        return tx.query(
                        "SELECT " + COLUMNS
                                + """
                         FROM user_sso_identities WHERE tenant_id = :tenant AND user_id = :user
                        ORDER BY created_at, id
                        """)
                .bind("user", userId)
                .map((rs, ctx) -> identity(rs))
                .list();
    }

    /** What is stored beside the tokens of an identity. */
    record TokenFacts(
            String id,
            String scope,
            Optional<Instant> expiresAt,
            boolean hasRefreshToken,
            Instant createdAt,
            Instant updatedAt) {}

    static Optional<TokenFacts> tokenFacts(Tx tx, String identityId) {
        return tx.query(
                        """
                SELECT id, scope, expires_at, has_refresh_token, created_at, updated_at FROM sso_token_sets
                WHERE tenant_id = :tenant AND identity_id = :identity
                """)
                .bind("identity", identityId)
                .map((rs, ctx) -> new TokenFacts(
                        rs.getString("id"),
                        rs.getString("scope"),
                        Optional.ofNullable(rs.getTimestamp("expires_at")).map(Timestamp::toInstant),
                        rs.getBoolean("has_refresh_token"),
                        rs.getTimestamp("created_at").toInstant(),
                        rs.getTimestamp("updated_at").toInstant()))
                .findOne();
    }

    static void insert(Tx tx, SsoIdentity identity) {
        tx.update(
                        """
                INSERT INTO user_sso_identities (tenant_id, id, user_id, issuer, identity_id, detail, sso_connector_id,
                    created_at, updated_at)
                VALUES (:tenant, :id, :user, :issuer, :identity, CAST(:detail AS jsonb), :connector, :at, :at)
                """)
                .bind("id", identity.id())
                .bind("user", identity.userId())
                .bind("issuer", identity.issuer())
                .bind("identity", identity.identityId())
                .bind("detail", Json.write(identity.detail()))
                .bind("connector", identity.ssoConnectorId())
                .bind("at", identity.createdAt())
                .execute();
    }

    static void seen(Tx tx, String id, ObjectNode detail, Instant at) {
        tx.update(
                        """
                UPDATE user_sso_identities SET detail = CAST(:detail AS jsonb), updated_at = :at
                WHERE tenant_id = :tenant AND id = :id
                """)
                .bind("id", id)
                .bind("detail", Json.write(detail))
                .bind("at", at)
                .execute();
    }

    static void deleteOfOtherDomains(Tx tx, String userId, String domain) {
        tx.update(
                        """
                DELETE FROM user_sso_identities AS i
                WHERE i.tenant_id = :tenant AND i.user_id = :user AND NOT EXISTS (
                    SELECT 1 FROM sso_connector_domains AS d
                    WHERE d.tenant_id = i.tenant_id AND d.connector_id = i.sso_connector_id
                        AND d.domain = :domain)
                """)
                .bind("user", userId)
                .bind("domain", domain)
                .execute();
    }

    private static SsoIdentity identity(ResultSet rs) throws SQLException {
        return new SsoIdentity(
                rs.getString("id"),
                rs.getString("user_id"),
                rs.getString("issuer"),
                rs.getString("identity_id"),
                (ObjectNode) Json.readStored(rs.getString("detail")),
                rs.getString("sso_connector_id"),
                rs.getTimestamp("created_at").toInstant(),
                rs.getTimestamp("updated_at").toInstant());
    }
}
