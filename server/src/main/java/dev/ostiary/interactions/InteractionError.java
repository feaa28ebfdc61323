package dev.ostiary.interactions;

import dev.ostiary.errors.OAuthErrorCode;

/** Why a call belongs to no interaction. */
public enum InteractionError implements OAuthErrorCode {
    NOT_FOUND("session.not_found", "interaction session not found"),
    CLIENT_MISMATCH("oidc.invalid_request", "interaction client_id mismatch");

    private final String code;
    private final String description;

    InteractionError(String code, String description) {
        this.code = code;
        this.description = description;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return 400;
    }

    @Override
    public String oauthError() {
        return "invalid_request";
    }

    @Override
    public String oauthDescription() {
        return description;
    }
}
