package dev.ostiary.experience;

import java.util.List;

/** What came of an attempt to be somebody. */
public sealed interface Identification {
    /** An existing account. */
    record Identified(String userId) implements Identification {}

    /** A new account, made and stored. */
    record Registered(String userId) implements Identification {}

    /** No account yet: what was told is kept, this must be told too. */
    record Missing(List<MissingProfile> profile) implements Identification {}
}
