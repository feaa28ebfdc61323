package dev.ostiary.keys;

import dev.ostiary.errors.ErrorCode;

/** Why a key was not rotated, imported or deleted. */
public enum KeyError implements ErrorCode {
    /** The last one stays. */
    KEY_REQUIRED("oidc.key_required", 422),
    KEY_NOT_FOUND("oidc.key_not_found", 404),
    /** It signs, or is about to. */
    ONLY_PREVIOUS("oidc.only_previous_key_can_be_deleted", 422),
    /** A rotation is announced already. */
    ROTATION_PENDING("oidc.invalid_request", 422),
    /** Not a private key in the form that is read, or a weak one. */
    UNUSABLE("oidc.private_key_unusable", 422),
    /** It is one of the tenant's already. */
    KEY_EXISTS("oidc.key_exists", 422),
    /** An application keeps a profile that does not permit it; {@code data} is {@code {algorithm, permitted}}. */
    NOT_PERMITTED("oidc.signing_algorithm_not_permitted", 422);

    private final String code;
    private final int status;

    KeyError(String code, int status) {
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
