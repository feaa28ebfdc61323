package dev.ostiary.organizations;

import dev.ostiary.roles.RoleType;
import org.jspecify.annotations.Nullable;

/**
 * A role of the template: in each organization it can be given to members.
 *
 * @param type which kind of member may hold it
 */
public record OrganizationRole(String id, String name, @Nullable String description, RoleType type) {}
