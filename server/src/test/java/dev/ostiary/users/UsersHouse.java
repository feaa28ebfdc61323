package dev.ostiary.users;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.PasswordHasher;
import dev.ostiary.db.Database;
import dev.ostiary.testing.TestPostgres;
import java.security.SecureRandom;
import java.time.Clock;

/** The room over a fresh database with the tenants {@code default} and {@code other}. */
final class UsersHouse implements AutoCloseable {
    static final String TENANT = "default";
    static final String OTHER = "other";

    /** One for all tests: its threads and its decoy are not free. */
    static final Passwords PASSWORDS = new Passwords(new PasswordHasher(new SecureRandom()));

    final Database db = new Database(TestPostgres.freshDatabase().settings());
    final Users users = new Users(db, Ids.secure(), Clock.systemUTC());

    UsersHouse() {
        db.run("*", tx -> tx.update("INSERT INTO tenants (id) VALUES ('default'), ('other')")
                .execute());
    }

    User create(NewUser user) {
        return db.write(TENANT, tx -> users.create(tx, user));
    }

    @Override
    public void close() {
        db.close();
    }
}
