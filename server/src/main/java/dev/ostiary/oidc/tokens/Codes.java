package dev.ostiary.oidc.tokens;

import dev.ostiary.db.Tx;
import java.time.Clock;
import java.util.Optional;

/** The spending of authorization codes, which {@code oidc.authorize} issues. */
public final class Codes {
    private final Clock clock;

    public Codes(Clock clock) {
        this.clock = clock;
    }

    /** Spends the code and tells what it was; empty if there is none or it was spent before. One caller wins (TK1). */
    public Optional<StoredCode> spend(Tx tx, String code) {
        return TokenStore.spendCode(tx, code, clock.instant());
    }

    /** The grant of a code that was spent before: it is presented twice, once by somebody else. */
    public Optional<String> findReplayed(Tx tx, String code) {
        return TokenStore.grantOfSpentCode(tx, code);
    }
}
