package dev.ostiary.organizations;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.resources.ManagementApi;
import dev.ostiary.resources.ResourceError;
import dev.ostiary.resources.Resources;
import dev.ostiary.roles.RoleError;
import dev.ostiary.roles.RoleType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door to the roles and scopes that all organizations share. */
public final class OrganizationTemplate {
    static final Relation ROLE_SCOPES =
            new Relation("organization_role_scopes", "organization_scope_id", "organization_role_id");
    static final Relation ROLE_RESOURCE_SCOPES =
            new Relation("organization_role_resource_scopes", "scope_id", "organization_role_id");

    private final Resources resources;
    private final Ids ids;

    public OrganizationTemplate(Resources resources, Ids ids) {
        this.resources = resources;
        this.ids = ids;
    }

    public Optional<OrganizationRole> findRole(Tx tx, String id) {
        return OrganizationRoleStore.find(tx, id);
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    public OrganizationRole role(Tx tx, String id) {
        return findRole(tx, id).orElseThrow(() -> unknownRole(id));
    }

    /** By name; ids that nobody has are left out. */
    public List<OrganizationRole> roles(Tx tx, Collection<String> roleIds) {
        return roleIds.isEmpty() ? List.of() : OrganizationRoleStore.all(tx, roleIds);
    }

    public Optional<OrganizationScope> findScope(Tx tx, String id) {
        return OrganizationScopeStore.find(tx, id);
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    public OrganizationScope scope(Tx tx, String id) {
        return findScope(tx, id).orElseThrow(() -> unknownScope(id));
    }

    /** By name; ids that nobody has are left out. */
    public List<OrganizationScope> scopes(Tx tx, Collection<String> scopeIds) {
        return scopeIds.isEmpty() ? List.of() : OrganizationScopeStore.all(tx, scopeIds);
    }

    /** Of these names, in their order. */
    public List<OrganizationScope> scopesNamed(Tx tx, Collection<String> names) {
        return names.isEmpty() ? List.of() : OrganizationScopeStore.named(tx, names);
    }

    /** All there are, by name. */
    public List<OrganizationScope> scopes(Tx tx) {
        return OrganizationScopeStore.list(tx, Optional.empty(), 0, Long.MAX_VALUE);
    }

    OrganizationRole createRole(Tx tx, TemplateJson.CreateRole wanted) {
        OrganizationRole role = new OrganizationRole(
                ids.standard(),
                wanted.name(),
                wanted.description(),
                wanted.type().orElse(RoleType.USER));
        OrganizationRoleStore.insert(tx, role);
        ROLE_SCOPES.add(tx, List.of(role.id()), wanted.organizationScopeIds().orElse(List.of()));
        List<String> scopeIds = wanted.resourceScopeIds().orElse(List.of());
        requireOpenScopes(tx, scopeIds);
        ROLE_RESOURCE_SCOPES.add(tx, List.of(role.id()), scopeIds);
        return role;
    }

    /** As {@link #role}, and nobody else changes it until the transaction ends. */
    OrganizationRole lockRole(Tx tx, String id) {
        return OrganizationRoleStore.lock(tx, id).orElseThrow(() -> unknownRole(id));
    }

    /** @throws AppException 422 {@code entity.db_constraint_violated} for another type of a role that is held */
    OrganizationRole changeRole(Tx tx, OrganizationRole old, TemplateJson.PatchRole patch) {
        OrganizationRole changed = new OrganizationRole(
                old.id(),
                patch.name().toOptional().orElse(old.name()),
                patch.description().orElse(old.description()),
                patch.type().toOptional().orElse(old.type()));
        if (changed.type() != old.type() && OrganizationRoleStore.isHeld(tx, old.id())) {
            throw new AppException(
                    CommonError.DB_CONSTRAINT_VIOLATED, null, "The type of a role does not change while it is given.");
        }
        OrganizationRoleStore.update(tx, changed);
        return changed;
    }

    /** @throws AppException 404 {@code entity.not_found} */
    void deleteRole(Tx tx, String id) {
        found(OrganizationRoleStore.delete(tx, id));
    }

    OrganizationScope createScope(Tx tx, TemplateJson.CreateScope wanted) {
        requireScopeName(wanted.name());
        OrganizationScope scope = new OrganizationScope(ids.standard(), wanted.name(), wanted.description());
        OrganizationScopeStore.insert(tx, scope);
        return scope;
    }

    /** As {@link #scope}, and nobody else changes it until the transaction ends. */
    OrganizationScope lockScope(Tx tx, String id) {
        return OrganizationScopeStore.lock(tx, id).orElseThrow(() -> unknownScope(id));
    }

    OrganizationScope changeScope(Tx tx, OrganizationScope old, TemplateJson.PatchScope patch) {
        patch.name().ifValue(OrganizationTemplate::requireScopeName);
        OrganizationScope changed = new OrganizationScope(
                old.id(),
                patch.name().toOptional().orElse(old.name()),
                patch.description().orElse(old.description()));
        OrganizationScopeStore.update(tx, changed);
        return changed;
    }

    /** @throws AppException 404 {@code entity.not_found} */
    void deleteScope(Tx tx, String id) {
        found(OrganizationScopeStore.delete(tx, id));
    }

    /**
     * A member of one organization never gets a tenant's Management API by it (MA4).
     *
     * @throws AppException 400 {@code role.management_api_scopes_not_assignable_to_user_role}, 422 for unknown ids
     */
    void requireOpenScopes(Tx tx, List<String> scopeIds) {
        try {
            if (resources.scopes(tx, scopeIds).stream().anyMatch(s -> ManagementApi.isResource(s.resourceId()))) {
                throw RoleError.MANAGEMENT_SCOPES_NOT_ASSIGNABLE.exception();
            }
        } catch (AppException e) {
            throw e.error() == CommonError.ENTITY_NOT_EXISTS_WITH_ID ? CommonError.RELATION_NOT_FOUND.exception() : e;
        }
    }

    /**
     * Users hold roles of users, and machines those of machines.
     *
     * @throws AppException 422 {@code entity.relation_foreign_key_not_found} for a role that nobody has,
     *     {@code entity.db_constraint_violated} for one of the other type
     */
    static void requireType(Tx tx, RoleType type, Collection<String> roleIds) {
        Map<String, RoleType> types = OrganizationRoleStore.types(tx, roleIds);
        for (String id : roleIds) {
            if (!types.containsKey(id)) {
                throw CommonError.RELATION_NOT_FOUND.exception();
            }
            if (types.get(id) != type) {
                throw CommonError.DB_CONSTRAINT_VIOLATED.exception();
            }
        }
    }

    /** @throws AppException 422 {@code organization.role_names_not_found} with the names that nobody has */
    static List<String> idsOfNames(Tx tx, List<String> names) {
        Map<String, String> known = OrganizationRoleStore.idsByName(tx, names);
        List<String> unknown =
                names.stream().filter(name -> !known.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            throw new AppException(OrganizationError.ROLE_NAMES_NOT_FOUND, Map.of("names", unknown), null);
        }
        return List.copyOf(known.values());
    }

    /** Scopes are told apart by spaces wherever OAuth writes several (RFC 6749 section 3.3). */
    private static void requireScopeName(String name) {
        if (name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw ResourceError.SCOPE_NAME_WITH_SPACE.exception();
        }
    }

    private static void found(boolean found) {
        if (!found) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
    }

    private static AppException unknownRole(String id) {
        return notFound("organization_roles", id);
    }

    private static AppException unknownScope(String id) {
        return notFound("organization_scopes", id);
    }

    private static AppException notFound(String table, String id) {
        return new AppException(CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", table, "id", id));
    }
}
