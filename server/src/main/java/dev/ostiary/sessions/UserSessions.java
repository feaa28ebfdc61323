package dev.ostiary.sessions;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.json.Shape;
import dev.ostiary.sessions.Session.Authorization;
import dev.ostiary.sessions.SessionStore.Listed;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a user is signed in and whom they let in, shown and ended: the one set of rules behind the Management API and the
 * user's own. Everything asks for the user first, so that nobody reaches another's by its id (SE3).
 */
public final class UserSessions {
    private final SessionStore sessionStore = new SessionStore();
    private final GrantStore grantStore = new GrantStore();
    private final Database database;
    private final Sessions sessions;
    private final Grants grants;
    private final Events events;
    private final Clock clock;
    private final BiFunction<String, String, Optional<ClientFace>> clients;
    private final LastGrant lastGrant;

    /** Told when the last grant of a user for an application was revoked. */
    @FunctionalInterface
    public interface LastGrant {
        void ended(Tx tx, String clientId, String userId);
    }

    /**
     * @param clients an application, by its tenant and id
     * @param lastGrant what else was allowed with it ends too; handed in, for it is kept above
     */
    public UserSessions(
            Database database,
            Sessions sessions,
            Grants grants,
            Events events,
            Clock clock,
            BiFunction<String, String, Optional<ClientFace>> clients,
            LastGrant lastGrant) {
        this.database = database;
        this.sessions = sessions;
        this.grants = grants;
        this.events = events;
        this.clock = clock;
        this.clients = clients;
        this.lastGrant = lastGrant;
    }

    /** Newest sign-in first. */
    public SessionJson.All list(String tenant, String userId) {
        return new SessionJson.All(
                database.read(tenant, tx -> sessionStore.ofUser(tx, userId, clock.instant())).stream()
                        .map(SessionJson.View::of)
                        .toList());
    }

    /** As {@link #list}, for the user themselves. */
    public SessionJson.AllOwn listOwn(String tenant, String userId, @Nullable String currentUid) {
        return new SessionJson.AllOwn(list(tenant, userId).sessions().stream()
                .map(view -> SessionJson.Own.of(view, currentUid))
                .toList());
    }

    /** @throws dev.ostiary.errors.AppException 404 {@link SessionError} */
    SessionJson.View get(String tenant, String userId, String sessionId) {
        return SessionJson.View.of(database.read(tenant, tx -> session(tx, userId, sessionId)));
    }

    /**
     * Ends the session, and of what was granted in it what does not outlive it anyway, or more if the request's
     * {@code revokeGrantsTarget} asks for that.
     *
     * @param reason for the log
     * @throws dev.ostiary.errors.AppException 404 {@link SessionError}, 400 for another target
     */
    public void end(Request request, String userId, String sessionId, String reason) {
        Predicate<Map.Entry<String, Authorization>> ends = ending(request);
        database.run(request.tenant(), tx -> {
            session(tx, userId, sessionId);
            sessions.end(tx, sessionId).ifPresent(ended -> revoke(tx, request, userId, reason, List.of(ended), ends));
        });
    }

    /** The same for all sessions of the user; with {@code revokeGrantsTarget=all} for what applications hold besides, too. */
    void endAll(Request request, String userId, String reason) {
        Predicate<Map.Entry<String, Authorization>> ends = ending(request);
        boolean everything = "all".equals(request.query().get("revokeGrantsTarget"));
        database.run(request.tenant(), tx -> {
            List<Session> ended = sessions.endAllOfUser(tx, userId);
            if (everything) {
                int count = grants.revokeAllOfUser(tx, userId);
                tell(tx, request, userId, reason, Map.of("endedSessions", ended.size(), "revokedGrants", count));
            } else {
                revoke(tx, request, userId, reason, ended, ends);
            }
        });
    }

    /**
     * What the user has consented to, newest first.
     *
     * @throws dev.ostiary.errors.AppException 400 for another {@code appType} than the wire's
     */
    public GrantJson.All grants(Request request, String userId) {
        String type = oneOf(request, "appType", "firstParty", "thirdParty");
        String tenant = request.tenant();
        return new GrantJson.All(database.read(tenant, tx -> grantStore.ofUser(tx, userId, clock.instant())).stream()
                .map(row -> Map.entry(row, face(tenant, row.grant().clientId())))
                .filter(entry -> type == null
                        || type.equals("thirdParty") == entry.getValue().isThirdParty())
                .map(entry -> GrantJson.View.of(entry.getKey(), entry.getValue()))
                .toList());
    }

    /**
     * Its codes and tokens go with it; the sessions forget the application, which asks again at its next visit.
     *
     * @throws dev.ostiary.errors.AppException 404 {@code oidc.invalid_grant}
     */
    public void revoke(Request request, String userId, String grantId, String reason) {
        database.run(request.tenant(), tx -> {
            Optional<Grant> ending = grants.find(tx, grantId);
            if (!grantStore.deleteOfUser(tx, userId, grantId)) {
                throw SessionError.GRANT_NOT_FOUND.exception();
            }
            ending.map(Grant::clientId)
                    .filter(client -> !grantStore.holds(tx, userId, client, clock.instant()))
                    .ifPresent(client -> lastGrant.ended(tx, client, userId));
            sessions.forgetGrants(tx, userId, List.of(grantId));
            tell(tx, request, userId, reason, Map.of("revokedGrantIds", List.of(grantId)));
        });
    }

    private void revoke(
            Tx tx,
            Request request,
            String userId,
            String reason,
            List<Session> ended,
            Predicate<Map.Entry<String, Authorization>> ends) {
        List<String> ending = ended.stream()
                .flatMap(session -> session.authorizations().entrySet().stream())
                .filter(ends)
                .map(client -> client.getValue().grantId())
                .toList();
        grants.revoke(tx, ending);
        tell(tx, request, userId, reason, Map.of("endedSessions", ended.size(), "revokedGrantIds", ending));
    }

    /** Which grants end with a session: always those that were given for its time only. */
    private Predicate<Map.Entry<String, Authorization>> ending(Request request) {
        String target = oneOf(request, "revokeGrantsTarget", "all", "firstParty");
        String tenant = request.tenant();
        return client -> "all".equals(target)
                || ("firstParty".equals(target)
                        && !face(tenant, client.getKey()).isThirdParty())
                || !client.getValue().persistsLogout();
    }

    private Listed session(Tx tx, String userId, String sessionId) {
        Listed row = sessionStore.listed(tx, sessionId, clock.instant()).orElseThrow(SessionError.NOT_FOUND::exception);
        if (!row.userId().equals(userId)) {
            throw SessionError.OF_ANOTHER_USER.exception();
        }
        return row;
    }

    private void tell(Tx tx, Request request, String userId, String reason, Map<String, Object> details) {
        Event event =
                Event.of("RevokeGrants").user(userId).with("reason", reason).from(request);
        for (Map.Entry<String, Object> detail : details.entrySet()) {
            event = event.with(detail.getKey(), detail.getValue());
        }
        events.publish(tx, event);
    }

    /** One that was deleted has no name any more. */
    private ClientFace face(String tenant, String clientId) {
        return clients.apply(tenant, clientId).orElseGet(() -> new ClientFace(clientId, clientId, false));
    }

    private static @Nullable String oneOf(Request request, String name, String first, String second) {
        String value = request.query().get(name);
        if (value != null && !value.equals(first) && !value.equals(second)) {
            throw Shape.invalid("Expected '" + first + "' or '" + second + "'", name);
        }
        return value;
    }
}
