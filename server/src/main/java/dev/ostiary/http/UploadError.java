package dev.ostiary.http;

import dev.ostiary.errors.ErrorCode;

/** Why a file is not taken. */
public enum UploadError implements ErrorCode {
    FILE_SIZE_EXCEEDED("guard.file_size_exceeded"),
    MIME_TYPE_NOT_ALLOWED("guard.mime_type_not_allowed");

    private final String code;

    UploadError(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return 400;
    }
}
