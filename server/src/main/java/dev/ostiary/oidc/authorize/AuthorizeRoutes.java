package dev.ostiary.oidc.authorize;

import dev.ostiary.db.Database;
import dev.ostiary.http.Handler;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.oidc.OAuthErrors;
import dev.ostiary.oidc.OAuthException;

/** {@code /oidc/auth}, by GET or as a form, and {@code /oidc/auth/<interaction>}. */
public final class AuthorizeRoutes {
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
        flow.post("/auth", this::begin);
        flow.get("/auth/{uid}", resume::resume);
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
