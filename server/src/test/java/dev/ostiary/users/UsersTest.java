package dev.ostiary.users;

import static dev.ostiary.users.UsersHouse.OTHER;
import static dev.ostiary.users.UsersHouse.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UsersTest {
    private static final PasswordDigest DIGEST = new PasswordDigest("5f4dcc3b5aa765d61d8327deb882cf99", "MD5");

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
    void a_user_is_found_by_everything_that_names_one() {
        User created = house.create(new NewUser(
                "Found_Me",
                "Found.Me@Example.com",
                "81312345678",
                "Found Me",
                null,
                Json.object().put("givenName", "Found"),
                Json.object().put("k", 1),
                DIGEST));
        house.db.run(TENANT, tx -> {
            Users users = house.users;
            assertThat(users.find(tx, created.id())).contains(created);
            assertThat(users.findByUsername(tx, "Found_Me", true)).contains(created);
            assertThat(users.findByUsername(tx, "found_me", true)).isEmpty();
            assertThat(users.findByUsername(tx, "found_ME", false)).contains(created);
            assertThat(users.findByEmail(tx, "found.me@EXAMPLE.com")).contains(created);
            assertThat(users.findByPhone(tx, "81312345678")).contains(created);
        });
        assertThat(created.id()).matches("[0-9a-z]{12}");
        assertThat(created.password()).isEqualTo(DIGEST);
    }

    @Test
    void filling_sets_what_is_named_and_leaves_the_rest() {
        User user = house.create(new NewUser(
                "fill_me",
                null,
                null,
                "Old",
                null,
                Json.object().put("givenName", "A").put("locale", "en"),
                Json.object().put("a", 1),
                null));
        house.db.run(
                TENANT,
                tx -> house.users.fill(
                        tx,
                        user.id(),
                        ProfileChange.none()
                                .withPrimaryEmail("fill@example.com")
                                .withProfile(Json.object().put("givenName", "B"))
                                .withCustomData(Json.object().put("b", 2))));
        User filled = house.db.read(TENANT, tx -> house.users.get(tx, user.id()));
        assertThat(filled.username()).isEqualTo("fill_me");
        assertThat(filled.name()).isEqualTo("Old");
        assertThat(filled.primaryEmail()).isEqualTo("fill@example.com");
        assertThat(Json.write(filled.profile())).isEqualTo("{\"locale\":\"en\",\"givenName\":\"B\"}");
        assertThat(Json.write(filled.customData())).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @Test
    void a_name_is_taken_once_by_two_threads_at_once() throws Exception {
        record Case(NewUser user, String code) {}
        List<Case> cases = List.of(
                new Case(NewUser.of("twice", DIGEST), "user.username_already_in_use"),
                new Case(
                        new NewUser(null, "Twice@example.com", null, null, null, Json.object(), Json.object(), null),
                        "user.email_already_in_use"),
                new Case(
                        new NewUser(null, null, "4412345", null, null, Json.object(), Json.object(), null),
                        "user.phone_already_in_use"));
        for (Case one : cases) {
            CyclicBarrier together = new CyclicBarrier(2);
            List<String> answers = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<String>> both = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    both.add(threads.submit(() -> {
                        together.await();
                        try {
                            house.create(one.user);
                            return "created";
                        } catch (AppException refused) {
                            return refused.code();
                        }
                    }));
                }
                for (Future<String> answer : both) {
                    answers.add(answer.get());
                }
            }
            assertThat(answers).containsExactlyInAnyOrder("created", one.code);
        }
    }

    @Test
    void an_email_that_differs_in_case_only_is_the_same_email() {
        house.create(new NewUser(null, "case@example.com", null, null, null, Json.object(), Json.object(), null));
        assertThatThrownBy(() -> house.create(
                        new NewUser(null, "CASE@example.com", null, null, null, Json.object(), Json.object(), null)))
                .hasMessage("user.email_already_in_use");
    }

    @Test
    void a_password_change_ends_the_expiry_and_tells_listeners_in_the_same_transaction() {
        UsersHouse own = new UsersHouse();
        List<String> told = new ArrayList<>();
        own.users.onPasswordChange((tx, id) -> told.add(id));
        User user = own.create(NewUser.of("changes", DIGEST));
        own.db.run(TENANT, tx -> own.users.expirePassword(tx, user.id(), true));
        own.db.run(TENANT, tx -> own.users.setPassword(tx, user.id(), new PasswordDigest("$2b$10$x", "Bcrypt")));
        User changed = own.db.read(TENANT, tx -> own.users.get(tx, user.id()));
        assertThat(changed.isPasswordExpired()).isFalse();
        assertThat(changed.passwordUpdatedAt()).isAfterOrEqualTo(user.passwordUpdatedAt());
        assertThat(told).containsExactly(user.id());

        PasswordDigest stronger = new PasswordDigest("$argon2id$stronger", "Argon2id");
        own.db.run(TENANT, tx -> own.users.strengthenPassword(tx, user, stronger));
        assertThat(own.db.read(TENANT, tx -> own.users.get(tx, user.id())).password())
                .as("the digest that was verified is no longer the stored one: nothing is replaced")
                .isEqualTo(new PasswordDigest("$2b$10$x", "Bcrypt"));
        own.db.run(TENANT, tx -> own.users.strengthenPassword(tx, changed, stronger));
        assertThat(own.db.read(TENANT, tx -> own.users.get(tx, user.id())).password())
                .isEqualTo(stronger);
        assertThat(told).hasSize(1);
        own.close();
    }

    @Test
    void SE2_suspension_ends_sessions_and_grants_in_the_same_transaction() {
        UsersHouse own = new UsersHouse();
        own.users.onSignOut((tx, id) -> tx.update("DELETE FROM grants WHERE tenant_id = :tenant AND user_id = :id")
                .bind("id", id)
                .execute());
        User user = own.create(NewUser.of("suspended", DIGEST));
        own.db.run(TENANT, tx -> grant(tx, "g1", user.id()));
        own.db.run(TENANT, tx -> own.users.suspend(tx, user.id(), true));
        assertThat(grants(own)).isZero();
        assertThat(own.db.read(TENANT, tx -> own.users.get(tx, user.id())).isSuspended())
                .isTrue();
        own.db.run(TENANT, tx -> own.users.suspend(tx, user.id(), false));

        own.db.run(TENANT, tx -> grant(tx, "g2", user.id()));
        own.db.run(TENANT, tx -> own.users.delete(tx, user.id()));
        assertThat(grants(own)).isZero();
        own.close();
    }

    @Test
    void MA2_another_tenant_neither_finds_nor_changes_a_user() {
        User user = house.create(new NewUser(
                "fenced", "fenced@example.com", "9990001", null, null, Json.object(), Json.object(), DIGEST));
        house.db.run(OTHER, tx -> {
            assertThat(house.users.find(tx, user.id())).isEmpty();
            assertThat(house.users.findByUsername(tx, "fenced", true)).isEmpty();
            assertThat(house.users.findByEmail(tx, "fenced@example.com")).isEmpty();
            assertThat(house.users.findByPhone(tx, "9990001")).isEmpty();
            house.users.signedIn(tx, user.id(), Instant.now());
            house.users.stampApplication(tx, user.id(), "app");
        });
        for (Runnable attempt : List.<Runnable>of(
                () -> house.db.run(OTHER, tx -> house.users.setPassword(tx, user.id(), DIGEST)),
                () -> house.db.run(OTHER, tx -> house.users.suspend(tx, user.id(), true)),
                () -> house.db.run(OTHER, tx -> house.users.expirePassword(tx, user.id(), true)),
                () -> house.db.run(OTHER, tx -> house.users.configure(tx, user.id(), Json.object())),
                () -> house.db.run(
                        OTHER,
                        tx -> house.users.fill(
                                tx, user.id(), ProfileChange.none().withName("stolen"))))) {
            assertThatThrownBy(attempt::run).hasMessage("entity.not_exists_with_id");
        }
        assertThatThrownBy(() -> house.db.run(OTHER, tx -> house.users.delete(tx, user.id())))
                .hasMessage("entity.not_found");
        User untouched = house.db.read(TENANT, tx -> house.users.get(tx, user.id()));
        assertThat(untouched).isEqualTo(user);
    }

    @Test
    void MA2_row_security_alone_hides_the_users_of_another_tenant() {
        house.create(NewUser.of("hidden", DIGEST));
        long seen = house.db.read(OTHER, tx -> tx.query("SELECT count(*) FROM users WHERE tenant_id = 'default'")
                .mapTo(Long.class)
                .one());
        assertThat(seen).isZero();
    }

    @Test
    void the_ledger_counts_exactly_before_and_after_folding() {
        UsersHouse own = new UsersHouse();
        List<User> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(own.create(NewUser.of("count" + i, DIGEST)));
        }
        own.db.run(TENANT, tx -> own.users.delete(tx, made.getFirst().id()));
        assertThat(own.db.read(TENANT, own.users::count)).isEqualTo(6);
        own.db.run("*", Users::foldCounts);
        assertThat(own.db.read(TENANT, own.users::count)).isEqualTo(6);
        assertThat(own.db.read(OTHER, own.users::count)).isZero();
        long rows = own.db.read(TENANT, tx -> tx.query("SELECT count(*) FROM user_counts")
                .mapTo(Long.class)
                .one());
        assertThat(rows).isEqualTo(1);
        own.close();
    }

    private static void grant(dev.ostiary.db.Tx tx, String id, String userId) {
        tx.update("INSERT INTO grants (tenant_id, id, user_id, client_id, expires_at)"
                        + " VALUES (:tenant, :id, :user, 'client', now() + interval '1 day')")
                .bind("id", id)
                .bind("user", userId)
                .execute();
    }

    private static long grants(UsersHouse house) {
        return house.db.read(
                TENANT,
                tx -> tx.query("SELECT count(*) FROM grants").mapTo(Long.class).one());
    }
}
