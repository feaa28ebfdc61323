package dev.ostiary.organizations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ostiary.applications.ApplicationJson;
import dev.ostiary.db.Tx;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.organizations.OrganizationJson.RoleName;
import dev.ostiary.users.UserJson;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Wire shapes of members and of what is named in one call. */
final class MemberJson {
    /** Ids in one call. */
    static final int MOST = 1_000;

    private MemberJson() {}

    /** A user with the roles in one organization. */
    record UserView(@JsonUnwrapped UserJson.View user, List<RoleName> organizationRoles) {}

    /** An application with the roles in one organization. */
    record ApplicationView(@JsonUnwrapped ApplicationJson.View application, List<RoleName> organizationRoles) {}

    /** What POST of users answers with. */
    record Added(List<String> userIds) {}

    /** What POST of a user's roles answers with. */
    record AddedRoles(List<String> organizationRoleIds) {}

    record UserIds(@Size(min = 1, max = MOST) List<@Size(min = 1, max = 64) String> userIds)
            implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return userIds;
        }
    }

    record AnyUserIds(@Size(max = MOST) List<@Size(min = 1, max = 64) String> userIds) implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return userIds;
        }
    }

    record ApplicationIds(@Size(min = 1, max = MOST) List<@Size(min = 1, max = 64) String> applicationIds)
            implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return applicationIds;
        }
    }

    record AnyApplicationIds(@Size(max = MOST) List<@Size(min = 1, max = 64) String> applicationIds)
            implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return applicationIds;
        }
    }

    record RoleIds(@Size(min = 1, max = MOST) List<@Size(min = 1, max = 64) String> organizationRoleIds)
            implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return organizationRoleIds;
        }
    }

    record AnyRoleIds(@Size(max = MOST) List<@Size(min = 1, max = 64) String> organizationRoleIds)
            implements RelationRoutes.Ids {
        @Override
        public List<String> in(Tx tx) {
            return organizationRoleIds;
        }
    }

    /** Roles by id, by name or both. */
    record AnyRoles(
            Optional<@Size(max = MOST) List<@Size(min = 1, max = 64) String>> organizationRoleIds,
            Optional<@Size(max = MOST) List<@Size(min = 1, max = 128) String>> organizationRoleNames)
            implements RelationRoutes.Ids {
        /** @throws dev.ostiary.errors.AppException 422 {@code organization.role_names_not_found} */
        @Override
        public List<String> in(Tx tx) {
            List<String> ids = new ArrayList<>(organizationRoleIds.orElse(List.of()));
            organizationRoleNames
                    .filter(names -> !names.isEmpty())
                    .ifPresent(names -> ids.addAll(OrganizationTemplate.idsOfNames(tx, names)));
            return ids;
        }
    }

    /** The same, and at least one. */
    record SomeRoles(
            Optional<@Size(max = MOST) List<@Size(min = 1, max = 64) String>> organizationRoleIds,
            Optional<@Size(max = MOST) List<@Size(min = 1, max = 128) String>> organizationRoleNames)
            implements RelationRoutes.Ids {
        SomeRoles {
            if (organizationRoleIds.orElse(List.of()).isEmpty()
                    && organizationRoleNames.orElse(List.of()).isEmpty()) {
                throw new InvalidValue("Names no role", "organizationRoleIds");
            }
        }

        @Override
        public List<String> in(Tx tx) {
            return new AnyRoles(organizationRoleIds, organizationRoleNames).in(tx);
        }
    }

    /** Every user gets every role. */
    record UsersAndRoles(
            @Size(min = 1, max = MOST) List<@Size(min = 1, max = 64) String> userIds,
            @Size(min = 1, max = MOST) List<@Size(min = 1, max = 64) String> organizationRoleIds) {
        UsersAndRoles {
            requireFew(userIds, organizationRoleIds);
        }
    }

    /** Every application gets every role. */
    record ApplicationsAndRoles(
            @Size(min = 1, max = MOST) List<@Size(min = 1, max = 64) String> applicationIds,
            @Size(min = 1, max = MOST) List<@Size(min = 1, max = 64) String> organizationRoleIds) {
        ApplicationsAndRoles {
            requireFew(applicationIds, organizationRoleIds);
        }
    }

    /** A thousand times a thousand is no call of a thousand (DO3). */
    private static void requireFew(List<String> members, List<String> roles) {
        if ((long) members.size() * roles.size() > 10L * MOST) {
            throw new InvalidValue(
                    "At most " + 10 * MOST + " roles can be given in one call, each counted for each member",
                    "organizationRoleIds");
        }
    }
}
