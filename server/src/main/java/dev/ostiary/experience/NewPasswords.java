package dev.ostiary.experience;

import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.users.BreachedPasswords;
import dev.ostiary.users.PasswordIssue;
import dev.ostiary.users.PasswordPolicy;
import dev.ostiary.users.PasswordPolicy.Owner;
import dev.ostiary.users.Passwords;
import dev.ostiary.users.UserError;
import java.util.List;

/** Passwords that somebody wants to have from now on. */
final class NewPasswords {
    private final Passwords passwords;
    private final BreachedPasswords breached;

    NewPasswords(Passwords passwords, BreachedPasswords breached) {
        this.passwords = passwords;
        this.breached = breached;
    }

    /** What the tenant's policy has against it; empty if nothing. */
    List<PasswordIssue> issues(SignInExperience settings, String password, Owner owner) {
        return PasswordPolicy.of(Json.tree(settings.passwordPolicy())).check(password, owner, breached);
    }

    /**
     * Judges and hashes; not inside a transaction.
     *
     * @throws AppException 422 {@code password.rejected} with all reasons
     */
    PasswordDigest accept(SignInExperience settings, String password, Owner owner) {
        List<PasswordIssue> issues = issues(settings, password, owner);
        if (!issues.isEmpty()) {
            throw UserError.PASSWORD_REJECTED.exception(issues);
        }
        return passwords.hash(password);
    }
}
