package dev.ostiary.oidc.authorize;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Cookie;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.interactions.InteractionCookies;
import dev.ostiary.interactions.InteractionError;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.logout.Logout;
import dev.ostiary.sessions.Session;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The way back from the sign-in pages. */
public final class Resume {
    private final Authorize authorize;
    private final Approval approval;
    private final Logout logout;
    private final Interactions interactions;
    private final Sessions sessions;
    private final Users users;
    private final Events events;
    private final Database database;

    public Resume(
            Authorize authorize,
            Approval approval,
            Logout logout,
            Interactions interactions,
            Sessions sessions,
            Users users,
            Events events,
            Database database) {
        this.authorize = authorize;
        this.approval = approval;
        this.logout = logout;
        this.interactions = interactions;
        this.sessions = sessions;
        this.users = users;
        this.events = events;
        this.database = database;
    }

    /**
     * Goes on where the interaction has stopped the request. What counts is what was stored then, not what this request
     * says (AZ3).
     *
     * @throws OAuthException {@code session.not_found} unless this browser was sent off with that interaction (AZ6)
     */
    Response resume(Request request) {
        String tenant = request.tenant();
        String uid = request.param("uid");
        Interaction interaction = !interactions.belongsTo(request, uid)
                ? null
                : database.read(tenant, tx -> interactions.find(tx, uid)).orElse(null);
        if (interaction == null) {
            throw expired();
        }
        AuthorizeParams params =
                AuthorizeParams.stored((ObjectNode) interaction.request().path("params"));
        if (isForAnother(request, interaction)) {
            params = params.asking("login");
        }
        try {
            AuthorizeRequest asked = authorize.check(tenant, params);
            Wanted wanted = authorize.wanted(tenant, asked);
            Optional<Response> answer = database.write(tenant, tx -> goOn(tx, request, interaction, asked, wanted));
            // Not in the transaction: the page looks up the colours of the tenant.
            return answer.orElseGet(() -> logout.switchAccount(request, interaction.resumePath()));
        } catch (OAuthException refusal) {
            return authorize.refuse(request, params, refusal);
        }
    }

    /** Empty where whose browser this is changes: the first user's session ends completely before the other's begins. */
    private Optional<Response> goOn(
            Tx tx, Request request, Interaction interaction, AuthorizeRequest asked, Wanted wanted) {
        Session session = sessions.current(tx, request).orElse(null);
        JsonNode answer = interaction.answer() == null ? Json.object() : interaction.answer();
        String accountId = answer.path("login").path("accountId").asString("");
        if (session != null && session.isSignedIn() && !accountId.isEmpty() && !accountId.equals(session.userId())) {
            interactions.releaseSession(tx, interaction.uid());
            return Optional.empty();
        }
        return Optional.of(resume(tx, request, interaction, asked, wanted, session, answer, accountId));
    }

    private Response resume(
            Tx tx,
            Request request,
            Interaction interaction,
            AuthorizeRequest asked,
            Wanted wanted,
            @Nullable Session session,
            JsonNode answer,
            String accountId) {
        boolean sameSession = interaction.sessionUid() == null
                || (session != null && interaction.sessionUid().equals(session.uid()));
        if (!sameSession || interactions.finish(tx, interaction.uid()).isEmpty()) {
            // For the visitor to see: whoever asked gets nothing out of a flow that changed hands.
            throw InteractionError.NOT_FOUND.exception();
        }
        if (answer.path("error").isString()) {
            String description = answer.path("error_description").asString(null);
            ended(tx, request, interaction, session, answer.path("error").asString());
            return authorize
                    .ending(asked.params())
                    .failed(tx, request, asked, answer.path("error").asString(), description)
                    .with(InteractionCookies.ending(request, interaction));
        }
        Set<String> done = new HashSet<>();
        interaction.request().path("done").forEach(prompt -> done.add(prompt.asString()));
        if (isForAnother(request, interaction)) {
            done.remove("login");
        }
        if (answer.has("consent")) {
            done.add("consent");
        }
        if (accountId.isEmpty()) {
            return answer(tx, request, interaction, visit(tx, request, asked, wanted, session, null, answer, done));
        }
        User user = users.find(tx, accountId).orElse(null);
        if (user == null || user.isSuspended()) {
            ended(tx, request, interaction, session, "user.suspended");
            return authorize
                    .ending(asked.params())
                    .failed(tx, request, asked, "access_denied", "the user may not sign in")
                    .with(InteractionCookies.ending(request, interaction));
        }
        approval.stamp(tx, user, asked.client().id());
        done.add("login");
        Instant provenAt = Instant.ofEpochMilli(answer.path("login").path("at").asLong(0));
        Sessions.Opened opened = sessions.signIn(tx, session, accountId, provenAt);
        return answer(
                tx, request, interaction, visit(tx, request, asked, wanted, opened.session(), opened, answer, done));
    }

    /** Of a device: its user wants to go on as somebody else. Others begin at the application's address anew. */
    private static boolean isForAnother(Request request, Interaction interaction) {
        return interaction.isOfDevice()
                && interaction.answer() == null
                && "login".equals(request.query().get("prompt"));
    }

    private static Visit visit(
            Tx tx,
            Request request,
            AuthorizeRequest asked,
            Wanted wanted,
            @Nullable Session session,
            Sessions.@Nullable Opened opened,
            JsonNode answer,
            Set<String> done) {
        ObjectNode submission = answer.deepCopy() instanceof ObjectNode copy ? copy : Json.object();
        submission.remove("login");
        return new Visit(tx, request, asked, wanted, session, opened, submission, done);
    }

    private Response answer(Tx tx, Request request, Interaction interaction, Visit visit) {
        Authorize.Outcome outcome = authorize.proceed(visit);
        ended(tx, request, interaction, visit.session(), null);
        Response response = outcome.waits()
                ? outcome.response().with(InteractionCookies.replacing(interaction))
                : outcome.response().with(InteractionCookies.ending(request, interaction));
        if (visit.opened() != null) {
            Cookie cookie = sessions.cookie(tx, request, visit.opened());
            return response.with(cookie);
        }
        return visit.session() == null
                ? response
                : response.with(sessions.cookie(tx, request).stream().toList());
    }

    private void ended(
            Tx tx, Request request, Interaction interaction, @Nullable Session session, @Nullable String error) {
        Event event = Event.of("Interaction.End")
                .application(interaction.clientId())
                .interaction(interaction.auditId())
                .session(session == null ? null : session.uid())
                .user(session == null ? null : session.userId())
                .from(request);
        events.publish(tx, error == null ? event : event.failed(error));
    }

    private static OAuthException expired() {
        return OAuthError.INVALID_REQUEST.because("authorization request has expired");
    }
}
