package dev.ostiary.users;

import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** The ledgers of users: how many there are, how many are new and how many are active on each day (UTC). */
final class UserCountStore {
    /**
     * Stamps the user and, for the first sign-in of a day, adds a line to the ledger. The row is locked before it is
     * read, so that two sign-ins at once are counted once.
     */
    private static final HotSql SIGNED_IN = HotSql.of(
            """
            WITH signed AS (
                UPDATE users AS u SET last_sign_in_at = :at
                FROM (SELECT id, (last_sign_in_at AT TIME ZONE 'UTC')::date AS day FROM users
                        WHERE tenant_id = :tenant AND id = :id FOR NO KEY UPDATE) AS before
                WHERE u.tenant_id = :tenant AND u.id = before.id
                RETURNING before.day AS last, (:at::timestamptz AT TIME ZONE 'UTC')::date AS day)
            INSERT INTO user_days (tenant_id, day, measure, gap, difference)
            SELECT :tenant, day, 'active', least(coalesce(day - last, :cap), :cap), 1 FROM signed
            WHERE last IS NULL OR last < day
            """);

    private UserCountStore() {}

    static void signedIn(Tx tx, String id, Instant at) {
        SIGNED_IN.update(tx, Map.of("id", id, "at", at, "cap", ActiveUsers.LONGEST_GAP));
    }

    static long count(Tx tx) {
        return tx.query("SELECT coalesce(sum(difference), 0)::bigint FROM user_counts WHERE tenant_id = :tenant")
                .mapTo(Long.class)
                .one();
    }

    /** Users of each day by when they were created, less those who were deleted since. */
    static Map<LocalDate, Long> created(Tx tx, LocalDate first, LocalDate last) {
        Map<LocalDate, Long> days = new HashMap<>();
        tx.query(
                        """
                        SELECT day, sum(difference)::bigint AS users FROM user_days
                        WHERE tenant_id = :tenant AND day BETWEEN :first AND :last AND measure = 'new' GROUP BY day
                        """)
                .bind("first", first)
                .bind("last", last)
                .map((rs, ctx) -> days.put(rs.getObject("day", LocalDate.class), rs.getLong("users")))
                .list();
        return days;
    }

    static ActiveUsers active(Tx tx, LocalDate first, LocalDate last) {
        ActiveUsers active = new ActiveUsers();
        tx.query(
                        """
                        SELECT day, gap, sum(difference)::bigint AS users FROM user_days
                        WHERE tenant_id = :tenant AND day BETWEEN :first AND :last AND measure = 'active'
                        GROUP BY day, gap
                        """)
                .bind("first", first)
                .bind("last", last)
                .map((rs, ctx) -> {
                    active.add(rs.getObject("day", LocalDate.class), rs.getInt("gap"), rs.getLong("users"));
                    return active;
                })
                .list();
        return active;
    }

    static void foldCounts(Tx tx) {
        // One statement, so a reader sees the rows before or the row after; SKIP LOCKED, so two nodes never wait.
        tx.update(
                        """
                        WITH taken AS (
                            DELETE FROM user_counts WHERE ctid = ANY (ARRAY(
                                SELECT ctid FROM user_counts LIMIT 100000 FOR UPDATE SKIP LOCKED))
                            RETURNING tenant_id, difference)
                        INSERT INTO user_counts SELECT tenant_id, sum(difference) FROM taken GROUP BY tenant_id
                        """)
                .execute();
    }

    /** Folds what was added since the last time into the one line of its day. */
    static void foldDays(Tx tx) {
        tx.update(
                        """
                        WITH fresh AS (SELECT DISTINCT tenant_id, day, measure, gap FROM user_days WHERE NOT is_folded),
                        taken AS (
                            DELETE FROM user_days AS d USING fresh AS f
                            WHERE d.tenant_id = f.tenant_id AND d.day = f.day AND d.measure = f.measure AND d.gap = f.gap
                            RETURNING d.*)
                        INSERT INTO user_days (tenant_id, day, measure, gap, difference, is_folded)
                        SELECT tenant_id, day, measure, gap, sum(difference), true FROM taken
                        GROUP BY tenant_id, day, measure, gap
                        """)
                .execute();
    }
}
