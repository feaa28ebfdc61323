package dev.ostiary.keys;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a key is for at a moment: it follows from the time from which each key signs, so that no node has to change it. */
public enum KeyStatus {
    /** Published already, and will sign. */
    NEXT("Next"),
    /** Signs. */
    CURRENT("Current"),
    /** Has signed; what it signed still verifies. */
    PREVIOUS("Previous");

    private final String word;

    KeyStatus(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }
}
