package dev.ostiary.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the programs of the tests listen. */
final class Ports {
    /**
     * Below those that systems give to connections going out, of which other tests make thousands meanwhile: between its
     * choice and the start of who listens on it, such a port would be taken. Above those of the server's own tests.
     */
    private static final int FIRST = 30_001;

    private static final int MANY = 2_700;

    private static final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(MANY));

    private Ports() {}

    /** One that nobody listens on, and that was not given out before. */
    static int free() {
        for (int tries = 0; tries < MANY; tries++) {
            int port = FIRST + next.getAndIncrement() % MANY;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next one, then
            }
        }
        throw new IllegalStateException("no port is free");
    }
}
