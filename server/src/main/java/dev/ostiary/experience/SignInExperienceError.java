package dev.ostiary.experience;

import dev.ostiary.errors.ErrorCode;

/** Codes of settings that contradict each other. */
enum SignInExperienceError implements ErrorCode {
    AT_LEAST_ONE_AUTHENTICATION_FACTOR("at_least_one_authentication_factor", 400),
    CODE_SIGN_IN_MUST_BE_ENABLED("code_sign_in_must_be_enabled", 400),
    PASSWORDLESS_REQUIRES_VERIFY("passwordless_requires_verify", 400),
    MISSING_SIGN_UP_IDENTIFIERS("missing_sign_up_identifiers", 400),
    DUPLICATED_SIGN_UP_IDENTIFIERS("duplicated_sign_up_identifiers", 400),
    ENABLED_CONNECTOR_NOT_FOUND("enabled_connector_not_found", 400),
    UNSUPPORTED_DEFAULT_LANGUAGE("unsupported_default_language", 400),
    DUPLICATED_MFA_FACTORS("duplicated_mfa_factors", 400),
    BACKUP_CODE_CANNOT_BE_ENABLED_ALONE("backup_code_cannot_be_enabled_alone", 400),
    EMAIL_CODE_CANNOT_BE_USED_FOR_MFA("email_verification_code_cannot_be_used_for_mfa", 400),
    PHONE_CODE_CANNOT_BE_USED_FOR_MFA("phone_verification_code_cannot_be_used_for_mfa", 400),
    EMAIL_CODE_CANNOT_BE_USED_FOR_SIGN_IN("email_verification_code_cannot_be_used_for_sign_in", 400),
    PHONE_CODE_CANNOT_BE_USED_FOR_SIGN_IN("phone_verification_code_cannot_be_used_for_sign_in", 400),
    ADAPTIVE_MFA_REQUIRES_MFA("adaptive_mfa_requires_mfa", 422),
    ADAPTIVE_MFA_REQUIRES_NON_SKIPPABLE_POLICY("adaptive_mfa_requires_non_skippable_policy", 422),
    NON_ADAPTIVE_MFA_REQUIRES_SKIPPABLE_POLICY("non_adaptive_mfa_requires_skippable_policy", 422),
    FORGOT_PASSWORD_METHOD_REQUIRES_CONNECTOR("forgot_password_method_requires_connector", 400),
    INVALID_CUSTOM_EMAIL_BLOCKLIST_FORMAT("invalid_custom_email_blocklist_format", 400),
    PASSWORD_EXPIRATION_INVALID_PERIOD_DAYS("password_expiration_invalid_period_days", 422),
    PASSWORD_EXPIRATION_REQUIRES_FORGOT_PASSWORD("password_expiration_requires_forgot_password", 422),
    USERNAME_POLICY_CASE_CONFLICTS_EXIST("username_policy_case_conflicts_exist", 409);

    private final String code;
    private final int status;

    SignInExperienceError(String key, int status) {
        this.code = "sign_in_experiences." + key;
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
