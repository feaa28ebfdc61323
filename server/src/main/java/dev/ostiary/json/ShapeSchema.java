package dev.ostiary.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI 3.0 schema of a shape. */
final class ShapeSchema {
    private ShapeSchema() {}

    static ObjectNode of(Class<?> type, boolean request) {
        if (type.isRecord()) {
            return record(type, request);
        }
        ObjectNode schema = Json.object();
        if (type.isSealed()) {
            ArrayNode members = schema.putArray("oneOf");
            for (Class<?> member : type.getPermittedSubclasses()) {
                members.add(of(member, request));
            }
            return schema;
        }
        if (type == String.class) {
            return schema.put("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (Number.class.isAssignableFrom(type) || type == int.class || type == long.class || type == double.class) {
            return schema.put("type", "number");
        }
        if (type.isEnum()) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                values.add(Json.tree(constant));
            }
            return schema;
        }
        if (type == ObjectNode.class || type == Map.class) {
            return schema.put("type", "object").put("additionalProperties", true);
        }
        return schema;
    }

    private static ObjectNode record(Class<?> type, boolean request) {
        ObjectNode schema = Json.object().put("type", "object");
        ArrayNode required = Json.mapper().createArrayNode();
        ObjectNode properties = Json.object();
        for (RecordComponent component : type.getRecordComponents()) {
            AnnotatedType annotated = component.getAnnotatedType();
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                ObjectNode inner = of(component.getType(), request);
                properties.setAll((ObjectNode) inner.get("properties"));
                inner.path("required").forEach(required::add);
                continue;
            }
            properties.set(component.getName(), of(annotated, request));
            if (isRequired(annotated, component.getType(), request)) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.set("properties", properties);
        return schema;
    }

    private static boolean isRequired(AnnotatedType annotated, Class<?> type, boolean request) {
        if (type == Optional.class || type == Field.class) {
            return false;
        }
        return !request || !annotated.isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode of(AnnotatedType annotated, boolean request) {
        ObjectNode schema;
        if (annotated.getType() instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            AnnotatedType[] arguments = ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
            if (raw == Field.class) {
                schema = of(arguments[0], request);
                return schema.put("nullable", true);
            }
            if (raw == Optional.class) {
                return of(arguments[0], request);
            }
            schema = Json.object();
            if (raw == Map.class) {
                schema.put("type", "object").set("additionalProperties", of(arguments[1], request));
            } else {
                schema.put("type", "array").set("items", of(arguments[0], request));
            }
        } else {
            schema = of((Class<?>) annotated.getType(), request);
            bounds(annotated, schema);
        }
        return annotated.isAnnotationPresent(Nullable.class) ? schema.put("nullable", true) : schema;
    }

    private static void bounds(AnnotatedType annotated, ObjectNode schema) {
        Size size = annotated.getAnnotation(Size.class);
        if (size != null) {
            if (size.min() > 0) {
                schema.put("minLength", size.min());
            }
            if (size.max() < Integer.MAX_VALUE) {
                schema.put("maxLength", size.max());
            }
        }
        Pattern pattern = annotated.getAnnotation(Pattern.class);
        if (pattern != null) {
            schema.put("pattern", pattern.regexp());
        }
        Min min = annotated.getAnnotation(Min.class);
        if (min != null) {
            schema.put("minimum", min.value());
        }
        Max max = annotated.getAnnotation(Max.class);
        if (max != null) {
            schema.put("maximum", max.value());
        }
    }
}
