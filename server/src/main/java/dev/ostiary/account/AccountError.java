package dev.ostiary.account;

import dev.ostiary.errors.ErrorCode;

/** Why a user's call about themselves was refused. */
public enum AccountError implements ErrorCode {
    /** An application of somebody else may look, not change. */
    THIRD_PARTY("auth.third_party_application_forbidden", 403),
    /** No proof was named, or none that is good now and this user's. */
    NOT_VERIFIED("verification_record.permission_denied", 401),
    /** The wire's status, which is 404 everywhere else. */
    SESSION_NOT_FOUND("oidc.session_not_found", 400);

    private final String code;
    private final int status;

    AccountError(String code, int status) {
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
