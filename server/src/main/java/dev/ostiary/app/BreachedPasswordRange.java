package dev.ostiary.app;

import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundAnswer;
import dev.ostiary.net.OutboundException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the service of breached passwords that the operator named. One that fails is left alone for a while. */
final class BreachedPasswordRange implements Function<String, Optional<String>> {
    private static final Logger log = LoggerFactory.getLogger(BreachedPasswordRange.class);

    /** Whoever registers waits for an answer that does not come once a minute, not each. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final URI range;
    private final Outbound outbound;
    private final Clock clock;
    private volatile Instant askedNotBefore = Instant.EPOCH;

    /** @param range the address that the five characters are appended to, {@code https://…/range/} */
    BreachedPasswordRange(URI range, Outbound outbound, Clock clock) {
        this.range = range;
        this.outbound = outbound;
        this.clock = clock;
    }

    @Override
    public Optional<String> apply(String prefix) {
        if (clock.instant().isBefore(askedNotBefore)) {
            return Optional.empty();
        }
        try {
            // Padding hides from who sees the length of the answer how many hashes begin so.
            OutboundAnswer answer =
                    outbound.get(URI.create(range + prefix), Map.of("Accept", "text/plain", "Add-Padding", "true"));
            if (answer.status() == 200) {
                return Optional.of(answer.text());
            }
            pause("status " + answer.status());
        } catch (OutboundException e) {
            pause(e.fault().word());
        }
        return Optional.empty();
    }

    private void pause(String reason) {
        askedNotBefore = clock.instant().plus(PAUSE);
        log.warn("The service of breached passwords did not answer ({}); only the bundled list is asked.", reason);
    }
}
