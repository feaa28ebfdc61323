package dev.ostiary.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.db.Database;
import dev.ostiary.http.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An organization that is large enough for every way in which members are found. */
class UserMembersTest {
    private static final String TENANT = "default";
    private static final String LARGE = "large";
    private static final Optional<String> ALL = Optional.empty();
    private static final Optional<String> MANY = Optional.of("many");
    private static final Optional<String> FEW = Optional.of("few");

    private static OrganizationsHouse house;
    private static Database database;

    @BeforeAll
    static void start() {
        house = new OrganizationsHouse();
        database = house.server.app().database();
        database.run(TENANT, tx -> {
            for (String sql : List.of(
                    // every tenth is common, one in a thousand is rare, Outside is no member
                    """
                    INSERT INTO users (tenant_id, id, username, name)
                    SELECT :tenant, 'u' || lpad(n::text, 6, '0'), 'member_' || n,
                        CASE WHEN n % 10 = 0 THEN 'Common ' ELSE 'Plain ' END
                            || CASE WHEN n % 1000 = 7 THEN 'Rarely' WHEN n > 6000 THEN 'Outside' ELSE '' END
                    FROM generate_series(1, 8000) AS n
                    """,
                    """
                    INSERT INTO organizations (tenant_id, id, name)
                    VALUES (:tenant, 'large', 'Large'), (:tenant, 'other', 'Other')
                    """,
                    """
                    INSERT INTO organization_roles (tenant_id, id, name, type)
                    VALUES (:tenant, 'many', 'many', 'User'), (:tenant, 'few', 'few', 'User')
                    """,
                    """
                    INSERT INTO organization_users (tenant_id, user_id, organization_id, created_at)
                    SELECT :tenant, 'u' || lpad(n::text, 6, '0'), 'large', now() - n * interval '1 second'
                    FROM generate_series(1, 6000) AS n
                    """,
                    """
                    INSERT INTO organization_user_roles (tenant_id, user_id, organization_id, organization_role_id)
                    SELECT :tenant, 'u' || lpad(n::text, 6, '0'), 'large', 'many' FROM generate_series(1, 5000) AS n
                    UNION ALL
                    SELECT :tenant, 'u' || lpad(n::text, 6, '0'), 'large', 'few' FROM generate_series(5001, 6000) AS n
                    """)) {
                tx.update(sql).execute();
            }
            for (String table : List.of("user_search", "organization_users", "organization_user_roles")) {
                tx.update("ANALYZE " + table).execute();
            }
        });
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @Test
    void all_are_listed_and_counted_by_page() {
        IdPage first = list(ALL, 1);
        assertThat(first.ids()).hasSize(100).startsWith("u000001", "u000002");
        assertThat(first.total()).isEqualTo(6_000);
        assertThat(list(ALL, 60).ids()).hasSize(100).endsWith("u006000");
        assertThat(list(ALL, 61).ids()).isEmpty();
    }

    @Test
    void holders_of_a_role_are_listed_whether_many_or_few() {
        assertThat(list(MANY, 50)).satisfies(page -> {
            assertThat(page.ids()).hasSize(100).endsWith("u005000");
            assertThat(page.total()).isEqualTo(5_000);
        });
        assertThat(list(FEW, 10)).satisfies(page -> {
            assertThat(page.ids()).hasSize(100).startsWith("u005901").endsWith("u006000");
            assertThat(page.total()).isEqualTo(1_000);
        });
        assertThat(list(Optional.of("nobody"), 1).total()).isZero();
    }

    @Test
    void a_common_text_is_found_at_once_and_not_counted_to_the_end() {
        IdPage first = search(ALL, "common", 1);
        assertThat(first.ids()).hasSize(100).startsWith("u000010", "u000020");
        assertThat(first.capped()).isTrue();
        assertThat(first.total()).isEqualTo(101);
        assertThat(search(ALL, "common", 3).ids()).hasSize(100).startsWith("u002010");
        assertThat(search(ALL, "common", 6).ids()).hasSize(100).endsWith("u006000");
        assertThat(search(ALL, "common", 7).ids()).isEmpty();
        assertThat(search(MANY, "common", 5).ids()).hasSize(100).endsWith("u005000");
    }

    @Test
    void a_rare_text_is_found_by_the_index_and_counted() {
        IdPage found = search(ALL, "rarely", 1);
        assertThat(found.ids()).containsExactly("u000007", "u001007", "u002007", "u003007", "u004007", "u005007");
        assertThat(found.total()).isEqualTo(6);
        assertThat(found.capped()).isFalse();
        assertThat(search(MANY, "RARELY", 1).ids()).hasSize(5);
        assertThat(search(FEW, "rarely", 1).ids()).containsExactly("u005007");
        assertThat(search(ALL, "rarely", 2)).satisfies(page -> {
            assertThat(page.ids()).isEmpty();
            assertThat(page.total()).isEqualTo(6);
        });
    }

    @Test
    void who_is_no_member_is_not_found_however_many_match() {
        assertThat(search(ALL, "outside", 1)).satisfies(page -> {
            assertThat(page.ids()).isEmpty();
            assertThat(page.total()).isZero();
        });
        IdPage none = database.write(TENANT, tx -> UserMembers.search(tx, "other", ALL, "common", new Page(1, 100)));
        assertThat(none.total()).isZero();
    }

    @Test
    void two_letters_are_found_without_an_index() {
        assertThat(search(ALL, "ly", 1)).satisfies(page -> {
            assertThat(page.ids()).hasSize(6);
            assertThat(page.total()).isEqualTo(6);
        });
        assertThat(search(FEW, "ly", 1).ids()).containsExactly("u005007");
        assertThat(search(ALL, "zq", 1).ids()).isEmpty();
    }

    /** PostgreSQL counts its own scans; statistics of this transaction are visible to it at once. */
    @Test
    void no_way_reads_a_table_whole() {
        for (Optional<String> role : List.of(ALL, MANY, FEW)) {
            for (String text : List.of("common", "rarely", "outside", "ly", "u000777", "%_")) {
                assertThat(plans(role, text)).as("%s %s", role, text).isZero();
            }
        }
    }

    private static long plans(Optional<String> role, String text) {
        return database.write(TENANT, tx -> {
            String scans =
                    """
                    SELECT coalesce(sum(pg_stat_get_xact_numscans(c.oid)) FILTER (WHERE c.relkind = 'r'), 0)
                    FROM pg_class c
                    WHERE c.relname IN ('organization_users', 'organization_user_roles', 'user_search')
                    """;
            long before = tx.query(scans).mapTo(Long.class).one();
            UserMembers.search(tx, LARGE, role, text, new Page(1, 20));
            UserMembers.list(tx, LARGE, role, new Page(1, 20));
            return tx.query(scans).mapTo(Long.class).one() - before;
        });
    }

    private static IdPage list(Optional<String> role, int page) {
        return database.read(TENANT, tx -> UserMembers.list(tx, LARGE, role, new Page(page, 100)));
    }

    private static IdPage search(Optional<String> role, String text, int page) {
        return database.write(TENANT, tx -> UserMembers.search(tx, LARGE, role, text, new Page(page, 100)));
    }
}
