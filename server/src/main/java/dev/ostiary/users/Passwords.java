package dev.ostiary.users;

import dev.ostiary.crypto.HashingOverloadedException;
import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.crypto.PasswordHasher;
import dev.ostiary.crypto.Secret;
import dev.ostiary.errors.AppException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who knows a password. A hash takes tens of milliseconds of CPU: never call these inside a transaction, whose
 * connection would be held meanwhile.
 */
public final class Passwords {
    private final PasswordHasher hasher;

    public Passwords(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    /**
     * Whether this is the user's password. Takes the same time for an unknown user and for one without a password, so
     * that neither answer nor time tells who exists.
     *
     * @param user null if there is none of that name
     * @throws AppException 503 {@code password.too_many_at_once}
     */
    public boolean verify(@Nullable User user, String password) {
        PasswordDigest digest = user == null ? null : user.password();
        return orBusy(() -> {
            if (digest == null) {
                hasher.verifyDecoy(new Secret(password));
                return false;
            }
            return hasher.verify(new Secret(password), digest);
        });
    }

    /**
     * A fresh digest of a password the caller has checked for length.
     *
     * @throws AppException 503 {@code password.too_many_at_once}
     */
    public PasswordDigest hash(String password) {
        return orBusy(() -> hasher.hash(new Secret(password)));
    }

    /**
     * The digest that should replace the user's, if its algorithm or parameters are weaker than today's. Only after the
     * password was verified; store it by {@link Users#strengthenPassword}.
     */
    public Optional<PasswordDigest> stronger(User user, String verifiedPassword) {
        PasswordDigest digest = user.password();
        return digest != null && hasher.needsRehash(digest) ? Optional.of(hash(verifiedPassword)) : Optional.empty();
    }

    private static <T> T orBusy(Supplier<T> hashing) {
        try {
            return hashing.get();
        } catch (HashingOverloadedException e) {
            throw UserError.PASSWORDS_BUSY.exception();
        }
    }
}
