package dev.ostiary.oidc.dpop;

import dev.ostiary.crypto.Hmac;
import dev.ostiary.keys.CookieKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * What proves that a proof was made just now (RFC 9449 section 8). Nothing is stored: a nonce is the MAC of a span of
 * time under a key of the tenant, so that every node knows those of all.
 */
final class DpopNonces {
    private static final Duration SPAN = Duration.ofMinutes(5);

    private final CookieKeys keys;
    private final Clock clock;

    DpopNonces(CookieKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** For the proofs of the next five to ten minutes. */
    String current(String tenant) {
        return hmac(tenant).sign(text(span()));
    }

    /** One of this span, of the last, or of the next: the clock of another node may be ahead. */
    boolean isGood(String tenant, String nonce) {
        Hmac hmac = hmac(tenant);
        long now = span();
        return LongStream.rangeClosed(now - 1, now + 1).anyMatch(span -> hmac.verify(text(span), nonce));
    }

    private Hmac hmac(String tenant) {
        return keys.hmac(tenant, "dpop-nonce");
    }

    private long span() {
        return clock.instant().getEpochSecond() / SPAN.toSeconds();
    }

    private static String text(long span) {
        return Long.toString(span);
    }
}
