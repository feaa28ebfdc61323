package dev.ostiary.errors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one exception of the program: a code, and what goes with it. Rendered in one place, {@code http}. */
public final class AppException extends RuntimeException {
    private final ErrorCode error;
    private final @Nullable Object data;
    private final @Nullable String details;
    private final transient Map<String, ?> interpolation;

    public AppException(ErrorCode error, @Nullable Object data, @Nullable String details) {
        this(error, data, details, Map.of());
    }

    public AppException(
            ErrorCode error, @Nullable Object data, @Nullable String details, Map<String, ?> interpolation) {
        // A refusal is no fault of ours: the stack trace costs more than the rest of the answer.
        super(error.code(), null, false, error.status() >= 500);
        this.error = error;
        this.data = data;
        this.details = details;
        this.interpolation = interpolation;
    }

    public ErrorCode error() {
        return error;
    }

    public String code() {
        return error.code();
    }

    public int status() {
        return error.status();
    }

    public @Nullable Object data() {
        return data;
    }

    /** English text for developers: which part of the input is wrong. */
    public @Nullable String details() {
        return details;
    }

    /** Values for the placeholders of the localised text. */
    public Map<String, ?> interpolation() {
        return interpolation == null ? Map.of() : interpolation;
    }
}
