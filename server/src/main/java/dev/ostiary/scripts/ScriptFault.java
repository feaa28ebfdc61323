package dev.ostiary.scripts;

import org.jspecify.annotations.Nullable;

/**
 * Why a script did not answer.
 *
 * @param name of the error class, {@code SyntaxError}; {@code Limit} where we have ended it
 * @param message may be the script's own words
 * @param line in the script, from 1; null where it has no place
 * @param column from 1
 */
public record ScriptFault(String name, String message, @Nullable Integer line, @Nullable Integer column) {
    static ScriptFault limit(String message) {
        return new ScriptFault("Limit", message, null, null);
    }

    /** {@code TypeError: cannot read property 'x' of null (line 2, column 8)}. */
    public String text() {
        String place = line == null ? "" : " (line " + line + (column == null ? "" : ", column " + column) + ")";
        return (name.equals("Limit") ? message : name + ": " + message) + place;
    }
}
