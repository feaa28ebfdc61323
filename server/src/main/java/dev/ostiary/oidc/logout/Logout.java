package dev.ostiary.oidc.logout;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.applications.RedirectUris;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.Texts;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.OidcPages;
import dev.ostiary.oidc.Redirects;
import dev.ostiary.sessions.Grants;
import dev.ostiary.sessions.Session;
import dev.ostiary.sessions.Session.Authorization;
import dev.ostiary.sessions.SessionCookie;
import dev.ostiary.sessions.Sessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ends a browser's session, after a confirmation that only our own page can give. */
public final class Logout {
    private static final List<String> KNOWN =
            List.of("id_token_hint", "post_logout_redirect_uri", "state", "ui_locales", "client_id", "logout_hint");
    private static final String SIGNED_OUT = "/oidc/session/end/success";

    private final LogoutHint hints;
    private final Applications applications;
    private final Sessions sessions;
    private final Grants grants;
    private final Events events;
    private final Database database;

    public Logout(
            LogoutHint hints,
            Applications applications,
            Sessions sessions,
            Grants grants,
            Events events,
            Database database) {
        this.hints = hints;
        this.applications = applications;
        this.sessions = sessions;
        this.grants = grants;
        this.events = events;
        this.database = database;
    }

    /**
     * The page that confirms.
     *
     * @throws OAuthException for a hint that is none of ours, a client that does not fit it, or an address to return to
     *     that is not registered
     */
    Response ask(Request request) {
        Map<String, String> params = read(request);
        Application client = hints.client(request.tenant(), params.get("client_id"), params.get("id_token_hint"))
                .orElse(null);
        String redirectUri = params.get("post_logout_redirect_uri");
        if (client == null) {
            // Without a client nobody could say whose address that is.
            redirectUri = null;
        } else if (redirectUri != null && !RedirectUris.matchesPostLogout(client, redirectUri)) {
            throw OAuthError.INVALID_REQUEST.because("post_logout_redirect_uri not registered");
        }
        LogoutTicket ticket =
                new LogoutTicket(client == null ? null : client.id(), redirectUri, params.get("state"), null);
        return OidcPages.signOut(form(request, ticket), client != null, language(request, params));
    }

    /** A page that signs the present user out and then goes on with the interaction of another. */
    public Response switchAccount(Request request, String resumePath) {
        LogoutTicket ticket = new LogoutTicket(null, null, null, resumePath);
        return OidcPages.switchAccount(form(request, ticket), request.language());
    }

    Response confirm(Request request) {
        Params form = OAuthForm.read(request);
        LogoutTicket ticket = LogoutTicket.open(request, form.first("xsrf").orElse(""))
                .orElseThrow(() -> OAuthError.INVALID_REQUEST.because("could not find logout details"));
        Response onwards = Response.seeOther(target(request.tenant(), ticket)).with("Cache-Control", "no-store");
        if (!"yes".equals(form.get("logout"))) {
            return onwards;
        }
        database.run(
                request.tenant(), tx -> sessions.peek(tx, request).ifPresent(session -> end(tx, request, session)));
        return onwards.with(SessionCookie.removal(request.site()));
    }

    Response signedOut(Request request) {
        return OidcPages.signedOut(request.language());
    }

    /** What was given with offline_access outlives the session: the user let the application act without them. */
    private void end(Tx tx, Request request, Session session) {
        sessions.destroy(tx, session);
        List<String> ending = session.authorizations().values().stream()
                .filter(authorization -> !authorization.persistsLogout())
                .map(Authorization::grantId)
                .toList();
        grants.revoke(tx, ending);
        events.publish(
                tx,
                Event.of("RevokeGrants")
                        .user(session.userId())
                        .session(session.uid())
                        .with("reason", "sign-out")
                        .with("revokedGrantIds", ending)
                        .from(request));
    }

    private String target(String tenant, LogoutTicket ticket) {
        if (ticket.resume() != null) {
            return ticket.resume();
        }
        String uri = ticket.redirectUri();
        String clientId = ticket.clientId();
        boolean registered = uri != null
                && clientId != null
                && applications
                        .find(tenant, clientId)
                        .filter(client -> RedirectUris.matchesPostLogout(client, uri))
                        .isPresent();
        if (uri == null || !registered) {
            return SIGNED_OUT;
        }
        String state = ticket.state();
        return Redirects.withQuery(uri, state == null ? Map.of() : Map.of("state", state), Set.of("state"));
    }

    private static Map<String, String> form(Request request, LogoutTicket ticket) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("xsrf", ticket.seal(request));
        fields.put("logout", "yes");
        return fields;
    }

    private static Map<String, String> read(Request request) {
        Params form = request.method().equals("POST") ? OAuthForm.read(request) : Params.NONE;
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : KNOWN) {
            if (request.query().all(name).size() + form.all(name).size() > 1) {
                throw OAuthError.INVALID_REQUEST.because("'" + name + "' parameter must not be provided twice");
            }
            String value =
                    form.first(name).or(() -> request.query().first(name)).orElse("");
            if (!value.isEmpty()) {
                params.put(name, value);
            }
        }
        return params;
    }

    private static String language(Request request, Map<String, String> params) {
        String wanted = params.get("ui_locales");
        return wanted == null ? request.language() : Texts.language(List.of(wanted.split(" ")));
    }
}
