package dev.ostiary.roles;

import dev.ostiary.errors.ErrorCode;

/** Why a role was not made, changed or given. */
public enum RoleError implements ErrorCode {
    APPLICATION_EXISTS("role.application_exists", 422),
    INTERNAL_ROLE_VIOLATION("role.internal_role_violation", 403),
    MANAGEMENT_SCOPES_NOT_ASSIGNABLE("role.management_api_scopes_not_assignable_to_user_role", 400),
    NAME_IN_USE("role.name_in_use", 422),
    SCOPE_EXISTS("role.scope_exists", 422),
    USER_EXISTS("role.user_exists", 422),
    /** A user cannot hold a role of machines. */
    INVALID_USER_ROLE_TYPE("user.invalid_role_type", 422),
    HOLDER_NOT_FOUND("entity.relation_foreign_key_not_found", 404);

    private final String code;
    private final int status;

    RoleError(String code, int status) {
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
