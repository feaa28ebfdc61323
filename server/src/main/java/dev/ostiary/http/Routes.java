package dev.ostiary.http;

import java.util.List;
import java.util.stream.Stream;

/** Where rooms put their URLs. A view with a path prefix and filters on one {@link Router}. */
public final class Routes {
    private final Router router;
    private final String prefix;
    private final List<Filter> filters;

    Routes(Router router, String prefix, List<Filter> filters) {
        this.router = router;
        this.prefix = prefix;
        this.filters = filters;
    }

    /** Routes below a path. */
    public Routes under(String path) {
        return new Routes(router, prefix + path, filters);
    }

    /** Routes behind a filter; the one added last stands nearest to the handler. */
    public Routes with(Filter filter) {
        return new Routes(
                router,
                prefix,
                Stream.concat(filters.stream(), Stream.of(filter)).toList());
    }

    public Operation get(String pattern, Handler handler) {
        return route("GET", pattern, handler);
    }

    public Operation post(String pattern, Handler handler) {
        return route("POST", pattern, handler);
    }

    public Operation put(String pattern, Handler handler) {
        return route("PUT", pattern, handler);
    }

    public Operation patch(String pattern, Handler handler) {
        return route("PATCH", pattern, handler);
    }

    public Operation delete(String pattern, Handler handler) {
        return route("DELETE", pattern, handler);
    }

    /**
     * @param pattern segments, {@code {name}} for one of them, a last {@code *} for the rest (read as param {@code *})
     */
    public Operation route(String method, String pattern, Handler handler) {
        return router.add(method, prefix + pattern, filtered(handler));
    }

    /** Answers what no route below this path knows, a known path with another method included. */
    public void otherwise(Handler handler) {
        router.otherwise(prefix, filtered(handler));
    }

    private Handler filtered(Handler handler) {
        Handler filtered = handler;
        for (Filter filter : filters.reversed()) {
            Handler next = filtered;
            filtered = request -> filter.apply(request, next);
        }
        return filtered;
    }
}
