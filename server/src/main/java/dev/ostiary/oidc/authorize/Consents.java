package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.interactions.InteractionError;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OrganizationTokens;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.UserGate;
import dev.ostiary.oidc.authorize.OrganizationChoices.Choice;
import dev.ostiary.oidc.authorize.OrganizationChoices.Chosen;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
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
    private final OrganizationChoices organizations;
    private final UserGate gate;
    private final Database database;

    public Consents(
            Authorize authorize,
            Interactions interactions,
            Sessions sessions,
            Grants grants,
            Users users,
            Resources resources,
            OrganizationChoices organizations,
            UserGate gate,
            Database database) {
        this.authorize = authorize;
        this.interactions = interactions;
        this.sessions = sessions;
        this.grants = grants;
        this.users = users;
        this.resources = resources;
        this.organizations = organizations;
        this.gate = gate;
        this.database = database;
    }

    /**
     * @param isDenied the user may not use the application at all: there is nothing to allow
     * @param missingScopes of the user's data, not granted yet
     * @param isWhileAway whether access lasts when the user is not there (OpenID Connect Core section 11)
     * @param missingResourceScopes not granted yet, by resource; only resources of which something is missing
     * @param organizations of the user, where the application wants to know them
     * @param anotherAccount where the visitor signs in as somebody else, a path of ours
     */
    public record Question(
            Application application,
            User user,
            boolean isDenied,
            List<String> missingScopes,
            boolean isWhileAway,
            List<MissingOfResource> missingResourceScopes,
            List<Choice> organizations,
            String redirectUri,
            String anotherAccount) {}

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
            Optional<Grant> grant = asked.client().isFromDocument()
                    ? Optional.empty()
                    : session.authorization(interaction.clientId()).flatMap(known -> grants.find(tx, known.grantId()));
            List<String> scopes = new ArrayList<>(wanted.scopes());
            scopes.removeAll(Set.of(Scopes.OPENID, Scopes.OFFLINE_ACCESS));
            grant.ifPresent(granted -> scopes.removeAll(granted.scopes()));
            User user = users.get(tx, Objects.requireNonNull(session.userId()));
            Application client = asked.client();
            List<MissingOfResource> missing = missing(tx, wanted, grant);
            boolean asksForOrganizations =
                    client.isThirdParty() && wanted.scopes().contains(Scopes.ORGANIZATIONS);
            return new Question(
                    client,
                    user,
                    !gate.allows(tx, client, user.id()),
                    scopes,
                    wanted.scopes().contains(Scopes.OFFLINE_ACCESS),
                    missing,
                    asksForOrganizations ? organizations.of(tx, client.id(), user.id(), missing) : List.of(),
                    asked.redirectUri(),
                    interaction.isOfDevice()
                            ? interaction.resumePath() + "?prompt=login"
                            : Screens.anotherAccount(asked.params()));
        });
    }

    /**
     * @param chosen organizations; kept only where the application asks for them
     * @return where the browser goes on, a path of ours
     * @throws AppException as {@link #question}; 422 {@code organization.require_membership}
     * @throws OAuthException {@code access_denied} for who may not use the application
     */
    public String approve(Request request, Interaction interaction, Chosen chosen) {
        AuthorizeRequest asked = asked(request.tenant(), interaction);
        boolean asksForOrganizations =
                asked.client().isThirdParty() && asked.scopes().contains(Scopes.ORGANIZATIONS);
        ObjectNode answer = Json.object();
        ObjectNode consent = answer.putObject("consent");
        return answer(request, interaction, answer, (tx, session) -> {
            String userId = Objects.requireNonNull(session.userId());
            gate.require(tx, asked.client(), users.get(tx, userId));
            if (asksForOrganizations && asked.client().isFromDocument()) {
                organizations.requireMembership(tx, userId, chosen.organizationIds());
                chosen.organizationIds().forEach(consent.putArray(OrganizationChoices.CHOSEN)::add);
            } else if (asksForOrganizations) {
                organizations.keep(tx, asked.client().id(), userId, chosen);
            }
        });
    }

    /** The application is told {@code access_denied}; the rest as {@link #approve}. */
    public String decline(Request request, Interaction interaction) {
        ObjectNode answer = Json.object();
        answer.put("error", "access_denied");
        answer.put("error_description", "the user declined");
        return answer(request, interaction, answer, (tx, session) -> {});
    }

    private String answer(Request request, Interaction interaction, ObjectNode answer, BiConsumer<Tx, Session> with) {
        database.run(request.tenant(), tx -> {
            with.accept(tx, session(tx, request, interaction));
            interactions.answer(tx, interaction.uid(), answer);
        });
        return interaction.resumePath();
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

    private List<MissingOfResource> missing(Tx tx, Wanted wanted, Optional<Grant> grant) {
        List<MissingOfResource> missing = new ArrayList<>();
        Map<String, Set<String>> granted = grant.map(Grant::resourceScopes).orElse(Map.of());
        wanted.resourceScopes().forEach((indicator, wantedNames) -> {
            Set<String> names = new LinkedHashSet<>(wantedNames);
            names.removeAll(granted.getOrDefault(indicator, Set.of()));
            Optional<Resource> resource = indicator.equals(OrganizationTokens.RESOURCE)
                    ? Optional.of(organizations.permissions(tx, names))
                    : resources.findByIndicator(tx, indicator);
            resource.ifPresent(found -> {
                List<Scope> scopes = found.scopes().stream()
                        .filter(scope -> names.contains(scope.name()))
                        .toList();
                if (!scopes.isEmpty()) {
                    missing.add(new MissingOfResource(found, scopes));
                }
            });
        });
        return missing;
    }
}
