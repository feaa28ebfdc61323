package dev.ostiary.verifications;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Counts failed proofs and locks their target out, over all nodes.
 *
 * <p>Guesses that run at once are not counted before they are judged but before they are <em>answered</em>: a wrong one
 * adds to the counter by one statement, a right one asks the counter afterwards. So however many run in parallel, no more
 * than the limit of them learn anything (SI1).
 */
public final class Lockout {
    /** A fixed window: it begins with the first failure. */
    private static final Duration WINDOW = Duration.ofHours(1);

    private final Database database;
    private final LockoutStore store;
    private final Clock clock;

    public Lockout(Database database, Clock clock) {
        this.database = database;
        this.store = new LockoutStore();
        this.clock = clock;
    }

    /**
     * @param maxAttempts the failure that locks
     * @param duration how long from then
     */
    public record Policy(int maxAttempts, Duration duration) {}

    /** Which proofs share a counter: a lock on guessed passwords leaves the other factors usable (DO4). */
    public enum Pool {
        /** Passwords, codes and one-time tokens. */
        IDENTIFIER("Identifier"),
        TOTP("Totp"),
        WEB_AUTHN("WebAuthn"),
        BACKUP_CODE("BackupCode"),
        /** Codes that devices show; nobody is known yet who could be locked out, so it is a network. */
        DEVICE_CODE("DeviceCode");

        private final String word;

        Pool(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * Whom attempts are counted against.
     *
     * @param hash SHA-256; the names of unknown people are not ours to keep
     */
    public record Target(byte[] hash) {
        /** One counter for an account, by whatever name it was called (SI2). */
        public static Target user(String userId) {
            return new Target(Hashes.sha256("user\0" + userId));
        }

        /** Of people who have not said who they are. @param key one network's */
        public static Target network(String key) {
            return new Target(Hashes.sha256("network\0" + key));
        }

        /** For names that belong to nobody: they lock as accounts do, or the lock would tell them apart (SI5). */
        public static Target unknown(Identifier identifier) {
            return new Target(Hashes.sha256(identifier.type().word() + '\0' + identifier.folded()));
        }
    }

    /** Counts a failure; durable when this returns. Until when the target is locked now, if it is. */
    public Optional<Instant> failed(String tenant, Target target, Pool pool, Policy policy) {
        Instant now = clock.instant();
        return database.write(tenant, tx -> store.count(tx, target.hash(), pool.word(), policy, now, now.plus(WINDOW)))
                .filter(until -> until.isAfter(now));
    }

    /** Until when even a right proof is refused. Ask after judging it, or guesses in parallel outrun the counter. */
    public Optional<Instant> lockedUntil(Tx tx, Target target, Pool pool) {
        return store.lockedUntil(tx, target.hash(), pool.word(), clock.instant());
    }

    /** The answer to everyone who knocks at a locked door; its text names the minutes. */
    public AppException blocked(Instant until) {
        long minutes = Math.max(
                1, Duration.between(clock.instant(), until).plusSeconds(59).toMinutes());
        return new AppException(VerificationError.BLOCKED, null, null, Map.of("minutes", minutes));
    }

    /** Opens all of the target's locks. */
    public void unlock(Tx tx, Target target) {
        store.forget(tx, target.hash());
    }
}
