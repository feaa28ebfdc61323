package dev.ostiary.sso;

import dev.ostiary.errors.Texts;
import java.util.Locale;
import java.util.Map;

/**
 * What exactly went wrong with a provider: {@code data.fault} of the {@code connector.*} errors, in the audit log, and,
 * as a sentence, on pages and in the console. The first ten are the {@link dev.ostiary.net.Fault}s.
 */
public enum SsoFault {
    NOT_A_URL,
    NOT_HTTPS,
    HOST_NOT_FOUND,
    PRIVATE_ADDRESS,
    REFUSED,
    TIMEOUT,
    TLS,
    TOO_LARGE,
    REDIRECTED,
    BROKEN,

    /** The metadata document answers 404. */
    NOT_FOUND,
    HTTP_STATUS,
    NOT_JSON,
    ISSUER_MISMATCH,
    MISSING_ENDPOINT,
    /** No way to prove ourselves that both sides know. */
    NO_CLIENT_AUTHENTICATION,

    /** The visitor said no, or left, at the provider. */
    CANCELLED,
    PROVIDER_ERROR,
    /** {@code iss} of the answer is of another provider (RFC 9207), the sign of a mix-up attack. */
    ANSWER_ISSUER_MISMATCH,
    ANSWER_ISSUER_MISSING,
    CODE_MISSING,
    /** The connector was given another client or provider while the visitor was there. */
    CONNECTOR_CHANGED,

    CLIENT_REJECTED,
    CODE_REJECTED,
    TOKEN_REFUSED,
    TOKEN_ANSWER_INVALID,
    ID_TOKEN_MISSING,

    WRONG_SECRET_VALUE,
    SECRET_EXPIRED,
    REDIRECT_URI_MISMATCH,
    CONSENT_MISSING,
    UNKNOWN_TENANT,
    APPLICATION_NOT_FOUND,
    /** Registered as a program without a secret, or as a single-page application. */
    PLATFORM_NOT_WEB,
    USER_NOT_ASSIGNED,
    /** An account of another company. */
    USER_OF_OTHER_DIRECTORY,
    CONDITIONAL_ACCESS,

    ID_TOKEN_INVALID,
    ID_TOKEN_SIGNATURE,
    ID_TOKEN_KEY_UNKNOWN,
    ID_TOKEN_ALGORITHM,
    ID_TOKEN_ISSUER,
    ID_TOKEN_AUDIENCE,
    ID_TOKEN_EXPIRED,
    ID_TOKEN_TIME,
    ID_TOKEN_NONCE,
    ID_TOKEN_HASH,
    TENANT_MISMATCH,
    SUBJECT_INVALID,

    USERINFO_FAILED,
    USERINFO_SUBJECT_MISMATCH;

    /** On the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One sentence or two: what happened, and what to do. */
    public String text(String language) {
        return Texts.of("connector.fault." + word(), language, Map.of());
    }

    public static SsoFault of(dev.ostiary.net.Fault fault) {
        return valueOf(fault.name());
    }
}
