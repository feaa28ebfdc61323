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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The door to browser sessions. */
public final class Sessions {
    private final SessionStore store = new SessionStore();
    private final Ids ids;
    private final Clock clock;
    private final Lifetime lifetime;

    private final List<BiConsumer<Tx, List<Session>>> onEnd = new CopyOnWriteArrayList<>();

    /** How long a session lives after its last use. */
    @FunctionalInterface
    public interface Lifetime {
        Duration of(Tx tx);
    }

    /** @param lifetime of a session of that tenant, counted from its last use */
    public Sessions(Ids ids, Clock clock, Lifetime lifetime) {
        this.ids = ids;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** Called in the transaction that ends sessions, with what they were; not when one merely expires. */
    public void onEnd(BiConsumer<Tx, List<Session>> listener) {
        onEnd.add(listener);
    }

    /** The value is for the cookie; it is nowhere else. */
    public record Opened(Session session, String value) {
        public Opened with(Session changed) {
            return new Opened(changed, value);
        }
    }

    /** The session of the browser, its life counted anew (to the minute): answer with {@link #cookie(Request)}. */
    public Optional<Session> current(Tx tx, Request request) {
        Instant now = clock.instant();
        return SessionCookie.read(request).flatMap(value -> {
            Duration life = lifetime.of(tx);
            Instant expiresAt = now.plus(life);
            return store.slide(tx, value, now, expiresAt.minus(negligible(life)), expiresAt);
        });
    }

    /** Who opens ten applications at once writes one new end of their session, not ten. */
    private static Duration negligible(Duration life) {
        return Collections.min(List.of(Duration.ofMinutes(1), life.dividedBy(20)));
    }

    /** The session of the browser, left as it is. */
    public Optional<Session> peek(Tx tx, Request request) {
        return SessionCookie.read(request).flatMap(value -> store.find(tx, value, clock.instant()));
    }

    public Optional<Session> find(Tx tx, String uid) {
        return store.findByUid(tx, uid, clock.instant());
    }

    /** What was proven at the last sign-in of a session, and with which browser from where; holds no secrets. */
    public Optional<ObjectNode> lastSubmission(Tx tx, String uid) {
        return store.listed(tx, uid, clock.instant())
                .map(row -> SessionJson.submission(row.submission(), row.clientInfo(), row.userId()));
    }

    /**
     * A session for a visitor who has proven who they are, or their old one under a new value: one that an attacker knew
     * before the sign-in is worth nothing after it. Not stored yet, see {@link #save}.
     *
     * @param before the browser's session, if it has one; of another user nothing is taken over
     * @param provenAt when the credentials were checked
     */
    public Opened signIn(Tx tx, @Nullable Session before, String userId, Instant provenAt) {
        Instant expiresAt = clock.instant().plus(lifetime.of(tx)).truncatedTo(ChronoUnit.MICROS);
        Session session = before != null && userId.equals(before.userId())
                ? new Session(before.uid(), userId, provenAt, before.authorizations(), expiresAt)
                : new Session(ids.token(), userId, provenAt, Map.of(), expiresAt);
        return new Opened(session, ids.token());
    }

    /**
     * @param submission what was proven, kept for the lists of sessions
     * @param clientId the application that asked for the sign-in
     */
    public void save(Tx tx, Opened opened, ObjectNode submission, String clientId, Request request) {
        ObjectNode clientInfo = Json.object();
        clientInfo.put("ip", request.clientIp());
        clientInfo.put("userAgent", request.userAgent());
        clientInfo.put("clientId", clientId);
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

    /** The session as it was; empty if another request has ended it already. */
    public Optional<Session> end(Tx tx, String uid) {
        Optional<Session> ended = store.delete(tx, uid);
        ended.ifPresent(session -> onEnd.forEach(listener -> listener.accept(tx, List.of(session))));
        return ended;
    }

    /** Suspension, deletion, a changed password: every browser of the user is signed out. How many there were. */
    public int revokeAllOfUser(Tx tx, String userId) {
        return endAllOfUser(tx, userId).size();
    }

    /** As {@link #revokeAllOfUser}: the sessions as they were. */
    List<Session> endAllOfUser(Tx tx, String userId) {
        List<Session> ended = store.deleteOfUser(tx, userId);
        if (!ended.isEmpty()) {
            onEnd.forEach(listener -> listener.accept(tx, ended));
        }
        return ended;
    }

    /** The user's sessions no longer count those among what they have let in: the applications ask anew. */
    public void forgetGrants(Tx tx, String userId, List<String> grantIds) {
        store.forgetGrants(tx, userId, grantIds);
    }

    /** The cookie of the session that {@link #current} found, with its new expiry. */
    public Optional<Cookie> cookie(Tx tx, Request request) {
        return SessionCookie.read(request).map(value -> SessionCookie.of(request.site(), value, lifetime.of(tx)));
    }

    public Cookie cookie(Tx tx, Request request, Opened opened) {
        return SessionCookie.of(request.site(), opened.value(), lifetime.of(tx));
    }
}
