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
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.Users;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ends a browser's session, after a confirmation that only our own page can give. */
public final class Logout {
    private static final String SIGNED_OUT = "/oidc/session/end/success";
    private static final String DECLINED = "/oidc/session/end/declined";

    /** Whose colours the pages have. */
    @FunctionalInterface
    public interface Theme {
        /** A style sheet of custom properties; of a tenant, and over it of an application, by their ids. */
        String of(String tenant, @Nullable String applicationId);
    }

    private final LogoutHint hints;
    private final FrontChannel frontChannel;
    private final Applications applications;
    private final Users users;
    private final Sessions sessions;
    private final Grants grants;
    private final Events events;
    private final Database database;
    private final Theme theme;

    public Logout(
            LogoutHint hints,
            Applications applications,
            Tenants tenants,
            Users users,
            Sessions sessions,
            Grants grants,
            Events events,
            Database database,
            Theme theme) {
        this.hints = hints;
        this.frontChannel = new FrontChannel(applications, tenants);
        this.applications = applications;
        this.users = users;
        this.sessions = sessions;
        this.grants = grants;
        this.events = events;
        this.database = database;
        this.theme = theme;
    }

    /**
     * The page that confirms.
     *
     * @throws OAuthException for a hint that is none of ours, a client that does not fit it, or an address to return to
     *     that is not registered
     */
    Response ask(Request request) {
        LogoutRequest asked = LogoutRequest.read(request);
        LogoutHint.Sender sender = hints.sender(request.tenant(), asked);
        Application client = sender.client();
        String redirectUri = asked.postLogoutRedirectUri();
        if (client == null) {
            // Without a client nobody could say whose address that is.
            redirectUri = null;
        } else if (redirectUri != null && !RedirectUris.matchesPostLogout(client, redirectUri)) {
            throw OAuthError.INVALID_REQUEST.because("post_logout_redirect_uri not registered");
        }
        LogoutTicket ticket = new LogoutTicket(client == null ? null : client.id(), redirectUri, asked.state(), null);
        boolean sure = client != null && isMeant(request, sender.subject(), asked.logoutHint());
        return OidcPages.signOut(
                form(request, ticket),
                sure,
                isSignedIn(request),
                language(request, asked),
                theme.of(request.tenant(), ticket.clientId()));
    }

    private boolean isSignedIn(Request request) {
        return database.read(
                request.tenant(),
                tx -> sessions.peek(tx, request).filter(Session::isSignedIn).isPresent());
    }

    /**
     * Whether who is signed in here is who the application means, as far as it says: else the visitor is asked, for it
     * may be somebody else by now (section 2: a hint that does not fit is suspect).
     */
    private boolean isMeant(Request request, @Nullable String subject, @Nullable String logoutHint) {
        if (subject == null && logoutHint == null) {
            return true;
        }
        return database.read(request.tenant(), tx -> sessions.peek(tx, request)
                .filter(session -> !isMeant(tx, session, subject, logoutHint))
                .isEmpty());
    }

    private boolean isMeant(Tx tx, Session session, @Nullable String subject, @Nullable String logoutHint) {
        String userId = session.userId();
        return userId == null
                || ((subject == null || subject.equals(userId))
                        && (logoutHint == null || isNamed(tx, session, userId, logoutHint)));
    }

    private boolean isNamed(Tx tx, Session session, String userId, String hint) {
        return hint.equals(userId)
                || session.authorizations().values().stream()
                        .anyMatch(authorization -> authorization.sid().equals(hint))
                || users.find(tx, userId)
                        .filter(user -> hint.equals(user.username())
                                || hint.equalsIgnoreCase(user.primaryEmail())
                                || hint.equals(user.primaryPhone()))
                        .isPresent();
    }

    /** A page that signs the present user out and then goes on with the interaction of another. */
    public Response switchAccount(Request request, String resumePath) {
        LogoutTicket ticket = new LogoutTicket(null, null, null, resumePath);
        return OidcPages.switchAccount(form(request, ticket), request.language(), theme.of(request.tenant(), null));
    }

    Response confirm(Request request) {
        Params form = OAuthForm.read(request);
        LogoutTicket ticket = LogoutTicket.open(request, form.first("xsrf").orElse(""))
                .orElseThrow(() -> OAuthError.INVALID_REQUEST.because("could not find logout details"));
        boolean agreed = "yes".equals(form.get("logout"));
        String target = target(request.tenant(), ticket, agreed ? SIGNED_OUT : DECLINED);
        if (!agreed) {
            return Response.seeOther(target).with("Cache-Control", "no-store");
        }
        Optional<Session> ended = database.write(
                request.tenant(), tx -> sessions.peek(tx, request).flatMap(session -> end(tx, request, session)));
        List<String> frames = ended.map(session -> frontChannel.addresses(request.tenant(), session))
                .orElse(List.of());
        Response onwards = frames.isEmpty()
                ? Response.seeOther(target).with("Cache-Control", "no-store")
                : OidcPages.frontChannelLogout(
                        frames, target, request.language(), theme.of(request.tenant(), ticket.clientId()));
        return onwards.with(SessionCookie.removal(request.site()));
    }

    Response signedOut(Request request) {
        return OidcPages.signedOut(request.language(), theme.of(request.tenant(), null));
    }

    /** Where a "no" ends that no application waits for. It says nothing that is not so: the address can be typed. */
    Response declined(Request request) {
        return isSignedIn(request)
                ? OidcPages.stillSignedIn(request.language(), theme.of(request.tenant(), null))
                : Response.seeOther(SIGNED_OUT).with("Cache-Control", "no-store");
    }

    /** What was given with offline_access outlives the session: the user let the application act without them. */
    private Optional<Session> end(Tx tx, Request request, Session session) {
        Optional<Session> ended = sessions.end(tx, session.uid());
        ended.ifPresent(last -> {
            List<String> ending = last.authorizations().values().stream()
                    .filter(authorization -> !authorization.persistsLogout())
                    .map(Authorization::grantId)
                    .toList();
            grants.revoke(tx, ending);
            events.publish(
                    tx,
                    Event.of("RevokeGrants")
                            .user(last.userId())
                            .session(last.uid())
                            .with("reason", "sign-out")
                            .with("revokedGrantIds", ending)
                            .from(request));
        });
        return ended;
    }

    private String target(String tenant, LogoutTicket ticket, String otherwise) {
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
            return otherwise;
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

    private static String language(Request request, LogoutRequest asked) {
        String wanted = asked.uiLocales();
        return wanted == null ? request.language() : Texts.language(List.of(wanted.split(" ")));
    }
}
