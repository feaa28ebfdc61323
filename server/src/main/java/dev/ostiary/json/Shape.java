package dev.ostiary.json;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record class read as the shape of a JSON document. Component types and their annotations say everything:
 *
 * <ul>
 *   <li>{@code T}: required; {@code @Nullable T}: may be absent or null; {@code Optional<T>}: may be absent;
 *       {@link Field Field&lt;T&gt;}: absent, null and value are told apart
 *   <li>{@code @Size}, {@code @Pattern}, {@code @Min}, {@code @Max} (jakarta.validation) bound it, on list elements too
 *   <li>nested records, lists, string maps, enums, {@link JsonNode} and sealed interfaces marked {@link Discriminator}
 *   <li>rules beyond that: the canonical constructor throws {@link InvalidValue}
 * </ul>
 *
 * Unknown keys are dropped, as on the wire. Strings with U+0000 are refused: PostgreSQL cannot hold it.
 */
public final class Shape<T> {
    private static final Map<Class<?>, Shape<?>> KNOWN = new ConcurrentHashMap<>();

    private final Class<T> type;
    private final ShapeReader reader;

    private Shape(Class<T> type) {
        this.type = type;
        this.reader = ShapeReader.of(type);
    }

    @SuppressWarnings("unchecked")
    public static <T> Shape<T> of(Class<T> type) {
        Shape<?> known = KNOWN.get(type);
        if (known == null) {
            known = new Shape<>(type);
            KNOWN.put(type, known);
        }
        return (Shape<T>) known;
    }

    /** @throws AppException 400 {@code guard.invalid_input} that lists every issue of the document */
    public T read(@Nullable JsonNode document) {
        List<Issue> issues = new ArrayList<>();
        Object value = reader.read(document, List.of(), issues);
        if (value == null || !issues.isEmpty()) {
            throw invalid(issues);
        }
        return type.cast(value);
    }

    /** The answer to a document with these issues. */
    public static AppException invalid(List<Issue> issues) {
        String details = issues.stream().map(Issue::line).collect(Collectors.joining("\n"));
        return new AppException(CommonError.INVALID_INPUT, Map.of("issues", issues, "name", "ZodError"), details);
    }

    /** The answer to one broken rule that no shape can express. */
    public static AppException invalid(String message, Object... path) {
        return invalid(List.of(Issue.of("custom", List.of(path), message)));
    }

    /** The OpenAPI 3.0 schema. In a request a nullable component may be left out, in an answer it is there as null. */
    public ObjectNode schema(boolean request) {
        return ShapeSchema.of(type, request);
    }
}
