package dev.ostiary.organizations;

import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Page;
import dev.ostiary.json.Json;
import dev.ostiary.organizations.OrganizationJson.Joined;
import dev.ostiary.organizations.OrganizationJson.Overview;
import dev.ostiary.organizations.OrganizationJson.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lists of organizations, newest first. */
final class OrganizationLists {
    /** A search that matches more is not counted to the end. */
    private static final int CAP = 3_000;

    private static final String SEARCHED =
            "FROM organization_search s WHERE s.tenant_id = :tenant AND s.folded LIKE lower(:containing)";

    private static final String ALL =
            "SELECT o.id FROM organizations o WHERE o.tenant_id = :tenant ORDER BY o.created_at DESC, o.id DESC";

    /** How many members each organization has, by the ledger, and the three who joined last. */
    private static final String FEATURED =
            """
            , (SELECT coalesce(sum(c.difference), 0) FROM organization_user_counts c
                WHERE c.tenant_id = o.tenant_id AND c.organization_id = o.id) AS users_count,
            (SELECT jsonb_agg(jsonb_build_object('id', u.id, 'avatar', u.avatar, 'name', u.name)
                    ORDER BY last.created_at DESC, u.id DESC)
                FROM (SELECT m.user_id, m.created_at FROM organization_users m
                    WHERE m.tenant_id = o.tenant_id AND m.organization_id = o.id
                    ORDER BY m.created_at DESC, m.user_id DESC LIMIT 3) AS last
                JOIN users u ON u.tenant_id = o.tenant_id AND u.id = last.user_id) AS featured_users
            """;

    private static final String JOINED =
            """
            , (SELECT jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) ORDER BY r.name)
                FROM $roles mr
                JOIN organization_roles r ON r.tenant_id = mr.tenant_id AND r.id = mr.organization_role_id
                WHERE mr.tenant_id = m.tenant_id AND mr.$member = m.$member
                    AND mr.organization_id = m.organization_id) AS organization_roles
            FROM $members m JOIN organizations o ON o.tenant_id = m.tenant_id AND o.id = m.organization_id
            WHERE m.tenant_id = :tenant AND m.$member = :member
            ORDER BY m.created_at DESC, m.organization_id DESC OFFSET :offset LIMIT :limit
            """;

    private OrganizationLists() {}

    static IdPage page(Tx tx, Page page) {
        // The search table has as many rows, and no row security that would look at each.
        long total = tx.query("SELECT count(*) FROM organization_search WHERE tenant_id = :tenant")
                .mapTo(Long.class)
                .one();
        return new IdPage(IdPage.list(tx, ALL, page, UnaryOperator.identity()), total, false);
    }

    /** Inside a transaction. */
    static IdPage search(Tx tx, String text, Page page) {
        Search.plan(tx);
        return IdPage.search(
                tx,
                "SELECT s.organization_id AS id, s.created_at " + SEARCHED + " LIMIT " + (CAP + 1),
                CAP,
                "SELECT s.organization_id " + SEARCHED + " ORDER BY s.created_at DESC, s.organization_id DESC",
                page,
                query -> query.bind("containing", Containing.pattern(text)));
    }

    /** In the order of the ids. One statement, whatever their number. */
    static List<Overview> rows(Tx tx, List<String> ids, boolean featured) {
        return tx.query(
                        "SELECT " + OrganizationStore.COLUMNS + (featured ? FEATURED : "")
                                + """
                         FROM unnest(:ids) WITH ORDINALITY AS page (id, place)
                        JOIN organizations o ON o.tenant_id = :tenant AND o.id = page.id ORDER BY page.place
                        """)
                .bindArray("ids", String.class, ids)
                .map((rs, ctx) -> overview(tx.tenant(), rs, featured))
                .list();
    }

    /** The organizations of one member with its roles in each, those joined last in front. */
    static List<Joined> joined(Tx tx, MemberKind kind, String memberId, long offset, long limit) {
        return tx.query(kind.sql("SELECT " + OrganizationStore.COLUMNS + JOINED))
                .bind("member", memberId)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> new Joined(
                        View.of(tx.tenant(), OrganizationStore.organization(rs)),
                        MemberStore.roleNames(rs.getString("organization_roles"))))
                .list();
    }

    static long countJoined(Tx tx, MemberKind kind, String memberId) {
        return tx.query(kind.sql("SELECT count(*) FROM $members WHERE tenant_id = :tenant AND $member = :member"))
                .bind("member", memberId)
                .mapTo(Long.class)
                .one();
    }

    private static Overview overview(String tenant, ResultSet rs, boolean featured) throws SQLException {
        View view = View.of(tenant, OrganizationStore.organization(rs));
        if (!featured) {
            return new Overview(view, Optional.empty(), Optional.empty());
        }
        @Nullable String users = rs.getString("featured_users");
        return new Overview(
                view,
                Optional.of(rs.getLong("users_count")),
                Optional.of(Json.readStored(users == null ? "[]" : users)));
    }
}
