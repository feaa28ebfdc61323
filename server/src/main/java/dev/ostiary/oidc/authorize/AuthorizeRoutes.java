package dev.ostiary.oidc.authorize;

import dev.ostiary.db.Database;
import dev.ostiary.http.Handler;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.oidc.OAuthErrors;
import dev.ostiary.oidc.OAuthException;

/** {@code /oidc/auth}, by GET or as a form, and {@code /oidc/auth/<interaction>}; {@code /oidc/device/<interaction>}. */
public final class AuthorizeRoutes {
    /** Servers and browsers take more, but not all of them much more. */
    private static final int LONGEST_QUERY = 6_000;

    private final Authorize authorize;
    private final Resume resume;
    private final PushedRequests pushed;
    private final Database database;

    public AuthorizeRoutes(Authorize authorize, Resume resume, PushedRequests pushed, Database database) {
        this.authorize = authorize;
        this.resume = resume;
        this.pushed = pushed;
        this.database = database;
    }

    /** @param oidc routes below {@code /oidc} for browsers that navigate */
    public void mount(Routes oidc) {
        Routes flow = oidc.with(AuthorizeRoutes::kept);
        flow.get("/auth", this::begin);
        flow.post("/auth", this::beginByForm);
        flow.get("/auth/{uid}", resume::resume);
        flow.get("/device/{uid}", resume::resume);
    }

    /**
     * A form of another site comes without our cookies, for they are SameSite=Lax: the visitor would have to sign in again.
     * The same request as a GET has them.
     */
    private Response beginByForm(Request request) {
        AuthorizeParams params = AuthorizeParams.read(request);
        String query = Params.of(params.toQuery()).encode();
        return "cross-site".equals(request.header("Sec-Fetch-Site"))
                        && params.repeated().isEmpty()
                        && query.length() <= LONGEST_QUERY
                ? Response.seeOther("/oidc/auth?" + query)
                : begin(request);
    }

    private Response begin(Request request) {
        AuthorizeParams params = AuthorizeParams.read(request);
        try {
            params = pushed.resolve(request.tenant(), params);
            AuthorizeRequest asked = authorize.check(request.tenant(), params);
            Wanted wanted = authorize.wanted(request.tenant(), asked);
            return database.write(request.tenant(), tx -> authorize.begin(tx, request, asked, wanted));
        } catch (OAuthException refusal) {
            return authorize.refuse(request, params, refusal);
        }
    }

    /** Codes and addresses of the flow go no further: not into caches, not into a Referer (RFC 9700 section 4.2.4). */
    private static Response kept(Request request, Handler next) {
        Response response;
        try {
            response = next.handle(request);
        } catch (OAuthException refusal) {
            response = OAuthErrors.render(request, refusal);
        }
        return response.with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
    }
}
