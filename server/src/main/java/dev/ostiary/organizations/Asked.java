package dev.ostiary.organizations;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Parameters of lists in this room. */
final class Asked {
    private static final int LONGEST = 256;
    private static final Set<String> TRUE = Set.of("1", "true", "y", "yes");

    private Asked() {}

    /** What the rows shall contain; empty if nothing is searched for. */
    static Optional<String> text(Request request) {
        return value(request, "q");
    }

    /** @throws AppException 400 {@code request.invalid_input} for what no column can hold */
    static Optional<String> value(Request request, String name) {
        Optional<String> value = request.query().first(name).filter(text -> !text.isEmpty());
        if (value.filter(text -> text.length() > LONGEST || text.indexOf('\0') >= 0)
                .isPresent()) {
            throw new AppException(
                    CommonError.INVALID_REQUEST_INPUT,
                    null,
                    name + " has at most " + LONGEST + " characters, and no U+0000.");
        }
        return value;
    }

    static boolean isTrue(Request request, String name) {
        return request.query()
                .first(name)
                .filter(value -> TRUE.contains(value.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    static long offset(Optional<Page> page) {
        return page.map(Page::offset).orElse(0L);
    }

    static long limit(Optional<Page> page) {
        return page.map(p -> (long) p.size()).orElse(Long.MAX_VALUE);
    }

    /** A list that is whole where no page is asked for. */
    static Response list(Request request, Optional<Page> page, List<?> rows, LongSupplier total) {
        return page.map(p -> p.answer(request, rows, total.getAsLong())).orElseGet(() -> Response.json(rows));
    }
}
