package dev.ostiary.applications;

import java.util.Arrays;
import java.util.Optional;

/** Kinds of scopes that an application of somebody else may ask users for; the words are segments of URLs. */
enum ConsentScopeType {
    /** Of the users' own data. */
    USER("user-scopes"),
    /** Of an API, where users act for themselves. */
    RESOURCE("resource-scopes"),
    /** Of an API, where users act for an organization. */
    ORGANIZATION_RESOURCE("organization-resource-scopes"),
    /** Of organizations. */
    ORGANIZATION("organization-scopes");

    private final String wire;

    ConsentScopeType(String wire) {
        this.wire = wire;
    }

    static Optional<ConsentScopeType> of(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire.equals(wire)).findAny();
    }
}
