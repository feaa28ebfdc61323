package dev.ostiary.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    @Test
    void nodes_that_start_at_once_migrate_an_empty_database_once() throws Exception {
        TestPostgres.Database database = TestPostgres.emptyDatabase();
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
        assertThat(count(database, "SELECT count(*) FROM schema_history WHERE success"))
                .isPositive();
        assertThat(count(database, "SELECT count(*) FROM schema_history WHERE NOT success"))
                .isZero();
        assertThat(count(
                        database,
                        "SELECT count(*) - count(DISTINCT version) FROM schema_history WHERE version IS NOT NULL"))
                .isZero();
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
