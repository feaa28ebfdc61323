package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Applications;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.oidc.OrganizationTokens;
import dev.ostiary.oidc.authorize.Consents.MissingOfResource;
import dev.ostiary.organizations.Affiliation;
import dev.ostiary.organizations.ConsentOrganizations;
import dev.ostiary.organizations.OrganizationAccess;
import dev.ostiary.organizations.OrganizationError;
import dev.ostiary.organizations.OrganizationTemplate;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.Scope;
import dev.ostiary.sessions.Grant;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In which of their organizations users let an application of somebody else act for them. */
public final class OrganizationChoices {
    /** Member of the answer of an interaction: what was chosen for a grant that there will be. */
    static final String CHOSEN = "organizationIds";

    /** More are not shown at once: a form has no more fields. */
    private static final int MOST = 900;

    private final OrganizationAccess access;
    private final ConsentOrganizations granted;
    private final OrganizationTemplate template;

    public OrganizationChoices(OrganizationAccess access, ConsentOrganizations granted, OrganizationTemplate template) {
        this.access = access;
        this.granted = granted;
        this.template = template;
    }

    /** Permissions in organizations of these names, as if they were those of an API. */
    Resource permissions(Tx tx, Collection<String> names) {
        String id = OrganizationTokens.RESOURCE;
        List<Scope> scopes = template.scopesNamed(tx, names).stream()
                .map(scope -> new Scope(scope.id(), id, scope.name(), scope.description(), Instant.EPOCH))
                .toList();
        return new Resource(id, id, id, OrganizationTokens.LIFETIME, false, scopes);
    }

    /**
     * An organization of the user.
     *
     * @param isGranted whether the user has allowed it before
     * @param missing of what is asked, what the user may do there
     */
    public record Choice(String id, String name, boolean isGranted, List<MissingOfResource> missing) {}

    /** @param replaces whether those that were shown and are not named are taken back */
    public record Chosen(Collection<String> organizationIds, boolean replaces) {
        public static final Chosen NONE = new Chosen(Set.of(), false);
    }

    /** All of a user, those allowed before in front. */
    List<Choice> of(Tx tx, String applicationId, String userId, List<MissingOfResource> missing) {
        List<Affiliation> affiliations = access.ofUser(tx, userId);
        if (affiliations.isEmpty()) {
            return List.of();
        }
        // A client with a metadata document is asked about anew each time.
        Set<String> before = Applications.isUrl(applicationId) ? Set.of() : granted.granted(tx, applicationId, userId);
        Map<String, Set<String>> held = granted.resourceScopes(
                tx,
                userId,
                missing.stream()
                        .flatMap(of -> of.scopes().stream())
                        .map(Scope::id)
                        .toList());
        return affiliations.stream()
                .map(each -> new Choice(
                        each.id(),
                        each.name(),
                        before.contains(each.id()),
                        held(missing, held.getOrDefault(each.id(), Set.of()))))
                .sorted(Comparator.comparing(Choice::isGranted).reversed())
                .limit(MOST)
                .toList();
    }

    private static List<MissingOfResource> held(List<MissingOfResource> missing, Set<String> scopeIds) {
        return missing.stream()
                .map(of -> new MissingOfResource(
                        of.resource(),
                        of.scopes().stream()
                                .filter(scope -> scopeIds.contains(scope.id()))
                                .toList()))
                .filter(of -> !of.scopes().isEmpty())
                .toList();
    }

    /** @throws AppException 422 {@code organization.require_membership} */
    void requireMembership(Tx tx, String userId, Collection<String> organizationIds) {
        Set<String> own = new HashSet<>();
        access.ofUser(tx, userId).forEach(affiliation -> own.add(affiliation.id()));
        if (!own.containsAll(organizationIds)) {
            throw OrganizationError.REQUIRE_MEMBERSHIP.exception();
        }
    }

    /** For this grant alone; what the user is no member of is refused. */
    void bind(Tx tx, Grant grant, Collection<String> organizationIds) {
        granted.bind(tx, grant.id(), grant.userId(), organizationIds);
    }

    void keep(Tx tx, String applicationId, String userId, Chosen chosen) {
        if (chosen.replaces()) {
            Set<String> now = new HashSet<>(granted.granted(tx, applicationId, userId));
            of(tx, applicationId, userId, List.of()).forEach(shown -> now.remove(shown.id()));
            now.addAll(chosen.organizationIds());
            granted.replace(tx, applicationId, userId, now);
        } else {
            granted.grant(tx, applicationId, userId, chosen.organizationIds());
        }
    }
}
