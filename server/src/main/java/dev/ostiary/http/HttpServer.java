package dev.ostiary.http;

import io.helidon.common.tls.Tls;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Listens; {@link ListenerHandler} answers. */
public final class HttpServer implements AutoCloseable {
    /** The largest body of a route, uploads apart. Routes may bound theirs further. */
    static final int MAX_BODY = 1_048_576;

    /**
     * What is read off the wire at all. Far more than a route takes, so that who sends too much is told by an answer
     * with a code; nothing of it is kept.
     */
    private static final long MAX_TRANSFER = 64L << 20;

    /** The console's preview carries unsaved settings, a style sheet among them, in an address. */
    private static final int MAX_REQUEST_LINE = 65_536;

    private final WebServer server;
    private final Patience patience;

    /**
     * @param name tells listeners apart in messages
     * @param host address to bind
     * @param port 0 for any free one
     */
    public record Listener(String name, InetAddress host, int port, @Nullable Tls tls) {}

    /** What is known of a request before it has a tenant. Forwarding headers are given raw: trust is the resolver's. */
    public record Arrival(
            String listener,
            boolean secure,
            String host,
            String peerIp,
            @Nullable String forwardedProto,
            @Nullable String forwardedHost,
            @Nullable String forwardedFor) {}

    /** @param clientIp of the visitor, behind a trusted proxy the forwarded one */
    public record Destination(Site site, String clientIp) {}

    /** The port could not be bound. */
    public static final class PortTaken extends RuntimeException {
        PortTaken(String message) {
            super(message);
        }
    }

    public HttpServer(List<Listener> listeners, Function<Arrival, Destination> resolver, Handler handler) {
        this(listeners, resolver, handler, Capacity.usual());
    }

    private HttpServer(
            List<Listener> listeners, Function<Arrival, Destination> resolver, Handler handler, Capacity capacity) {
        this(listeners, resolver, handler, Patience.usual(capacity), capacity);
    }

    HttpServer(
            List<Listener> listeners,
            Function<Arrival, Destination> resolver,
            Handler handler,
            Patience patience,
            Capacity capacity) {
        this.patience = patience;
        WebServerConfig.Builder builder =
                WebServer.builder().shutdownHook(false).shutdownGracePeriod(Duration.ofSeconds(10));
        Function<Listener, ListenerHandler> handlers =
                listener -> new ListenerHandler(listener, resolver, handler, patience, capacity);
        Listener first = listeners.getFirst();
        listen(builder, first, handlers.apply(first), capacity);
        for (Listener other : listeners.subList(1, listeners.size())) {
            builder.putSocket(other.name, socket -> listen(socket, other, handlers.apply(other), capacity));
        }
        this.server = builder.build();
        server.start();
        if (!server.isRunning()) {
            // The library logs a failed bind and returns; a program without a port must not stay.
            requireFree(listeners);
            throw new PortTaken("Cannot listen on "
                    + String.join(
                            " and ",
                            listeners.stream().map(l -> "port " + l.port).toList())
                    + ", for a reason the system does not give.");
        }
    }

    /**
     * Tries the ports and lets them go, so that one that is taken is told before anything else has been started.
     *
     * @throws PortTaken naming the first port that cannot be bound, and why
     */
    public static void requireFree(List<Listener> listeners) {
        for (Listener listener : listeners) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true); // else connections of the last run that still wind down count as taken
                socket.bind(new InetSocketAddress(listener.host, listener.port));
            } catch (IOException e) {
                String said = String.valueOf(e.getMessage());
                String why = said.contains("Permission denied")
                        ? "ports below 1024 are not for ordinary users. Choose another port, or allow this one."
                        : said.contains("Cannot assign")
                                ? "HOST " + listener.host.getHostAddress() + " is no address of this machine."
                                : "it is in use by another program. Stop that program, or choose another port.";
                throw new PortTaken("Cannot listen on port " + listener.port + ": " + why);
            }
        }
    }

    private void listen(
            ListenerConfig.BuilderBase<?, ?> socket, Listener listener, ListenerHandler handler, Capacity capacity) {
        socket.address(listener.host)
                .port(listener.port)
                .maxTcpConnections(capacity.connections())
                .connectionOptions(new AcceptedSockets(patience::accepted))
                .maxPayloadSize(MAX_TRANSFER)
                .addConnectionSelector(new OldVersion())
                .directHandlers(Unreadable.handlers())
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(MAX_REQUEST_LINE)
                        .addReceiveListener(patience)
                        .build())
                .idleConnectionTimeout(patience.idle())
                .idleConnectionPeriod(patience.idle().dividedBy(4))
                .contentEncoding(e -> e.contentEncodingsDiscoverServices(false))
                .addRouting(HttpRouting.builder().any(handler));
        if (listener.tls != null) {
            socket.tls(listener.tls);
        }
    }

    /** The port a listener is bound to. */
    public int port(String listener) {
        int port = server.port(listener);
        return port > 0 ? port : server.port();
    }

    /** Lets running requests finish, refuses new ones. */
    @Override
    public void close() {
        server.stop();
        patience.close();
    }
}
