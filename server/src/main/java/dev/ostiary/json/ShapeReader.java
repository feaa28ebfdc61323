package dev.ostiary.json;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one kind of JSON value. Built once a type by reflection, then plain calls. */
@FunctionalInterface
interface ShapeReader {
    /** @param node null when the key is absent; on a fault an issue is added and the result is meaningless */
    @Nullable
    Object read(@Nullable JsonNode node, List<Object> path, List<Issue> issues);

    static ShapeReader of(Class<?> type) {
        if (type.isRecord()) {
            return new RecordReader(type);
        }
        if (type.isSealed() && type.isAnnotationPresent(Discriminator.class)) {
            return union(type);
        }
        return value(type);
    }

    static ShapeReader of(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (type instanceof ParameterizedType parameterized) {
            AnnotatedType[] arguments = ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
            Class<?> raw = (Class<?>) parameterized.getRawType();
            if (raw == Field.class) {
                return field(of(arguments[0]), !annotated.isAnnotationPresent(NotNull.class));
            }
            if (raw == Optional.class) {
                ShapeReader inner = of(arguments[0]);
                return (node, path, issues) ->
                        node == null ? Optional.empty() : Optional.ofNullable(inner.read(node, path, issues));
            }
            return nullable(annotated, raw == Map.class ? map(of(arguments[1])) : list(annotated, of(arguments[0])));
        }
        return nullable(annotated, constrained(annotated, of((Class<?>) type)));
    }

    private static ShapeReader nullable(AnnotatedType annotated, ShapeReader inner) {
        if (!annotated.isAnnotationPresent(Nullable.class)) {
            return inner;
        }
        return (node, path, issues) -> node == null || node.isNull() ? null : inner.read(node, path, issues);
    }

    private static ShapeReader field(ShapeReader inner, boolean nullAllowed) {
        return (node, path, issues) -> {
            if (node == null) {
                return Field.absent();
            }
            if (node.isNull() && nullAllowed) {
                return Field.ofNullable(null);
            }
            Object value = inner.read(node, path, issues);
            return value == null ? Field.absent() : Field.ofNullable(value);
        };
    }

    private static ShapeReader list(AnnotatedType annotated, ShapeReader element) {
        Size size = annotated.getAnnotation(Size.class);
        return (node, path, issues) -> {
            if (node == null || !node.isArray()) {
                issues.add(Issue.type(path, "array", kind(node)));
                return null;
            }
            if (size != null && node.size() < size.min()) {
                issues.add(Issue.tooSmall(path, size.min(), "element(s)"));
            }
            if (size != null && node.size() > size.max()) {
                issues.add(Issue.tooBig(path, size.max(), "element(s)"));
                return null;
            }
            List<Object> values = new ArrayList<>(node.size());
            for (int i = 0; i < node.size(); i++) {
                Object value = element.read(node.get(i), with(path, i), issues);
                if (value != null) {
                    values.add(value);
                }
            }
            return List.copyOf(values);
        };
    }

