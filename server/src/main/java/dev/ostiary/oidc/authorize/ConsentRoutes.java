package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationLook;
import dev.ostiary.applications.ApplicationLooks;
import dev.ostiary.db.Database;
import dev.ostiary.http.Handler;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.OAuthErrors;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.UserGate;
import dev.ostiary.oidc.authorize.Consents.MissingOfResource;
import dev.ostiary.oidc.authorize.OrganizationChoices.Choice;
import dev.ostiary.oidc.authorize.OrganizationChoices.Chosen;
import dev.ostiary.users.User;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/interaction}: consent for scripts of our own pages, and giving up. */
public final class ConsentRoutes {
    private final Consents consents;
    private final ApplicationLooks looks;
    private final Interactions interactions;
    private final Database database;

    public ConsentRoutes(Consents consents, ApplicationLooks looks, Interactions interactions, Database database) {
        this.consents = consents;
        this.looks = looks;
        this.interactions = interactions;
        this.database = database;
    }

    record View(
            Client application,
            Account user,
            List<Organization> organizations,
            List<String> missingOIDCScope,
            List<OfResource> missingResourceScopes,
            String redirectUri) {}

    record Client(
            String id,
            String name,
            Optional<ObjectNode> branding,
            Optional<String> displayName,
            Optional<String> privacyPolicyUrl,
            Optional<String> termsOfUseUrl) {

        static Client of(Application application, Optional<ApplicationLook> look) {
            return new Client(
                    application.id(),
                    application.name(),
                    look.map(ApplicationLook::branding),
                    look.map(ApplicationLook::displayName),
                    look.map(ApplicationLook::privacyPolicyUrl),
                    look.map(ApplicationLook::termsOfUseUrl));
        }
    }

    /** @param isGranted the user has allowed it before */
    record Organization(String id, String name, List<OfResource> missingResourceScopes, boolean isGranted) {
        static Organization of(Choice choice) {
            return new Organization(choice.id(), choice.name(), OfResource.of(choice.missing()), choice.isGranted());
        }
    }

    /** @param organizationIds in which the application may act for the user, beside those of before */
    record Approve(Optional<@Size(max = 1000) List<String>> organizationIds) {}

    record Account(
            String id,
            @Nullable String name,
            @Nullable String avatar,
            @Nullable String username,
            @Nullable String primaryEmail,
            @Nullable String primaryPhone) {}

    record OfResource(Target resource, List<Permission> scopes) {
        static List<OfResource> of(List<MissingOfResource> missing) {
            return missing.stream()
                    .map(each -> new OfResource(
                            new Target(
                                    each.resource().id(),
                                    each.resource().name(),
                                    each.resource().indicator()),
                            each.scopes().stream()
                                    .map(scope -> new Permission(scope.id(), scope.name(), scope.description()))
                                    .toList()))
                    .toList();
        }
    }

    record Target(String id, String name, String indicator) {}

    record Permission(String id, String name, @Nullable String description) {}

    /** @param api routes below {@code /api} that only our own pages may call */
    public void mount(Routes api) {
        Routes told = api.with(ConsentRoutes::told);
        told.get("/interaction/consent", this::question);
        told.post("/interaction/consent", this::approve);
        api.delete("/interaction", this::abort);
    }

    private static Response told(Request request, Handler next) {
        try {
            return next.handle(request);
        } catch (OAuthException refusal) {
            return OAuthErrors.render(request, refusal);
        }
    }

    private Response question(Request request) {
        Consents.Question question = consents.question(request, interactions.resolve(request));
        if (question.isDenied()) {
            throw UserGate.refusal();
        }
        User user = question.user();
        Application application = question.application();
        return Response.json(new View(
                Client.of(application, looks.find(request.tenant(), application.id())),
                new Account(
                        user.id(),
                        user.name(),
                        user.avatar(),
                        user.username(),
                        user.primaryEmail(),
                        user.primaryPhone()),
                question.organizations().stream().map(Organization::of).toList(),
                question.missingScopes(),
                OfResource.of(question.missingResourceScopes()),
                // Of a device it is a page of ours.
                question.redirectUri().startsWith("/")
                        ? request.site().origin() + question.redirectUri()
                        : question.redirectUri()));
    }

    private Response approve(Request request) {
        List<String> organizationIds =
                request.body(Approve.class).organizationIds().orElse(List.of());
        String path = consents.approve(request, interactions.resolve(request), new Chosen(organizationIds, false));
        return Response.json(Map.of("redirectTo", request.site().origin() + path));
    }

    /** The application is told {@code oidc.aborted}. */
    private Response abort(Request request) {
        Interaction interaction = interactions.resolve(request);
        ObjectNode answer = Json.object();
        answer.put("error", "oidc.aborted");
        database.run(request.tenant(), tx -> interactions.answer(tx, interaction.uid(), answer));
        return Response.json(
                Map.of("redirectTo", interaction.returnTo(request.site().origin())));
    }
}
