package dev.ostiary.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, closed in the opposite order. It can be closed at any moment, by a signal during the start too:
 * what is opened after that is closed at once.
 */
final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /** Thrown into a start that has been told to stop. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    synchronized <T extends AutoCloseable> T add(T part) {
        open.push(part);
        if (closed) {
            close();
            throw new Stopped();
        }
        return part;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LoggerFactory.getLogger(Parts.class).warn("While stopping: {}", e.toString());
            }
        }
    }
}
