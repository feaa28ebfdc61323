package dev.ostiary.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final Map<String, Integer> CHECKSUMS = Map.ofEntries(
            Map.entry("0001", -1658037970),
            Map.entry("0002", -849818122),
            Map.entry("0003", -515994502),
            Map.entry("0004", 1307682904),
            Map.entry("0005", 1785536945),
            Map.entry("0006", -1344461621),
            Map.entry("0007", -1160159155),
            Map.entry("0008", 2107401111),
            Map.entry("0009", 684916003),
            Map.entry("0010", -221205308),
            Map.entry("0011", -1992210963),
            Map.entry("0012", -315344279),
            Map.entry("0013", -1657947688));

    @Test
    void nodes_that_start_at_once_migrate_an_empty_database_once() throws Exception {
        TestPostgres.Database database = TestPostgres.emptyDatabase();
        migrateByFourNodesAtOnce(database);
        assertThat(count(database, "SELECT count(*) FROM schema_history WHERE success"))
                .isPositive();
        assertThat(count(database, "SELECT count(*) FROM schema_history WHERE NOT success"))
                .isZero();
        assertThat(count(
                        database,
                        "SELECT count(*) - count(DISTINCT version) FROM schema_history WHERE version IS NOT NULL"))
                .isZero();
    }

    private static void migrateByFourNodesAtOnce(TestPostgres.Database database) throws Exception {
        CountDownLatch together = new CountDownLatch(1);
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = new ArrayList<>();
            for (int node = 0; node < 4; node++) {
                runs.add(nodes.submit(() -> {
                    together.await();
                    Migrations.run(database.settings());
                    return true;
                }));
            }
            together.countDown();
            for (Future<?> run : runs) {
                run.get();
            }
        }
    }

    @Test
    void a_database_that_has_had_all_is_recognized_without_flyway_and_any_other_is_not() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        assertThat(MigrationFiles.areAllApplied(database.settings())).isTrue();
        for (String difference : List.of(
                "UPDATE schema_history SET success = false",
                "UPDATE schema_history SET checksum = checksum + 1",
                "UPDATE schema_history SET version = '9' || version",
                "DELETE FROM schema_history")) {
            TestPostgres.Database other = TestPostgres.freshDatabase();
            try (Connection connection = other.connect()) {
                connection.createStatement().execute(difference);
            }
            assertThat(MigrationFiles.areAllApplied(other.settings()))
                    .as(difference)
                    .isFalse();
        }
        assertThat(MigrationFiles.areAllApplied(TestPostgres.emptyDatabase().settings()))
                .isFalse();
    }

    /** A database that has had one would be refused. Whoever adds one adds a line here, and changes none. */
    @Test
    void what_databases_have_had_never_changes() throws Exception {
        Map<String, Integer> had = new TreeMap<>();
        try (Connection connection = TestPostgres.freshDatabase().connect();
                ResultSet found = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT lpad(version, 4, '0'), checksum FROM schema_history WHERE version IS NOT NULL")) {
            while (found.next()) {
                had.put(found.getString(1), found.getInt(2));
            }
        }
        assertThat(had).containsExactlyInAnyOrderEntriesOf(CHECKSUMS);
    }

    @Test
    void a_database_of_the_first_version_keeps_all_it_has_though_nodes_start_at_once() throws Exception {
        TestPostgres.Database database = TestPostgres.emptyDatabase();
        Flyway.configure()
                .dataSource(
                        database.settings().jdbcUrl(),
                        database.settings().user(),
                        database.settings().password())
                .locations("classpath:db/migration")
                .table("schema_history")
                .target("1")
                .load()
                .migrate();
        try (Connection connection = database.connect()) {
            connection
                    .createStatement()
                    .execute(
                            """
                            SELECT set_config('ostiary.tenant', '*', false);
                            INSERT INTO tenants (id) VALUES ('default');
                            INSERT INTO signing_keys (tenant_id, id, algorithm, sealed_key, public_jwk, status, created_at)
                            VALUES ('default', 'old', 'ES384', 'sealed', '{}', 'Previous', '2026-01-01Z'),
                                ('default', 'now', 'ES384', 'sealed', '{}', 'Current', '2026-02-01Z');
                            INSERT INTO users (tenant_id, id, identities, last_sign_in_at, created_at)
                            VALUES ('default', 'u1', '{"github": {"userId": "7"}}', '2026-03-02T23:59:00Z', '2026-03-01Z'),
                                ('default', 'u2', '{}', NULL, '2026-03-01Z');
                            INSERT INTO roles (tenant_id, id, name, description, type)
                            VALUES ('default', 'r1', 'admin', '', 'User');
                            INSERT INTO user_roles (tenant_id, user_id, role_id)
                            VALUES ('default', 'u1', 'r1'), ('default', 'u2', 'r1');
                            """);
        }
        migrateByFourNodesAtOnce(database);
        assertThat(
                        rows(
                                database,
                                "SELECT id, position, (active_from AT TIME ZONE 'UTC')::date FROM signing_keys ORDER BY position"))
                .containsExactly("old 1 2026-01-01", "now 2 2026-02-01");
        assertThat(rows(database, "SELECT day, measure, gap, difference FROM user_days ORDER BY measure"))
                .containsExactly("2026-03-02 active 30 1", "2026-03-01 new 0 2");
        assertThat(rows(database, "SELECT target, identity_id, user_id FROM user_identities"))
                .containsExactly("github 7 u1");
        assertThat(rows(database, "SELECT role_id, sum(difference) FROM role_user_counts GROUP BY role_id"))
                .containsExactly("r1 2");
    }

    private static List<String> rows(TestPostgres.Database database, String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect()) {
            connection.createStatement().execute("SELECT set_config('ostiary.tenant', '*', false)");
            try (ResultSet found = connection.createStatement().executeQuery(query)) {
                while (found.next()) {
                    List<String> columns = new ArrayList<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        columns.add(found.getString(i));
                    }
                    rows.add(String.join(" ", columns));
                }
            }
        }
        return rows;
    }

    @Test
    void a_database_newer_than_the_program_is_refused_with_a_sentence_and_left_alone() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        try (Connection connection = database.connect()) {
            connection
                    .createStatement()
                    .execute("INSERT INTO schema_history SELECT installed_rank + 1000, '9999', 'from the future',"
                            + " type, 'V9999__from_the_future.sql', checksum, installed_by, installed_on,"
                            + " execution_time, success FROM schema_history ORDER BY installed_rank DESC LIMIT"
                            + " 1");
        }
        int before = count(database, "SELECT count(*) FROM schema_history");
        assertThatThrownBy(() -> Migrations.run(database.settings()))
                .isInstanceOf(Migrations.NewerDatabase.class)
                .hasMessageContaining("version 9999")
                .hasMessageContaining("Start the newer program");
        assertThat(count(database, "SELECT count(*) FROM schema_history")).isEqualTo(before);
    }

    @Test
    void every_table_of_tenants_has_the_fence_but_those_that_say_why() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        List<String> open = new ArrayList<>();
        try (Connection connection = database.connect();
                ResultSet result = connection
                        .createStatement()
                        .executeQuery(
                                """
                                SELECT c.relname FROM pg_class c
                                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                                WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                                    AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
                                        SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_fence'
                                            AND pg_get_expr(p.polqual, c.oid) LIKE '%tenant_id%ostiary.tenant%'))
                                ORDER BY c.relname
                                """)) {
            while (result.next()) {
                open.add(result.getString(1));
            }
        }
        assertThat(open).containsExactly("organization_search", "user_search");
    }

    private static int count(TestPostgres.Database database, String query) throws Exception {
        try (Connection connection = database.connect();
                ResultSet result = connection.createStatement().executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }
}
