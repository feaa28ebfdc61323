package dev.ostiary.users;

import static dev.ostiary.users.UsersHouse.OTHER;
import static dev.ostiary.users.UsersHouse.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.http.Params;
import dev.ostiary.testing.TestPostgres;
import dev.ostiary.users.UserSearchStore.Found;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With many users, of several tenants, no question of a visitor or an administrator reads a table whole. */
class UserPlansTest {
    private static final int MANY = 24_000;

    private static Database db;

    @BeforeAll
    static void fill() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        // One connection: its statistics are complete when it has flushed them.
        db = new Database(new Database.Settings(fresh.jdbcUrl(), fresh.user(), fresh.password(), 1));
        db.run("*", tx -> {
            tx.update("INSERT INTO tenants (id) VALUES ('default'), ('other')").execute();
            tx.update(
                            """
                            INSERT INTO users (tenant_id, id, username, primary_email, primary_phone, name, created_at)
                            SELECT CASE WHEN i % 3 = 0 THEN 'other' ELSE 'default' END, left(md5('id' || i), 12),
                                'user_' || i, 'user.' || i || '@example.com', (4470000000 + i)::text,
                                'Name ' || CASE WHEN i % 400 = 1 THEN 'Rarely' ELSE 'Often' END,
                                now() - make_interval(secs => i)
                            FROM generate_series(1, :many) AS i
                            """)
                    .bind("many", MANY)
                    .execute();
            tx.update("ANALYZE users").execute();
            tx.update("ANALYZE user_search").execute();
        });
    }

    @AfterAll
    static void close() {
        db.close();
    }

    @Test
    void no_search_reads_a_table_whole() {
        long before = sequentialScans();
        for (String query : List.of(
                "search=%25Rarely%25",
                "search=%25rarely%25&isCaseSensitive=true",
                "search=%25Often%25",
                "search=%25nobody%25",
                "search.username=user_77",
                "search.username=user_77&mode=exact",
                "search.username=user_77&mode=exact&isCaseSensitive=true",
                "search.username=user_77&search.username=user_78&mode=exact",
                "search.primaryEmail=user.77%25",
                "search.primaryPhone=%25000077",
                "search.name=Rare&mode=posix",
                "search.name=%25Rarely&mode=similar_to&isCaseSensitive=true",
                "search.name=%25Rarely&search.username=user_1%25&joint=and",
                "search=%25a%25",
                "search=%25")) {
            // Often enough that a prepared statement would turn to a plan for any pattern.
            for (int i = 0; i < 8; i++) {
                search(TENANT, query, 0);
                search(OTHER, query, 0);
            }
            assertThat(sequentialScans()).as(query).isEqualTo(before);
        }
    }

    @Test
    void no_page_and_no_look_up_reads_a_table_whole() {
        Users users = new Users(db, Ids.secure(), Clock.systemUTC());
        long before = sequentialScans();
        for (int i = 0; i < 8; i++) {
            db.run(TENANT, tx -> {
                UserSearchStore.list(tx, null, 0, 20);
                UserSearchStore.list(tx, null, 15_980, 20);
                UserSearchStore.list(tx, null, 5_000, 20);
                UserSearchStore.list(tx, UserFilter.Exclusion.ofRole("no-role"), 0, 20);
                UserSearchStore.list(tx, UserFilter.Exclusion.ofOrganization("no-organization"), 0, 20);
                assertThat(users.findByEmail(tx, "USER.77@example.com")).isPresent();
                assertThat(users.findByUsername(tx, "user_77", true)).isPresent();
                assertThat(users.findByUsername(tx, "USER_77", false)).isPresent();
                assertThat(users.findByPhone(tx, "4470000077")).isPresent();
                assertThat(users.find(tx, "nobody")).isEmpty();
            });
        }
        assertThat(sequentialScans()).isEqualTo(before);
    }

    @Test
    void the_count_of_sequential_scans_sees_one() {
        long before = sequentialScans();
        db.read(TENANT, tx -> tx.query("SELECT count(*) FROM user_search WHERE name <> :tenant")
                .mapTo(Long.class)
                .one());
        assertThat(sequentialScans()).isGreaterThan(before);
    }

    @Test
    void matches_are_counted_exactly_up_to_ten_thousand() {
        assertThat(search(TENANT, "search=%25Rarely%25", 0).total()).isEqualTo(40);
        assertThat(search(OTHER, "search=%25Often%25", 0))
                .extracting(Found::total, Found::capped)
                .containsExactly(7_980L, false);
        Found often = search(TENANT, "search=%25Often%25", 0);
        assertThat(often).extracting(Found::total, Found::capped).containsExactly(10_001L, true);
        assertThat(often.users()).hasSize(20);
        assertThat(often.users().getFirst().username()).isEqualTo("user_2");
        Found deep = search(TENANT, "search=%25Often%25", 12_000);
        assertThat(deep.users()).hasSize(20);
    }

    @Test
    void deep_pages_counted_from_either_end_are_the_same() {
        for (long offset : new long[] {0, 9_999, 10_000, 12_345, 15_980, 15_990, 15_999}) {
            List<String> straight = db.read(TENANT, tx -> tx.query(
                            "SELECT id FROM users WHERE tenant_id = :tenant ORDER BY created_at DESC, id DESC"
                                    + " LIMIT 20 OFFSET :offset")
                    .bind("offset", offset)
                    .mapTo(String.class)
                    .list());
            Found page = db.read(TENANT, tx -> UserSearchStore.list(tx, null, offset, 20));
            assertThat(page.users().stream().map(User::id))
                    .as("offset " + offset)
                    .containsExactlyElementsOf(straight);
            assertThat(page.total()).isEqualTo(16_000);
        }
        Found beyond = db.read(TENANT, tx -> UserSearchStore.list(tx, null, 16_000, 20));
        assertThat(beyond)
                .extracting(found -> found.users().size(), Found::total)
                .containsExactly(0, 16_000L);
    }

    private static Found search(String tenant, String query, long offset) {
        UserFilter filter = UserFilter.of(Params.parse(query));
        return db.write(tenant, tx -> UserSearchStore.search(tx, filter, offset, 20));
    }

    private static long sequentialScans() {
        db.read(TENANT, tx -> tx.query("SELECT pg_stat_force_next_flush()::text")
                .mapTo(String.class)
                .findOne());
        return db.read(TENANT, tx -> tx.query(
                        "SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname IN ('users', 'user_search')")
                .mapTo(Long.class)
                .one());
    }
}
