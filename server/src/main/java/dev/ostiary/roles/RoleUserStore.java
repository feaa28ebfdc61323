package dev.ostiary.roles;

import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Page;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/** Pages of the users who hold a role, newest first; a default role has as many as there are users. */
final class RoleUserStore {
    /**
     * Up to so many holders are found by the role and sorted; of more, a walk along all users, newest first, soon meets
     * enough.
     */
    private static final int FEW = 5_000;

    /** A search that matches more is not counted to the end: each match is looked up. */
    private static final int CAP = 1_000;

    private static final String FROM =
            """
             FROM user_roles h JOIN user_search s ON s.tenant_id = h.tenant_id AND s.user_id = h.user_id
            WHERE h.tenant_id = :tenant AND h.role_id = :role AND s.tenant_id = :tenant AND
            """;

    // OFFSET 0 keeps the planner from turning the two around, which it would where it has no statistics yet.
    private static final String BY_ROLE =
            """
            SELECT s.user_id FROM user_roles h CROSS JOIN LATERAL (SELECT x.user_id, x.created_at FROM user_search x
                    WHERE x.tenant_id = :tenant AND x.user_id = h.user_id OFFSET 0) AS s
            WHERE h.tenant_id = :tenant AND h.role_id = :role
            """;

    private static final String ALONG_USERS =
            """
            SELECT s.user_id FROM user_search s CROSS JOIN LATERAL (SELECT 1 FROM user_roles x
                    WHERE x.tenant_id = :tenant AND x.user_id = s.user_id AND x.role_id = :role OFFSET 0) AS h
            WHERE s.tenant_id = :tenant
            """;

    private static final String NEWEST_FIRST = " ORDER BY s.created_at DESC, s.user_id DESC";

    private RoleUserStore() {}

    /** @param capped the true total is larger and was not counted */
    record Found(List<User> users, long total, boolean capped) {}

    /** Inside a transaction: the planner's settings end with it. */
    static Found page(Tx tx, String roleId, Search search, Page page) {
        String limit = NEWEST_FIRST + " LIMIT " + page.size() + " OFFSET " + page.offset();
        if (search.isEmpty()) {
            long total = holders(tx, roleId);
            return new Found(users(tx, (total <= FEW ? BY_ROLE : ALONG_USERS) + limit, roleId, search), total, false);
        }
        Search.plan(tx);
        long total = matches(tx, roleId, search);
        String from = FROM + search.condition();
        String ids = total <= CAP
                ? "WITH few AS MATERIALIZED (SELECT s.user_id, s.created_at" + from + ") SELECT s.user_id FROM few AS s"
                : "SELECT s.user_id" + from;
        return new Found(users(tx, ids + limit, roleId, search), total, total > CAP);
    }

    private static List<User> users(Tx tx, String ids, String roleId, Search search) {
        String sql = "SELECT " + Users.COLUMNS + " FROM (" + ids + ") AS page JOIN users u"
                + " ON u.tenant_id = :tenant AND u.id = page.user_id ORDER BY u.created_at DESC, u.id DESC";
        return bind(tx, sql, roleId, search).map((rs, ctx) -> Users.read(rs)).list();
    }

    private static long holders(Tx tx, String roleId) {
        return tx.query(
                        """
                        SELECT coalesce(sum(difference), 0)::bigint FROM role_user_counts
                        WHERE tenant_id = :tenant AND role_id = :role
                        """)
                .bind("role", roleId)
                .mapTo(Long.class)
                .one();
    }

    private static long matches(Tx tx, String roleId, Search search) {
        String some = "SELECT 1" + FROM + search.condition() + " LIMIT " + (CAP + 1);
        return bind(tx, "SELECT count(*) FROM (" + some + ") AS m", roleId, search)
                .mapTo(Long.class)
                .one();
    }

    private static Query bind(Tx tx, String sql, String roleId, Search search) {
        return search.bind(tx.query(sql)).bind("role", roleId);
    }

    /** Short ledgers: one line a role, where there are many. */
    static void foldCounts(Tx tx) {
        tx.update(
                        """
                WITH long AS MATERIALIZED (
                    SELECT tenant_id, role_id FROM role_user_counts
                    GROUP BY tenant_id, role_id HAVING count(*) > 20 LIMIT 1000),
                taken AS (
                    DELETE FROM role_user_counts c USING long
                    WHERE c.tenant_id = long.tenant_id AND c.role_id = long.role_id
                    RETURNING c.tenant_id, c.role_id, c.difference)
                INSERT INTO role_user_counts
                SELECT tenant_id, role_id, sum(difference) FROM taken GROUP BY tenant_id, role_id
                """)
                .execute();
    }
}
