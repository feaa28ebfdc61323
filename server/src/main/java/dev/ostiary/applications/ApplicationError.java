package dev.ostiary.applications;

import dev.ostiary.errors.ErrorCode;

/** Why an application was not made, changed or used. */
public enum ApplicationError implements ErrorCode {
    /** Switched on like that it would keep everybody out. */
    ACCESS_CONTROL_WITHOUT_RULES("application.access_control_without_rules", 422),
    DEVICE_FLOW_NATIVE_ONLY("application.device_flow_native_only", 422),
    DEVICE_FLOW_NOT_CHANGEABLE("application.device_flow_not_changeable", 422),
    INVALID_ROLE_TYPE("application.invalid_role_type", 422),
    INVALID_THIRD_PARTY_TYPE("application.invalid_third_party_application_type", 400),
    /** Roles are for machine-to-machine applications. */
    INVALID_TYPE("application.invalid_type", 422),
    /** What administrators may do is never lent to somebody else's program (MA4). */
    MANAGEMENT_API_SCOPES_NOT_ALLOWED("application.consent_management_api_scopes_not_allowed", 422),
    NO_LEGACY_SECRET("application.no_legacy_secret_found", 400),
    PROTECTED_APP_METADATA_REQUIRED("application.protected_app_metadata_is_required", 400),
    PROTECTED_APP_NOT_CONFIGURED("application.protected_app_not_configured", 501),
    PROTECTED_APPLICATION_ONLY("application.protected_application_only", 422),
    /** FAPI 2.0 section 5.4.1; {@code data} is {@code {algorithms, permitted}}. */
    SIGNING_KEY_NOT_FOR_FAPI("application.signing_key_not_for_fapi", 422),
    SECRET_NAME_EXISTS("application.secret_name_exists", 422),
    THIRD_PARTY_ONLY("application.third_party_application_only", 422),
    THIRD_PARTY_TOKEN_EXCHANGE("application.third_party_application_cannot_enable_token_exchange", 422),
    USE_SAML_APP_API("application.saml.use_saml_app_api", 400),
    USER_CONSENT_SCOPES_NOT_FOUND("application.user_consent_scopes_not_found", 422);

    private final String code;
    private final int status;

    ApplicationError(String code, int status) {
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
