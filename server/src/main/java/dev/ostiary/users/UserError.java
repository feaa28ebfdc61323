package dev.ostiary.users;

import dev.ostiary.errors.ErrorCode;

/** What can be wrong with a user or a password; other rooms use these codes too. */
public enum UserError implements ErrorCode {
    USERNAME_ALREADY_IN_USE("user.username_already_in_use", 422),
    /** Ours: only an import brings ids along. */
    ID_ALREADY_IN_USE("user.id_already_in_use", 422),
    EMAIL_ALREADY_IN_USE("user.email_already_in_use", 422),
    PHONE_ALREADY_IN_USE("user.phone_already_in_use", 422),
    USERNAME_EXISTS_IN_PROFILE("user.username_exists_in_profile", 422),
    EMAIL_EXISTS_IN_PROFILE("user.email_exists_in_profile", 422),
    PHONE_EXISTS_IN_PROFILE("user.phone_exists_in_profile", 422),
    PASSWORD_EXISTS_IN_PROFILE("user.password_exists_in_profile", 422),
    INVALID_PHONE("user.invalid_phone", 422),
    USERNAME_INVALID_CHARSET("user.username_invalid_charset_hard", 422),
    USERNAME_TOO_SHORT("user.username_too_short", 422),
    USERNAME_TOO_LONG("user.username_too_long", 422),
    USERNAME_STARTS_WITH_NUMBER("user.username_starts_with_number", 422),
    MISSING_PROFILE("user.missing_profile", 422),
    NEW_PASSWORD_REQUIRED("user.new_password_required_in_profile", 422),
    SAME_PASSWORD("user.same_password", 422),
    SIGN_IN_METHOD_NOT_ENABLED("user.sign_in_method_not_enabled", 422),
    SUSPENDED("user.suspended", 401),
    NOT_FOUND("user.user_not_exist", 404),
    CANNOT_DELETE_SELF("user.cannot_delete_self", 400),
    IDENTITY_ALREADY_IN_USE("user.identity_already_in_use", 422),
    IDENTITY_NOT_EXIST("user.identity_not_exist", 404),
    PERSONAL_ACCESS_TOKEN_NAME_EXISTS("user.personal_access_token_name_exists", 422),
    /** Ours: the wire would let the last one go, and nobody could administer anything any more. */
    LAST_ADMINISTRATOR("user.last_administrator", 422),
    PASSWORD_AND_DIGEST("user.password_and_digest", 400),
    PASSWORD_ALGORITHM_REQUIRED("user.password_algorithm_required", 400),
    /** Wrong password, unknown user and a user without a password alike: the answer must not tell who exists. */
    INVALID_CREDENTIALS("session.invalid_credentials", 422),
    PASSWORD_EXPIRED("password.expired", 422),
    PASSWORD_REJECTED("password.rejected", 422),
    UNSUPPORTED_ENCRYPTION_METHOD("password.unsupported_encryption_method", 400),
    INVALID_LEGACY_PASSWORD("password.invalid_legacy_password_format", 400),
    UNSUPPORTED_LEGACY_HASH("password.unsupported_legacy_hash_algorithm", 400),
    /** More passwords wait to be hashed than the cores can do; the caller may try again. */
    PASSWORDS_BUSY("password.too_many_at_once", 503);

    private final String code;
    private final int status;

    UserError(String code, int status) {
        this.code = code;
        this.status = status;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }
}
