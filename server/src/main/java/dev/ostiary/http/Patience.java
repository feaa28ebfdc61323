package dev.ostiary.http;

import dev.ostiary.errors.CommonError;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a client may take. The library bounds a silence, not a client that sends a byte now and then, which would have
 * its connection for days: the headers have to come within a time, and a body at a rate.
 */
final class Patience implements Http1ConnectionListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);

    /** Slower than any line that a browser can be used over. */
    private static final long LEAST_BYTES_A_SECOND = 256;

    private final Duration ofHead;
    private final Duration ofBody;
    private final Duration idle;

    private final Map<ConnectionContext, Long> inHeaders = new ConcurrentHashMap<>();
    private final Thread sweeper;

    /**
     * @param ofBody from then on it has to have come at the least rate
     * @param idle after so long without a request a connection ends, though the first line of one has begun
     */
    Patience(Duration ofHead, Duration ofBody, Duration idle) {
        this.idle = idle;
        this.ofHead = ofHead;
        this.ofBody = ofBody;
        this.sweeper = Thread.ofVirtual().name("patience").start(this::sweep);
    }

    static Patience usual() {
        return new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    Duration idle() {
        return idle;
    }

    private static boolean isOver(long since, Duration most) {
        return System.nanoTime() - since > most.toNanos();
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        inHeaders.put(context, System.nanoTime());
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        inHeaders.remove(context);
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(Math.min(1_000, ofHead.toMillis()));
                for (Iterator<Map.Entry<ConnectionContext, Long>> all =
                                inHeaders.entrySet().iterator();
                        all.hasNext(); ) {
                    Map.Entry<ConnectionContext, Long> one = all.next();
                    if (isOver(one.getValue(), ofHead)) {
                        all.remove();
                        end(one.getKey());
                    }
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** On its own: a connection that is hard to close, or is closed already, must not keep the others from being looked at. */
    private static void end(ConnectionContext connection) {
        Thread.startVirtualThread(() -> {
            try {
                connection.serverSocket().close();
            } catch (RuntimeException e) {
                log.debug("A connection that dripped did not close: {}", e.toString());
            }
        });
    }

    /**
     * Looks at a body while it comes.
     *
     * @param since when its reading began, by {@link System#nanoTime()}
     * @throws dev.ostiary.errors.AppException 408 {@code request.timeout}
     */
    void require(long since, long bytes) {
        if (isOver(since, ofBody)
                && bytes
                        < LEAST_BYTES_A_SECOND
                                * Duration.ofNanos(System.nanoTime() - since).toSeconds()) {
            throw CommonError.TIMEOUT.exception();
        }
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }
}
