package dev.ostiary.users;

import java.util.Map;
import java.util.Optional;

/**
 * One reason why a new password is refused, in the shape of the wire: an element of {@code data} of the error
 * {@code password.rejected}.
 *
 * @param code {@code password_rejected.…}
 * @param interpolation the number that the sentence of this code mentions
 */
public record PasswordIssue(String code, Optional<Map<String, Integer>> interpolation) {

    static PasswordIssue of(String reason) {
        return new PasswordIssue("password_rejected." + reason, Optional.empty());
    }

    static PasswordIssue of(String reason, String name, int value) {
        return new PasswordIssue("password_rejected." + reason, Optional.of(Map.of(name, value)));
    }
}
