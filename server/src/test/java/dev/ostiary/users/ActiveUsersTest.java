package dev.ostiary.users;

import static dev.ostiary.users.UsersHouse.OTHER;
import static dev.ostiary.users.UsersHouse.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.PasswordDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ActiveUsersTest {
    private static final PasswordDigest DIGEST = new PasswordDigest("5f4dcc3b5aa765d61d8327deb882cf99", "MD5");
    private static final LocalDate DAY = LocalDate.parse("2026-06-30");
    private static UsersHouse house;

    @BeforeAll
    static void open() {
        house = new UsersHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void the_gaps_alone_tell_the_different_users_of_every_span() {
        Random random = new Random(7);
        ActiveUsers active = new ActiveUsers();
        Map<LocalDate, Set<Integer>> truth = new HashMap<>();
        Map<Integer, LocalDate> last = new HashMap<>();
        for (LocalDate day = DAY.minusDays(100); !day.isAfter(DAY); day = day.plusDays(1)) {
            for (int user = 0; user < 60; user++) {
                // Some come daily, some about once in two months.
                if (random.nextInt(1 + user) == 0) {
                    LocalDate before = last.put(user, day);
                    long gap = before == null ? 99 : day.toEpochDay() - before.toEpochDay();
                    active.add(day, (int) Math.min(gap, ActiveUsers.LONGEST_GAP), 1);
                    truth.computeIfAbsent(day, d -> new HashSet<>()).add(user);
                }
            }
        }
        for (LocalDate day = DAY.minusDays(60); !day.isAfter(DAY); day = day.plusDays(1)) {
            for (int length : List.of(1, 7, 30)) {
                Set<Integer> users = new HashSet<>();
                for (int age = 0; age < length; age++) {
                    users.addAll(truth.getOrDefault(day.minusDays(age), Set.of()));
                }
                assertThat(active.within(day, length)).as("%s %s", day, length).isEqualTo(users.size());
            }
        }
    }

    @Test
    void a_user_counts_once_a_day_and_with_the_days_since_the_last() {
        User user = house.create(NewUser.of("daily", DIGEST));
        Instant noon = DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
        signIn(user, noon.minus(Duration.ofDays(40)));
        signIn(user, noon.minus(Duration.ofDays(3)));
        signIn(user, noon);
        signIn(user, noon.plus(Duration.ofHours(11)));
        house.db.run(TENANT, tx -> house.users.signedIn(tx, "nobody", noon));
        for (int round = 0; round < 2; round++) {
            ActiveUsers active = house.db.read(TENANT, tx -> UserCountStore.active(tx, DAY.minusDays(60), DAY));
            assertThat(active.on(DAY)).isEqualTo(1);
            assertThat(active.within(DAY, 7)).isEqualTo(1);
            assertThat(active.within(DAY.minusDays(1), 30)).isEqualTo(1);
            assertThat(active.within(DAY.minusDays(7), 30)).isZero();
            assertThat(house.db
                            .read(TENANT, tx -> house.users.get(tx, user.id()))
                            .lastSignInAt())
                    .isEqualTo(noon.plus(Duration.ofHours(11)));
            house.db.run("*", Users::foldCounts);
        }
        assertThat(house.db
                        .read(OTHER, tx -> UserCountStore.active(tx, DAY.minusDays(60), DAY))
                        .on(DAY))
                .isZero();
    }

    @Test
    void two_sign_ins_at_once_are_counted_once() throws Exception {
        LocalDate day = DAY.plusYears(1);
        User user = house.create(NewUser.of("hasty", DIGEST));
        CyclicBarrier together = new CyclicBarrier(8);
        List<Future<?>> attempts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                attempts.add(threads.submit(() -> {
                    together.await();
                    signIn(user, day.atTime(12, 0).toInstant(ZoneOffset.UTC));
                    return null;
                }));
            }
        }
        for (Future<?> attempt : attempts) {
            attempt.get();
        }
        assertThat(house.db
                        .read(TENANT, tx -> UserCountStore.active(tx, day, day))
                        .on(day))
                .isEqualTo(1);
    }

    @Test
    void folding_leaves_one_line_a_day_and_who_is_deleted_is_no_new_user() {
        UsersHouse own = new UsersHouse();
        List<User> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(own.create(NewUser.of("new" + i, DIGEST)));
        }
        LocalDate today = LocalDate.ofInstant(made.getFirst().createdAt(), ZoneOffset.UTC);
        own.db.run(TENANT, tx -> own.users.delete(tx, made.getFirst().id()));
        own.db.run("*", Users::foldCounts);
        own.create(NewUser.of("later", DIGEST));
        own.db.run("*", Users::foldCounts);
        own.db.run("*", Users::foldCounts);
        Map<LocalDate, Long> created = own.db.read(TENANT, tx -> UserCountStore.created(tx, today, today.plusDays(1)));
        assertThat(created).containsExactly(Map.entry(today, 5L));
        long lines = own.db.read(TENANT, tx -> tx.query("SELECT count(*) FROM user_days")
                .mapTo(Long.class)
                .one());
        assertThat(lines).isEqualTo(1);
        own.close();
    }

    private static void signIn(User user, Instant at) {
        house.db.run(TENANT, tx -> house.users.signedIn(tx, user.id(), at));
    }
}
