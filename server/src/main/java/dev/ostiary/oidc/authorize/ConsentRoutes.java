package dev.ostiary.oidc.authorize;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.users.User;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/interaction}: consent for scripts of our own pages, and giving up. */
public final class ConsentRoutes {
    private final Consents consents;
    private final Interactions interactions;
    private final Database database;

    public ConsentRoutes(Consents consents, Interactions interactions, Database database) {
        this.consents = consents;
        this.interactions = interactions;
        this.database = database;
    }

    record View(
            Client application,
            Account user,
            List<Map<String, Object>> organizations,
            List<String> missingOIDCScope,
            List<OfResource> missingResourceScopes,
            String redirectUri) {}

    record Client(String id, String name) {}

    record Account(
            String id,
            @Nullable String name,
            @Nullable String avatar,
            @Nullable String username,
            @Nullable String primaryEmail,
            @Nullable String primaryPhone) {}

    record OfResource(Target resource, List<Permission> scopes) {}

    record Target(String id, String name, String indicator) {}

    record Permission(String id, String name, @Nullable String description) {}

    /** @param api routes below {@code /api} that only our own pages may call */
    public void mount(Routes api) {
        api.get("/interaction/consent", this::question);
        api.post("/interaction/consent", this::approve);
        api.delete("/interaction", this::abort);
    }

    private Response question(Request request) {
        Consents.Question question = consents.question(request, interactions.resolve(request));
        User user = question.user();
        return Response.json(new View(
                new Client(question.application().id(), question.application().name()),
                new Account(
                        user.id(),
                        user.name(),
                        user.avatar(),
                        user.username(),
                        user.primaryEmail(),
                        user.primaryPhone()),
                List.of(),
                question.missingScopes(),
                question.missingResourceScopes().stream()
                        .map(missing -> new OfResource(
                                new Target(
                                        missing.resource().id(),
                                        missing.resource().name(),
                                        missing.resource().indicator()),
                                missing.scopes().stream()
                                        .map(scope -> new Permission(scope.id(), scope.name(), scope.description()))
                                        .toList()))
                        .toList(),
                question.redirectUri()));
    }

    private Response approve(Request request) {
        String path = consents.approve(request, interactions.resolve(request));
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
