package dev.ostiary.http;

import dev.ostiary.errors.CommonError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which part of a collection is asked for: {@code page} from 1 and {@code page_size} up to 100.
 *
 * @param number from 1
 * @param size rows a page
 */
public record Page(int number, int size) {
    static final int DEFAULT_SIZE = 20;
    private static final int MOST = 100;

    /** Of a list that is always paged. */
    public static Page of(Request request) {
        return optional(request).orElse(new Page(1, DEFAULT_SIZE));
    }

    /** Empty if neither parameter is given: the full list without headers is meant. */
    public static Optional<Page> optional(Request request) {
        String number = request.query().get("page");
        String size = request.query().get("page_size");
        if (number == null && size == null) {
            return Optional.empty();
        }
        return Optional.of(new Page(positive(number, 1, 1_000_000_000), positive(size, DEFAULT_SIZE, MOST)));
    }

    private static int positive(@org.jspecify.annotations.Nullable String text, int otherwise, int most) {
        if (text == null) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && value <= most) {
                return Math.max(1, (int) value);
            }
        } catch (NumberFormatException e) {
            // told below, like any other value that is no page
        }
        throw CommonError.INVALID_PAGINATION.exception();
    }

    public long offset() {
        return (long) (number - 1) * size;
    }

    /** The rows with {@code Total-Number} and {@code Link}. */
    public Response answer(Request request, List<?> rows, long total) {
        return headers(request, Response.json(rows), total, false);
    }

    /** @param capped the true total is larger and was not counted: no last or next page is named */
    public Response headers(Request request, Response response, long total, boolean capped) {
        long last = Math.max(1, (total + size - 1) / size);
        List<String> links = new ArrayList<>();
        links.add(link(request, 1, "first"));
        if (number > 1) {
            links.add(link(request, number - 1, "prev"));
        }
        if (!capped) {
            links.add(link(request, last, "last"));
            if (number < last) {
                links.add(link(request, number + 1, "next"));
            }
        }
        Response counted = response.with("Total-Number", Long.toString(total)).with("Link", String.join(", ", links));
        return capped ? counted.with("Total-Number-Is-Capped", "true") : counted;
    }

    private String link(Request request, long page, String rel) {
        String query = request.query()
                .with("page", Long.toString(page))
                .with("page_size", Integer.toString(size))
                .encode();
        return "<" + request.site().origin() + request.path() + "?" + query + ">; rel=\"" + rel + "\"";
    }
}
