package dev.ostiary.scripts;

import dev.ostiary.errors.ErrorCode;

/** Why a script was not stored, or did not answer. */
public enum ScriptError implements ErrorCode {
    /** The tokens of those who administer all tenants say what we say, and nothing more. */
    NOT_IN_ADMIN_TENANT("jwt_customizer.can_not_create_for_admin_tenant", 422),
    /** A test run failed; {@code data} is {@code {message, error}}. */
    FAILED("jwt_customizer.general", 422),
    /** A test run ended with {@code denyAccess}. */
    DENIED("jwt_customizer.general", 403);

    private final String code;
    private final int status;

    ScriptError(String code, int status) {
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
