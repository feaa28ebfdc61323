package dev.ostiary.access;

import dev.ostiary.errors.ErrorCode;

/** Why a call was refused. */
public enum AccessError implements ErrorCode {
    HEADER_MISSING("auth.authorization_header_missing", 401),
    TYPE_NOT_SUPPORTED("auth.authorization_token_type_not_supported", 401),
    UNAUTHORIZED("auth.unauthorized", 401),
    SUBJECT_MISSING("auth.jwt_sub_missing", 401),
    FORBIDDEN("auth.forbidden", 403);

    private final String code;
    private final int status;

    AccessError(String code, int status) {
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
