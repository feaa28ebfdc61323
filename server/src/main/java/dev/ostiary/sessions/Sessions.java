package dev.ostiary.sessions;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Cookie;
import dev.ostiary.http.Request;
import dev.ostiary.json.Json;
import dev.ostiary.sessions.Session.Authorization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The door to browser sessions. */
public final class Sessions {
    private final SessionStore store = new SessionStore();
    private final Ids ids;
    private final Clock clock;
    private final Function<String, Duration> lifetime;

    /** @param lifetime of a session of that tenant, counted from its last use */
    public Sessions(Ids ids, Clock clock, Function<String, Duration> lifetime) {
        this.ids = ids;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** The value is for the cookie; it is nowhere else. */
    public record Opened(Session session, String value) {
        public Opened with(Session changed) {
            return new Opened(changed, value);
        }
    }

    /** The session of the browser, its life counted anew: answer with {@link #cookie(Request)}. */
    public Optional<Session> current(Tx tx, Request request) {
        Instant now = clock.instant();
        return SessionCookie.read(request)
                .flatMap(value -> store.slide(tx, value, now, now.plus(lifetime.apply(tx.tenant()))));
    }

    /** The session of the browser, left as it is. */
    public Optional<Session> peek(Tx tx, Request request) {
        return SessionCookie.read(request).flatMap(value -> store.find(tx, value, clock.instant()));
    }

    public Optional<Session> find(Tx tx, String uid) {
        return store.findByUid(tx, uid, clock.instant());
    }

    /**
     * A session for a visitor who has proven who they are, or their old one under a new value: one that an attacker knew
     * before the sign-in is worth nothing after it. Not stored yet, see {@link #save}.
     *
     * @param before the browser's session, if it has one; of another user nothing is taken over
     * @param provenAt when the credentials were checked
     */
    public Opened signIn(String tenant, @Nullable Session before, String userId, Instant provenAt) {
        Instant expiresAt = clock.instant().plus(lifetime.apply(tenant)).truncatedTo(ChronoUnit.MICROS);
        Session session = before != null && userId.equals(before.userId())
                ? new Session(before.uid(), userId, provenAt, before.authorizations(), expiresAt)
                : new Session(ids.token(), userId, provenAt, Map.of(), expiresAt);
        return new Opened(session, ids.token());
    }

    /** @param submission what was proven, kept for the lists of sessions */
    public void save(Tx tx, Opened opened, ObjectNode submission, Request request) {
        ObjectNode clientInfo = Json.object();
        clientInfo.put("ip", request.clientIp());
        clientInfo.put("userAgent", request.userAgent());
        store.signIn(tx, opened.value(), opened.session(), submission, clientInfo);
    }

    /** A new name of a session towards an application. */
    public String newSid() {
        return ids.token();
    }

    /** Remembers an application that was let in. */
    public void authorize(Tx tx, Session session, String clientId, Authorization authorization) {
        store.authorize(tx, session.uid(), clientId, authorization);
    }

    /** False if another request has ended it already. */
    public boolean destroy(Tx tx, Session session) {
        return store.delete(tx, session.uid());
    }

    /** Suspension, a changed password: every browser of the user is signed out. */
    public int revokeAllOfUser(Tx tx, String userId) {
        return store.deleteOfUser(tx, userId);
    }

    /** The cookie of the session that {@link #current} found, with its new expiry. */
    public Optional<Cookie> cookie(Request request) {
        return SessionCookie.read(request)
                .map(value -> SessionCookie.of(request.site(), value, lifetime.apply(request.tenant())));
    }

    public Cookie cookie(Request request, Opened opened) {
        return SessionCookie.of(request.site(), opened.value(), lifetime.apply(request.tenant()));
    }
}
