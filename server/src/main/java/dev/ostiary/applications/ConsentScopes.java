package dev.ostiary.applications;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an application of somebody else may ask users for, beside who they are.
 *
 * @param userScopes of the users' data
 * @param resourceScopes names by resource indicator, where users act for themselves
 * @param organizationResourceScopes the same, where they act for an organization
 * @param organizationScopes names of permissions in organizations
 */
public record ConsentScopes(
        Set<String> userScopes,
        Map<String, Set<String>> resourceScopes,
        Map<String, Set<String>> organizationResourceScopes,
        Set<String> organizationScopes) {
    /** A foreign application learns who has signed in, and nothing else. */
    public static final ConsentScopes NONE = new ConsentScopes(Set.of(), Map.of(), Map.of(), Set.of());

    /** Of one resource, for whomever the user acts. */
    public Set<String> ofResource(String indicator) {
        Set<String> names = new HashSet<>(resourceScopes.getOrDefault(indicator, Set.of()));
        names.addAll(organizationResourceScopes.getOrDefault(indicator, Set.of()));
        return names;
    }
}
