package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Applications;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.interactions.InteractionCookies;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.UserGate;
import dev.ostiary.resources.Resources;
import dev.ostiary.sessions.Session;
import dev.ostiary.sessions.Sessions;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides what a checked request and the visitor's session lead to: an answer, a page, or a refusal. */
public final class Authorize {
    /** What is longer is no id of an application; the log keeps it among the parameters. */
    private static final int LONGEST_ID = 64;

    private static final int LONGEST_URL = 2048;

    private final AuthorizeChecks checks;
    private final Ending answers;
    private final Ending devices;
    private final Approval approval;
    private final Interactions interactions;
    private final Sessions sessions;
    private final Resources resources;
    private final ThirdPartyCeiling ceiling;
    private final UserGate gate;
    private final Events events;
    private final Clock clock;

    public Authorize(
            AuthorizeChecks checks,
            Answers answers,
            DeviceAnswers devices,
            Approval approval,
            Interactions interactions,
            Sessions sessions,
            Resources resources,
            ThirdPartyCeiling ceiling,
            UserGate gate,
            Events events,
            Clock clock) {
        this.checks = checks;
        this.answers = answers;
        this.devices = devices;
        this.approval = approval;
        this.interactions = interactions;
        this.sessions = sessions;
        this.resources = resources;
        this.ceiling = ceiling;
        this.gate = gate;
        this.events = events;
        this.clock = clock;
    }

    /** @param waits for the visitor, on a page; else the request has its answer */
    record Outcome(Response response, boolean waits) {}

    AuthorizeRequest check(String tenant, AuthorizeParams params) {
        return checks.pass(tenant, params);
    }

    /** Of resources and scopes; reads caches, so do it before a transaction is open. */
    Wanted wanted(String tenant, AuthorizeRequest asked) {
        return Wanted.of(tenant, asked, resources, ceiling);
    }

    /** A fresh request: nothing has been answered for it. */
    Response begin(Tx tx, Request request, AuthorizeRequest asked, Wanted wanted) {
        Session session = sessions.current(tx, request).orElse(null);
        Visit visit = new Visit(tx, request, asked, wanted, session, null, Json.object(), Set.of());
        Response response = proceed(visit).response();
        return session == null
                ? response
                : response.with(sessions.cookie(tx, request).stream().toList());
    }

    /**
     * The answer, or the page that is needed first.
     *
     * @throws OAuthException if the client does not want a page ({@code prompt=none}) and one is needed
     */
    Outcome proceed(Visit visit) {
        AuthorizeRequest asked = visit.asked();
        Session session = visit.session();
        if (visit.done().contains("login") && session != null && !asked.expects(session.userId())) {
            // Asked once more, they would only be sent round in a circle (OpenID Connect Core sections 3.1.2.2, 5.5.1).
            throw OAuthError.LOGIN_REQUIRED.because("another End-User is expected to sign in");
        }
        List<String> reasons = LoginReasons.of(asked, session, visit.done(), clock.instant());
        if (!reasons.isEmpty() || session == null) {
            if (asked.prompts("none")) {
                throw OAuthError.LOGIN_REQUIRED.because("End-User authentication is required");
            }
            store(visit);
            return new Outcome(send(visit, "login", reasons), true);
        }
        if (!gate.allows(visit.tx(), asked.client(), Objects.requireNonNull(session.userId()))) {
            if (asked.prompts("none")) {
                throw UserGate.refusal();
            }
            // The page of consent tells it: the visitor learns why, and may come back as somebody else.
            store(visit);
            return new Outcome(send(visit, "consent", List.of("access_denied")), true);
        }
        if (approval.needsPage(visit)) {
            if (asked.prompts("none")) {
                throw approval.refusalWithoutPage(asked);
            }
            store(visit);
            return new Outcome(send(visit, "consent", List.of()), true);
        }
        PushedRequests.spend(visit.tx(), asked.params());
        return new Outcome(ending(asked.params()).granted(visit, approval.approve(visit, session)), false);
    }

    private void store(Visit visit) {
        if (visit.opened() != null) {
            sessions.save(
                    visit.tx(),
                    visit.opened(),
                    visit.submission(),
                    visit.asked().client().id(),
                    visit.request());
        }
    }

    private Response send(Visit visit, String prompt, List<String> reasons) {
        AuthorizeRequest asked = visit.asked();
        String clientId = asked.client().id();
        ObjectNode stored = Json.object();
        stored.set("params", new AuthorizeParams(asked.params().values(), asked.resources(), Set.of()).toJson());
        ObjectNode wanted = stored.putObject("prompt");
        wanted.put("name", prompt);
        ArrayNode list = wanted.putArray("reasons");
        reasons.forEach(list::add);
        wanted.putObject("details");
        ArrayNode done = stored.putArray("done");
        new TreeSet<>(visit.done()).forEach(done::add);
        Session session = visit.session();
        Interaction interaction = interactions.start(
                visit.tx(), clientId, stored, session != null && session.isSignedIn() ? session.uid() : null);
        events.publish(
                visit.tx(),
                Event.of("Interaction.Create")
                        .application(clientId)
                        .interaction(interaction.auditId())
                        .session(interaction.sessionUid())
                        .with("prompt", prompt)
                        .with("params", audited(asked.params()))
                        .from(visit.request()));
        String page = prompt.equals("consent") ? Screens.consent(clientId) : Screens.signIn(clientId, asked.params());
        return Response.seeOther(page).with(InteractionCookies.starting(visit.request(), interaction));
    }

    private static int longest(String clientId) {
        return Applications.isUrl(clientId) ? LONGEST_URL : LONGEST_ID;
    }

    /** A refusal leaves a mark before it is told. */
    Response refuse(Request request, AuthorizeParams params, OAuthException refusal) {
        String clientId = params.get("client_id");
        events.publish(
                request.tenant(),
                Event.of("Interaction.Create")
                        .application(clientId == null || clientId.length() > longest(clientId) ? null : clientId)
                        .failed("oidc." + refusal.error().word())
                        .with("description", refusal.description())
                        .with("params", audited(params))
                        .from(request));
        return ending(params).refused(request, params, refusal);
    }

    Ending ending(AuthorizeParams params) {
        return params.isOfDevice() ? devices : answers;
    }

    /** Neither hints, which are tokens, nor what a visitor might have typed. */
    private static ObjectNode audited(AuthorizeParams params) {
        ObjectNode audited = Json.object();
        for (String name : List.of("client_id", "redirect_uri", "response_type", "scope", "prompt")) {
            String value = params.get(name);
            if (value != null) {
                audited.put(name, value.substring(0, Math.min(value.length(), 500)));
            }
        }
        return audited;
    }
}
