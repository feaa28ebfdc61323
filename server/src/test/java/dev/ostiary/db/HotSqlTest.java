package dev.ostiary.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.errors.AppException;
import dev.ostiary.testing.TestPostgres;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HotSqlTest {
    private static final TestPostgres.Database WHERE = TestPostgres.freshDatabase();
    private static final Database database =
            new Database(new Database.Settings(WHERE.jdbcUrl(), WHERE.user(), WHERE.password(), 2));

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void names_are_bound_wherever_they_stand_and_casts_are_none() {
        HotSql sql = HotSql.of("SELECT :tenant || :a || :a || (:texts::text[])[2] || (:none::text IS NULL)::text");
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("a", "?:x'");
        values.put("texts", new String[] {"one", "two"});
        values.put("none", null);
        assertThat(database.<Optional<String>>read("default", tx -> sql.findOne(tx, values, row -> row.getString(1))))
                .contains("default?:x'?:x'twotrue");
    }

    @Test
    void times_and_bytes_go_there_and_back() {
        HotSql sql = HotSql.of("SELECT :at::timestamptz = '2026-01-02T03:04:05.678901Z' AND :id::bytea = '\\xff00'");
        Map<String, Object> values =
                Map.of("at", Instant.parse("2026-01-02T03:04:05.678901Z"), "id", new byte[] {(byte) 0xff, 0});
        assertThat(database.<Optional<Boolean>>read("default", tx -> sql.findOne(tx, values, row -> row.getBoolean(1))))
                .contains(true);
    }

    @Test
    void it_counts_as_a_statement_and_sees_only_its_tenant() {
        database.run("*", tx -> tx.update("INSERT INTO tenants (id) VALUES ('a'), ('b')")
                .execute());
        HotSql insert = HotSql.of("INSERT INTO settings (tenant_id, key, value) VALUES (:tenant, 'k', '1')");
        HotSql count = HotSql.of("SELECT count(*) FROM settings WHERE key = 'k'");
        long before = database.statements();
        int changed = database.write("a", tx -> insert.update(tx, Map.of()));
        assertThat(changed).isEqualTo(1);
        assertThat(database.<List<Integer>>read("b", tx -> count.list(tx, Map.of(), row -> row.getInt(1))))
                .containsExactly(0);
        assertThat(database.<List<Integer>>read("a", tx -> count.list(tx, Map.of(), row -> row.getInt(1))))
                .containsExactly(1);
        assertThat(database.statements() - before).isEqualTo(3);
        assertThatThrownBy(() -> database.write("a", tx -> insert.update(tx, Map.of())))
                .isInstanceOf(AppException.class);
    }

    @Test
    void what_fails_leaves_nothing_behind() {
        database.run(
                "*", tx -> tx.update("INSERT INTO tenants (id) VALUES ('c')").execute());
        HotSql insert = HotSql.of("INSERT INTO settings (tenant_id, key, value) VALUES (:tenant, :key, '1')");
        HotSql count = HotSql.of("SELECT count(*) FROM settings WHERE key = 'half'");
        assertThatThrownBy(() -> database.run("c", tx -> {
                    insert.update(tx, Map.of("key", "half"));
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(database.<Optional<Integer>>read("c", tx -> count.findOne(tx, Map.of(), row -> row.getInt(1))))
                .contains(0);
    }
}
