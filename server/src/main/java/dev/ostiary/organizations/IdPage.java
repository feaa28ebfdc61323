package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Query;

/**
 * The ids of one page of a long list; the rows are read by them afterwards, behind row security.
 *
 * @param total of all pages; one more than was counted when capped
 */
record IdPage(List<String> ids, long total, boolean capped) {
    private record Match(String id, long total) {}

    Response answer(Page page, Request request, List<?> rows) {
        return page.headers(request, Response.json(rows), total, capped);
    }

    /** Ids by a statement that has an order. */
    static List<String> list(Tx tx, String ordered, Page page, UnaryOperator<Query> bind) {
        return bind.apply(tx.query(ordered + limit(page))).mapTo(String.class).list();
    }

    /**
     * The page of a search. Where few match, they are counted and sorted; where more than {@code cap} do, the order is
     * walked until the page is full, and nobody counts to the end.
     *
     * @param some selects {@code id} and {@code created_at} of the matches, by which the newest come first; limited to
     *     {@code cap} + 1
     * @param ordered selects the ids of all matches, in that order
     */
    static IdPage search(Tx tx, String some, int cap, String ordered, Page page, UnaryOperator<Query> bind) {
        List<Match> matches = bind.apply(tx.query("SELECT m.id, count(*) OVER () AS total FROM (" + some
                        + ") AS m ORDER BY m.created_at DESC, m.id DESC" + limit(page)))
                .map((rs, ctx) -> new Match(rs.getString("id"), rs.getLong("total")))
                .list();
        long total = matches.isEmpty()
                ? beyond(tx, some, page, bind)
                : matches.getFirst().total();
        if (total <= cap) {
            return new IdPage(matches.stream().map(Match::id).toList(), total, false);
        }
        return new IdPage(list(tx, ordered, page, bind), total, true);
    }

    /** How many there are where the page has none of them. */
    private static long beyond(Tx tx, String some, Page page, UnaryOperator<Query> bind) {
        if (page.offset() == 0) {
            return 0;
        }
        return bind.apply(tx.query("SELECT count(*) FROM (" + some + ") AS m"))
                .mapTo(Long.class)
                .one();
    }

    /** Written out and not bound: for an unknown limit PostgreSQL plans each time anew. */
    static String limit(Page page) {
        return " LIMIT " + page.size() + " OFFSET " + page.offset();
    }
}
