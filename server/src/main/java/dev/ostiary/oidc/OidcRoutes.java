package dev.ostiary.oidc;

import dev.ostiary.http.Handler;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import java.util.Map;

/** Everything below {@code /oidc}: three kinds of routes, and the answer for what is none of them. */
public final class OidcRoutes {
    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "SAMEORIGIN",
            "Referrer-Policy", "strict-origin-when-cross-origin",
            "Cross-Origin-Resource-Policy", "same-origin");
    private static final String HSTS = "max-age=31536000; includeSubDomains";

    private final Routes plain;
    private final Routes open;
    private final Routes forClients;

    /** @param root routes of the whole server */
    public OidcRoutes(Routes root) {
        Routes base = root.under("/oidc").with(OidcRoutes::secured);
        this.plain = base.with(OAuthErrors::filter);
        this.open = base.with(Cors::open).with(OAuthErrors::filter);
        this.forClients = base.with(Cors::forClients).with(OAuthErrors::filter);
        plain.otherwise(OidcRoutes::unrecognized);
    }

    /** For browsers that navigate: no script of another origin may read the answer. */
    public Routes plain() {
        return plain;
    }

    /** For documents that are public: any origin may read them. */
    public Routes open() {
        return open;
    }

    /** For scripts of a client's own origins, see {@link Cors#admit}. Nothing of it may be stored by caches. */
    public Routes forClients() {
        return forClients;
    }

    private static Response secured(Request request, Handler next) {
        Response response = next.handle(request).withDefaults(HEADERS);
        return request.site().isSecure() ? response.with("Strict-Transport-Security", HSTS) : response;
    }

    private static Response unrecognized(Request request) {
        String path = request.path().substring("/oidc".length());
        throw OAuthError.INVALID_REQUEST.because(
                404, "unrecognized route or not allowed method (" + request.method() + " on " + path + ")");
    }
}
