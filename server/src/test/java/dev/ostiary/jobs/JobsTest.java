package dev.ostiary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.db.Database;
import dev.ostiary.testing.MovableClock;
import dev.ostiary.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final MovableClock clock = new MovableClock();
    private Database database;

    @BeforeEach
    void open() {
        database = new Database(TestPostgres.freshDatabase().settings());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_job_runs_on_one_of_two_nodes_and_again_when_it_is_due() {
        AtomicInteger runs = new AtomicInteger();
        Job job = new Job() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public Duration every() {
                return Duration.ofMinutes(1);
            }

            @Override
            public void run(Database d) {
                runs.incrementAndGet();
            }
        };
        Jobs one = new Jobs(database, clock, List.of(job));
        Jobs other = new Jobs(database, clock, List.of(job));
        one.runDue();
        other.runDue();
        assertThat(runs).hasValue(1);
        clock.forward(Duration.ofMinutes(2));
        other.runDue();
        one.runDue();
        assertThat(runs).hasValue(2);
    }

    @Test
    void expired_rows_of_every_tenant_go_and_living_ones_stay() {
        database.run("*", tx -> {
            tx.update("INSERT INTO tenants (id) VALUES ('a'), ('b')").execute();
            tx.update(
                            """
                    INSERT INTO interactions (tenant_id, id, client_id, request, expires_at)
                    SELECT t, decode(md5(t || n), 'hex'), 'c', '{}',
                           CASE WHEN n = 0 THEN now() + interval '1 hour' ELSE now() - interval '1 day' END
                    FROM unnest(ARRAY['a', 'b']) t, generate_series(0, 1500) n
                    """)
                    .execute();
        });
        new ExpiredRows(Map.of("interactions", "expires_at"), clock).run(database);
        long left = database.read("*", tx -> tx.query("SELECT count(*) FROM interactions")
                .mapTo(Long.class)
                .one());
        assertThat(left).isEqualTo(2);
    }

    @Test
    void a_tenant_sees_no_row_of_another_even_without_naming_itself() {
        database.run("*", tx -> {
            tx.update("INSERT INTO tenants (id) VALUES ('a'), ('b')").execute();
            tx.update("INSERT INTO settings VALUES ('a', 'k', '1'), ('b', 'k', '2')")
                    .execute();
        });
        List<String> seen = database.read("a", tx -> tx.query("SELECT value::text FROM settings")
                .mapTo(String.class)
                .list());
        assertThat(seen).containsExactly("1");
    }
}
