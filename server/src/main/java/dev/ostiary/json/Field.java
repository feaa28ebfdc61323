package dev.ostiary.json;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field of a PATCH body: absent (leave as it is), null (clear) or a value (set). */
public sealed interface Field<T> {
    record Absent<T>() implements Field<T> {}

    record Null<T>() implements Field<T> {}

    record Value<T>(T value) implements Field<T> {}

    static <T> Field<T> absent() {
        return new Absent<>();
    }

    static <T> Field<T> ofNullable(@Nullable T value) {
        return value == null ? new Null<>() : new Value<>(value);
    }

    default boolean isPresent() {
        return !(this instanceof Absent<T>);
    }

    /** The value to store: what was sent, or {@code current} if nothing was. */
    default @Nullable T orElse(@Nullable T current) {
        return this instanceof Absent<T> ? current : toOptional().orElse(null);
    }

    default Optional<T> toOptional() {
        return this instanceof Value<T> value ? Optional.of(value.value()) : Optional.empty();
    }

    default void ifValue(Consumer<T> action) {
        toOptional().ifPresent(action);
    }

    default <R> Field<R> map(Function<T, R> mapping) {
        if (this instanceof Value<T> value) {
            return new Value<>(mapping.apply(value.value()));
        }
        return this instanceof Null<T> ? new Null<>() : new Absent<>();
    }
}
