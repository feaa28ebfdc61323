package dev.ostiary.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.testing.TestPostgres;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupedLookupTest {
    private static final Database database =
            new Database(TestPostgres.freshDatabase().settings());

    private final ConcurrentLinkedQueue<List<String>> asked = new ConcurrentLinkedQueue<>();

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void who_is_alone_asks_at_once() {
        GroupedLookup<String> lookup = new GroupedLookup<>(database, this::echo);
        assertThat(lookup.find("default", "a")).contains("default:a");
        assertThat(lookup.find("admin", "a")).contains("admin:a");
        assertThat(lookup.find("default", "nothing")).isEmpty();
        assertThat(asked).containsExactly(List.of("a"), List.of("a"), List.of("nothing"));
    }

    @Test
    void each_of_many_callers_gets_their_own_answer_of_their_own_tenant() throws Exception {
        GroupedLookup<String> lookup = new GroupedLookup<>(database, this::echo);
        List<Future<Optional<String>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4_000; i++) {
                String tenant = i % 3 == 0 ? "admin" : "default";
                String key = i % 7 == 0 ? "nothing" + i : "k" + i % 50;
                answers.add(threads.submit(() -> lookup.find(tenant, key)));
            }
            for (int i = 0; i < answers.size(); i++) {
                Optional<String> expected =
                        i % 7 == 0 ? Optional.empty() : Optional.of((i % 3 == 0 ? "admin" : "default") + ":k" + i % 50);
                assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        }
        assertThat(asked).allSatisfy(keys -> assertThat(keys).doesNotHaveDuplicates());
    }

    /** What is true when somebody asks is what they are told: a statement that began before does not answer them. */
    @Test
    void a_question_is_answered_by_a_statement_that_began_after_it() throws Exception {
        AtomicInteger now = new AtomicInteger(1);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        GroupedLookup<Integer> lookup = new GroupedLookup<>(database, (tx, keys) -> {
            int seen = now.get();
            if (keys.contains("first")) {
                reading.countDown();
                await(goOn);
            }
            Map<String, Integer> found = new HashMap<>();
            keys.forEach(key -> found.put(key, seen));
            return found;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Integer>> first = threads.submit(() -> lookup.find("default", "first"));
            await(reading);
            now.set(2);
            assertThat(lookup.find("default", "second")).contains(2);
            goOn.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).contains(1);
        }
    }

    @Test
    void a_fault_reaches_all_who_wait_and_nobody_after_them() {
        AtomicInteger calls = new AtomicInteger();
        GroupedLookup<String> lookup = new GroupedLookup<>(database, (tx, keys) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            return echo(tx, keys);
        });
        assertThatThrownBy(() -> lookup.find("default", "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("away");
        assertThat(lookup.find("default", "a")).contains("default:a");
    }

    private Map<String, String> echo(Tx tx, List<String> keys) {
        asked.add(keys);
        Map<String, String> found = new HashMap<>();
        keys.stream().filter(key -> !key.startsWith("nothing")).forEach(key -> found.put(key, tx.tenant() + ":" + key));
        return found;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
