package dev.ostiary.errors;

/** Codes that belong to no room. */
public enum CommonError implements ErrorCode {
    INVALID_INPUT("guard.invalid_input", 400),
    INVALID_PAGINATION("guard.invalid_pagination", 400),
    INVALID_REQUEST_INPUT("request.invalid_input", 400),
    ENTITY_NOT_FOUND("entity.not_found", 404),
    ENTITY_NOT_EXISTS("entity.not_exists", 404),
    ENTITY_NOT_EXISTS_WITH_ID("entity.not_exists_with_id", 404),
    CREATE_FAILED("entity.create_failed", 422),
    VALUE_TOO_LONG("entity.value_too_long", 422),
    INVALID_ENTITY_INPUT("entity.invalid_input", 422),
    DB_CONSTRAINT_VIOLATED("entity.db_constraint_violated", 422),
    UNIQUE_INTEGRITY_VIOLATION("entity.unique_integrity_violation", 422),
    RELATION_NOT_FOUND("entity.relation_foreign_key_not_found", 422),
    /** Somebody else has changed it since the caller has read it (RFC 9110 section 13.1.1). */
    CHANGED_MEANWHILE("entity.changed_meanwhile", 412),
    /** The body came too slowly; the connection ends. */
    TIMEOUT("request.timeout", 408),
    /** The body ended before its end, or is in no chunks; the connection ends. */
    UNREADABLE_BODY("request.unreadable_body", 400),
    BODY_TOO_LARGE("request.body_too_large", 413),
    /** Other long bodies take the memory there is for them; nothing was changed, the caller may try again. */
    TOO_MUCH_AT_ONCE("request.too_much_at_once", 503),
    UNSUPPORTED_MEDIA_TYPE("request.unsupported_media_type", 415),
    /** PostgreSQL cannot be reached; nothing was changed, the caller may try again. */
    UNAVAILABLE("system.database_unavailable", 503),
    INTERNAL("system.internal_error", 500);

    private final String code;
    private final int status;

    CommonError(String code, int status) {
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
