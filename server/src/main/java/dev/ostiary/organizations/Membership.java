package dev.ostiary.organizations;

import java.util.Set;

/**
 * What somebody may in one organization.
 *
 * @param scopes names of organization scopes, by the roles of the member
 */
public record Membership(String organizationId, boolean isMfaRequired, Set<String> scopes) {}
