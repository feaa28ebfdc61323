package dev.ostiary.roles;

/**
 * A named set of scopes.
 *
 * @param isDefault given to every new user
 */
public record Role(String id, String name, String description, RoleType type, boolean isDefault) {
    static final String INTERNAL_PREFIX = "#internal:";

    /** Belongs to the program: not listed, not changed or given over the API. */
    public boolean isInternal() {
        return isInternalName(name);
    }

    static boolean isInternalName(String name) {
        return name.startsWith(INTERNAL_PREFIX);
    }
}
