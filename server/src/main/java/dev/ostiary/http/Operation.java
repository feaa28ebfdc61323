package dev.ostiary.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API documents say of a route. Filled in where the route is mounted, next to its handler. */
public final class Operation {
    final String method;
    final String pattern;
    final List<String> queryParameters = new ArrayList<>();
    final Map<Integer, Answer> answers = new LinkedHashMap<>();

    @Nullable
    String id;

    @Nullable
    String tag;

    @Nullable
    Class<?> request;

    boolean requestIsList;

    @Nullable
    String file;

    /** @param list whether the body is an array of the type */
    record Answer(@Nullable Class<?> type, boolean list) {}

    Operation(String method, String pattern) {
        this.method = method;
        this.pattern = pattern;
    }

    public String method() {
        return method;
    }

    /** As mounted, e.g. {@code /oidc/auth/{uid}}. */
    public String pattern() {
        return pattern;
    }

    /** Puts the route into the documents. */
    public Operation documented(String operationId, String operationTag) {
        this.id = operationId;
        this.tag = operationTag;
        return this;
    }

    public Operation query(String... names) {
        queryParameters.addAll(List.of(names));
        return this;
    }

    /** {@code page} and {@code page_size}. */
    public Operation paged() {
        return query("page", "page_size");
    }

    public Operation takes(Class<?> shape) {
        this.request = shape;
        return this;
    }

    /** The body is a form with a file ({@link Upload}). */
    public Operation takesFile(String field) {
        this.file = field;
        return this;
    }

    /** The body is an array of these. */
    public Operation takesList(Class<?> shape) {
        this.requestIsList = true;
        return takes(shape);
    }

    public Operation answers(int status, Class<?> shape) {
        answers.put(status, new Answer(shape, false));
        return this;
    }

    public Operation answersList(int status, Class<?> shape) {
        answers.put(status, new Answer(shape, true));
        return this;
    }

    /** Statuses without a described body. */
    public Operation answers(int... statuses) {
        for (int status : statuses) {
            answers.put(status, new Answer(null, false));
        }
        return this;
    }
}
