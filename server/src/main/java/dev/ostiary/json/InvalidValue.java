package dev.ostiary.json;

import java.util.List;

/** Thrown by the canonical constructor of a shape's record when a rule beyond types and sizes is broken. */
public final class InvalidValue extends RuntimeException {
    private final transient List<Object> path;

    /** @param path the component, and further keys or indexes below it */
    public InvalidValue(String message, Object... path) {
        super(message, null, false, false);
        this.path = List.of(path);
    }

    public List<Object> path() {
        return path;
    }
}
