package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationJson;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.organizations.Affiliation;
import dev.ostiary.organizations.OrganizationAccess;
import dev.ostiary.organizations.Organizations;
import dev.ostiary.roles.Roles;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.users.User;
import dev.ostiary.users.UserJson;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What scripts are told beside the token: {@code context} of the wire. Holds no secret of anybody. */
public final class ScriptContext {
    private final Roles roles;
    private final OrganizationAccess memberships;
    private final Organizations organizations;
    private final Sessions sessions;
    private final BiFunction<Tx, String, List<?>> ssoIdentities;

    /** @param ssoIdentities accounts at enterprise identity providers of the user with that id */
    public ScriptContext(
            Roles roles,
            OrganizationAccess memberships,
            Organizations organizations,
            Sessions sessions,
            BiFunction<Tx, String, List<?>> ssoIdentities) {
        this.roles = roles;
        this.memberships = memberships;
        this.organizations = organizations;
        this.sessions = sessions;
        this.ssoIdentities = ssoIdentities;
    }

    /**
     * A statement for each kind of thing, none for each thing.
     *
     * @param sessionUid whose last sign-in is told; null where no session stands behind the token
     */
    ObjectNode ofUser(
            Tx tx, User user, Application client, @Nullable String sessionUid, @Nullable String organizationId) {
        ObjectNode context = Json.object();
        context.set("user", user(tx, user));
        if (sessionUid != null) {
            sessions.lastSubmission(tx, sessionUid).ifPresent(last -> context.set("interaction", last));
        }
        put(tx, context, client, organizationId);
        return context;
    }

    ObjectNode ofMachine(Tx tx, Application client, @Nullable String organizationId) {
        ObjectNode context = Json.object();
        put(tx, context, client, organizationId);
        return context;
    }

    private ObjectNode user(Tx tx, User user) {
        ObjectNode told = (ObjectNode) Json.tree(UserJson.View.of(user));
        told.set("ssoIdentities", Json.tree(ssoIdentities.apply(tx, user.id())));
        ArrayNode factors = told.putArray("mfaVerificationFactors");
        user.mfaVerifications()
                .forEach(factor -> factors.add(factor.path("type").asString("")));
        told.set("roles", Json.tree(roles.ofUser(tx, user.id())));
        ArrayNode joined = told.putArray("organizations");
        List<Affiliation> affiliations = memberships.ofUser(tx, user.id());
        affiliations.forEach(one ->
                joined.addObject().put("id", one.id()).put("name", one.name()).put("description", one.description()));
        told.set(
                "organizationRoles",
                affiliations.isEmpty() ? Json.array() : Json.tree(memberships.rolesOfUser(tx, user.id())));
        return told;
    }

    private void put(Tx tx, ObjectNode context, Application client, @Nullable String organizationId) {
        context.set("application", Json.tree(ApplicationJson.View.of(tx.tenant(), client)));
        if (organizationId != null) {
            organizations.find(tx, organizationId).ifPresent(found -> context.putObject("organization")
                    .put("id", found.id())
                    .put("name", found.name())
                    .put("description", found.description())
                    .set("customData", found.customData()));
        }
    }
}
