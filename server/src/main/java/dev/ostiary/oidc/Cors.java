package dev.ostiary.oidc;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.RedirectUris;
import dev.ostiary.http.Handler;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;

/**
 * Which origins' scripts may read an answer (SE5). Credentials are never allowed: no cookie means anything at these
 * endpoints, so an echoed origin gives away nothing that the caller does not hold already.
 */
public final class Cors {
    private static final String REFUSED = "oidc.cors.refused";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    private Cors() {}

    /** Filter: any origin may read the answer. */
    static Response open(Request request, Handler next) {
        return allowed(request, next.handle(request));
    }

    /** Filter: the origin may read the answer unless {@link #admit} has refused it. */
    static Response forClients(Request request, Handler next) {
        Response response = next.handle(request);
        if (request.header("Origin") == null
                || request.attribute(REFUSED, Boolean.class).isPresent()) {
            return response;
        }
        String exposed = response.header("DPoP-Nonce") == null ? "WWW-Authenticate" : "WWW-Authenticate, DPoP-Nonce";
        return allowed(request, response).with("Access-Control-Expose-Headers", exposed);
    }

    private static Response allowed(Request request, Response response) {
        String origin = request.header("Origin");
        if (origin == null) {
            return response;
        }
        Response open = response.with(ALLOW_ORIGIN, origin);
        return open.header("Vary") == null ? open.with("Vary", "Origin") : open;
    }

    /**
     * Checks the origin of a request once its client is known, before anything happens for it.
     *
     * @throws OAuthException 400 {@code invalid_request} if it is not one of the client's, and no script may read that
     */
    public static void admit(Request request, Application client) {
        String origin = request.header("Origin");
        if (origin == null || origin.equals(request.site().origin()) || RedirectUris.allowsOrigin(client, origin)) {
            return;
        }
        request.attribute(REFUSED, true);
        throw OAuthError.INVALID_REQUEST.because("origin " + origin + " not allowed for client: " + client.id());
    }

    /** Answers a preflight: it only tells what may be tried, the request itself is checked. */
    public static Handler preflight(String methods) {
        return request -> {
            Response response = Response.noContent();
            if (request.header("Origin") == null || request.header("Access-Control-Request-Method") == null) {
                return response;
            }
            response = response.with("Access-Control-Allow-Methods", methods).with("Access-Control-Max-Age", "3600");
            String headers = request.header("Access-Control-Request-Headers");
            return headers == null ? response : response.with("Access-Control-Allow-Headers", headers);
        };
    }
}
