package dev.ostiary.verifications;

import dev.ostiary.errors.ErrorCode;

/** Codes of a proof that failed or is not there. */
public enum VerificationError implements ErrorCode {
    /** The proof is not complete, or of a kind that names nobody. */
    NOT_VERIFIED("session.verification_failed", 400),
    NOT_FOUND("session.verification_session_not_found", 404),
    BLOCKED("session.verification_blocked_too_many_attempts", 400);

    private final String code;
    private final int status;

    VerificationError(String code, int status) {
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
