package dev.ostiary.crypto;

/** A password digest that somebody wants to import cannot be accepted. */
public final class UnusableDigestException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Reason {
        /** Nothing there, or an algorithm that is not among {@link PasswordDigest#ALGORITHMS}. */
        UNSUPPORTED_METHOD,
        /** Not the JSON text of a {@code Legacy} digest. */
        LEGACY_FORMAT,
        /** A {@code Legacy} digest of an algorithm that is not known. */
        LEGACY_ALGORITHM,
        /** Its own parameters would let each sign-in cost far more than a sign-in may (time or memory). */
        TOO_COSTLY
    }

    private final Reason reason;

    UnusableDigestException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
