package dev.ostiary.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one JSON mapper. Nulls are written (the wire shows nullable columns as null); a component of type
 * {@code Optional} is left out when empty.
 */
public final class Json {
    /** Deeper documents of others are refused before they cost a stack (DO3). */
    private static final int MAX_DEPTH = 64;

    /** What was taken stands some levels deeper in what holds it, and has to be read again. */
    private static final int MAX_DEPTH_STORED = 96;

    /**
     * No double has more characters where PostgreSQL writes out its zeros: {@code jsonb} keeps no exponents, and what was
     * taken as {@code 1e308} has to be read again.
     */
    private static final int MAX_NUMBER = 400;

    private static final JsonMapper MAPPER = mapper(MAX_DEPTH);
    private static final JsonMapper STORED = mapper(MAX_DEPTH_STORED);

    private Json() {}

    private static JsonMapper mapper(int depth) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(depth)
                                .maxNumberLength(MAX_NUMBER)
                                .build())
                        .build())
                .nodeFactory(new FiniteNumbers())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(
                        i -> JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                .withConfigOverride(java.util.Optional.class, o -> {
                    o.setInclude(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
                    // An absent component of a record is read as empty, not as null.
                    o.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
                })
                .build();
    }

    /** {@code 1e999} is JSON and no double: it would be kept as the text "Infinity", another value than was sent. */
    private static final class FiniteNumbers extends JsonNodeFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public NumericNode numberNode(double value) {
            if (!Double.isFinite(value)) {
                throw new StreamConstraintsException("A number is too large");
            }
            return super.numberNode(value);
        }
    }

    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static byte[] bytes(@Nullable Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** @throws JacksonException if the text is not one JSON document; its message says where */
    public static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }

    /** @throws JacksonException if the text is not one JSON document; its message says where */
    public static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** What this program wrote itself, and has bounded when it came. */
    public static JsonNode readStored(String json) {
        return STORED.readTree(json);
    }

    /** As {@link #readStored(String)}. */
    public static <T> T readStored(String json, Class<T> type) {
        return STORED.readValue(json, type);
    }

    public static <T> T convert(JsonNode json, Class<T> type) {
        return MAPPER.treeToValue(json, type);
    }

    public static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
