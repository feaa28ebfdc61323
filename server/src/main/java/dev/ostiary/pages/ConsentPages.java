package dev.ostiary.pages;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationSource;
import dev.ostiary.errors.AppException;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Looks;
import dev.ostiary.experience.Overlay;
import dev.ostiary.experience.Visit;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OrganizationTokens;
import dev.ostiary.oidc.Redirects;
import dev.ostiary.oidc.authorize.Consents;
import dev.ostiary.oidc.authorize.Consents.Question;
import dev.ostiary.oidc.authorize.OrganizationChoices.Chosen;
import dev.ostiary.pages.ConsentPage.Group;
import dev.ostiary.pages.ConsentPage.Wish;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.Scope;
import dev.ostiary.users.User;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /consent}: what an application of somebody else may do; or that the visitor may not use an application. */
final class ConsentPages {
    static final String PATH = "/consent";

    private final Experience experience;
    private final Consents consents;
    private final Stages stages;
    private final FormTokens tokens;
    private final Guard guard;
    private final Frames frames;
    private final Output output;
    private final Looks looks;

    ConsentPages(
            Experience experience,
            Consents consents,
            Stages stages,
            FormTokens tokens,
            Guard guard,
            Frames frames,
            Output output,
            Looks looks) {
        this.experience = experience;
        this.consents = consents;
        this.stages = stages;
        this.tokens = tokens;
        this.guard = guard;
        this.frames = frames;
        this.output = output;
        this.looks = looks;
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
        } catch (OAuthException refusal) {
            // The request is not good any more: the application was changed meanwhile. There it is told.
            return Guard.kept(Response.seeOther(visit.returnTo()));
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
                            ? consents.approve(request, visit.interaction(), chosen(request))
                            : consents.decline(request, visit.interaction()));
        } catch (AppException refusal) {
            return lostOr(request, refusal);
        } catch (OAuthException refusal) {
            // This page says why.
            return guard.toConsent(visit.interaction());
        }
    }

    /** Those that the page has shown and that are not ticked any more are taken back. */
    private static Chosen chosen(Request request) {
        return new Chosen(request.form().all("organizationIds"), true);
    }

    private Response lostOr(Request request, AppException refusal) {
        if (refusal.code().equals("session.not_found")) {
            return guard.lost(request);
        }
        throw refusal;
    }

    private Response page(Stage stage, Visit visit, Question question) {
        String name = Objects.requireNonNullElse(
                stage.applicationName(), question.application().name());
        String token = tokens.issue(visit.tenant(), visit.interaction());
        if (question.isDenied()) {
            return denied(stage, question, name, token);
        }
        String heading = stage.say("consent.heading", Map.of("application", name));
        Frame frame = frames.of(stage, heading);
        ConsentPage page = new ConsentPage(
                frame,
                heading,
                account(question.user()),
                warning(stage, question, visit.interaction().isOfDevice()),
                groups(stage, question),
                question.organizations().stream()
                        .map(each -> new ConsentPage.Choice(each.id(), each.name(), each.isGranted()))
                        .toList(),
                name,
                legal(stage, question),
                stage.address(PATH),
                question.anotherAccount(),
                token,
                visit.interaction().isOfDevice()
                        ? stage.say("consent.device")
                        : stage.say("consent.redirect", Map.of("address", Redirects.place(question.redirectUri()))));
        return output.of(200, stage, frame, "consent", page);
    }

    /** About a stranger: what we know, where the answer goes, and that nobody has checked the rest (DR3). */
    private static List<String> warning(Stage stage, Question question, boolean isOfDevice) {
        Application application = question.application();
        if (application.source() == ApplicationSource.TENANT) {
            return List.of();
        }
        List<String> warning = new ArrayList<>();
        if (application.isFromDocument()) {
            String host = URI.create(application.id()).getHost();
            warning.add(stage.say("consent.stranger.document", Map.of("name", application.name(), "host", host)));
        } else {
            warning.add(stage.say("consent.stranger.registered"));
        }
        if (!isOfDevice) {
            boolean onDevice = !question.redirectUri().startsWith("https:");
            warning.add(stage.say(
                    onDevice ? "consent.stranger.device" : "consent.stranger.goes",
                    Map.of("address", Redirects.place(question.redirectUri()))));
        }
        warning.add(stage.say("consent.stranger.careful"));
        return warning;
    }

    private Response denied(Stage stage, Question question, String name, String token) {
        String heading = stage.say("consent.denied.heading", Map.of("application", name));
        Frame frame = frames.of(stage, heading);
        DeniedPage page = new DeniedPage(
                frame,
                heading,
                account(question.user()),
                Messages.support(stage),
                name,
                question.anotherAccount(),
                stage.address(PATH),
                token);
        return output.of(403, stage, frame, "denied", page);
    }

    private static List<Group> groups(Stage stage, Question question) {
        List<Wish> account = new ArrayList<>();
        account.add(new Wish(stage.say("scope.openid"), null));
        for (String scope : question.missingScopes()) {
            // urn:logto:scope:organizations and its like
            String key = "scope." + scope.substring(scope.lastIndexOf(':') + 1);
            account.add(new Wish(stage.phrases().has(key) ? stage.say(key) : scope, null));
        }
        if (question.isWhileAway()) {
            account.add(new Wish(stage.say("scope.offline_access"), null));
        }
        List<Group> groups = new ArrayList<>();
        groups.add(new Group(null, account));
        question.missingResourceScopes()
                .forEach(missing -> groups.add(new Group(
                        title(stage, missing.resource()),
                        missing.scopes().stream().map(ConsentPages::wish).toList())));
        return groups;
    }

    private static String title(Stage stage, Resource resource) {
        return resource.indicator().equals(OrganizationTokens.RESOURCE)
                ? stage.say("consent.organizations.permissions")
                : resource.name();
    }

    /** A sentence is for people, a name for programs. */
    private static Wish wish(Scope scope) {
        String description = scope.description();
        return description == null || description.isBlank()
                ? new Wish(scope.name(), null)
                : new Wish(description, scope.name());
    }

    /** What the application itself says, not what its tenant does. */
    private List<ConsentPage.Link> legal(Stage stage, Question question) {
        Overlay own = looks.ofApplication(
                        stage.request().tenant(), question.application().id())
                .orElse(Overlay.NONE);
        Legal legal = Legal.of(own.termsOfUseUrl(), own.privacyPolicyUrl());
        List<ConsentPage.Link> links = new ArrayList<>();
        if (legal.terms() != null) {
            links.add(new ConsentPage.Link(stage.say("legal.terms"), legal.terms()));
        }
        if (legal.privacy() != null) {
            links.add(new ConsentPage.Link(stage.say("legal.privacy"), legal.privacy()));
        }
        return links;
    }

    private static String account(User user) {
        return Stream.of(user.username(), user.primaryEmail(), user.primaryPhone(), user.name(), user.id())
                .filter(known -> known != null && !known.isBlank())
                .findFirst()
                .orElse(user.id());
    }
}
