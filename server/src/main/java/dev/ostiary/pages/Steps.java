package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Submission;
import dev.ostiary.experience.Visit;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What all forms of a visit have in common: whose they are, and what happens to the second of two. */
final class Steps {
    private final Experience experience;
    private final FormTokens tokens;
    private final Guard guard;

    Steps(Experience experience, FormTokens tokens, Guard guard) {
        this.experience = experience;
        this.tokens = tokens;
        this.guard = guard;
    }

    /** A page of a visit that still has something to ask. */
    Response show(Request request, Function<Visit, Response> page) {
        Optional<Visit> found = experience.findVisit(request);
        if (found.isEmpty()) {
            return guard.lost(request);
        }
        Visit visit = found.get();
        if (visit.isAnswered()) {
            return Response.seeOther(visit.returnTo());
        }
        if (visit.interaction().prompt().equals("consent")) {
            return guard.toConsent(visit.interaction());
        }
        return page.apply(visit);
    }

    /**
     * A form of a visit.
     *
     * @param page what comes back with a refusal, given the visit as it is then
     */
    Response take(Request request, Function<Visit, Response> step, BiFunction<Visit, AppException, Response> page) {
        Optional<Visit> found = experience.findVisit(request);
        if (found.isEmpty()) {
            return guard.lost(request);
        }
        Visit visit = found.get();
        tokens.check(request, visit.interaction());
        if (visit.isAnswered()) {
            return Response.seeOther(visit.returnTo());
        }
        try {
            return step.apply(visit);
        } catch (AppException refusal) {
            // Sent twice: the first one may have done meanwhile what this one is refused for.
            Optional<Visit> now = experience.findVisit(request);
            if (now.isEmpty()) {
                return guard.lost(request);
            }
            return now.get().isAnswered() ? Response.seeOther(now.get().returnTo()) : page.apply(now.get(), refusal);
        }
    }

    /** The last step. @param missing what to show where something has to be told first */
    Response submit(Visit visit, Function<Submission.Missing, Response> missing) {
        return switch (experience.submit(visit)) {
            case Submission.Done(String redirectTo) -> Response.seeOther(redirectTo);
            case Submission.Missing more -> {
                experience.save(visit);
                yield missing.apply(more);
            }
        };
    }

    String token(Visit visit) {
        return tokens.issue(visit.tenant(), visit.interaction());
    }
}
