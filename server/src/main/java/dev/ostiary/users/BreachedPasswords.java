package dev.ostiary.users;

import java.util.Optional;
import java.util.function.Function;

/** Passwords that everybody knows, because they stood in a breach. */
public interface BreachedPasswords {
    boolean contains(String password);

    /** The list that comes with the program: some 30 000 of the most common ones. Needs no network. */
    static BreachedPasswords bundled() {
        return CommonPasswords.bundled();
    }

    /**
     * The bundled list, and then a service with the range interface of Have I Been Pwned. The service sees five
     * characters of a hash, never a password. One that cannot be reached is passed over: a machine without internet
     * registers users all the same.
     *
     * @param range what the service answers for the first five characters of an upper-case hex SHA-1, empty if it does
     *     not; it bounds time and size by itself
     */
    static BreachedPasswords withRange(Function<String, Optional<String>> range) {
        BreachedPasswords listed = bundled();
        BreachedPasswords remote = new PasswordRange(range);
        return password -> listed.contains(password) || remote.contains(password);
    }
}
