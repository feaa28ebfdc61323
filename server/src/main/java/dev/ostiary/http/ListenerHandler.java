package dev.ostiary.http;

import dev.ostiary.errors.CommonError;
import dev.ostiary.http.HttpServer.Arrival;
import dev.ostiary.http.HttpServer.Destination;
import dev.ostiary.http.HttpServer.Listener;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the library's requests and responses of one listener into ours. */
final class ListenerHandler implements io.helidon.webserver.http.Handler {
    private static final Logger log = LoggerFactory.getLogger(ListenerHandler.class);
    private static final int WORTH_COMPRESSING = 1024;
    private static final HeaderName REQUEST_ID = HeaderNames.create("Logto-Core-Request-Id");
    /** The library's form of the header names that this program uses: there are few, all written in the code. */
    private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();

    private static final char[] ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();

    private final Listener listener;
    private final Function<Arrival, Destination> resolver;
    private final Handler handler;
    private final Patience patience;
    private final Capacity capacity;

    ListenerHandler(
            Listener listener,
            Function<Arrival, Destination> resolver,
            Handler handler,
            Patience patience,
            Capacity capacity) {
        this.listener = listener;
        this.resolver = resolver;
        this.handler = handler;
        this.patience = patience;
        this.capacity = capacity;
    }

    @Override
    public void handle(ServerRequest in, ServerResponse out) {
        Body body = new Body(in, patience, capacity);
        try {
            handle(body, in, out);
        } finally {
            body.release();
        }
    }

    private void handle(Body body, ServerRequest in, ServerResponse out) {
        Destination destination;
        try {
            destination = resolver.apply(arrival(in));
        } catch (RuntimeException | Error e) {
            log.error("No tenant could be told for a request", e);
            out.status(Status.INTERNAL_SERVER_ERROR_500)
                    .header(HeaderValues.CONNECTION_CLOSE)
                    .send();
            throw new CloseConnectionException("Nobody reads the body of this request", e);
        }
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
            requireTarget(request.path());
            response = handler.handle(request);
        } catch (RuntimeException | Error e) {
            response = ErrorRenderer.render(request, e);
        }
        boolean isLast = capacity.isCrowded() || in.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        if (isLast || body.isBroken()) {
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

    private Arrival arrival(ServerRequest in) {
        return new Arrival(
                listener.name(),
                listener.tls() != null,
                in.authority(),
                in.remotePeer().host(),
                header(in, "X-Forwarded-Proto"),
                header(in, "X-Forwarded-Host"),
                header(in, "X-Forwarded-For"));
    }

    /** The forms a target may have that are left when the library has taken the host out of it (RFC 9112 section 3.2). */
    private static void requireTarget(String path) {
        if (!path.startsWith("/") && !path.equals("*")) {
            throw CommonError.INVALID_REQUEST_INPUT.exception();
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
}
