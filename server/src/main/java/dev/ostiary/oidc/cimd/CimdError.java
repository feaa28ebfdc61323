package dev.ostiary.oidc.cimd;

import dev.ostiary.errors.ErrorCode;

/** Why documents of clients cannot be switched on. */
enum CimdError implements ErrorCode {
    /** Anybody could make us ask machines that only we can reach (SS1). */
    UNGUARDED("oidc.cimd_needs_ssrf_protection", 422);

    private final String code;
    private final int status;

    CimdError(String code, int status) {
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
