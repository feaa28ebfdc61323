package dev.ostiary.crypto;

import org.jspecify.annotations.Nullable;

/**
 * Why a token was refused. Codes and names are those that clients of the Management API already know, because its
 * 401 body shows them ({@code data.code}, {@code data.name}, for claims {@code data.claim} and {@code data.reason}).
 *
 * <p>Carries no stack trace: it is thrown for hostile input, and must stay cheaper than a signature.
 */
public final class JoseException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kinds of refusal. */
    public enum Kind {
        JWS_INVALID("ERR_JWS_INVALID", "JWSInvalid"),
        JWT_INVALID("ERR_JWT_INVALID", "JWTInvalid"),
        JWT_EXPIRED("ERR_JWT_EXPIRED", "JWTExpired"),
        CLAIM_VALIDATION_FAILED("ERR_JWT_CLAIM_VALIDATION_FAILED", "JWTClaimValidationFailed"),
        SIGNATURE_VERIFICATION_FAILED("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "JWSSignatureVerificationFailed"),
        NO_MATCHING_KEY("ERR_JWKS_NO_MATCHING_KEY", "JWKSNoMatchingKey"),
        MULTIPLE_MATCHING_KEYS("ERR_JWKS_MULTIPLE_MATCHING_KEYS", "JWKSMultipleMatchingKeys"),
        JWKS_INVALID("ERR_JWKS_INVALID", "JWKSInvalid"),
        ALG_NOT_ALLOWED("ERR_JOSE_ALG_NOT_ALLOWED", "JOSEAlgNotAllowed"),
        NOT_SUPPORTED("ERR_JOSE_NOT_SUPPORTED", "JOSENotSupported");

        private final String code;
        private final String wireName;

        Kind(String code, String wireName) {
            this.code = code;
            this.wireName = wireName;
        }
    }

    private final Kind kind;
    private final @Nullable String claim;
    private final @Nullable String reason;

    private JoseException(Kind kind, String message, @Nullable String claim, @Nullable String reason) {
        super(message, null, false, false);
        this.kind = kind;
        this.claim = claim;
        this.reason = reason;
    }

    static JoseException of(Kind kind, String message) {
        return new JoseException(kind, message, null, null);
    }

    /** @param reason {@code missing}, {@code invalid} or {@code check_failed} */
    static JoseException claim(String claim, String reason, String message) {
        return new JoseException(Kind.CLAIM_VALIDATION_FAILED, message, claim, reason);
    }

    static JoseException expired() {
        return new JoseException(Kind.JWT_EXPIRED, "The token has expired", "exp", "check_failed");
    }

    public Kind kind() {
        return kind;
    }

    /** For example {@code ERR_JWS_INVALID}. */
    public String code() {
        return kind.code;
    }

    /** For example {@code JWSInvalid}. */
    public String wireName() {
        return kind.wireName;
    }

    /** The claim that failed, where it was one. */
    public @Nullable String claim() {
        return claim;
    }

    /** {@code missing}, {@code invalid} or {@code check_failed}, where a claim failed. */
    public @Nullable String reason() {
        return reason;
    }
}
