package dev.ostiary.applications;

import dev.ostiary.applications.ConsentScopeStore.Row;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.resources.ManagementApi;
import dev.ostiary.resources.Resources;
import dev.ostiary.resources.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** The door to what applications of others may ask users for. */
public final class ConsentSettings {
    private final Database database;
    private final Applications applications;
    private final Resources resources;

    public ConsentSettings(Database database, Applications applications, Resources resources) {
        this.database = database;
        this.applications = applications;
        this.resources = resources;
        database.onViolation("application_organization_scopes_scope", ApplicationError.USER_CONSENT_SCOPES_NOT_FOUND);
        database.onViolation("application_resource_scopes_scope", ApplicationError.USER_CONSENT_SCOPES_NOT_FOUND);
        database.onViolation("ceiling_organization_scopes_scope", ApplicationError.USER_CONSENT_SCOPES_NOT_FOUND);
        database.onViolation("ceiling_resource_scopes_scope", ApplicationError.USER_CONSENT_SCOPES_NOT_FOUND);
    }

    /** As it is now. A client with a metadata document has what all of its kind have. */
    public ConsentScopes of(Tx tx, String applicationId) {
        return scopes(tx, owner(applicationId));
    }

    private static ConsentScopeOwner owner(String applicationId) {
        return Applications.isUrl(applicationId)
                ? ConsentScopeOwner.ceiling(Ceiling.CIMD)
                : ConsentScopeOwner.application(applicationId);
    }

    /** What clients of that kind may ask for. */
    public ConsentScopes of(Tx tx, Ceiling ceiling) {
        return scopes(tx, ConsentScopeOwner.ceiling(ceiling));
    }

    private static ConsentScopes scopes(Tx tx, ConsentScopeOwner owner) {
        Set<String> ofUser = new HashSet<>();
        Map<String, Set<String>> ofResources = new HashMap<>();
        Map<String, Set<String>> inOrganizations = new HashMap<>();
        Set<String> ofOrganizations = new HashSet<>();
        for (Row row : ConsentScopeStore.list(tx, owner)) {
            Set<String> names =
                    switch (row.type()) {
                        case USER -> ofUser;
                        case RESOURCE -> of(ofResources, row);
                        case ORGANIZATION_RESOURCE -> of(inOrganizations, row);
                        case ORGANIZATION -> ofOrganizations;
                    };
            names.add(row.name());
        }
        return new ConsentScopes(ofUser, ofResources, inOrganizations, ofOrganizations);
    }

    /** As {@link #of(Tx, String)}, where no transaction is open. */
    public ConsentScopes of(String tenant, String applicationId) {
        return database.read(tenant, tx -> of(tx, applicationId));
    }

    private static Set<String> of(Map<String, Set<String>> byIndicator, Row row) {
        return byIndicator.computeIfAbsent(String.valueOf(row.indicator()), indicator -> new HashSet<>());
    }

    ConsentScopeJson.View view(Tx tx, String applicationId) {
        applications.get(tx, applicationId);
        return ConsentScopeJson.View.of(ConsentScopeStore.list(tx, ConsentScopeOwner.application(applicationId)));
    }

    ConsentScopeJson.View view(Tx tx, Ceiling ceiling) {
        return ConsentScopeJson.View.of(ConsentScopeStore.list(tx, ConsentScopeOwner.ceiling(ceiling)));
    }

    /**
     * What is there already stays as it is.
     *
     * @throws AppException 404 without such an application; 422 for one of our own, for unknown scopes, and for those of
     *     the Management API (MA4)
     */
    void add(Tx tx, String applicationId, ConsentScopeJson.Add wanted) {
        if (!applications.get(tx, applicationId).isThirdParty()) {
            throw ApplicationError.THIRD_PARTY_ONLY.exception();
        }
        add(tx, ConsentScopeOwner.application(applicationId), wanted);
    }

    /** @throws AppException 422 for unknown scopes, and for those of the Management API (MA4) */
    void add(Tx tx, Ceiling ceiling, ConsentScopeJson.Add wanted) {
        add(tx, ConsentScopeOwner.ceiling(ceiling), wanted);
    }

    private void add(Tx tx, ConsentScopeOwner owner, ConsentScopeJson.Add wanted) {
        ConsentScopeStore.addUserScopes(
                tx,
                owner,
                wanted.userScopes().stream()
                        .flatMap(List::stream)
                        .map(ConsentScopeJson.UserScope::wire)
                        .toList());
        List<String> ofResources = wanted.resourceScopes().orElse(List.of());
        List<String> inOrganizations = wanted.organizationResourceScopes().orElse(List.of());
        requireGrantable(tx, ofResources);
        requireGrantable(tx, inOrganizations);
        ConsentScopeStore.addResourceScopes(tx, owner, ofResources, false);
        ConsentScopeStore.addResourceScopes(tx, owner, inOrganizations, true);
        ConsentScopeStore.addOrganizationScopes(
                tx, owner, wanted.organizationScopes().orElse(List.of()));
    }

    /** Gives an application the scopes of these names that are below a ceiling, and no others. */
    void copy(Tx tx, Ceiling ceiling, String applicationId, Predicate<String> names) {
        ConsentScopeOwner owner = ConsentScopeOwner.application(applicationId);
        ConsentScopeStore.clear(tx, owner);
        List<Row> rows = ConsentScopeStore.list(tx, ConsentScopeOwner.ceiling(ceiling)).stream()
                .filter(row -> names.test(row.name()))
                .toList();
        ConsentScopeStore.addUserScopes(
                tx,
                owner,
                rows.stream()
                        .filter(row -> row.type() == ConsentScopeType.USER)
                        .map(Row::name)
                        .toList());
        ConsentScopeStore.addResourceScopes(tx, owner, ids(rows, ConsentScopeType.RESOURCE), false);
        ConsentScopeStore.addResourceScopes(tx, owner, ids(rows, ConsentScopeType.ORGANIZATION_RESOURCE), true);
        ConsentScopeStore.addOrganizationScopes(tx, owner, ids(rows, ConsentScopeType.ORGANIZATION));
    }

    private static List<String> ids(List<Row> rows, ConsentScopeType type) {
        return rows.stream()
                .filter(row -> row.type() == type)
                .map(row -> Objects.requireNonNull(row.id()))
                .toList();
    }

    /** @throws AppException 404 {@code entity.not_found} */
    void remove(Tx tx, String applicationId, String type, String scope) {
        remove(tx, ConsentScopeOwner.application(applicationId), type, scope);
    }

    /** @throws AppException 404 {@code entity.not_found} */
    void remove(Tx tx, Ceiling ceiling, String type, String scope) {
        remove(tx, ConsentScopeOwner.ceiling(ceiling), type, scope);
    }

    private static void remove(Tx tx, ConsentScopeOwner owner, String type, String scope) {
        boolean removed = ConsentScopeType.of(type)
                .map(known -> ConsentScopeStore.remove(tx, owner, known, scope))
                .orElse(false);
        if (!removed) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
    }

    private void requireGrantable(Tx tx, List<String> scopeIds) {
        List<Scope> scopes;
        try {
            scopes = resources.scopes(tx, scopeIds);
        } catch (AppException unknown) {
            throw ApplicationError.USER_CONSENT_SCOPES_NOT_FOUND.exception();
        }
        if (scopes.stream().anyMatch(scope -> ManagementApi.isResource(scope.resourceId()))) {
            throw ApplicationError.MANAGEMENT_API_SCOPES_NOT_ALLOWED.exception();
        }
    }
}
