package dev.ostiary.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a document, in the wire's form.
 *
 * @param code {@code invalid_type}, {@code too_small}, {@code too_big}, {@code invalid_string}, {@code invalid_enum_value},
 *     {@code invalid_union_discriminator} or {@code custom}
 * @param path object keys and array indexes from the root to the value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Issue(
        String code,
        List<Object> path,
        String message,
        @Nullable String expected,
        @Nullable String received,
        @Nullable List<String> options,
        @Nullable Long minimum,
        @Nullable Long maximum) {

    static Issue type(List<Object> path, String expected, String received) {
        String message = received.equals("undefined") ? "Required" : "Expected " + expected + ", received " + received;
        return new Issue("invalid_type", path, message, expected, received, null, null, null);
    }

    static Issue of(String code, List<Object> path, String message) {
        return new Issue(code, path, message, null, null, null, null, null);
    }

    static Issue tooSmall(List<Object> path, long minimum, String unit) {
        return new Issue(
                "too_small", path, "Must contain at least " + minimum + " " + unit, null, null, null, minimum, null);
    }

    static Issue tooBig(List<Object> path, long maximum, String unit) {
        return new Issue(
                "too_big", path, "Must contain at most " + maximum + " " + unit, null, null, null, null, maximum);
    }

    /** The line of {@code details} that tells of this issue. */
    String line() {
        String key = path.stream().map(String::valueOf).collect(Collectors.joining("."));
        return "Error in key path \"" + key + "\": (" + code + ") " + message;
    }
}
