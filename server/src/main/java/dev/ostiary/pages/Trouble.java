package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.Texts;
import dev.ostiary.users.PasswordIssue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a form comes back, and to which field each reason belongs.
 *
 * @param status of the answer; never 401, which would make browsers ask for credentials of their own
 * @param notice what belongs to no field
 * @param issues with a new password
 */
record Trouble(
        int status,
        @Nullable String notice,
        List<String> identifier,
        List<String> password,
        List<PasswordIssue> issues,
        boolean isUnticked) {

    static final Trouble NONE = new Trouble(200, null, List.of(), List.of(), List.of(), false);

    /** Word of why the visitor is here. */
    static Trouble notice(int status, String text) {
        return new Trouble(status, text, List.of(), List.of(), List.of(), false);
    }

    boolean isNone() {
        return status == 200;
    }

    /** What was left out. Null for what was not. */
    static Trouble empty(@Nullable String identifier, @Nullable String password, boolean isUnticked) {
        return new Trouble(
                422,
                null,
                identifier == null ? List.of() : List.of(identifier),
                password == null ? List.of() : List.of(password),
                List.of(),
                isUnticked);
    }

    static Trouble of(AppException refusal, String language) {
        String code = refusal.code();
        int status = refusal.status() == 401 ? 403 : refusal.status();
        if (code.equals("password.rejected") && refusal.data() instanceof List<?> reasons) {
            List<PasswordIssue> issues = reasons.stream()
                    .filter(PasswordIssue.class::isInstance)
                    .map(PasswordIssue.class::cast)
                    .toList();
            return new Trouble(status, null, List.of(), List.of(), issues, false);
        }
        String text = Texts.of(code, language, refusal.interpolation());
        if (code.equals("session.invalid_credentials")) {
            return new Trouble(status, null, List.of(), List.of(text), List.of(), false);
        }
        if (code.startsWith("user.username_")) {
            return new Trouble(status, null, List.of(text), List.of(), List.of(), false);
        }
        return new Trouble(status, text, List.of(), List.of(), List.of(), false);
    }
}
