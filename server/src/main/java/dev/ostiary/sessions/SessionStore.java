package dev.ostiary.sessions;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.sessions.Session.Authorization;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** SQL of table {@code sessions}. */
final class SessionStore {
    /** Locks as an update would; but an end that would move by moments only is left, for it stands in an index. */
    private static final HotSql SLIDE = HotSql.of(
            """
            WITH found AS MATERIALIZED (
                SELECT tenant_id, uid, user_id, signed_in_at, authorizations, expires_at,
                    expires_at NOT BETWEEN :near AND :expiresAt AS slides
                FROM sessions WHERE tenant_id = :tenant AND id = :id AND expires_at > :now
                FOR NO KEY UPDATE),
            slid AS (
                UPDATE sessions s SET expires_at = :expiresAt FROM found
                WHERE s.tenant_id = found.tenant_id AND s.uid = found.uid AND found.slides)
            SELECT uid, user_id, signed_in_at, authorizations,
                CASE WHEN slides THEN :expiresAt ELSE expires_at END AS expires_at
            FROM found
            """);

    private static final HotSql FIND = HotSql.of(
            """
            SELECT uid, user_id, signed_in_at, authorizations, expires_at FROM sessions
            WHERE tenant_id = :tenant AND id = :id AND expires_at > :now
            """);
    private static final HotSql SIGN_IN = HotSql.of(
            """
            INSERT INTO sessions (tenant_id, uid, id, user_id, signed_in_at, authorizations, last_submission,
                client_info, expires_at)
            VALUES (:tenant, :uid, :id, :user, :signedInAt, :authorizations::jsonb, :submission::jsonb,
                :clientInfo::jsonb, :expiresAt)
            ON CONFLICT (tenant_id, uid) DO UPDATE SET id = excluded.id, user_id = excluded.user_id,
                signed_in_at = excluded.signed_in_at, authorizations = excluded.authorizations,
                last_submission = excluded.last_submission, client_info = excluded.client_info,
                expires_at = excluded.expires_at
            """);
    private static final HotSql AUTHORIZE = HotSql.of(
            """
            UPDATE sessions SET authorizations = authorizations || jsonb_build_object(:client::text, :value::jsonb)
            WHERE tenant_id = :tenant AND uid = :uid
            """);

    /** More browsers than anybody has; a script that signs in all day has them. */
    private static final int MOST_LISTED = 1_000;

    private static final String DELETED = " RETURNING uid, user_id, signed_in_at, authorizations, expires_at";

    private static final String LISTED =
            """
            SELECT uid, user_id, signed_in_at, authorizations, expires_at, last_submission, client_info, created_at
            FROM sessions WHERE tenant_id = :tenant AND expires_at > :now AND user_id IS NOT NULL
                AND signed_in_at IS NOT NULL
            """;

    /** @param near an end from then on is as good as the new one */
    Optional<Session> slide(Tx tx, String value, Instant now, Instant near, Instant expiresAt) {
        return SLIDE.findOne(
                tx,
                Map.of("id", Hashes.sha256(value), "now", now, "near", near, "expiresAt", expiresAt),
                SessionStore::session);
    }

    Optional<Session> find(Tx tx, String value, Instant now) {
        return FIND.findOne(tx, Map.of("id", Hashes.sha256(value), "now", now), SessionStore::session);
    }

    Optional<Session> findByUid(Tx tx, String uid, Instant now) {
        return tx.query(
                        """
                SELECT uid, user_id, signed_in_at, authorizations, expires_at FROM sessions
                WHERE tenant_id = :tenant AND uid = :uid AND expires_at > :now
                """)
                .bind("uid", uid)
                .bind("now", now)
                .map((rs, ctx) -> session(rs))
                .findOne();
    }

