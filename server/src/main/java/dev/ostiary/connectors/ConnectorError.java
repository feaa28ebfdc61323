package dev.ostiary.connectors;

import dev.ostiary.errors.ErrorCode;

/** Why a connector was not made, changed, found, or did not deliver. */
public enum ConnectorError implements ErrorCode {
    /** Nothing is set up that could send this. */
    NONE_TO_SEND("connector.not_found", 501),
    UNKNOWN_FACTORY("connector.not_found_with_connector_id", 422),
    FACTORY_NOT_FOUND("connector.not_found", 404),
    INVALID_CONFIG("connector.invalid_config", 400),
    MULTIPLE_INSTANCES("connector.multiple_instances_not_supported", 422),
    METADATA_NOT_OVERWRITABLE("connector.cannot_overwrite_metadata_for_non_standard_connector", 400),
    NO_PROFILE_TO_SYNC("connector.invalid_type_for_syncing_profile", 422),
    TOKEN_STORAGE_NOT_SUPPORTED("connector.token_storage_not_supported", 422),
    INSUFFICIENT_PARAMETERS("connector.insufficient_request_parameters", 400),
    /** A message of a kind that this connector does not carry. */
    UNEXPECTED_TYPE("connector.unexpected_type", 400),
    /** The mail server was not reached, or did not take the message. */
    NOT_DELIVERED("connector.general", 400);

    private final String code;
    private final int status;

    ConnectorError(String code, int status) {
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
