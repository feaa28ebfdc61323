package dev.ostiary.crypto;

/**
 * A sealed value did not open: it was changed, moved to another place, or sealed with a key this node was not given.
 * The message names no content.
 */
public final class SealBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealBrokenException(String message) {
        super(message);
    }
}
