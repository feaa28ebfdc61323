package dev.ostiary.users;

/** Judges a password and counts the failure: what protects accounts against guessing is a room above this one. */
@FunctionalInterface
public interface PasswordCheck {
    /**
     * @throws dev.ostiary.errors.AppException 422 {@code session.invalid_credentials}, 400
     *     {@code session.verification_blocked_too_many_attempts}
     */
    void require(String tenant, User user, String password);
}
