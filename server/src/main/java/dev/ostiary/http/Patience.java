package dev.ostiary.http;

import dev.ostiary.errors.CommonError;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a client may take. The library bounds a silence after the first bytes, not one before them, nor a client that
 * sends a byte now and then; either would have its connection for days. So the headers have to come within a time, and a body
 * at a rate. Where connections are about to run out there is a sixth of the time.
 */
final class Patience implements Http1ConnectionListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);

    /** Slower than any line that a browser can be used over. */
    private static final long LEAST_BYTES_A_SECOND = 256;

    private static final long LEAST_OF_A_CROWD = 8_192;
    private static final int HASTE = 6;

    private final Duration ofHead;
    private final Duration ofBody;
    private final Duration idle;
    private final Capacity capacity;

    private final Map<Ends, Silent> silent = new ConcurrentHashMap<>();
    private final Map<ConnectionContext, Long> inHeaders = new ConcurrentHashMap<>();
    private final Thread sweeper;

    /** What tells a connection from all others. */
    private record Ends(SocketAddress local, SocketAddress remote) {}

    /** No line of a request has come yet. */
    private record Silent(SocketChannel connection, long since) {}

    /**
     * @param ofBody from then on it has to have come at the least rate
     * @param idle after so long without a request a connection ends, though the first line of one has begun
     */
    Patience(Duration ofHead, Duration ofBody, Duration idle, Capacity capacity) {
        this.idle = idle;
        this.capacity = capacity;
        this.ofHead = ofHead;
        this.ofBody = ofBody;
        this.sweeper = Thread.ofVirtual().name("patience").start(this::sweep);
    }

    static Patience usual(Capacity capacity) {
        return new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(1), capacity);
    }

    Duration idle() {
        return idle;
    }

    private boolean isOver(long since, Duration most) {
        return System.nanoTime() - since > most.toNanos() / (capacity.isCrowded() ? HASTE : 1);
    }

    /** A connection begins; nothing has come of it. */
    void accepted(SocketChannel connection) {
        capacity.opened(connection);
        try {
            silent.put(
                    new Ends(connection.getLocalAddress(), connection.getRemoteAddress()),
                    new Silent(connection, System.nanoTime()));
        } catch (IOException gone) {
            log.debug("A connection ended as it began: {}", gone.toString());
        }
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        silent.remove(
                new Ends(context.localPeer().address(), context.remotePeer().address()));
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
                        end(one.getKey().serverSocket()::close);
                    }
                }
                silent.values().removeIf(one -> {
                    boolean isOver = isOver(one.since, ofHead);
                    if (isOver) {
                        end(one.connection::close);
                    }
                    return isOver || !one.connection.isOpen();
                });
                capacity.forgetEnded();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** On its own: a connection that is hard to close, or is closed already, must not keep the others from being looked at. */
    private static void end(Closeable connection) {
        Thread.startVirtualThread(() -> {
            try {
                connection.close();
            } catch (IOException | RuntimeException e) {
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
        long least = capacity.isCrowded() ? LEAST_OF_A_CROWD : LEAST_BYTES_A_SECOND;
        if (isOver(since, ofBody)
                && bytes < least * Duration.ofNanos(System.nanoTime() - since).toSeconds()) {
            throw CommonError.TIMEOUT.exception();
        }
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }
}
