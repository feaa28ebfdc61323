package dev.ostiary.crypto;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hashes and verifies passwords: Argon2id with 19 MiB and two passes for new ones, every format of
 * {@link PasswordDigest} for stored ones.
 *
 * <p>The work is done by as many threads of the operating system as there are cores, in the order of arrival. More at
 * once would only take more memory; on the virtual threads themselves it would hold the carriers, and all other requests
 * would wait behind it. Once too many wait, {@link HashingOverloadedException} says so at once: a flood of sign-ins must
 * not grow into minutes of waiting.
 *
 * <p>Passwords longer than {@link #LONGEST_PASSWORD} are refused before anything is computed.
 */
public final class PasswordHasher implements AutoCloseable {
    /** In code points. */
    public static final int LONGEST_PASSWORD = 256;

    /** Per thread; at some 25 ms each, the last in line waits less than two seconds. */
    private static final int WAITING = 64;

    private final SecureRandom random;
    private final JavaArgon2 javaArgon2 = new JavaArgon2();
    private final ThreadPoolExecutor threads;

    /** A digest of no password: what unknown users are verified against. */
    private final PasswordDigest decoy;

    public PasswordHasher(SecureRandom random) {
        this(random, Runtime.getRuntime().availableProcessors());
    }

    PasswordHasher(SecureRandom random, int cores) {
        this.random = random;
        this.threads = new ThreadPoolExecutor(
                cores,
                cores,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(cores * WAITING),
                Thread.ofPlatform().daemon().name("password-", 0).factory());
        this.decoy = new PasswordDigest(
                Argon2.fresh(bytes(Argon2.SALT_BYTES), bytes(Argon2.HASH_BYTES)).phc(), PasswordDigest.ARGON2ID);
    }

    /** Loaded with the first hash: that takes a tenth of a second, which a start does not have to wait for. */
    private static final class Library {
        private static final Optional<NativeArgon2> SODIUM = NativeArgon2.load();
    }

    /**
     * Which implementation computes Argon2id here, for the log. Loads it, so calling this in the background after the
     * start spares the first user the wait.
     */
    public String implementation() {
        return Library.SODIUM.isPresent() ? "libsodium" : "Bouncy Castle";
    }

    /**
     * @throws IllegalArgumentException if the password is too long; the password policy says so earlier and better
     * @throws HashingOverloadedException if too many wait already
     */
    public PasswordDigest hash(Secret password) {
        if (isTooLong(password)) {
            throw new IllegalArgumentException("A password has at most " + LONGEST_PASSWORD + " characters");
        }
        byte[] salt = bytes(Argon2.SALT_BYTES);
        Argon2 parameters = Argon2.fresh(salt, new byte[Argon2.HASH_BYTES]);
        byte[] hash = inLine(() -> argon2(password.bytes(), parameters));
        return new PasswordDigest(Argon2.fresh(salt, hash).phc(), PasswordDigest.ARGON2ID);
    }

    /**
     * Whether this is the password of the digest. Malformed digests, unknown algorithms and parameters beyond our bounds
     * are a plain false.
     *
     * <p>A wrong password against a fast or malformed digest is followed by a decoy, so that how long a refusal takes
     * does not tell whether the user exists; a right one is followed by {@link #needsRehash} and a new hash of the same
     * duration.
     */
    public boolean verify(Secret password, PasswordDigest digest) {
        if (isTooLong(password)) {
            return false;
        }
        return inLine(() -> {
            byte[] bytes = password.bytes();
            boolean slow =
                    switch (digest.algorithm()) {
                        case "Argon2i", "Argon2id", "Argon2d" ->
                            affordable(digest).isPresent();
                        case "Bcrypt" -> true;
                        default -> false;
                    };
            boolean right = matches(bytes, digest);
            if (!right && !slow) {
                matches(bytes, decoy);
            }
            return right;
        });
    }

    /** Takes the time of a wrong password; for users who do not exist or have none. */
    public void verifyDecoy(Secret password) {
        verify(password, decoy);
    }

    /** Whether a password that was just verified should be hashed anew. */
    public boolean needsRehash(PasswordDigest digest) {
        return !digest.algorithm().equals(PasswordDigest.ARGON2ID)
                || Argon2.parse(digest.value()).map(Argon2::isWeakerThanFresh).orElse(true);
    }

    private boolean matches(byte[] password, PasswordDigest digest) {
        return switch (digest.algorithm()) {
            case "Argon2i", "Argon2id", "Argon2d" ->
                affordable(digest)
                        .map(argon -> ConstantTime.equal(argon2(password, argon), argon.hash()))
                        .orElse(false);
            case "Bcrypt" -> Bcrypt.verify(password, digest.value());
            case "MD5" -> isHexOf("MD5", password, digest);
            case "SHA1" -> isHexOf("SHA-1", password, digest);
            case "SHA256" -> isHexOf("SHA-256", password, digest);
            case "Legacy" -> matchesLegacy(password, digest);
            default -> false;
        };
    }

    private static Optional<Argon2> affordable(PasswordDigest digest) {
        return Argon2.parse(digest.value()).filter(Argon2::isAffordable);
    }

    private static boolean isHexOf(String hash, byte[] password, PasswordDigest digest) {
        String hex = HexFormat.of().formatHex(Hashes.digest(hash).digest(password));
        return ConstantTime.equal(hex, digest.value());
    }

    private static boolean matchesLegacy(byte[] password, PasswordDigest digest) {
        try {
            return LegacyDigest.parse(digest.value()).verify(password);
        } catch (UnusableDigestException refused) {
            return false;
        }
    }

    private byte[] argon2(byte[] password, Argon2 parameters) {
        return Library.SODIUM
                .filter(library -> library.supports(parameters))
                .map(library -> library.hash(password, parameters))
                .orElseGet(() -> javaArgon2.hash(password, parameters));
    }

    private <T> T inLine(Callable<T> work) {
        try {
            Future<T> future = threads.submit(work);
            return future.get();
        } catch (RejectedExecutionException full) {
            throw new HashingOverloadedException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HashingOverloadedException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("Hashing a password failed", e.getCause());
        }
    }

    private static boolean isTooLong(Secret password) {
        String text = password.reveal();
        return text.length() > 2 * LONGEST_PASSWORD || text.codePointCount(0, text.length()) > LONGEST_PASSWORD;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
