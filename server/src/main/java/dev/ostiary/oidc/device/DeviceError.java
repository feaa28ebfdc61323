package dev.ostiary.oidc.device;

import dev.ostiary.errors.ErrorCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a typed code leads nowhere, under the names by which the page is told. */
public enum DeviceError {
    NO_CODE("NoCodeError"),
    NOT_FOUND("NotFoundError"),
    EXPIRED("ExpiredError"),
    /** Decided, or confirmed by another browser. */
    ALREADY_USED("AlreadyUsedError"),
    /** The person has said no. */
    ABORTED("AbortedError"),
    /** Ours: too many wrong codes from this network. */
    TOO_MANY_ATTEMPTS("TooManyAttemptsError");

    private final String word;

    DeviceError(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** In the log. */
    String code() {
        return "device." + name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DeviceError> find(String word) {
        return Arrays.stream(values()).filter(error -> error.word.equals(word)).findFirst();
    }

    /** What is told by the answer itself. */
    enum OfRequest implements ErrorCode {
        /** A form that is not ours, or not of this browser (SE4). */
        FORM_REJECTED("device.form_rejected", 403),
        /** As many devices of this application wait in this network as may. */
        TOO_MANY_CODES("device.too_many_codes", 429);

        private final String code;
        private final int status;

        OfRequest(String code, int status) {
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
}
