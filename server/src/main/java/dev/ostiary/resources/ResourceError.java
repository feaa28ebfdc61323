package dev.ostiary.resources;

import dev.ostiary.errors.ErrorCode;

/** Why a resource or scope was not made or changed. */
public enum ResourceError implements ErrorCode {
    CANNOT_DELETE_MANAGEMENT_API("resource.cannot_delete_management_api", 400),
    CANNOT_MODIFY_MANAGEMENT_API("resource.cannot_modify_management_api", 400),
    INDICATOR_IN_USE("resource.resource_identifier_in_use", 422),
    SCOPE_NAME_EXISTS("scope.name_exists", 422),
    SCOPE_NAME_WITH_SPACE("scope.name_with_space", 400);

    private final String code;
    private final int status;

    ResourceError(String code, int status) {
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
