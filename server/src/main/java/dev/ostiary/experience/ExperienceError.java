package dev.ostiary.experience;

import dev.ostiary.errors.ErrorCode;

/** Codes of the flow itself. */
public enum ExperienceError implements ErrorCode {
    /** The visit has not begun: no event was chosen yet. */
    INTERACTION_NOT_FOUND("session.interaction_not_found", 404),
    /** Nobody is identified yet. */
    IDENTIFIER_NOT_FOUND("session.identifier_not_found", 404),
    /** Nobody here is known by this account at the provider. */
    SSO_IDENTITY_NOT_EXIST("user.sso_identity_not_exist", 404),
    /** The address belongs to a company whose people sign in by its own provider only. */
    SSO_ENABLED("session.sso_enabled", 422),
    /** No answer of a provider is awaited, or this one was read already. */
    CONNECTOR_SESSION_NOT_FOUND("session.connector_validation_session_not_found", 400),
    /** The answer belongs to another question than this visitor's. */
    STATE_MISMATCH("session.csrf_token_mismatch", 400),
    INSUFFICIENT_INFO("session.insufficient_info", 400),
    /** Somebody else is identified already. */
    IDENTITY_CONFLICT("session.identity_conflict", 409),
    /** A setting asks for what this version cannot enforce; pretending to would leave doors open. */
    NOT_SUPPORTED("request.feature_not_supported", 422),
    UNKNOWN_PROFILE_FIELD("custom_profile_fields.entity_not_exists_with_names", 400),
    NOT_FOR_FORGOT_PASSWORD("session.not_supported_for_forgot_password", 400),
    /** A password does not help who forgot it. */
    PROOF_NOT_FOR_FORGOT_PASSWORD("session.not_supported_for_forgot_password", 422),
    /** The settings close this way: registration, sign-in or both. */
    FORBIDDEN("auth.forbidden", 403),
    USERNAME_LOWERCASE_NOT_ALLOWED("user.username_lowercase_not_allowed", 422),
    USERNAME_UPPERCASE_NOT_ALLOWED("user.username_uppercase_not_allowed", 422),
    USERNAME_NUMBERS_NOT_ALLOWED("user.username_numbers_not_allowed", 422),
    USERNAME_UNDERSCORE_NOT_ALLOWED("user.username_underscore_not_allowed", 422);

    private final String code;
    private final int status;

    ExperienceError(String code, int status) {
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
