package dev.ostiary.http;

import java.util.function.BiPredicate;

/** Lets pages of some origins call (Fetch standard). Without credentials: nothing here trusts a cookie across origins. */
public final class Cors {
    private final BiPredicate<Request, String> allowed;

    /** @param allowed whether pages of this origin may read the answers */
    public Cors(BiPredicate<Request, String> allowed) {
        this.allowed = allowed;
    }

    public Response filter(Request request, Handler next) {
        String origin = request.header("Origin");
        if (origin == null) {
            return next.handle(request);
        }
        boolean preflight =
                request.method().equals("OPTIONS") && request.header("Access-Control-Request-Method") != null;
        boolean may = allowed.test(request, origin);
        Response response = preflight ? preflight(request) : next.handle(request);
        response = response.with("Vary", "Origin");
        return may
                ? response.with("Access-Control-Allow-Origin", origin).with("Access-Control-Expose-Headers", "*")
                : response;
    }

    private static Response preflight(Request request) {
        String headers = request.header("Access-Control-Request-Headers");
        Response response = Response.noContent()
                .with("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
                .with("Access-Control-Max-Age", "3600");
        return headers == null
                ? response
                : response.with("Access-Control-Allow-Headers", headers.replaceAll("[^\\w, -]", ""));
    }
}
