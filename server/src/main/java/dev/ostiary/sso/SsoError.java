package dev.ostiary.sso;

import dev.ostiary.errors.ErrorCode;

/** Why a connector was not made, changed, found or used. */
public enum SsoError implements ErrorCode {
    CONNECTOR_NOT_FOUND("connector.not_found", 404),
    UNKNOWN_PROVIDER("connector.not_found", 422),
    INVALID_CONFIG("connector.invalid_config", 400),
    INVALID_METADATA("connector.invalid_metadata", 400),
    INVALID_CERTIFICATE("connector.invalid_certificate", 400),
    TOKEN_STORAGE_NOT_SUPPORTED("connector.token_storage_not_supported", 400),
    DUPLICATE_CONNECTOR_NAME("single_sign_on.duplicate_connector_name", 409),
    FORBIDDEN_DOMAINS("single_sign_on.forbidden_domains", 422),
    DUPLICATED_DOMAINS("single_sign_on.duplicated_domains", 422),
    SIGNING_KEY_REQUIRED("single_sign_on.active_signing_key_required", 400),
    /** Somebody else has changed the connector since it was read. */
    CHANGED_MEANWHILE("single_sign_on.connector_changed", 412),
    /** A connection test that is over, was opened before, or in another browser. */
    TEST_EXPIRED("single_sign_on.test_expired", 400),
    /** The user has no account at this connector. */
    /** A user has no tokens of this provider, or they may be used no more. */
    TOKEN_NOT_FOUND("secrets.third_party_token_set.token_not_found", 404),
    /** And there is no way to a newer one. */
    ACCESS_TOKEN_EXPIRED("secrets.third_party_token_set.access_token_expired", 401),
    IDENTITY_NOT_EXISTS("user.enterprise_sso_identity_not_exists", 404),
    /** This account at the provider belongs to a user already. */
    IDENTITY_IN_USE("user.identity_already_in_use", 422);

    private final String code;
    private final int status;

    SsoError(String code, int status) {
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
