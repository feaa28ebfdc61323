package dev.ostiary.pages;

import org.jspecify.annotations.Nullable;

/**
 * Where the code of a device is typed.
 *
 * @param code as it was typed before
 * @param problem what is wrong with it
 */
public record DevicePage(
        Frame frame, String heading, String action, String xsrf, String code, @Nullable String problem) {

    public @Nullable String invalid() {
        return problem == null ? null : "true";
    }

    public String describedBy() {
        return problem == null ? "user_code-hint" : "user_code-error user_code-hint";
    }
}
