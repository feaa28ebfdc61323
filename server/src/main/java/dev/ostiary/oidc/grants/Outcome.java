package dev.ostiary.oidc.grants;

import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;

/**
 * What became of a grant inside its transaction. A refusal is a value, so that what it leaves behind (a spent code, a
 * revoked grant) is committed.
 */
sealed interface Outcome {
    record Granted(TokenAnswer answer) implements Outcome {}

    record Refused(OAuthException refusal) implements Outcome {}

    /** There is no such code, or it was spent before. */
    record NothingToSpend() implements Outcome {}

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
            case NothingToSpend nothing -> throw invalidGrant();
        };
    }
}
