package dev.ostiary.messages;

import dev.ostiary.errors.ErrorCode;

/** Why a message was not sent, before any mail server was asked. */
public enum MessageError implements ErrorCode {
    RATE_LIMITED("request.message_rate_limited", 429);

    private final String code;
    private final int status;

    MessageError(String code, int status) {
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
