package dev.ostiary.verifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.testing.MovableClock;
import dev.ostiary.testing.TestPostgres;
import dev.ostiary.verifications.Lockout.Policy;
import dev.ostiary.verifications.Lockout.Pool;
import dev.ostiary.verifications.Lockout.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LockoutTest {
    private static final String TENANT = "default";
    private static final Policy TEN = new Policy(10, Duration.ofMinutes(60));

    private static final TestPostgres.Database FRESH = TestPostgres.freshDatabase();
    private static final Database database = node();
    private static final Database secondNode = node();

    private final MovableClock clock = new MovableClock();
    private final Lockout lockout = new Lockout(database, clock);

    private static Database node() {
        return new Database(new Database.Settings(FRESH.jdbcUrl(), FRESH.user(), FRESH.password(), 8));
    }

    @BeforeAll
    static void open() {
        database.run("*", tx -> tx.update("INSERT INTO tenants (id) VALUES ('default'), ('other')")
                .execute());
    }

    @AfterAll
    static void close() {
        database.close();
        secondNode.close();
    }

    @Test
    void the_failure_that_reaches_the_limit_locks_and_knocking_does_not_lengthen_the_lock() {
        Target target = Target.user("limit");
        for (int i = 1; i < 10; i++) {
            assertThat(lockout.failed(TENANT, target, Pool.IDENTIFIER, TEN)).isEmpty();
        }
        var until = lockout.failed(TENANT, target, Pool.IDENTIFIER, TEN);
        assertThat(until).isPresent();
        clock.forward(Duration.ofMinutes(30));
        assertThat(lockout.failed(TENANT, target, Pool.IDENTIFIER, TEN)).isEqualTo(until);
        assertThat(isLocked(target, Pool.IDENTIFIER)).isTrue();
        clock.forward(Duration.ofMinutes(31));
        assertThat(isLocked(target, Pool.IDENTIFIER)).isFalse();
        assertThat(lockout.failed(TENANT, target, Pool.IDENTIFIER, TEN)).isEmpty();
    }

    @Test
    void failures_of_an_hour_ago_count_no_more() {
        Target target = Target.user("window");
        for (int i = 1; i < 10; i++) {
            lockout.failed(TENANT, target, Pool.IDENTIFIER, TEN);
        }
        clock.forward(Duration.ofMinutes(61));
        assertThat(lockout.failed(TENANT, target, Pool.IDENTIFIER, TEN)).isEmpty();
    }

    @Test
    void after_a_short_lock_the_next_failure_of_the_window_locks_again() {
        Policy brief = new Policy(3, Duration.ofMinutes(5));
        Target target = Target.user("brief");
        lockout.failed(TENANT, target, Pool.IDENTIFIER, brief);
        lockout.failed(TENANT, target, Pool.IDENTIFIER, brief);
        assertThat(lockout.failed(TENANT, target, Pool.IDENTIFIER, brief)).isPresent();
        clock.forward(Duration.ofMinutes(6));
        assertThat(isLocked(target, Pool.IDENTIFIER)).isFalse();
        assertThat(lockout.failed(TENANT, target, Pool.IDENTIFIER, brief)).isPresent();
    }

    @Test
    void the_row_of_a_lock_that_is_longer_than_the_window_is_kept_as_long() {
        Policy day = new Policy(2, Duration.ofDays(1));
        Target target = Target.user("day");
        lockout.failed(TENANT, target, Pool.IDENTIFIER, day);
        lockout.failed(TENANT, target, Pool.IDENTIFIER, day);
        clock.forward(Duration.ofHours(20));
        int removed = database.write(
                TENANT, tx -> tx.update("DELETE FROM failed_attempts WHERE target = :target AND window_ends_at < :now")
                        .bind("target", target.hash())
                        .bind("now", clock.instant())
                        .execute());
        assertThat(removed).isZero();
        assertThat(isLocked(target, Pool.IDENTIFIER)).isTrue();
    }

    @Test
    void a_limit_of_one_locks_at_the_first_failure() {
        assertThat(lockout.failed(TENANT, Target.user("one"), Pool.IDENTIFIER, new Policy(1, Duration.ofMinutes(1))))
                .isPresent();
    }

    /** SI1: what an attacker learns by guessing in parallel, on two nodes. */
    @Test
    void of_fifty_failures_at_once_on_two_nodes_nine_are_told_as_such() throws Exception {
        Target target = Target.user("burst");
        List<Lockout> nodes = List.of(lockout, new Lockout(secondNode, clock));
        List<Callable<Boolean>> guesses = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Lockout node = nodes.get(i % 2);
            guesses.add(() -> node.failed(TENANT, target, Pool.IDENTIFIER, TEN).isEmpty());
        }
        int told = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> guess : threads.invokeAll(guesses)) {
                told += guess.get() ? 1 : 0;
            }
        }
        assertThat(told).isEqualTo(9);
        assertThat(isLocked(target, Pool.IDENTIFIER)).isTrue();
    }

    /** DO4: who locks somebody's password out has not locked the other factors. */
    @Test
    void pools_tenants_and_accounts_are_counted_apart() {
        Policy one = new Policy(1, Duration.ofMinutes(60));
        Target target = Target.user("apart");
        lockout.failed(TENANT, target, Pool.IDENTIFIER, one);
        assertThat(isLocked(target, Pool.IDENTIFIER)).isTrue();
        assertThat(isLocked(target, Pool.TOTP)).isFalse();
        assertThat(isLocked(Target.user("other"), Pool.IDENTIFIER)).isFalse();
        boolean elsewhere = database.read(
                "other", tx -> lockout.lockedUntil(tx, target, Pool.IDENTIFIER).isPresent());
        assertThat(elsewhere).isFalse();
    }

    /** SI2: spellings of one unknown name share a counter. */
    @Test
    void spellings_of_a_name_are_one_target() {
        assertThat(Target.unknown(Identifier.username(" JOHN ")).hash())
                .isEqualTo(Target.unknown(Identifier.username("john")).hash());
        assertThat(Target.unknown(Identifier.username("ｊｏｈｎ")).hash())
                .isEqualTo(Target.unknown(Identifier.username("john")).hash());
        assertThat(Target.unknown(new Identifier(IdentifierType.PHONE, "+1 555-0100"))
                        .hash())
                .isEqualTo(Target.unknown(new Identifier(IdentifierType.PHONE, "15550100"))
                        .hash());
        assertThat(Target.unknown(new Identifier(IdentifierType.EMAIL, "john")).hash())
                .isNotEqualTo(Target.unknown(Identifier.username("john")).hash());
    }

    @Test
    void unlocking_opens_at_once_and_the_answer_names_the_minutes() {
        Target target = Target.user("unlock");
        Policy policy = new Policy(1, Duration.ofMinutes(60));
        AppException answer = lockout.blocked(
                lockout.failed(TENANT, target, Pool.IDENTIFIER, policy).orElseThrow());
        assertThat(answer.code()).isEqualTo("session.verification_blocked_too_many_attempts");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.data()).isNull();
        assertThat(answer.interpolation().toString()).contains("60");
        database.run(TENANT, tx -> lockout.unlock(tx, target));
        assertThat(isLocked(target, Pool.IDENTIFIER)).isFalse();
    }

    private boolean isLocked(Target target, Pool pool) {
        return database.read(TENANT, tx -> lockout.lockedUntil(tx, target, pool).isPresent());
    }
}
