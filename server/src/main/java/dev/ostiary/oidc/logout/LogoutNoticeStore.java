package dev.ostiary.oidc.logout;

import dev.ostiary.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** SQL of {@code logout_notices}. */
final class LogoutNoticeStore {
    /** After this nobody needs to be told any more: the applications' own sessions are over. */
    private static final Duration LIFETIME = Duration.ofHours(6);

    private static final String TAKEN =
            " WHERE tenant_id = :tenant AND session_uid = :session AND client_id = :client AND attempts = :attempts";

    private LogoutNoticeStore() {}

    /** Of those, the applications that have an address for it. How many they are. */
    static int insert(Tx tx, List<LogoutNotice> notices, Instant now) {
        return tx.update(
                        """
                INSERT INTO logout_notices (tenant_id, session_uid, client_id, user_id, sid, due_at, expires_at)
                SELECT :tenant, n.session_uid, n.client_id, n.user_id, n.sid, :now, :expiresAt
                FROM unnest(:sessions, :clients, :users, :sids) AS n (session_uid, client_id, user_id, sid)
                JOIN applications a ON a.tenant_id = :tenant AND a.id = n.client_id
                WHERE a.oidc_client_metadata ->> 'backchannelLogoutUri' <> ''
                ON CONFLICT DO NOTHING
                """)
                .bindArray("sessions", String.class, column(notices, LogoutNotice::sessionUid))
                .bindArray("clients", String.class, column(notices, LogoutNotice::clientId))
                .bindArray("users", String.class, column(notices, LogoutNotice::userId))
                .bindArray("sids", String.class, column(notices, LogoutNotice::sid))
                .bind("now", now)
                .bind("expiresAt", now.plus(LIFETIME))
                .execute();
    }

    /**
     * Takes what is due, of all tenants, for one try: two nodes never take the same.
     *
     * @param resting {@link #client} of applications that are left alone for now
     * @param until when the try is over; if it was not settled by then, others may take it
     */
    static List<LogoutNotice> take(Tx tx, int most, Collection<String> resting, Instant now, Instant until) {
        // MATERIALIZED: a mere subquery PostgreSQL runs once for each row where it believes the table empty, each time
        // with a LIMIT of its own, and more are taken than there are slots for.
        return tx.query(
                        """
                WITH due AS MATERIALIZED (SELECT tenant_id, session_uid, client_id FROM logout_notices
                    WHERE due_at <= :now AND expires_at > :now AND tenant_id || '/' || client_id <> ALL (:resting)
                    ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED)
                UPDATE logout_notices n SET attempts = n.attempts + 1, due_at = :until FROM due
                WHERE n.tenant_id = due.tenant_id AND n.session_uid = due.session_uid AND n.client_id = due.client_id
                RETURNING n.tenant_id, n.session_uid, n.client_id, n.user_id, n.sid, n.attempts
                """)
                .bindArray("resting", String.class, resting)
                .bind("most", most)
                .bind("now", now)
                .bind("until", until)
                .map((rs, ctx) -> notice(rs))
                .list();
    }

    /** One application of one tenant, as one text. */
    static String client(LogoutNotice notice) {
        return notice.tenant() + "/" + notice.clientId();
    }

    /** False if the try had lasted so long that another node has taken the notice. */
    static boolean delete(Tx tx, LogoutNotice notice) {
        return tx.update("DELETE FROM logout_notices" + TAKEN)
                        .bindMap(key(notice))
                        .execute()
                == 1;
    }

    /** As {@link #delete}. */
    static boolean postpone(Tx tx, LogoutNotice notice, Instant due) {
        return tx.update("UPDATE logout_notices SET due_at = :due" + TAKEN)
                        .bindMap(key(notice))
                        .bind("due", due)
                        .execute()
                == 1;
    }

    private static Map<String, Object> key(LogoutNotice notice) {
        return Map.of("session", notice.sessionUid(), "client", notice.clientId(), "attempts", notice.attempts());
    }

    private static List<String> column(List<LogoutNotice> notices, Function<LogoutNotice, String> value) {
        return notices.stream().map(value).toList();
    }

    private static LogoutNotice notice(ResultSet rs) throws SQLException {
        return new LogoutNotice(
                rs.getString("tenant_id"),
                rs.getString("session_uid"),
                rs.getString("client_id"),
                rs.getString("user_id"),
                rs.getString("sid"),
                rs.getInt("attempts"));
    }
}