    /** A new session, or the same one under a new value. Its authorizations were given for the same user. */
    void signIn(Tx tx, String value, Session session, ObjectNode submission, ObjectNode clientInfo) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("uid", session.uid());
        row.put("id", Hashes.sha256(value));
        row.put("user", session.userId());
        row.put("signedInAt", session.signedInAt());
        row.put("authorizations", Json.write(session.authorizations()));
        row.put("submission", Json.write(submission));
        row.put("clientInfo", Json.write(clientInfo));
        row.put("expiresAt", session.expiresAt());
        SIGN_IN.update(tx, row);
    }

    void authorize(Tx tx, String uid, String clientId, Authorization authorization) {
        // jsonb || keeps what another tab wrote for another client meanwhile.
        AUTHORIZE.update(tx, Map.of("uid", uid, "client", clientId, "value", Json.write(authorization)));
    }

    /** What was deleted; empty if another transaction was first. */
    Optional<Session> delete(Tx tx, String uid) {
        return tx.query("DELETE FROM sessions WHERE tenant_id = :tenant AND uid = :uid" + DELETED)
                .bind("uid", uid)
                .map((rs, ctx) -> session(rs))
                .findOne();
    }

    List<Session> deleteOfUser(Tx tx, String userId) {
        return tx.query("DELETE FROM sessions WHERE tenant_id = :tenant AND user_id = :user" + DELETED)
                .bind("user", userId)
                .map((rs, ctx) -> session(rs))
                .list();
    }

    /**
     * A session as lists show it; somebody is signed in.
     *
     * @param clientInfo {@code ip}, {@code userAgent}, {@code clientId}
     */
    record Listed(
            Session session,
            String userId,
            Instant signedInAt,
            JsonNode submission,
            JsonNode clientInfo,
            Instant createdAt) {}

    /** Newest sign-in first. */
    List<Listed> ofUser(Tx tx, String userId, Instant now) {
        return tx.query(LISTED + " AND user_id = :user ORDER BY signed_in_at DESC, uid LIMIT " + MOST_LISTED)
                .bind("user", userId)
                .bind("now", now)
                .map((rs, ctx) -> listed(rs))
                .list();
    }

    Optional<Listed> listed(Tx tx, String uid, Instant now) {
        return tx.query(LISTED + " AND uid = :uid")
                .bind("uid", uid)
                .bind("now", now)
                .map((rs, ctx) -> listed(rs))
                .findOne();
    }

    void forgetGrants(Tx tx, String userId, List<String> grantIds) {
        tx.update(
                        """
                UPDATE sessions SET authorizations = (
                    SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(authorizations)
                    WHERE value ->> 'grantId' <> ALL (:grants))
                WHERE tenant_id = :tenant AND user_id = :user AND EXISTS (
                    SELECT FROM jsonb_each(authorizations) WHERE value ->> 'grantId' = ANY (:grants))
                """)
                .bind("user", userId)
                .bindArray("grants", String.class, grantIds)
                .execute();
    }

    private static Listed listed(ResultSet rs) throws SQLException {
        Session session = session(rs);
        String submission = rs.getString("last_submission");
        return new Listed(
                session,
                Objects.requireNonNull(session.userId()),
                Objects.requireNonNull(session.signedInAt()),
                submission == null ? Json.object() : Json.readStored(submission),
                Json.readStored(rs.getString("client_info")),
                rs.getTimestamp("created_at").toInstant());
    }

    private static Session session(ResultSet rs) throws SQLException {
        Timestamp signedInAt = rs.getTimestamp("signed_in_at");
        Map<String, Authorization> authorizations = new LinkedHashMap<>();
        Json.readStored(rs.getString("authorizations"))
                .properties()
                .forEach(entry ->
                        authorizations.put(entry.getKey(), Json.convert(entry.getValue(), Authorization.class)));
        return new Session(
                rs.getString("uid"),
                rs.getString("user_id"),
                signedInAt == null ? null : signedInAt.toInstant(),
                authorizations,
                rs.getTimestamp("expires_at").toInstant());
    }
}
