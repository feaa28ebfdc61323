package dev.ostiary.verifications;

import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** SQL of {@code failed_attempts}. */
final class LockoutStore {
    private static final HotSql LOCKED_UNTIL = HotSql.of(
            """
            SELECT locked_until FROM failed_attempts
            WHERE tenant_id = :tenant AND target = :target AND action = :action AND locked_until > :now
            """);

    /**
     * One statement, so two failures are never counted as one. While locked nothing moves: knocking does not lengthen a
     * lock. After a lock that ends within the window the next failure locks again. A window never ends before its lock,
     * so that whoever removes old rows goes by one column.
     */
    Optional<Instant> count(
            Tx tx, byte[] target, String action, Lockout.Policy policy, Instant now, Instant windowEnd) {
        Instant lockEnd = now.plus(policy.duration());
        return tx.query(
                        """
                INSERT INTO failed_attempts AS f (tenant_id, target, action, attempts, window_ends_at, locked_until)
                VALUES (:tenant, :target, :action, 1, :firstWindowEnd, :firstLock)
                ON CONFLICT (tenant_id, target, action) DO UPDATE SET
                    attempts = CASE
                        WHEN f.locked_until > :now THEN f.attempts
                        WHEN f.window_ends_at <= :now THEN 1
                        ELSE f.attempts + 1 END,
                    window_ends_at = CASE
                        WHEN f.locked_until > :now THEN f.window_ends_at
                        WHEN f.window_ends_at <= :now THEN excluded.window_ends_at
                        WHEN f.attempts + 1 >= :limit THEN greatest(f.window_ends_at, :lockEnd)
                        ELSE f.window_ends_at END,
                    locked_until = CASE
                        WHEN f.locked_until > :now THEN f.locked_until
                        WHEN f.window_ends_at <= :now THEN excluded.locked_until
                        WHEN f.attempts + 1 >= :limit THEN :lockEnd END
                RETURNING locked_until
                """)
                .bind("target", target)
                .bind("action", action)
                .bind("limit", policy.maxAttempts())
                .bind("now", now)
                .bind("firstWindowEnd", policy.maxAttempts() <= 1 && lockEnd.isAfter(windowEnd) ? lockEnd : windowEnd)
                .bind("firstLock", policy.maxAttempts() <= 1 ? lockEnd : null)
                .bind("lockEnd", lockEnd)
                .map((rs, ctx) -> Optional.ofNullable(rs.getTimestamp(1)).map(Timestamp::toInstant))
                .one();
    }

    Optional<Instant> lockedUntil(Tx tx, byte[] target, String action, Instant now) {
        return LOCKED_UNTIL.findOne(
                tx, Map.of("target", target, "action", action, "now", now), row -> row.getTimestamp(1)
                        .toInstant());
    }

    void forget(Tx tx, byte[] target) {
        tx.update("DELETE FROM failed_attempts WHERE tenant_id = :tenant AND target = :target")
                .bind("target", target)
                .execute();
    }
}
