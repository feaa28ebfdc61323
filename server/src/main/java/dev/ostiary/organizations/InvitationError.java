package dev.ostiary.organizations;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.ErrorCode;

/** What cannot be done with an invitation. The wire has one code for most of it; the details tell them apart. */
public enum InvitationError implements ErrorCode {
    EXPIRES_IN_THE_PAST(400, "expiresAt must be in the future."),
    ALREADY_A_MEMBER(422, "The invitee is a member of the organization already."),
    NOT_PENDING(422, "The invitation is not pending: it was accepted or revoked, or it has expired."),
    ACCEPTED_USER_REQUIRED(422, "acceptedUserId is required to accept an invitation."),
    OTHER_ADDRESS(422, "The user who accepts must have the e-mail address that was invited."),
    /** Nothing is set up that could send the message. */
    NO_MAIL("connector.not_found", 501, "");

    private final String code;
    private final int status;
    private final String details;

    InvitationError(int status, String details) {
        this("request.invalid_input", status, details);
    }

    InvitationError(String code, int status, String details) {
        this.code = code;
        this.status = status;
        this.details = details;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    /** With the details. */
    AppException refusal() {
        return new AppException(this, null, details);
    }
}
