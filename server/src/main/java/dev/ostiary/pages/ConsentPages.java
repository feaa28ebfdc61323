package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Visit;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.authorize.Consents;
import dev.ostiary.oidc.authorize.Consents.Question;
import dev.ostiary.pages.ConsentPage.Wish;
import dev.ostiary.users.User;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /consent}: what an application of somebody else may do. */
final class ConsentPages {
    static final String PATH = "/consent";

    private final Experience experience;
    private final Consents consents;
    private final Stages stages;
    private final FormTokens tokens;
    private final Guard guard;
    private final Frames frames;
    private final Output output;

    ConsentPages(
            Experience experience,
            Consents consents,
            Stages stages,
            FormTokens tokens,
            Guard guard,
            Frames frames,
            Output output) {
        this.experience = experience;
        this.consents = consents;
        this.stages = stages;
        this.tokens = tokens;
        this.guard = guard;
        this.frames = frames;
        this.output = output;
    }

    Response show(Request request) {
        Optional<Visit> found = experience.findVisit(request);
        if (found.isEmpty()) {
            return guard.lost(request);
        }
        Visit visit = found.get();
        if (visit.isAnswered()) {
            return Response.seeOther(visit.returnTo());
        }
        Stage stage = stages.of(request, visit.interaction());
        if (!visit.interaction().prompt().equals("consent")) {
            return guard.toPage(stage, SignInEntry.PATH);
        }
        try {
            return page(stage, visit, consents.question(request, visit.interaction()));
        } catch (AppException refusal) {
            return lostOr(request, refusal);
        }
    }

    Response submit(Request request) {
        Optional<Visit> found = experience.findVisit(request);
        if (found.isEmpty()) {
            return guard.lost(request);
        }
        Visit visit = found.get();
        tokens.check(request, visit.interaction());
        if (visit.isAnswered()) {
            return Response.seeOther(visit.returnTo());
        }
        // Only the one word allows; whatever else was sent does not.
        boolean allowed =
                request.form().first("decision").filter("allow"::equals).isPresent();
        try {
            return Response.seeOther(
                    allowed
                            ? consents.approve(request, visit.interaction())
                            : consents.decline(request, visit.interaction()));
        } catch (AppException refusal) {
            return lostOr(request, refusal);
        }
    }

    private Response lostOr(Request request, AppException refusal) {
        if (refusal.code().equals("session.not_found")) {
            return guard.lost(request);
        }
        throw refusal;
    }

    private Response page(Stage stage, Visit visit, Question question) {
        String name = question.application().name();
        String heading = stage.say("consent.heading", Map.of("application", name));
        Frame frame = frames.of(stage, heading);
        ConsentPage page = new ConsentPage(
                frame,
                heading,
                account(question.user()),
                wishes(stage, question),
                stage.address(PATH),
                tokens.issue(visit.tenant(), visit.interaction()),
                stage.say("consent.redirect", Map.of("address", place(question.redirectUri()))));
        return output.of(200, stage, frame, "consent", page);
    }

    private static List<Wish> wishes(Stage stage, Question question) {
        List<Wish> wishes = new ArrayList<>();
        wishes.add(new Wish(stage.say("scope.openid"), null));
        for (String scope : question.missingScopes()) {
            String key = "scope." + scope;
            wishes.add(new Wish(stage.phrases().has(key) ? stage.say(key) : scope, null));
        }
        question.missingResourceScopes().forEach(missing -> missing.scopes()
                .forEach(scope ->
                        wishes.add(new Wish(missing.resource().name() + " · " + scope.name(), scope.description()))));
        return wishes;
    }

    private static String account(User user) {
        return Stream.of(user.username(), user.primaryEmail(), user.primaryPhone(), user.name(), user.id())
                .filter(known -> known != null && !known.isBlank())
                .findFirst()
                .orElse(user.id());
    }

    /** Where the visitor goes afterwards, as far as it says who gets the answer. */
    private static String place(String redirectUri) {
        URI uri = URI.create(redirectUri);
        return uri.getRawAuthority() != null ? uri.getRawAuthority() : uri.getScheme() + ":";
    }
}
