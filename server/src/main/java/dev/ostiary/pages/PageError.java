package dev.ostiary.pages;

import dev.ostiary.errors.ErrorCode;

/** Codes of the pages. */
enum PageError implements ErrorCode {
    /** A form that is not ours, or not of this browser (SE4). */
    FORM_REJECTED("page.form_rejected", 403),
    NO_SUCH_PAGE("page.not_found", 404),
    PREVIEW_MALFORMED("page.preview_malformed", 400);

    private final String code;
    private final int status;

    PageError(String code, int status) {
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
