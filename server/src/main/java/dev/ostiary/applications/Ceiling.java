package dev.ostiary.applications;

import java.util.Locale;

/** Clients that nobody of the tenant has made, and what they may ask users for at most. */
public enum Ceiling {
    /** Those with a metadata document: what is taken away is gone from the next token on. */
    CIMD,
    /** Those that register themselves: each gets a copy of its own, which an administrator may change. */
    REGISTRATION;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
