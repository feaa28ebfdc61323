package dev.ostiary.verifications;

import dev.ostiary.db.Tx;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** SQL of {@code failed_attempts}. */
final class LockoutStore {
    /**
     * One statement, so two failures are never counted as one. While locked nothing moves: knocking does not lengthen a
     * lock. After a lock that ends within the window the next failure locks again.
     */
    Optional<Instant> count(
            Tx tx, byte[] target, String action, Lockout.Policy policy, Instant now, Instant windowEnd) {
        return tx.query(
                        """
                INSERT INTO failed_attempts AS f (tenant_id, target, action, attempts, window_ends_at, locked_until)
                VALUES (:tenant, :target, :action, 1, :windowEnd, CASE WHEN :limit <= 1 THEN :lockEnd::timestamptz END)
                ON CONFLICT (tenant_id, target, action) DO UPDATE SET
                    attempts = CASE
                        WHEN f.locked_until > :now THEN f.attempts
                        WHEN f.window_ends_at <= :now THEN 1
                        ELSE f.attempts + 1 END,
                    window_ends_at = CASE
                        WHEN f.window_ends_at <= :now AND (f.locked_until IS NULL OR f.locked_until <= :now)
                        THEN excluded.window_ends_at ELSE f.window_ends_at END,
                    locked_until = CASE
                        WHEN f.locked_until > :now THEN f.locked_until
                        WHEN f.window_ends_at <= :now THEN excluded.locked_until
                        WHEN f.attempts + 1 >= :limit THEN :lockEnd::timestamptz END
                RETURNING locked_until
                """)
                .bind("target", target)
                .bind("action", action)
                .bind("limit", policy.maxAttempts())
                .bind("now", now)
                .bind("windowEnd", windowEnd)
                .bind("lockEnd", now.plus(policy.duration()))
                .map((rs, ctx) -> Optional.ofNullable(rs.getTimestamp(1)).map(Timestamp::toInstant))
                .one();
    }

    Optional<Instant> lockedUntil(Tx tx, byte[] target, String action, Instant now) {
        return tx.query(
                        """
                SELECT locked_until FROM failed_attempts
                WHERE tenant_id = :tenant AND target = :target AND action = :action AND locked_until > :now
                """)
                .bind("target", target)
                .bind("action", action)
                .bind("now", now)
                .map((rs, ctx) -> rs.getTimestamp(1).toInstant())
                .findOne();
    }

    void forget(Tx tx, byte[] target) {
        tx.update("DELETE FROM failed_attempts WHERE tenant_id = :tenant AND target = :target")
                .bind("target", target)
                .execute();
    }

    int removeExpired(Tx tx, Instant now) {
        return tx.update(
                        """
                DELETE FROM failed_attempts
                WHERE window_ends_at <= :now AND (locked_until IS NULL OR locked_until <= :now)
                """)
                .bind("now", now)
                .execute();
    }
}
