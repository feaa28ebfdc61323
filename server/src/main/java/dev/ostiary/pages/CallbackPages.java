package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Submission;
import dev.ostiary.experience.Visit;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.sso.SsoTests;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code /callback/{connectorId}}: visitors come back from their company's provider. */
final class CallbackPages {
    static final String BELOW = "/callback/";

    private final Kit kit;
    private final MissingPages missing;
    private final SsoFaultPages faults;
    private final SsoTestPages tests;
    private final Predicate<Request> isSignedIn;

    /** @param isSignedIn whether the browser has a session already */
    CallbackPages(
            Kit kit, MissingPages missing, SsoFaultPages faults, SsoTestPages tests, Predicate<Request> isSignedIn) {
        this.kit = kit;
        this.missing = missing;
        this.faults = faults;
        this.tests = tests;
        this.isSignedIn = isSignedIn;
    }

    /**
     * An answer by form_post comes from the provider's page and so without our cookies, which are SameSite=Lax. Sent back
     * to us by GET, the browser brings them along.
     */
    Response post(Request request) {
        String query = ProviderAnswer.of(request.form()).query();
        // The path as it was matched, encoded anew: what stands in it must not make another address.
        String path = path(request.param("connectorId"));
        return Guard.kept(Response.seeOther(query.isEmpty() ? path : path + "?" + query));
    }

    static String path(String connectorId) {
        return BELOW + Params.encode(connectorId).replace("+", "%20");
    }

    Response get(Request request) {
        ProviderAnswer answer = ProviderAnswer.of(request.query());
        String connectorId = request.param("connectorId");
        if (SsoTests.isTest(answer.state())) {
            return tests.finish(request, connectorId, answer);
        }
        Experience experience = kit.experience();
        Optional<Visit> found =
                answer.state().isEmpty() ? Optional.empty() : experience.findVisitByState(request, answer.state());
        return found.map(visit -> enter(request, visit, connectorId, answer))
                .orElseGet(() -> lost(request, connectorId));
    }

    private Response enter(Request request, Visit visit, String connectorId, ProviderAnswer answer) {
        Stage stage = kit.stages().of(request, visit.interaction());
        try {
            return switch (kit.experience().enterBySso(visit, connectorId, answer.fields())) {
                case Submission.Done(String redirectTo) -> Guard.kept(Response.seeOther(redirectTo));
                case Submission.Missing more -> {
                    kit.experience().save(visit);
                    yield missing.show(stage, visit, more.profile(), Trouble.NONE);
                }
            };
        } catch (AppException refusal) {
            // Delivered twice: the first one may have signed the visitor in meanwhile.
            Optional<Visit> now = kit.experience().findVisit(request).filter(Visit::isAnswered);
            return now.map(done -> Guard.kept(Response.seeOther(done.returnTo())))
                    .orElseGet(() -> faults.refused(stage, connectorId, refusal));
        }
    }

    /** An answer to no question of this browser: too late, twice, or somebody else's (RP4). */
    private Response lost(Request request, String connectorId) {
        Optional<Visit> open = kit.experience().findVisit(request);
        if (open.filter(Visit::isAnswered).isPresent()) {
            return Guard.kept(Response.seeOther(open.get().returnTo()));
        }
        if (open.isPresent()) {
            Stage stage = kit.stages().of(request, open.get().interaction());
            return faults.page(stage, SsoOutcome.EXPIRED, connectorId);
        }
        return faults.page(
                kit.stages().of(request, null), isSignedIn.test(request) ? SsoOutcome.DONE : SsoOutcome.ELSEWHERE);
    }
}
