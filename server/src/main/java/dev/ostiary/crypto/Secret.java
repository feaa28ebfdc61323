package dev.ostiary.crypto;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not reach a log, an exception message or a JSON answer by accident. Deliberately not a record and
 * without a getter: a serializer finds nothing to write.
 */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The text itself; the name of the method is what a reviewer searches for. */
    public String reveal() {
        return value;
    }

    /** The text in UTF-8. */
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether both hold the same text, in a time that does not tell where they differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && ConstantTime.equal(value, that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
