package dev.ostiary.sessions;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.sessions.Session.Authorization;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.node.ObjectNode;

/** SQL of table {@code sessions}. */
final class SessionStore {

    Optional<Session> slide(Tx tx, String value, Instant now, Instant expiresAt) {
        return tx.query(
                        """
                UPDATE sessions SET expires_at = :expiresAt
                WHERE tenant_id = :tenant AND id = :id AND expires_at > :now
                RETURNING uid, user_id, signed_in_at, authorizations, expires_at
                """)
                .bind("id", Hashes.sha256(value))
                .bind("now", now)
                .bind("expiresAt", expiresAt)
                .map(SessionStore::session)
                .findOne();
    }

    Optional<Session> find(Tx tx, String value, Instant now) {
        return tx.query(
                        """
                SELECT uid, user_id, signed_in_at, authorizations, expires_at FROM sessions
                WHERE tenant_id = :tenant AND id = :id AND expires_at > :now
                """)
                .bind("id", Hashes.sha256(value))
                .bind("now", now)
                .map(SessionStore::session)
                .findOne();
    }

    Optional<Session> findByUid(Tx tx, String uid, Instant now) {
        return tx.query(
                        """
                SELECT uid, user_id, signed_in_at, authorizations, expires_at FROM sessions
                WHERE tenant_id = :tenant AND uid = :uid AND expires_at > :now
                """)
                .bind("uid", uid)
                .bind("now", now)
                .map(SessionStore::session)
                .findOne();
    }

    /** A new session, or the same one under a new value. Its authorizations were given for the same user. */
    void signIn(Tx tx, String value, Session session, ObjectNode submission, ObjectNode clientInfo) {
        tx.update(
                        """
                INSERT INTO sessions (tenant_id, uid, id, user_id, signed_in_at, authorizations, last_submission,
                    client_info, expires_at)
                VALUES (:tenant, :uid, :id, :user, :signedInAt, :authorizations::jsonb, :submission::jsonb,
                    :clientInfo::jsonb, :expiresAt)
                ON CONFLICT (tenant_id, uid) DO UPDATE SET id = excluded.id, user_id = excluded.user_id,
                    signed_in_at = excluded.signed_in_at, authorizations = excluded.authorizations,
                    last_submission = excluded.last_submission, client_info = excluded.client_info,
                    expires_at = excluded.expires_at
                """)
                .bind("uid", session.uid())
                .bind("id", Hashes.sha256(value))
                .bind("user", session.userId())
                .bind("signedInAt", session.signedInAt())
                .bind("authorizations", Json.write(session.authorizations()))
                .bind("submission", Json.write(submission))
                .bind("clientInfo", Json.write(clientInfo))
                .bind("expiresAt", session.expiresAt())
                .execute();
    }

    void authorize(Tx tx, String uid, String clientId, Authorization authorization) {
        // jsonb || keeps what another tab wrote for another client meanwhile.
        tx.update(
                        """
                UPDATE sessions SET authorizations = authorizations || jsonb_build_object(:client::text, :value::jsonb)
                WHERE tenant_id = :tenant AND uid = :uid
                """)
                .bind("uid", uid)
                .bind("client", clientId)
                .bind("value", Json.write(authorization))
                .execute();
    }

    boolean delete(Tx tx, String uid) {
        return tx.update("DELETE FROM sessions WHERE tenant_id = :tenant AND uid = :uid")
                        .bind("uid", uid)
                        .execute()
                == 1;
    }

    int deleteOfUser(Tx tx, String userId) {
        return tx.update("DELETE FROM sessions WHERE tenant_id = :tenant AND user_id = :user")
                .bind("user", userId)
                .execute();
    }

    private static Session session(ResultSet rs, StatementContext context) throws SQLException {
        Timestamp signedInAt = rs.getTimestamp("signed_in_at");
        Map<String, Authorization> authorizations = new LinkedHashMap<>();
        Json.read(rs.getString("authorizations"))
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
