package dev.ostiary.http;

import dev.ostiary.errors.CommonError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How much clients may make the server hold at a time. To open connections and go no further, or to send long bodies
 * slowly, costs a client next to nothing; a heap that is full ends the program.
 */
final class Capacity {
    /**
     * Of the heap for each connection of a listener, of which there are two. At worst one holds 110 kB, a request line of the
     * longest kind; an idle one 18.
     */
    private static final long SHARE = 384 << 10;

    /** Of a body, in bytes, for which there is always room: no form of a sign-in and no token request is longer. */
    private static final int SMALL = 16 << 10;

    private final int connections;
    private final long longBodies;
    private final AtomicLong held = new AtomicLong();
    /** Also some that have ended a moment ago. */
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    /**
     * @param connections of each listener; who comes then waits until one ends
     * @param longBodies bytes, all together, that bodies may be longer than small
     */
    Capacity(int connections, long longBodies) {
        this.connections = connections;
        this.longBodies = longBodies;
    }

    static Capacity usual() {
        long heap = Runtime.getRuntime().maxMemory();
        return new Capacity((int) Math.clamp(Math.min(heap / SHARE, openFiles() / 3), 64, 65_536), heap / 16);
    }

    /** How many this process may have; a connection is one. A listener that gets no more of them ends. */
    private static long openFiles() {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            return limits.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+")[3])
                    .filter(soft -> !soft.equals("unlimited"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException | UncheckedIOException | NumberFormatException noLinux) {
            return 10_240; // what the Java machine asks for on macOS
        }
    }

    int connections() {
        return connections;
    }

    void opened(SocketChannel connection) {
        open.add(connection);
    }

    /** Called now and then: nobody tells when a connection ends. */
    void forgetEnded() {
        open.removeIf(connection -> !connection.isOpen());
    }

    /** Most places are taken: nobody keeps one for a request to come, or takes their time. */
    boolean isCrowded() {
        return open.size() > connections / 4 * 3;
    }

    /**
     * Makes room for more of a body.
     *
     * @param before bytes of it that have come already
     * @throws dev.ostiary.errors.AppException 503 {@code request.too_much_at_once}
     */
    void take(int before, int more) {
        long counted = counted(before + more) - counted(before);
        if (counted > 0 && held.addAndGet(counted) > longBodies) {
            held.addAndGet(-counted);
            throw CommonError.TOO_MUCH_AT_ONCE.exception();
        }
    }

    /** A body of so many bytes is not needed any more. */
    void release(int length) {
        held.addAndGet(-counted(length));
    }

    /** Bytes of long bodies that count now. */
    long held() {
        return held.get();
    }

    private static long counted(int length) {
        return Math.max(0, length - SMALL);
    }
}
