package dev.ostiary.http;

import dev.ostiary.errors.CommonError;
import io.helidon.common.tls.Tls;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Listens, and turns the library's requests and responses into ours. */
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

    private static final int WORTH_COMPRESSING = 1024;
    private static final HeaderName REQUEST_ID = HeaderNames.create("Logto-Core-Request-Id");
    /** The library's form of the header names that this program uses: there are few, all written in the code. */
    private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();

    private static final char[] ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();

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
        Listener first = listeners.getFirst();
        WebServerConfig.Builder builder = WebServer.builder()
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(10))
                .address(first.host)
                .port(first.port)
                .maxTcpConnections(capacity.connections())
                .connectionOptions(new AcceptedSockets(patience::accepted))
                .maxPayloadSize(MAX_TRANSFER)
                .addConnectionSelector(new OldVersion())
                .directHandlers(Unreadable.handlers())
                .addProtocol(http1(patience))
                .idleConnectionTimeout(patience.idle())
                .idleConnectionPeriod(patience.idle().dividedBy(4))
                .contentEncoding(e -> e.contentEncodingsDiscoverServices(false))
                .addRouting(routing(first, resolver, handler, patience, capacity));
        if (first.tls != null) {
            builder.tls(first.tls);
        }
        for (Listener other : listeners.subList(1, listeners.size())) {
            builder.putSocket(other.name, socket -> {
                socket.address(other.host)
                        .port(other.port)
                        .maxTcpConnections(capacity.connections())
                        .connectionOptions(new AcceptedSockets(patience::accepted))
                        .maxPayloadSize(MAX_TRANSFER)
                        .addConnectionSelector(new OldVersion())
                        .directHandlers(Unreadable.handlers())
                        .addProtocol(http1(patience))
                        .idleConnectionTimeout(patience.idle())
                        .idleConnectionPeriod(patience.idle().dividedBy(4))
                        .contentEncoding(e -> e.contentEncodingsDiscoverServices(false))
                        .addRouting(routing(other, resolver, handler, patience, capacity));
                if (other.tls != null) {
                    socket.tls(other.tls);
                }
            });
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

    private static Http1Config http1(Patience patience) {
        return Http1Config.builder()
                .maxPrologueLength(MAX_REQUEST_LINE)
                .addReceiveListener(patience)
                .build();
    }

    /** The port a listener is bound to. */
    public int port(String listener) {
        int port = server.port(listener);
        return port > 0 ? port : server.port();
    }

    private static HttpRouting.Builder routing(
            Listener listener,
            Function<Arrival, Destination> resolver,
            Handler handler,
            Patience patience,
            Capacity capacity) {
        return HttpRouting.builder().any((in, out) -> {
            Body body = new Body(in, patience, capacity);
            try {
                serve(listener, resolver, handler, body, capacity, in, out);
            } finally {
                body.release();
            }
        });
    }

    private static void serve(
            Listener listener,
            Function<Arrival, Destination> resolver,
            Handler handler,
            Body body,
            Capacity capacity,
            ServerRequest in,
            ServerResponse out) {
        Arrival arrival = new Arrival(
                listener.name,
                listener.tls != null,
                in.authority(),
                in.remotePeer().host(),
                header(in, "X-Forwarded-Proto"),
                header(in, "X-Forwarded-Host"),
                header(in, "X-Forwarded-For"));
        Destination destination = resolver.apply(arrival);
        String id = requestId();
        Request request = new Request(
                in.prologue().method().text(),
                in.path().path(),
                in.query().rawValue(),
                destination.site(),
                id,
                destination.clientIp(),
                name -> header(in, name),
                body::read);
        Response response;
        try {
            response = handler.handle(request);
        } catch (RuntimeException | Error e) {
            response = ErrorRenderer.render(request, e);
        }
        boolean isLast = capacity.isCrowded() || in.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        if (isLast || response.status() == CommonError.TIMEOUT.status()) {
            out.header(HeaderValues.CONNECTION_CLOSE);
        }
        send(in, out, destination.site(), id, response);
        body.release();
        body.finish();
        if (isLast) {
            // The library says so in the answer and waits for the next request all the same (RFC 9112 section 9.6).
            throw new CloseConnectionException("The last request of this connection");
        }
    }

    private static void send(ServerRequest in, ServerResponse out, Site site, String id, Response response) {
        out.status(Status.create(response.status()));
        out.header(REQUEST_ID, id);
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            out.header(NAMES.computeIfAbsent(header.getKey(), HeaderNames::create), header.getValue());
        }
        if (!response.cookies().isEmpty()) {
            out.header(
                    HeaderNames.SET_COOKIE,
                    response.cookies().stream()
                            .map(c -> c.header(site.isSecure()))
                            .toArray(String[]::new));
        }
        byte[] body = response.body();
        if (body.length >= WORTH_COMPRESSING && compressible(response) && accepts(in)) {
            body = gzip(body);
            out.header(HeaderNames.CONTENT_ENCODING, "gzip");
            out.header(HeaderNames.VARY, "Accept-Encoding");
        }
        if (in.prologue().method().text().equals("HEAD")) {
            out.contentLength(body.length);
            out.send();
        } else if (body.length == 0) {
            out.send();
        } else {
            out.send(body);
        }
    }

    private static boolean compressible(Response response) {
        String type = response.header("Content-Type");
        return type != null
                && response.header("Content-Encoding") == null
                && (type.startsWith("text/")
                        || type.contains("json")
                        || type.contains("javascript")
                        || type.contains("svg"));
    }

    private static boolean accepts(ServerRequest in) {
        String accepted = header(in, "Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static @Nullable String header(ServerRequest in, String name) {
        HeaderName known = NAMES.computeIfAbsent(name, HeaderNames::create);
        if (!in.headers().contains(known)) {
            return null;
        }
        Header header = in.headers().get(known);
        // A repeated header is one list (RFC 9110 section 5.3); what takes one value refuses it then.
        return header.valueCount() == 1 ? header.get() : String.join(", ", header.allValues());
    }

    private static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] id = new char[16];
        for (int i = 0; i < id.length; i++) {
            id[i] = ID_LETTERS[random.nextInt(ID_LETTERS.length)];
        }
        return new String(id);
    }

    /** Lets running requests finish, refuses new ones. */
    @Override
    public void close() {
        server.stop();
        patience.close();
    }
}
