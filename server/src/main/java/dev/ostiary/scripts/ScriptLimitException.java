package dev.ostiary.scripts;

import java.io.Serial;

/** A script wanted more than it may have. Ends the run: no code of the script sees it. */
final class ScriptLimitException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    ScriptLimitException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
