package dev.ostiary.crypto;

/** More passwords wait to be hashed than can be in a reasonable time. The client gets a 503 and may try again. */
public final class HashingOverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HashingOverloadedException() {
        super("Too many passwords are being verified at once", null, false, false);
    }
}
