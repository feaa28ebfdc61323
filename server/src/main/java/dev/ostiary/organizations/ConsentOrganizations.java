package dev.ostiary.organizations;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The door to what users have allowed applications of others: in which of their organizations they may act for them. Ends
 * with the membership.
 */
public final class ConsentOrganizations {
    private static final Relation GRANTED =
            new Relation("application_user_consent_organizations", "organization_id", "application_id", "user_id");

    private static final Relation OF_GRANT =
            new Relation("grant_organizations", "organization_id", "grant_id", "user_id");

    public ConsentOrganizations(Database database) {
        database.onViolation("grant_organizations_member", OrganizationError.REQUIRE_MEMBERSHIP);
        database.onViolation("application_user_consent_organizations_member", OrganizationError.REQUIRE_MEMBERSHIP);
    }

    public boolean isGranted(Tx tx, String applicationId, String userId, String organizationId) {
        return organizationId.indexOf('\0') < 0 && GRANTED.has(tx, List.of(applicationId, userId), organizationId);
    }

    /** For one grant and no longer: so it is for clients that are known by nothing but their address. */
    public void bind(Tx tx, String grantId, String userId, Collection<String> organizationIds) {
        OF_GRANT.add(tx, List.of(grantId, userId), organizationIds);
    }

    /** Whether {@link #bind} has said so of this grant. */
    public boolean isBound(Tx tx, String grantId, String userId, String organizationId) {
        return organizationId.indexOf('\0') < 0 && OF_GRANT.has(tx, List.of(grantId, userId), organizationId);
    }

    /** All that {@link #bind} has said of this grant. */
    public Set<String> bound(Tx tx, String grantId, String userId) {
        return ConsentOrganizationStore.bound(tx, grantId, userId);
    }

    /** Ids of all that are granted. */
    public Set<String> granted(Tx tx, String applicationId, String userId) {
        return ConsentOrganizationStore.ids(tx, applicationId, userId);
    }

    /** Of these scopes of API resources, what a user has through roles in organizations, by the organization. */
    public Map<String, Set<String>> resourceScopes(Tx tx, String userId, Collection<String> scopeIds) {
        return scopeIds.isEmpty() ? Map.of() : ConsentOrganizationStore.resourceScopes(tx, userId, scopeIds);
    }

    /**
     * These as well.
     *
     * @throws AppException 422 {@code organization.require_membership} for one that the user is no member of
     */
    public void grant(Tx tx, String applicationId, String userId, Collection<String> organizationIds) {
        GRANTED.add(tx, List.of(applicationId, userId), organizationIds);
    }

    /** As {@link #grant}: these, and no others any more. */
    public void replace(Tx tx, String applicationId, String userId, Collection<String> organizationIds) {
        GRANTED.replace(tx, List.of(applicationId, userId), organizationIds);
    }

    /** @return whether it was granted */
    boolean revoke(Tx tx, String applicationId, String userId, String organizationId) {
        return GRANTED.remove(tx, List.of(applicationId, userId), organizationId);
    }

    /** What was allowed an application ends with the last of its grants. */
    public void forget(Tx tx, String applicationId, String userId) {
        ConsentOrganizationStore.deleteAll(tx, applicationId, userId);
    }
}
