package dev.ostiary.organizations;

import org.jspecify.annotations.Nullable;

/** Who is let in: one of a user, a role, and an organization, the last perhaps with a role there. */
record ApplicationAccessRule(
        @Nullable String userId,
        @Nullable String roleId,
        @Nullable String organizationId,
        @Nullable String organizationRoleId) {}
