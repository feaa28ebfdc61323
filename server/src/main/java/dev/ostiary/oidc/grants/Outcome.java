package dev.ostiary.oidc.grants;

import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import java.util.Map;
import java.util.function.Function;

/**
 * What became of a grant inside its transaction. A refusal is a value, so that what it leaves behind (a spent code, a
 * revoked grant) is committed.
 */
sealed interface Outcome {
    record Granted(TokenAnswer answer) implements Outcome {}

    /**
     * Everything is decided and what was presented is spent; before there is a token, a script runs, outside the
     * transaction.
     *
     * @param finish makes the tokens with the claims of the script, and stores what has to be
     */
    record Customized(ScriptFacts facts, Function<Map<String, Object>, TokenAnswer> finish) implements Outcome {}

    record Refused(OAuthException refusal) implements Outcome {}

    /** The one text of all refusals of codes and refresh tokens: which check failed is nothing for a thief. */
    static OAuthException invalidGrant() {
        return OAuthError.INVALID_GRANT.because("grant request is invalid");
    }

    static Outcome refused() {
        return new Refused(invalidGrant());
    }

    /** @throws OAuthException if it was refused */
    default TokenAnswer answer() {
        return switch (this) {
            case Granted granted -> granted.answer;
            case Refused refused -> throw refused.refusal;
            case Customized customized -> throw new IllegalStateException("The script has not run yet");
        };
    }
}
