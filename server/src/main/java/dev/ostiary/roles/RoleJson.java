package dev.ostiary.roles;

import dev.ostiary.applications.ApplicationType;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.ResourceJson;
import dev.ostiary.resources.Scope;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wire shapes of roles and of who holds them. */
final class RoleJson {
    private RoleJson() {}

    /** A role. */
    record View(String tenantId, String id, String name, String description, RoleType type, boolean isDefault) {
        static View of(String tenant, Role role) {
            return new View(tenant, role.id(), role.name(), role.description(), role.type(), role.isDefault());
        }
    }

    /** A role of the list, with who holds it. */
    record Overview(
            String tenantId,
            String id,
            String name,
            String description,
            RoleType type,
            boolean isDefault,
            long usersCount,
            List<FeaturedUser> featuredUsers,
            long applicationsCount,
            List<FeaturedApplication> featuredApplications) {}

    record FeaturedUser(String id, @Nullable String avatar, @Nullable String name) {}

    record FeaturedApplication(String id, String name, ApplicationType type) {}

    /** A scope together with its resource. */
    record RoleScope(
            String tenantId,
            String id,
            String resourceId,
            String name,
            @Nullable String description,
            long createdAt,
            ResourceJson.View resource) {
        static RoleScope of(String tenant, Scope scope, Resource resource) {
            return new RoleScope(
                    tenant,
                    scope.id(),
                    scope.resourceId(),
                    scope.name(),
                    scope.description(),
                    scope.createdAt().toEpochMilli(),
                    ResourceJson.View.of(tenant, resource));
        }
    }

    record Create(
            @Size(min = 1, max = 128) String name,
            @Size(min = 1, max = 128) String description,
            Optional<RoleType> type,
            Optional<Boolean> isDefault,
            Optional<List<@Size(min = 1, max = 64) String>> scopeIds) {}

    record Patch(
            Optional<@Size(min = 1, max = 128) String> name,
            Optional<@Size(min = 1, max = 128) String> description,
            Optional<Boolean> isDefault) {}

    record RoleIds(@Size(min = 1, max = 1000) List<@Size(min = 1, max = 64) String> roleIds) {}

    /** For a replacement: none at all takes everything back. */
    record AnyRoleIds(@Size(max = 1000) List<@Size(min = 1, max = 64) String> roleIds) {}

    record Added(List<String> roleIds, List<String> addedRoleIds) {}

    record UserIds(@Size(min = 1, max = 1000) List<@Size(min = 1, max = 64) String> userIds) {}

    record ApplicationIds(@Size(min = 1, max = 1000) List<@Size(min = 1, max = 64) String> applicationIds) {}

    record ScopeIds(@Size(min = 1, max = 1000) List<@Size(min = 1, max = 64) String> scopeIds) {}
}
