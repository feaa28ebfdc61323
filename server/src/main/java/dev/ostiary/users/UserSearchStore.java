package dev.ostiary.users;

import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.users.UserFilter.Exclusion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Pages of users, newest first. Ids are found in {@code user_search}, whose indexes answer any pattern; the rows come from
 * {@code users}, behind row security. One statement a page, two for a search with more than {@link #CAP} matches, one more where some are left out.
 */
final class UserSearchStore {
    /** A search that matches more is not counted to the end: that takes as long as its matches are many. */
    static final int CAP = 10_000;

    /** The same where each match has to be looked up among those who are left out. */
    private static final int EXCLUDING_CAP = 1_000;

    /** The newest users, who are looked at before any index where some are left out. */
    private static final int SAMPLE = 2_000;

    /** Matches among them that are counted, if the page does not end later. */
    private static final int COMMON = 50;

    /** From here on it pays to ask from which end a page is nearer. */
    private static final int DEEP = 10_000;

    private static final String NEWEST_FIRST = " ORDER BY s.created_at DESC, s.user_id DESC";

    private UserSearchStore() {}

    /**
     * @param total of all pages; one more than was counted when capped
     * @param capped there are more than {@code total}
     */
    record Found(List<User> users, long total, boolean capped) {}

    private record Row(@Nullable User user, long total) {}

    static Found list(Tx tx, @Nullable Exclusion exclusion, long offset, int size) {
        if (offset >= DEEP && exclusion == null) {
            long total = UserCountStore.count(tx);
            if (offset > total / 2) {
                return fromTheEnd(tx, total, offset, size);
            }
        }
        String page = "SELECT s.user_id FROM user_search AS s WHERE s.tenant_id = :tenant" + condition(exclusion)
                + NEWEST_FIRST + limit(offset, size);
        String total = "SELECT coalesce(sum(difference), 0)::bigint"
                + (exclusion == null ? "" : " - " + exclusion.count())
                + " AS total FROM user_counts WHERE tenant_id = :tenant";
        return found(bind(tx.query(rows("", total, page)), exclusion));
    }

    /** Inside a transaction: the planner's settings end with it. */
    static Found search(Tx tx, UserFilter filter, long offset, int size) {
        Search.plan(tx);
        if (filter.exclusion() != null && offset + size <= SAMPLE) {
            Found common = amongNewest(tx, filter, offset, size);
            if (common.total() > Math.max(COMMON, offset + size)) {
                return common;
            }
        }
        int cap = filter.exclusion() == null ? CAP : EXCLUDING_CAP;
        String matches = " FROM user_search AS s WHERE s.tenant_id = :tenant AND "
                + filter.search().condition() + condition(filter.exclusion());
        // Without an order first: most searches match few, and those are sorted in no time.
        String some =
                "WITH matches AS MATERIALIZED (SELECT s.user_id, s.created_at" + matches + " LIMIT " + (cap + 1) + ") ";
        String sql = rows(
                some,
                "SELECT count(*) AS total FROM matches",
                "SELECT s.user_id FROM matches AS s" + NEWEST_FIRST + limit(offset, size));
        Query query = filter.search().bind(tx.query(sql));
        Found found = found(bind(query, filter.exclusion()));
        if (found.total() <= cap) {
            return found;
        }
        String ordered = rows(
                "",
                "SELECT " + found.total() + "::bigint AS total",
                "SELECT s.user_id" + matches + NEWEST_FIRST + limit(offset, size));
        Query all = filter.search().bind(tx.query(ordered));
        return new Found(found(bind(all, filter.exclusion())).users(), found.total(), true);
    }

    /**
     * A common text fills its page among the newest users. A trigram index would name each of its many matches first, in
     * every column.
     */
    private static Found amongNewest(Tx tx, UserFilter filter, long offset, int size) {
        long cap = Math.max(COMMON, offset + size);
        String newest =
                "SELECT * FROM user_search AS s WHERE s.tenant_id = :tenant" + NEWEST_FIRST + " LIMIT " + SAMPLE;
        String some = "WITH matches AS MATERIALIZED (SELECT s.user_id, s.created_at FROM (" + newest + ") AS s WHERE "
                + filter.search().condition() + condition(filter.exclusion()) + NEWEST_FIRST + " LIMIT " + (cap + 1)
                + ") ";
        String sql = rows(
                some,
                "SELECT count(*) AS total FROM matches",
                "SELECT s.user_id FROM matches AS s" + NEWEST_FIRST + limit(offset, size));
        Found found = found(bind(filter.search().bind(tx.query(sql)), filter.exclusion()));
        return new Found(found.users(), found.total(), true);
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

    private static String condition(@Nullable Exclusion exclusion) {
        return exclusion == null ? "" : exclusion.condition();
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

    private static Query bind(Query query, @Nullable Exclusion exclusion) {
        return exclusion == null ? query : query.bind("excluded", exclusion.id());
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
