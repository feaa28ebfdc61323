package dev.ostiary.users;

import dev.ostiary.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Pages of users, newest first. Ids are found in {@code user_search}, whose indexes answer any pattern; the rows come from
 * {@code users}, behind row security. One statement a page, two for a search with more than {@link #CAP} matches.
 */
final class UserSearchStore {
    /** A search that matches more is not counted to the end: that takes as long as its matches are many. */
    static final int CAP = 10_000;

    /** From here on it pays to ask from which end a page is nearer. */
    private static final int DEEP = 10_000;

    private static final String NEWEST_FIRST = " ORDER BY s.created_at DESC, s.user_id DESC";

    private UserSearchStore() {}

    /**
     * @param total of all pages; {@link #CAP} + 1 when capped
     * @param capped there are more than {@code total}
     */
    record Found(List<User> users, long total, boolean capped) {}

    private record Row(@Nullable User user, long total) {}

    static Found list(Tx tx, @Nullable String excludeRoleId, long offset, int size) {
        if (offset >= DEEP && excludeRoleId == null) {
            long total = UserStore.count(tx);
            if (offset > total / 2) {
                return fromTheEnd(tx, total, offset, size);
            }
        }
        String page = "SELECT s.user_id FROM user_search AS s WHERE s.tenant_id = :tenant" + exclusion(excludeRoleId)
                + NEWEST_FIRST + limit(offset, size);
        String total = "SELECT coalesce(sum(difference), 0)::bigint"
                + (excludeRoleId == null
                        ? ""
                        : " - (SELECT count(*) FROM user_roles AS r WHERE r.tenant_id = :tenant AND r.role_id = :role)")
                + " AS total FROM user_counts WHERE tenant_id = :tenant";
        return found(bind(tx.query(rows("", total, page)), excludeRoleId));
    }

    /** Inside a transaction: the planner's settings end with it. */
    static Found search(Tx tx, UserFilter filter, long offset, int size) {
        plan(tx);
        String matches = " FROM user_search AS s WHERE s.tenant_id = :tenant AND "
                + filter.search().condition() + exclusion(filter.excludeRoleId());
        // Without an order first: most searches match few, and those are sorted in no time.
        String some =
                "WITH matches AS MATERIALIZED (SELECT s.user_id, s.created_at" + matches + " LIMIT " + (CAP + 1) + ") ";
        String sql = rows(
                some,
                "SELECT count(*) AS total FROM matches",
                "SELECT s.user_id FROM matches AS s" + NEWEST_FIRST + limit(offset, size));
        Query query = filter.search().bind(tx.query(sql));
        Found found = found(bind(query, filter.excludeRoleId()));
        if (found.total() <= CAP) {
            return found;
        }
        String ordered = rows(
                "",
                "SELECT " + found.total() + "::bigint AS total",
                "SELECT s.user_id" + matches + NEWEST_FIRST + limit(offset, size));
        Query all = filter.search().bind(tx.query(ordered));
        return new Found(found(bind(all, filter.excludeRoleId())).users(), found.total(), true);
    }

    /** The last pages of a million users are as near as the first, from the other end. */
    private static Found fromTheEnd(Tx tx, long total, long offset, int size) {
        long rows = Math.clamp(total - offset, 0, size);
        String page =
                """
                SELECT s.user_id FROM user_search AS s WHERE s.tenant_id = :tenant
                ORDER BY s.created_at, s.user_id
                """
                        + limit(Math.max(0, total - offset - rows), (int) rows);
        return found(tx.query(rows("", "SELECT :total::bigint AS total", page)).bind("total", total));
    }

    /**
     * For one transaction. No sequential scan: it is cheap by the planner's figures where a pattern matches a lot, and
     * reads the users of all tenants where this tenant has few. Plans are made for the pattern at hand. And nothing runs
     * longer than a caller would wait.
     */
    private static void plan(Tx tx) {
        tx.query("SELECT concat(set_config('enable_seqscan', 'off', true), set_config('statement_timeout', '5s', true),"
                        + " set_config('plan_cache_mode', 'force_custom_plan', true))")
                .mapTo(String.class)
                .one();
    }

    private static String exclusion(@Nullable String roleId) {
        return roleId == null
                ? ""
                : " AND NOT EXISTS (SELECT FROM user_roles AS r WHERE r.tenant_id = :tenant AND r.role_id = :role"
                        + " AND r.user_id = s.user_id)";
    }

    /** The total in each row, and one row without a user where the page has none. */
    private static String rows(String with, String total, String page) {
        return with + "SELECT counted.total, u.* FROM (" + total + ") AS counted LEFT JOIN (SELECT " + UserStore.COLUMNS
                + " FROM (" + page + ") AS page JOIN users AS u ON u.tenant_id = :tenant AND u.id = page.user_id) AS u"
                + " ON true ORDER BY u.created_at DESC, u.id DESC";
    }

    /** Written out and not bound: for an unknown limit PostgreSQL plans each time anew, which costs more than the page. */
    private static String limit(long offset, int size) {
        return " LIMIT " + size + " OFFSET " + offset;
    }

    private static Query bind(Query query, @Nullable String roleId) {
        return roleId == null ? query : query.bind("role", roleId);
    }

    private static Found found(Query query) {
        List<Row> rows = query.map((rs, ctx) -> row(rs)).list();
        List<User> users = rows.stream().map(Row::user).filter(Objects::nonNull).toList();
        return new Found(users, rows.getFirst().total(), false);
    }

    private static Row row(ResultSet rs) throws SQLException {
        return new Row(rs.getString("id") == null ? null : UserStore.user(rs), rs.getLong("total"));
    }
}
