package dev.ostiary.organizations;

import org.jspecify.annotations.Nullable;

/**
 * A permission of the template, that organization tokens carry.
 *
 * @param name the scope value of OAuth, without spaces
 */
public record OrganizationScope(String id, String name, @Nullable String description) {}