    private static ShapeReader map(ShapeReader element) {
        return (node, path, issues) -> {
            if (node == null || !node.isObject()) {
                issues.add(Issue.type(path, "object", kind(node)));
                return null;
            }
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                Object value = element.read(entry.getValue(), with(path, entry.getKey()), issues);
                if (value != null) {
                    values.put(entry.getKey(), value);
                }
            }
            return values;
        };
    }

    private static ShapeReader union(Class<?> type) {
        String key = type.getAnnotation(Discriminator.class).value();
        Map<String, ShapeReader> members = new LinkedHashMap<>();
        for (Class<?> member : type.getPermittedSubclasses()) {
            members.put(member.getAnnotation(Discriminator.class).value(), of(member));
        }
        return (node, path, issues) -> {
            if (node == null || !node.isObject()) {
                issues.add(Issue.type(path, "object", kind(node)));
                return null;
            }
            JsonNode chosen = node.get(key);
            ShapeReader member = chosen != null && chosen.isString() ? members.get(chosen.asString()) : null;
            if (member == null) {
                issues.add(Issue.of(
                        "invalid_union_discriminator",
                        with(path, key),
                        "Invalid discriminator value. Expected one of " + members.keySet()));
                return null;
            }
            return member.read(node, path, issues);
        };
    }

    private static ShapeReader value(Class<?> type) {
        if (type == String.class) {
            return ShapeReader::string;
        }
        if (type == boolean.class || type == Boolean.class) {
            return (node, path, issues) -> node != null && node.isBoolean()
                    ? (Object) node.booleanValue()
                    : fault(node, path, issues, "boolean");
        }
        if (type == int.class || type == Integer.class) {
            return (node, path, issues) ->
                    node != null && node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToInt()
                            ? (Object) node.intValue()
                            : fault(node, path, issues, "integer");
        }
        if (type == long.class || type == Long.class) {
            return (node, path, issues) ->
                    node != null && node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong()
                            ? (Object) node.longValue()
                            : fault(node, path, issues, "integer");
        }
        if (type == double.class || type == Double.class) {
            return (node, path, issues) ->
                    node != null && node.isNumber() ? (Object) node.doubleValue() : fault(node, path, issues, "number");
        }
        if (type == ObjectNode.class) {
            return (node, path, issues) ->
                    node != null && node.isObject() ? clean(node, path, issues) : fault(node, path, issues, "object");
        }
        if (type == JsonNode.class) {
            return (node, path, issues) -> node != null ? clean(node, path, issues) : fault(node, path, issues, "any");
        }
        if (type.isEnum()) {
            return enumeration(type);
        }
        throw new IllegalArgumentException("No JSON shape for " + type);
    }

    private static @Nullable Object string(@Nullable JsonNode node, List<Object> path, List<Issue> issues) {
        if (node == null || !node.isString()) {
            return fault(node, path, issues, "string");
        }
        return clean(node, path, issues).asString();
    }

    /** PostgreSQL holds no U+0000 in text or jsonb; told here, not by a failing statement. */
    private static JsonNode clean(JsonNode node, List<Object> path, List<Issue> issues) {
        if (node.isString()) {
            if (node.asString().indexOf('\0') >= 0) {
                issues.add(Issue.of("invalid_string", path, "Must not contain U+0000"));
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (entry.getKey().indexOf('\0') >= 0) {
                    issues.add(Issue.of("invalid_string", path, "A key must not contain U+0000"));
                }
                clean(entry.getValue(), with(path, entry.getKey()), issues);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                clean(node.get(i), with(path, i), issues);
            }
        }
        return node;
    }

    private static ShapeReader enumeration(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(Json.tree(constant).asString(), constant);
        }
        List<String> options = List.copyOf(constants.keySet());
        return (node, path, issues) -> {
            if (node == null || !node.isString()) {
                return fault(node, path, issues, String.join(" | ", options));
            }
            Object constant = constants.get(node.asString());
            if (constant == null) {
                String message = "Invalid enum value. Expected " + String.join(" | ", options);
                issues.add(new Issue("invalid_enum_value", path, message, null, node.asString(), options, null, null));
            }
            return constant;
        };
    }

    private static ShapeReader constrained(AnnotatedType annotated, ShapeReader inner) {
        List<Constraint> constraints = new ArrayList<>();
        Size size = annotated.getAnnotation(Size.class);
        if (size != null) {
            constraints.add((value, path, issues) -> {
                int length = value instanceof String text ? text.codePointCount(0, text.length()) : 0;
                if (length < size.min()) {
                    issues.add(Issue.tooSmall(path, size.min(), "character(s)"));
                } else if (length > size.max()) {
                    issues.add(Issue.tooBig(path, size.max(), "character(s)"));
                }
            });
        }
        Pattern pattern = annotated.getAnnotation(Pattern.class);
        if (pattern != null) {
            java.util.regex.Pattern compiled = java.util.regex.Pattern.compile(pattern.regexp());
            constraints.add((value, path, issues) -> {
                if (!compiled.matcher((String) value).matches()) {
                    String message = pattern.message().startsWith("{") ? "Invalid" : pattern.message();
                    issues.add(Issue.of("invalid_string", path, message));
                }
            });
        }
        Min min = annotated.getAnnotation(Min.class);
        Max max = annotated.getAnnotation(Max.class);
        if (min != null || max != null) {
            constraints.add((value, path, issues) -> {
                double number = ((Number) value).doubleValue();
                if (min != null && number < min.value()) {
                    issues.add(Issue.tooSmall(path, min.value(), "(number)"));
                } else if (max != null && number > max.value()) {
                    issues.add(Issue.tooBig(path, max.value(), "(number)"));
                }
            });
        }
        if (constraints.isEmpty()) {
            return inner;
        }
        return (node, path, issues) -> {
            Object value = inner.read(node, path, issues);
            if (value != null) {
                constraints.forEach(c -> c.check(value, path, issues));
            }
            return value;
        };
    }

    private static @Nullable Object fault(
            @Nullable JsonNode node, List<Object> path, List<Issue> issues, String expected) {
        issues.add(Issue.type(path, expected, kind(node)));
        return null;
    }

    private static String kind(@Nullable JsonNode node) {
        if (node == null) {
            return "undefined";
        }
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
            case STRING, BINARY -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case MISSING -> "undefined";
        };
    }

    private static List<Object> with(List<Object> path, Object key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    @FunctionalInterface
    interface Constraint {
        void check(Object value, List<Object> path, List<Issue> issues);
    }

    /** Reads an object into a record by its canonical constructor. */
    final class RecordReader implements ShapeReader {
        private final String[] names;
        private final ShapeReader[] readers;
        private final MethodHandle constructor;

        RecordReader(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            names = Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new);
            readers = new ShapeReader[components.length];
            for (int i = 0; i < components.length; i++) {
                readers[i] = of(components[i].getAnnotatedType());
            }
            try {
                Constructor<?> canonical = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                canonical.setAccessible(true);
                constructor = MethodHandles.lookup().unreflectConstructor(canonical);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("Not a record we can build: " + type, e);
            }
        }

        @Override
        public @Nullable Object read(@Nullable JsonNode node, List<Object> path, List<Issue> issues) {
            if (node == null || !node.isObject()) {
                issues.add(Issue.type(path, "object", kind(node)));
                return null;
            }
            int before = issues.size();
            Object[] values = new Object[names.length];
            for (int i = 0; i < names.length; i++) {
                values[i] = readers[i].read(node.get(names[i]), with(path, names[i]), issues);
            }
            return issues.size() > before ? null : build(values, path, issues);
        }

        private @Nullable Object build(Object[] values, List<Object> path, List<Issue> issues) {
            try {
                return constructor.invokeWithArguments(values);
            } catch (InvalidValue e) {
                issues.add(Issue.of(
                        "custom",
                        Stream.concat(path.stream(), e.path().stream()).toList(),
                        String.valueOf(e.getMessage())));
                return null;
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
