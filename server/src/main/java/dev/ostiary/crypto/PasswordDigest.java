package dev.ostiary.crypto;

import java.util.Set;

/**
 * A stored password: the digest and how it was made, both as on the wire.
 *
 * <table>
 * <caption>Formats by algorithm</caption>
 * <tr><td>Argon2i, Argon2id, Argon2d</td><td>PHC string with its own parameters</td></tr>
 * <tr><td>Bcrypt</td><td>{@code $2a$}, {@code $2b$} or {@code $2y$}</td></tr>
 * <tr><td>SHA1, SHA256, MD5</td><td>lower-case hex of the bare password</td></tr>
 * <tr><td>Legacy</td><td>JSON text, see {@link LegacyDigest}</td></tr>
 * </table>
 */
public record PasswordDigest(String value, String algorithm) {
    public static final String ARGON2ID = "Argon2id";

    public static final Set<String> ALGORITHMS =
            Set.of("Argon2i", ARGON2ID, "Argon2d", "SHA1", "SHA256", "MD5", "Bcrypt", "Legacy");

    /**
     * A digest that comes from outside. Only what could hurt us or can never verify is refused here; a malformed PHC or
     * bcrypt text is accepted and fails at sign-in, as clients of the wire format expect.
     */
    public static PasswordDigest imported(String value, String algorithm) throws UnusableDigestException {
        if (value.isEmpty() || !ALGORITHMS.contains(algorithm)) {
            throw new UnusableDigestException(
                    UnusableDigestException.Reason.UNSUPPORTED_METHOD, "The digest or its algorithm is not known");
        }
        PasswordDigest digest = new PasswordDigest(value, algorithm);
        if (algorithm.equals("Legacy")) {
            LegacyDigest.parse(value);
        }
        boolean tooCostly =
                switch (algorithm) {
                    case "Argon2i", ARGON2ID, "Argon2d" ->
                        Argon2.parse(value)
                                .filter(argon -> !argon.isAffordable())
                                .isPresent();
                    case "Bcrypt" -> Bcrypt.isTooCostly(value);
                    default -> false;
                };
        if (tooCostly) {
            throw new UnusableDigestException(
                    UnusableDigestException.Reason.TOO_COSTLY, "The parameters of the digest are too high");
        }
        return digest;
    }

    /** Hides the digest: a log that has it is a list to crack. */
    @Override
    public String toString() {
        return "PasswordDigest[" + algorithm + "]";
    }
}
