package dev.ostiary.interactions;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SQL of table {@code interactions}. The uid itself is stored nowhere: a stolen database resumes nothing. */
final class InteractionStore {

    void insert(Tx tx, Interaction interaction) {
        tx.update(
                        """
                INSERT INTO interactions (tenant_id, id, client_id, request, session_uid, expires_at)
                VALUES (:tenant, :id, :client, :request::jsonb, :session, :expiresAt)
                """)
                .bind("id", id(interaction.uid()))
                .bind("client", interaction.clientId())
                .bind("request", Json.write(interaction.request()))
                .bind("session", interaction.sessionUid())
                .bind("expiresAt", interaction.expiresAt())
                .execute();
    }

    Optional<Interaction> find(Tx tx, String uid, Instant now) {
        return tx.query(
                        """
                SELECT client_id, request, experience, answer, session_uid, expires_at
                FROM interactions WHERE tenant_id = :tenant AND id = :id AND expires_at > :now
                """)
                .bind("id", id(uid))
                .bind("now", now)
                .map(mapper(uid))
                .findOne();
    }

    boolean saveExperience(Tx tx, String uid, ObjectNode experience) {
        return tx.update(
                                """
                UPDATE interactions SET experience = :experience::jsonb
                WHERE tenant_id = :tenant AND id = :id AND answer IS NULL
                """)
                        .bind("id", id(uid))
                        .bind("experience", Json.write(experience))
                        .execute()
                == 1;
    }

    boolean saveExperience(Tx tx, String uid, ObjectNode experience, String connectorSession) {
        return tx.update(
                                """
                UPDATE interactions SET experience = :experience::jsonb, connector_session = :session
                WHERE tenant_id = :tenant AND id = :id AND answer IS NULL
                """)
                        .bind("id", id(uid))
                        .bind("experience", Json.write(experience))
                        .bind("session", connectorSession)
                        .execute()
                == 1;
    }

    /** Of two at once one waits for the row, looks again and finds nothing. */
    Optional<String> takeConnectorSession(Tx tx, String uid, Instant now) {
        return tx.query(
                        """
                WITH held AS (
                    SELECT tenant_id, id, connector_session FROM interactions
                    WHERE tenant_id = :tenant AND id = :id AND connector_session IS NOT NULL AND expires_at > :now
                    FOR UPDATE)
                UPDATE interactions AS i SET connector_session = NULL FROM held
                WHERE i.tenant_id = held.tenant_id AND i.id = held.id
                RETURNING held.connector_session
                """)
                .bind("id", id(uid))
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    Optional<String> connectorSession(Tx tx, String uid, Instant now) {
        return tx.query(
                        """
                SELECT connector_session FROM interactions
                WHERE tenant_id = :tenant AND id = :id AND connector_session IS NOT NULL AND expires_at > :now
                """)
                .bind("id", id(uid))
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    boolean answer(Tx tx, String uid, ObjectNode answer) {
        return tx.update(
                                """
                UPDATE interactions SET answer = :answer::jsonb, experience = NULL, connector_session = NULL
                WHERE tenant_id = :tenant AND id = :id AND answer IS NULL
                """)
                        .bind("id", id(uid))
                        .bind("answer", Json.write(answer))
                        .execute()
                == 1;
    }

    void releaseSession(Tx tx, String uid) {
        tx.update("UPDATE interactions SET session_uid = NULL WHERE tenant_id = :tenant AND id = :id")
                .bind("id", id(uid))
                .execute();
    }

    Optional<Interaction> delete(Tx tx, String uid, Instant now) {
        return tx.query(
                        """
                DELETE FROM interactions WHERE tenant_id = :tenant AND id = :id AND expires_at > :now
                RETURNING client_id, request, experience, answer, session_uid, expires_at
                """)
                .bind("id", id(uid))
                .bind("now", now)
                .map(mapper(uid))
                .findOne();
    }

    private static byte[] id(String uid) {
        return Hashes.sha256(uid);
    }

    private static RowMapper<Interaction> mapper(String uid) {
        return (rs, context) -> new Interaction(
                uid,
                rs.getString("client_id"),
                (ObjectNode) Json.read(rs.getString("request")),
                json(rs, "experience"),
                json(rs, "answer"),
                rs.getString("session_uid"),
                rs.getTimestamp("expires_at").toInstant());
    }

    private static @Nullable ObjectNode json(ResultSet rs, String column) throws SQLException {
        String text = rs.getString(column);
        return text == null ? null : (ObjectNode) Json.read(text);
    }
}
