package dev.ostiary.errors;

/** A code whose JSON body also says it in OAuth's words (RFC 6749 section 5.2), for clients that read those. */
public interface OAuthErrorCode extends ErrorCode {
    /** {@code error}. */
    String oauthError();

    /** {@code error_description}: English, ASCII. */
    String oauthDescription();
}
