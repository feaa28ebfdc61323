package dev.ostiary.verifications;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.users.Passwords;
import dev.ostiary.users.User;
import dev.ostiary.users.UserError;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.Lockout.Pool;
import dev.ostiary.verifications.Lockout.Target;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges name and password. Hashing is slow on purpose: no transaction is open meanwhile. */
public final class PasswordProofs {
    private final Database database;
    private final Users users;
    private final Passwords passwords;
    private final Lockout lockout;

    public PasswordProofs(Database database, Users users, Passwords passwords, Lockout lockout) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.lockout = lockout;
    }

    /** The verdict; a refusal has left its mark already. */
    public sealed interface Verdict {
        record Right(User user) implements Verdict {}

        /** @param userId whose account was tried, if there is one: for the audit log, never for the visitor */
        record Wrong(@Nullable String userId, AppException refusal) implements Verdict {}
    }

    /**
     * Nothing in answer or time tells an unknown name, an account without password and a wrong password apart (SI5).
     *
     * @param caseSensitive whether {@code John} and {@code john} are two usernames
     */
    public Verdict judge(
            String tenant, Identifier identifier, String password, boolean caseSensitive, Lockout.Policy policy) {
        @Nullable
        User user =
                database.read(tenant, tx -> find(tx, identifier, caseSensitive)).orElse(null);
        Target target = user == null ? Target.unknown(identifier) : Target.user(user.id());
        return judge(tenant, user, target, password, policy);
    }

    /**
     * The same for an account that is known already, whoever asks: no channel lets anybody guess uncounted (SI3).
     *
     * @throws AppException 422 {@code session.invalid_credentials}, 400
     *     {@code session.verification_blocked_too_many_attempts}
     */
    public void require(String tenant, User user, String password, Lockout.Policy policy) {
        if (judge(tenant, user, Target.user(user.id()), password, policy) instanceof Verdict.Wrong wrong) {
            throw wrong.refusal();
        }
    }

    private Verdict judge(String tenant, @Nullable User user, Target target, String password, Lockout.Policy policy) {
        boolean right = passwords.verify(user, password);
        if (user == null || !right) {
            AppException refusal = lockout.failed(tenant, target, Pool.IDENTIFIER, policy)
                    .map(lockout::blocked)
                    .orElseGet(UserError.INVALID_CREDENTIALS::exception);
            return new Verdict.Wrong(user == null ? null : user.id(), refusal);
        }
        Optional<Instant> locked = database.read(tenant, tx -> lockout.lockedUntil(tx, target, Pool.IDENTIFIER));
        if (locked.isPresent()) {
            return new Verdict.Wrong(user.id(), lockout.blocked(locked.get()));
        }
        strengthen(tenant, user, password);
        return new Verdict.Right(user);
    }

    private Optional<User> find(Tx tx, Identifier identifier, boolean caseSensitive) {
        return switch (identifier.type()) {
            case USERNAME -> users.findByUsername(tx, identifier.value(), caseSensitive);
            case EMAIL -> users.findByEmail(tx, identifier.value().strip());
            case PHONE -> users.findByPhone(tx, identifier.folded());
        };
    }

    /** Imported digests of weaker kinds become ours at the first sign-in. */
    private void strengthen(String tenant, User user, String password) {
        passwords
                .stronger(user, password)
                .ifPresent(digest -> database.run(tenant, tx -> users.strengthenPassword(tx, user, digest)));
    }
}
