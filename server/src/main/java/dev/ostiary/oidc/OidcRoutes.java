package dev.ostiary.oidc;

import dev.ostiary.http.Handler;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import java.util.Map;

/**
 * Everything below {@code /oidc}: three kinds of routes, and the answer for what is none of them; and what a standard has
 * elsewhere.
 */
public final class OidcRoutes {
    /** The other security headers are those of every answer. */
    private static final Map<String, String> HEADERS = Map.of("Referrer-Policy", "strict-origin-when-cross-origin");

    private final Routes plain;
    private final Routes open;
    private final Routes forClients;
    private final Routes wellKnown;

    /** @param root routes of the whole server */
    public OidcRoutes(Routes root) {
        Routes base = root.under("/oidc").with(OidcRoutes::secured);
        this.plain = base.with(OAuthErrors::filter);
        this.open = base.with(Cors::open).with(OAuthErrors::filter);
        this.forClients = base.with(Cors::forClients).with(OAuthErrors::filter);
        this.wellKnown = root.under("/.well-known")
                .with(OidcRoutes::secured)
                .with(Cors::open)
                .with(OAuthErrors::filter);
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

    /** As {@link #open}, below {@code /.well-known} of the origin (RFC 8615). */
    public Routes wellKnown() {
        return wellKnown;
    }

    /** For scripts of a client's own origins, see {@link Cors#admit}. Nothing of it may be stored by caches. */
    public Routes forClients() {
        return forClients;
    }

    private static Response secured(Request request, Handler next) {
        return next.handle(request).withDefaults(HEADERS);
    }

    private static Response unrecognized(Request request) {
        String path = request.path().substring("/oidc".length());
        throw OAuthError.INVALID_REQUEST.because(
                404, "unrecognized route or not allowed method (" + request.method() + " on " + path + ")");
    }
}
