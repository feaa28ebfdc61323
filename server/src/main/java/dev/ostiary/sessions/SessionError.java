package dev.ostiary.sessions;

import dev.ostiary.errors.ErrorCode;

/** Why a session or a grant is not shown or ended. */
public enum SessionError implements ErrorCode {
    NOT_FOUND("oidc.session_not_found", 404),
    OF_ANOTHER_USER("oidc.invalid_session_account_id", 404),
    GRANT_NOT_FOUND("oidc.invalid_grant", 404);

    private final String code;
    private final int status;

    SessionError(String code, int status) {
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
