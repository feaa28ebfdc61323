package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.interactions.InteractionCookies;
import dev.ostiary.interactions.InteractionError;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.Resources;
import dev.ostiary.resources.Scope;
import dev.ostiary.sessions.Grant;
import dev.ostiary.sessions.Grants;
import dev.ostiary.sessions.Session;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a visitor is asked for an application of somebody else, and their word on it. Only who is signed in in the browser
 * that was sent off may give it.
 */
public final class Consents {
    private final Authorize authorize;
    private final Interactions interactions;
    private final Sessions sessions;
    private final Grants grants;
    private final Users users;
    private final Resources resources;
    private final Database database;

    public Consents(
            Authorize authorize,
            Interactions interactions,
            Sessions sessions,
            Grants grants,
            Users users,
            Resources resources,
            Database database) {
        this.authorize = authorize;
        this.interactions = interactions;
        this.sessions = sessions;
        this.grants = grants;
        this.users = users;
        this.resources = resources;
        this.database = database;
    }

    /**
     * @param missingScopes of the user's data, not granted yet
     * @param missingResourceScopes not granted yet, by resource; only resources of which something is missing
     */
    public record Question(
            Application application,
            User user,
            List<String> missingScopes,
            List<MissingOfResource> missingResourceScopes,
            String redirectUri) {}

    public record MissingOfResource(Resource resource, List<Scope> scopes) {}

    /**
     * @throws AppException 400 {@code session.not_found} unless the interaction waits for consent and its user is signed
     *     in here
     * @throws OAuthException if the request is no longer good: the application was changed meanwhile
     */
    public Question question(Request request, Interaction interaction) {
        String tenant = request.tenant();
        AuthorizeRequest asked = asked(tenant, interaction);
        Wanted wanted = authorize.wanted(tenant, asked);
        return database.read(tenant, tx -> {
            Session session = session(tx, request, interaction);
            Optional<Grant> grant =
                    session.authorization(interaction.clientId()).flatMap(known -> grants.find(tx, known.grantId()));
            List<String> scopes = new ArrayList<>(wanted.scopes());
            scopes.removeAll(Set.of(Scopes.OPENID, Scopes.OFFLINE_ACCESS));
            grant.ifPresent(granted -> scopes.removeAll(granted.scopes()));
            User user = users.get(tx, Objects.requireNonNull(session.userId()));
            return new Question(asked.client(), user, scopes, missing(tenant, wanted, grant), asked.redirectUri());
        });
    }

    /**
     * @return where the browser goes on, a path of ours
     * @throws AppException as {@link #question}
     */
    public String approve(Request request, Interaction interaction) {
        ObjectNode answer = Json.object();
        answer.putObject("consent");
        return answer(request, interaction, answer);
    }

    /** The application is told {@code access_denied}; the rest as {@link #approve}. */
    public String decline(Request request, Interaction interaction) {
        ObjectNode answer = Json.object();
        answer.put("error", "access_denied");
        answer.put("error_description", "the user declined");
        return answer(request, interaction, answer);
    }

    private String answer(Request request, Interaction interaction, ObjectNode answer) {
        database.run(request.tenant(), tx -> {
            session(tx, request, interaction);
            interactions.answer(tx, interaction.uid(), answer);
        });
        return InteractionCookies.resumePath(interaction.uid());
    }

    private AuthorizeRequest asked(String tenant, Interaction interaction) {
        return authorize.check(tenant, AuthorizeParams.stored((ObjectNode)
                interaction.request().path("params")));
    }

    private Session session(Tx tx, Request request, Interaction interaction) {
        return sessions.peek(tx, request)
                .filter(session -> session.isSignedIn()
                        && session.uid().equals(interaction.sessionUid())
                        && interaction.prompt().equals("consent"))
                .orElseThrow(InteractionError.NOT_FOUND::exception);
    }

    private List<MissingOfResource> missing(String tenant, Wanted wanted, Optional<Grant> grant) {
        List<MissingOfResource> missing = new ArrayList<>();
        Map<String, Set<String>> granted = grant.map(Grant::resourceScopes).orElse(Map.of());
        wanted.resourceScopes().forEach((indicator, names) -> resources
                .findByIndicator(tenant, indicator)
                .ifPresent(resource -> {
                    Set<String> known = granted.getOrDefault(indicator, Set.of());
                    List<Scope> scopes = resource.scopes().stream()
                            .filter(scope -> names.contains(scope.name()) && !known.contains(scope.name()))
                            .toList();
                    if (!scopes.isEmpty()) {
                        missing.add(new MissingOfResource(resource, scopes));
                    }
                }));
        return missing;
    }
}
