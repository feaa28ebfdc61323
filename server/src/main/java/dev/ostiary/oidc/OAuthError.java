package dev.ostiary.oidc;

import java.util.Locale;

/** The error words of RFC 6749, 6750, 7009, 7591, 8628, 8707, 9449 and OpenID Connect, each with its usual status. */
public enum OAuthError {
    INVALID_REQUEST(400),
    INVALID_CLIENT(401),
    INVALID_CLIENT_METADATA(400),
    INVALID_DPOP_PROOF(400),
    INVALID_GRANT(400),
    INVALID_REDIRECT_URI(400),
    INVALID_REQUEST_URI(400),
    INVALID_SCOPE(400),
    INVALID_SOFTWARE_STATEMENT(400),
    INVALID_TARGET(400),
    INVALID_TOKEN(401),
    INSUFFICIENT_SCOPE(403),
    ACCESS_DENIED(400),
    AUTHORIZATION_PENDING(400),
    CONSENT_REQUIRED(400),
    EXPIRED_TOKEN(400),
    INTERACTION_REQUIRED(400),
    LOGIN_REQUIRED(400),
    REGISTRATION_NOT_SUPPORTED(400),
    REQUEST_NOT_SUPPORTED(400),
    REQUEST_URI_NOT_SUPPORTED(400),
    UNAUTHORIZED_CLIENT(400),
    UNMET_AUTHENTICATION_REQUIREMENTS(400),
    UNSUPPORTED_GRANT_TYPE(400),
    UNSUPPORTED_RESPONSE_MODE(400),
    UNSUPPORTED_RESPONSE_TYPE(400),
    UNSUPPORTED_TOKEN_TYPE(400),
    UNAPPROVED_SOFTWARE_STATEMENT(400),
    USE_DPOP_NONCE(400),
    TEMPORARILY_UNAVAILABLE(503),
    SERVER_ERROR(500);

    private final String word = name().toLowerCase(Locale.ROOT);
    private final int status;

    OAuthError(int status) {
        this.status = status;
    }

    /** The value of {@code error}. */
    public String word() {
        return word;
    }

    public int status() {
        return status;
    }

    /** @param description the value of {@code error_description}: for developers, in English, free of secrets */
    public OAuthException because(String description) {
        return OAuthException.of(this, status, description);
    }

    /** The same with another status than the usual one. */
    public OAuthException because(int otherStatus, String description) {
        return OAuthException.of(this, otherStatus, description);
    }
}
