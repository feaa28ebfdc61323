package dev.ostiary.organizations;

import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Page;
import dev.ostiary.users.Users;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Pages of the users who are members of one organization, those who joined last in front. An organization may have a
 * hundred thousand of them among millions of users; where the planner would have to guess which end of a search is the
 * shorter one, it is told ({@code OFFSET 0} keeps a lateral look-up what it is).
 */
final class UserMembers {
    /** So many are looked up one by one within a page's time. */
    private static final int FEW = 4_000;

    /** The newest members, who are looked at before any index: a common text fills its page among them. */
    private static final int SAMPLE = 2_000;

    /** Matches of a common text that are counted, if the page does not end later. */
    private static final int CAP = 50;

    /** Matches in the tenant that are compared with the members; more, and all members are looked at. */
    private static final int MANY = 7_000;

    /** A trigram index needs three characters. */
    private static final int INDEXED = 3;

    private static final String MEMBERS_OF = "m.tenant_id = :tenant AND m.organization_id = :organization";
    private static final String NEWEST_FIRST = " ORDER BY m.created_at DESC, m.user_id DESC";

    private static final String WITH_ROLE =
            """
             CROSS JOIN LATERAL (SELECT FROM organization_user_roles mr
                WHERE mr.tenant_id = :tenant AND mr.organization_id = :organization AND mr.user_id = m.user_id
                    AND mr.organization_role_id = :role OFFSET 0) AS held
            """;

    private static final String FEW_WITH_ROLE =
            """
            SELECT m.user_id, m.created_at FROM organization_user_roles mr
            CROSS JOIN LATERAL (SELECT m.user_id, m.created_at FROM organization_users m
                WHERE m.tenant_id = mr.tenant_id AND m.organization_id = mr.organization_id
                    AND m.user_id = mr.user_id OFFSET 0) AS m
            WHERE mr.tenant_id = :tenant AND mr.organization_id = :organization AND mr.organization_role_id = :role
            """;

    private final Tx tx;
    private final Optional<String> role;
    private final UnaryOperator<Query> bind;

    private UserMembers(Tx tx, String organizationId, Optional<String> role) {
        this.tx = tx;
        this.role = role;
        this.bind = query -> {
            query.bind("organization", organizationId);
            role.ifPresent(id -> query.bind("role", id));
            return query;
        };
    }

    /** @param role only those who hold it */
    static IdPage list(Tx tx, String organizationId, Optional<String> role, Page page) {
        UserMembers members = new UserMembers(tx, organizationId, role);
        long total = members.count();
        String ids = "SELECT m.user_id" + members.from(total, "") + NEWEST_FIRST;
        return new IdPage(IdPage.list(tx, ids, page, members.bind), total, false);
    }

    /** Those of whom the text is part. Inside a transaction: the planner's settings end with it. */
    static IdPage search(Tx tx, String organizationId, Optional<String> role, String text, Page page) {
        Search.plan(tx);
        UserMembers members = new UserMembers(tx, organizationId, role);
        long population = members.count();
        if (population <= FEW) {
            return members.walk(text, population, FEW, page);
        }
        return members.amongNewest(text, page)
                .or(() -> text.length() < INDEXED ? Optional.empty() : members.fromIndex(text, page))
                .orElseGet(() -> members.walk(text, population, cap(page), page));
    }

    private long count() {
        String total = role.isPresent()
                ? "SELECT count(*) FROM organization_user_roles m WHERE m.organization_role_id = :role AND "
                        + MEMBERS_OF
                : "SELECT coalesce(sum(m.difference), 0) FROM organization_user_counts m WHERE " + MEMBERS_OF;
        return bind.apply(tx.query(total)).mapTo(Long.class).one();
    }

    /** @param more joined to the members, who are {@code m} */
    private String from(long population, String more) {
        if (role.isPresent() && population <= FEW) {
            return " FROM (" + FEW_WITH_ROLE + ") AS m" + more;
        }
        return " FROM organization_users m" + withRole() + more + " WHERE " + MEMBERS_OF;
    }

    /** Empty if the newest members have not so many matches that they fill the page and more. */
    private Optional<IdPage> amongNewest(String text, Page page) {
        int cap = cap(page);
        String newest = "SELECT m.user_id, m.created_at FROM organization_users m WHERE " + MEMBERS_OF + NEWEST_FIRST
                + " LIMIT " + SAMPLE;
        List<String> found = containing(
                        tx.query("SELECT m.user_id FROM (" + newest + ") AS m" + withRole() + hit(text) + NEWEST_FIRST
                                + " LIMIT " + (cap + 1)),
                        text)
                .mapTo(String.class)
                .list();
        return found.size() <= cap
                ? Optional.empty()
                : Optional.of(new IdPage(
                        found.subList((int) page.offset(), (int) page.offset() + page.size()), found.size(), true));
    }

    private static int cap(Page page) {
        return (int) Math.min(SAMPLE, Math.max(CAP, page.offset() + page.size()));
    }

    /** Looks at one member after the other, from the newest on, until enough are found. */
    private IdPage walk(String text, long population, int cap, Page page) {
        String matches = from(population, hit(text)) + NEWEST_FIRST;
        return IdPage.search(
                tx,
                "SELECT m.user_id AS id, m.created_at" + matches + " LIMIT " + (cap + 1),
                cap,
                "SELECT m.user_id" + matches,
                page,
                query -> containing(query, text));
    }

    /** Users of the tenant who match, and which of them are members; empty if too many match. */
    private Optional<IdPage> fromIndex(String text, Page page) {
        record Row(@Nullable String id, long matched, long total) {}
        String sql =
                "WITH matched AS MATERIALIZED (SELECT s.user_id FROM user_search s WHERE s.tenant_id = :tenant AND "
                        + condition(text) + " LIMIT " + (MANY + 1) + "),"
                        + " here AS MATERIALIZED (SELECT m.user_id, m.created_at FROM matched CROSS JOIN LATERAL ("
                        + "SELECT m.user_id, m.created_at FROM organization_users m" + withRole()
                        + " WHERE " + MEMBERS_OF + " AND m.user_id = matched.user_id OFFSET 0) AS m)"
                        + " SELECT counted.*, page.user_id FROM (SELECT (SELECT count(*) FROM matched) AS matched,"
                        + " (SELECT count(*) FROM here) AS total) AS counted LEFT JOIN (SELECT m.* FROM here AS m"
                        + NEWEST_FIRST + IdPage.limit(page)
                        + ") AS page ON true ORDER BY page.created_at DESC, page.user_id DESC";
        List<Row> rows = containing(tx.query(sql), text)
                .map((rs, ctx) -> new Row(rs.getString("user_id"), rs.getLong("matched"), rs.getLong("total")))
                .list();
        if (rows.getFirst().matched() > MANY) {
            return Optional.empty();
        }
        List<String> ids = rows.stream().map(Row::id).filter(Objects::nonNull).toList();
        return Optional.of(new IdPage(ids, rows.getFirst().total(), false));
    }

    private String withRole() {
        return role.isPresent() ? WITH_ROLE : "";
    }

    private static String hit(String text) {
        return " CROSS JOIN LATERAL (SELECT FROM user_search s WHERE s.tenant_id = :tenant AND s.user_id = m.user_id"
                + " AND "
                + condition(text) + " OFFSET 0) AS hit";
    }

    private static String condition(String text) {
        return Containing.condition(Optional.of(text), Users.SEARCHABLE.values().toArray(String[]::new));
    }

    private Query containing(Query query, String text) {
        return Containing.bind(bind.apply(query), Optional.of(text));
    }
}
