package dev.ostiary.organizations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Field;
import dev.ostiary.roles.RoleType;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Wire shapes of the roles and scopes that all organizations share. */
public final class TemplateJson {
    private TemplateJson() {}

    /** A role. */
    public record RoleView(String tenantId, String id, String name, @Nullable String description, RoleType type) {
        public static RoleView of(String tenant, OrganizationRole role) {
            return new RoleView(tenant, role.id(), role.name(), role.description(), role.type());
        }
    }

    /**
     * A role of the list.
     *
     * @param scopes id and name of each
     * @param resourceScopes id and name of each and of its resource
     */
    record RoleOverview(@JsonUnwrapped RoleView role, JsonNode scopes, JsonNode resourceScopes) {}

    /** A scope. */
    public record ScopeView(String tenantId, String id, String name, @Nullable String description) {
        public static ScopeView of(String tenant, OrganizationScope scope) {
            return new ScopeView(tenant, scope.id(), scope.name(), scope.description());
        }
    }

    record CreateRole(
            @Size(min = 1, max = 128) String name,
            @Nullable @Size(max = 256) String description,
            Optional<RoleType> type,
            Optional<@Size(max = MemberJson.MOST) List<@Size(min = 1, max = 64) String>> organizationScopeIds,
            Optional<@Size(max = MemberJson.MOST) List<@Size(min = 1, max = 64) String>> resourceScopeIds) {}

    record PatchRole(
            @NotNull Field<@Size(min = 1, max = 128) String> name,
            Field<@Size(max = 256) String> description,
            @NotNull Field<RoleType> type) {}

    record CreateScope(@Size(min = 1, max = 128) String name, @Nullable @Size(max = 256) String description) {}

    record PatchScope(
            @NotNull Field<@Size(min = 1, max = 128) String> name, Field<@Size(max = 256) String> description) {}

    record ScopeIds(@Size(min = 1, max = MemberJson.MOST) List<@Size(min = 1, max = 64) String> organizationScopeIds)
            implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return organizationScopeIds;
        }
    }

    record AnyScopeIds(@Size(max = MemberJson.MOST) List<@Size(min = 1, max = 64) String> organizationScopeIds)
            implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return organizationScopeIds;
        }
    }

    record ResourceScopeIds(@Size(min = 1, max = MemberJson.MOST) List<@Size(min = 1, max = 64) String> scopeIds)
            implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return scopeIds;
        }
    }

    record AnyResourceScopeIds(@Size(max = MemberJson.MOST) List<@Size(min = 1, max = 64) String> scopeIds)
            implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return scopeIds;
        }
    }
}
