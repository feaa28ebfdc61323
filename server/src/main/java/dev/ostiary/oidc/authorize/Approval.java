package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Dpop;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Events;
import dev.ostiary.oidc.Acr;
import dev.ostiary.oidc.AuthorizationCodes.CodeIssue;
import dev.ostiary.oidc.CodeRequest;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.sessions.Grant;
import dev.ostiary.sessions.GrantLimit;
import dev.ostiary.sessions.Grants;
import dev.ostiary.sessions.Session;
import dev.ostiary.sessions.Session.Authorization;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a signed-in visitor lets an application do: silently for applications of our own, else as they have said. */
public final class Approval {
    private final Grants grants;
    private final Sessions sessions;
    private final Users users;
    private final GrantLimit limit;
    private final OrganizationChoices organizations;

    public Approval(Grants grants, Sessions sessions, Users users, OrganizationChoices organizations, Events events) {
        this.grants = grants;
        this.sessions = sessions;
        this.users = users;
        this.limit = new GrantLimit(grants, sessions, events);
        this.organizations = organizations;
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

    /** Grants what is missing, and remembers the application in the session. */
    Approved approve(Visit visit, Session session) {
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
        client.customClientMetadata()
                .maxAllowedGrants()
                .ifPresent(most -> limit.keep(tx, visit.request(), grant, most));
        CodeRequest request = request(asked, session, authorization);
        return new Approved(grant, new CodeIssue(grant.id(), grant.userId(), client.id(), session.uid(), request));
    }

    private static CodeRequest request(AuthorizeRequest asked, Session session, Authorization authorization) {
        Instant signedInAt = session.signedInAt();
        return new CodeRequest(
                asked.redirectUri(),
                Scopes.join(asked.scopes()),
                asked.resources(),
                asked.params().get("code_challenge"),
                asked.params().get("nonce"),
                signedInAt == null ? null : signedInAt.getEpochSecond(),
                asked.wantsAuthTime(),
                asked.client().oidcClientMetadata().wantsSid() ? authorization.sid() : null,
                asked.wantsAcr() ? Acr.ONE_FACTOR : null,
                asked.demands().claims(),
                asked.client().customClientMetadata().dpopMode() == Dpop.OFF
                        ? null
                        : asked.params().get("dpop_jkt"));
    }

    private boolean isMissing(Visit visit) {
        return existing(visit)
                .filter(grant ->
                        grant.covers(visit.wanted().scopes(), visit.wanted().resourceScopes()))
                .isEmpty();
    }

    /** The grant that the session holds for the application; one with a metadata document gets a new one each time. */
    private Optional<Grant> existing(Visit visit) {
        Session session = visit.session();
        if (session == null || visit.asked().client().isFromDocument()) {
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
        if (client.isFromDocument()) {
            List<String> chosen = new ArrayList<>();
            visit.submission()
                    .path("consent")
                    .path(OrganizationChoices.CHOSEN)
                    .forEach(id -> chosen.add(id.asString()));
            organizations.bind(tx, grant, chosen);
        }
        // Who has just signed in was looked at already.
        if (visit.opened() == null) {
            users.find(tx, userId).ifPresent(user -> stamp(tx, user, client.id()));
        }
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
            sessions.save(visit.tx(), visit.opened().with(authorized), visit.submission(), clientId, visit.request());
        } else if (!authorization.equals(known)) {
            sessions.authorize(visit.tx(), session, clientId, authorization);
        }
        return authorization;
    }
}
