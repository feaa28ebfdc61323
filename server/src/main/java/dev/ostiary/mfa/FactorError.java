package dev.ostiary.mfa;

import dev.ostiary.errors.ErrorCode;

/** Why a second factor was not added. */
public enum FactorError implements ErrorCode {
    TOTP_ALREADY_IN_USE("user.totp_already_in_use", 422),
    TOTP_SECRET_INVALID("user.totp_secret_invalid", 422),
    BACKUP_CODE_ALREADY_IN_USE("user.backup_code_already_in_use", 422),
    BACKUP_CODE_ALONE("session.mfa.backup_code_can_not_be_alone", 422),
    WRONG_BACKUP_CODE_FORMAT("user.wrong_backup_code_format", 422);

    private final String code;
    private final int status;

    FactorError(String code, int status) {
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
