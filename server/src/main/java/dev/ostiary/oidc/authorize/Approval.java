package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.oidc.AuthorizationCodes;
import dev.ostiary.oidc.AuthorizationCodes.CodeIssue;
import dev.ostiary.oidc.CodeRequest;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.sessions.Grant;
import dev.ostiary.sessions.Grants;
import dev.ostiary.sessions.Session;
import dev.ostiary.sessions.Session.Authorization;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a signed-in visitor lets an application do: silently for applications of our own, else as they have said. */
public final class Approval {
    private final Grants grants;
    private final Sessions sessions;
    private final Users users;
    private final AuthorizationCodes codes;
    private final Events events;

    public Approval(Grants grants, Sessions sessions, Users users, AuthorizationCodes codes, Events events) {
        this.grants = grants;
        this.sessions = sessions;
        this.users = users;
        this.codes = codes;
        this.events = events;
    }

    /** Whether the visitor has to be asked on a page, or would have to be if there could be one. */
    boolean needsPage(Visit visit) {
        AuthorizeRequest asked = visit.asked();
        Application client = asked.client();
        if (!client.isThirdParty()) {
            // Nothing is shown for applications of our own; a client that wants no page still learns that it asks
            // for something new, and a native one that its identity rests on a visit (RFC 8252 section 8.6).
            return asked.prompts("none") && (client.isNative() || isMissing(visit));
        }
        if (visit.done().contains("consent")) {
            return false;
        }
        // Anybody can pretend to be a client without a secret: its users are asked each time (AZ8).
        return client.isPublicClient() || asked.prompts("consent") || isMissing(visit);
    }

    OAuthException refusalWithoutPage(AuthorizeRequest asked) {
        return asked.client().isNative()
                ? OAuthError.INTERACTION_REQUIRED.because("native clients require End-User interaction")
                : OAuthError.CONSENT_REQUIRED.because("requested scopes not granted");
    }

    /** Grants what is missing, remembers the application in the session, and issues the code. */
    String approve(Visit visit, Session session) {
        Tx tx = visit.tx();
        AuthorizeRequest asked = visit.asked();
        Application client = asked.client();
        Wanted wanted = visit.wanted();
        Grant before = existing(visit).orElse(null);
        Grant grant = before == null
                ? create(visit, session)
                : before.covers(wanted.scopes(), wanted.resourceScopes())
                        ? before
                        : grants.extend(tx, before, wanted.scopes(), wanted.resourceScopes());
        Authorization authorization = remember(visit, session, grant);
        boolean tellsSid = client.oidcClientMetadata().backchannelLogoutUri().isPresent()
                && client.oidcClientMetadata()
                        .backchannelLogoutSessionRequired()
                        .orElse(false);
        Instant signedInAt = session.signedInAt();
        return codes.issue(
                tx,
                new CodeIssue(
                        grant.id(),
                        grant.userId(),
                        client.id(),
                        session.uid(),
                        new CodeRequest(
                                asked.redirectUri(),
                                Scopes.join(asked.scopes()),
                                asked.resources(),
                                asked.params().get("code_challenge"),
                                asked.params().get("nonce"),
                                signedInAt == null ? null : signedInAt.getEpochSecond(),
                                asked.wantsAuthTime(),
                                tellsSid ? authorization.sid() : null,
                                null)));
    }

    private boolean isMissing(Visit visit) {
        return existing(visit)
                .filter(grant ->
                        grant.covers(visit.wanted().scopes(), visit.wanted().resourceScopes()))
                .isEmpty();
    }

    /** The grant that the session holds for the application. */
    private Optional<Grant> existing(Visit visit) {
        Session session = visit.session();
        if (session == null) {
            return Optional.empty();
        }
        String clientId = visit.asked().client().id();
        return session.authorization(clientId)
                .flatMap(known -> grants.find(visit.tx(), known.grantId()))
                .filter(grant -> grant.userId().equals(session.userId())
                        && grant.clientId().equals(clientId));
    }

    private Grant create(Visit visit, Session session) {
        Tx tx = visit.tx();
        Application client = visit.asked().client();
        String userId = Objects.requireNonNull(session.userId());
        Grant grant = grants.create(
                tx,
                userId,
                client.id(),
                session.uid(),
                visit.wanted().scopes(),
                visit.wanted().resourceScopes());
        // Who has just signed in was looked at already.
        if (visit.opened() == null) {
            users.find(tx, userId).ifPresent(user -> stamp(tx, user, client.id()));
        }
        client.customClientMetadata().maxAllowedGrants().ifPresent(most -> {
            List<String> revoked = grants.keepNewest(tx, userId, client.id(), most);
            if (!revoked.isEmpty()) {
                events.publish(
                        tx,
                        Event.of("RevokeGrants")
                                .user(userId)
                                .application(client.id())
                                .with("revokedGrantIds", revoked)
                                .from(visit.request()));
            }
        });
        return grant;
    }

    /** The application through which a user came first. */
    void stamp(Tx tx, User user, String clientId) {
        if (user.applicationId() == null) {
            users.stampApplication(tx, user.id(), clientId);
        }
    }

    private Authorization remember(Visit visit, Session session, Grant grant) {
        String clientId = visit.asked().client().id();
        @Nullable Authorization known = session.authorization(clientId).orElse(null);
        boolean offline = visit.asked().scopes().contains(Scopes.OFFLINE_ACCESS);
        Authorization authorization = new Authorization(
                known == null ? sessions.newSid() : known.sid(),
                grant.id(),
                offline || (known != null && known.grantId().equals(grant.id()) && known.persistsLogout()));
        if (visit.opened() != null) {
            Session authorized = session.with(clientId, authorization);
            sessions.save(visit.tx(), visit.opened().with(authorized), visit.submission(), visit.request());
        } else if (!authorization.equals(known)) {
            sessions.authorize(visit.tx(), session, clientId, authorization);
        }
        return authorization;
    }
}
