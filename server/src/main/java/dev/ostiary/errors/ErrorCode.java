package dev.ostiary.errors;

/** A stable, documented fault: clients branch on {@link #code()}. One enum of these a room. */
public interface ErrorCode {
    /** The wire word, {@code domain.key}, as listed in the contract. */
    String code();

    /** The HTTP status that goes with it. */
    int status();

    default AppException exception() {
        return new AppException(this, null, null);
    }

    /** @param data what a client may compute with; must be JSON-serialisable and free of secrets */
    default AppException exception(Object data) {
        return new AppException(this, data, null);
    }
}
