package dev.ostiary.interactions;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SQL of table {@code interactions}. The uid itself is stored nowhere: a stolen database resumes nothing. */
final class InteractionStore {
    private static final HotSql INSERT = HotSql.of(
            """
            INSERT INTO interactions (tenant_id, id, client_id, request, session_uid, expires_at)
            VALUES (:tenant, :id, :client, :request::jsonb, :session, :expiresAt)
            """);
    private static final HotSql FIND = HotSql.of(
            """
            SELECT client_id, request, experience, answer, session_uid, expires_at
            FROM interactions WHERE tenant_id = :tenant AND id = :id AND expires_at > :now
            """);
    private static final HotSql SAVE_EXPERIENCE = HotSql.of(
            """
            UPDATE interactions SET experience = :experience::jsonb
            WHERE tenant_id = :tenant AND id = :id AND answer IS NULL
            """);
    private static final HotSql ANSWER = HotSql.of(
            """
            UPDATE interactions SET answer = :answer::jsonb, experience = NULL, connector_session = NULL
            WHERE tenant_id = :tenant AND id = :id AND answer IS NULL
            """);
    private static final HotSql DELETE = HotSql.of(
            """
            DELETE FROM interactions WHERE tenant_id = :tenant AND id = :id AND expires_at > :now
            RETURNING client_id, request, experience, answer, session_uid, expires_at
            """);

    void insert(Tx tx, Interaction interaction) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", id(interaction.uid()));
        row.put("client", interaction.clientId());
        row.put("request", Json.write(interaction.request()));
        row.put("session", interaction.sessionUid());
        row.put("expiresAt", interaction.expiresAt());
        INSERT.update(tx, row);
    }

    Optional<Interaction> find(Tx tx, String uid, Instant now) {
        return FIND.findOne(tx, Map.of("id", id(uid), "now", now), row -> interaction(uid, row));
    }

    boolean saveExperience(Tx tx, String uid, ObjectNode experience) {
        return SAVE_EXPERIENCE.update(tx, Map.of("id", id(uid), "experience", Json.write(experience))) == 1;
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
        return ANSWER.update(tx, Map.of("id", id(uid), "answer", Json.write(answer))) == 1;
    }

    void releaseSession(Tx tx, String uid) {
        tx.update("UPDATE interactions SET session_uid = NULL WHERE tenant_id = :tenant AND id = :id")
                .bind("id", id(uid))
                .execute();
    }

    Optional<Interaction> delete(Tx tx, String uid, Instant now) {
        return DELETE.findOne(tx, Map.of("id", id(uid), "now", now), row -> interaction(uid, row));
    }

    private static byte[] id(String uid) {
        return Hashes.sha256(uid);
    }

    private static Interaction interaction(String uid, ResultSet row) throws SQLException {
        return new Interaction(
                uid,
                row.getString("client_id"),
                (ObjectNode) Json.readStored(row.getString("request")),
                json(row, "experience"),
                json(row, "answer"),
                row.getString("session_uid"),
                row.getTimestamp("expires_at").toInstant());
    }

    private static @Nullable ObjectNode json(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : (ObjectNode) Json.readStored(text);
    }
}
