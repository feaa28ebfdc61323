package dev.ostiary.organizations;

import dev.ostiary.errors.ErrorCode;

/** Why a member was not given or denied something. */
public enum OrganizationError implements ErrorCode {
    REQUIRE_MEMBERSHIP("organization.require_membership", 422),
    ROLE_NAMES_NOT_FOUND("organization.role_names_not_found", 422);

    private final String code;
    private final int status;

    OrganizationError(String code, int status) {
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
