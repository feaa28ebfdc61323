package dev.ostiary.messages;

import dev.ostiary.db.Tx;
import java.time.Instant;

/** Rows of {@code message_sends}. */
final class MessageSendStore {
    private MessageSendStore() {}

    /**
     * Takes one of the sends that are left; one statement, so that two senders never take the same one.
     *
     * @param since older sends count no more
     * @return false if none is left
     */
    static boolean take(Tx tx, byte[] target, String action, int most, Instant now, Instant since, Instant expiresAt) {
        return tx.update(
                                """
                        INSERT INTO message_sends AS m (tenant_id, target, action, sent_at, expires_at)
                        VALUES (:tenant, :target, :action, ARRAY[CAST(:now AS timestamptz)], :expires)
                        ON CONFLICT (tenant_id, target, action) DO UPDATE SET
                            sent_at = array_append(
                                ARRAY(SELECT at FROM unnest(m.sent_at) AS at WHERE at > :since),
                                CAST(:now AS timestamptz)),
                            expires_at = excluded.expires_at
                        WHERE (SELECT count(*) FROM unnest(m.sent_at) AS at WHERE at > :since) < :most
                        """)
                        .bind("target", target)
                        .bind("action", action)
                        .bind("most", most)
                        .bind("now", now)
                        .bind("since", since)
                        .bind("expires", expiresAt)
                        .execute()
                == 1;
    }

    /** Gives back what was taken for a message that did not leave. */
    static void giveBack(Tx tx, byte[] target, String action, Instant taken) {
        tx.update(
                        """
                UPDATE message_sends SET sent_at = array_remove(sent_at, CAST(:taken AS timestamptz))
                WHERE tenant_id = :tenant AND target = :target AND action = :action
                """)
                .bind("target", target)
                .bind("action", action)
                .bind("taken", taken)
                .execute();
    }
}
