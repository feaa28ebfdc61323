package dev.ostiary.net;

import dev.ostiary.net.Guard.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/**
 * The one client with which the program asks other machines (SS1 to SS3). An exchange is bounded as a whole, in time and
 * in bytes; names are looked up once, every address is checked, and the connection goes to a checked one; redirects are
 * not followed; nothing is remembered between exchanges but open connections to checked addresses.
 */
public final class Outbound implements AutoCloseable {
    private final OutboundRules rules;
    private final Guard guard;
    private final HttpLibrary library;
    private final ScheduledThreadPoolExecutor deadlines;

    public Outbound(OutboundRules rules) {
        this(rules, Resolver.system());
    }

    public Outbound(OutboundRules rules, Resolver resolver) {
        this.rules = rules;
        this.guard = new Guard(rules, resolver);
        this.library = new HttpLibrary(rules);
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    public OutboundAnswer get(URI uri, Map<String, String> headers) throws OutboundException {
        return exchange(uri, new HttpUriRequestBase("GET", uri), headers, whole());
    }

    /** The body goes as UTF-8, of the type that the headers name. */
    public OutboundAnswer send(OutboundRequest wanted) throws OutboundException {
        HttpUriRequestBase request = new HttpUriRequestBase(wanted.method(), wanted.uri());
        if (wanted.body() != null) {
            request.setEntity(new StringEntity(wanted.body(), null, StandardCharsets.UTF_8.name(), false));
        }
        Bounds most = whole();
        Bounds bounds = new Bounds(
                wanted.within().compareTo(most.within) < 0 ? wanted.within() : most.within,
                Math.min(wanted.bodyLimit(), most.bodyLimit),
                true);
        return exchange(wanted.uri(), request, wanted.headers(), bounds);
    }

    /** Sends the form as {@code application/x-www-form-urlencoded}, in the map's order. */
    public OutboundAnswer postForm(URI uri, Map<String, String> form, Map<String, String> headers)
            throws OutboundException {
        HttpUriRequestBase request = new HttpUriRequestBase("POST", uri);
        request.setEntity(form(form));
        return exchange(uri, request, headers, whole());
    }

    private static StringEntity form(Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return new StringEntity(body, ContentType.APPLICATION_FORM_URLENCODED);
    }

    /**
     * As {@link #postForm}, for who is told something and has nothing to say to it: of the answer only the status counts.
     */
    public int tell(URI uri, Map<String, String> form) throws OutboundException {
        HttpUriRequestBase request = new HttpUriRequestBase("POST", uri);
        request.setEntity(form(form));
        return exchange(uri, request, Map.of(), new Bounds(rules.exchangeTimeout(), 0, false))
                .status();
    }

    /** Would this address be refused? Looks the name up, opens no connection. */
    public void check(URI uri) throws OutboundException {
        guard.check(uri);
    }

    /**
     * A connection for a protocol that is not HTTP, to a checked address; for mail servers. The caller closes it.
     *
     * @param whole after this time it is closed, whatever happens on it
     */
    public Line open(String host, int port, Line.Encryption encryption, Duration whole) throws OutboundException {
        Target target = guard.check("line", host, port, encryption != Line.Encryption.NONE);
        OutboundException last = new OutboundException(Fault.HOST_NOT_FOUND);
        for (InetAddress address : target.addresses()) {
            Line line = new Line(target.host(), rules);
            line.endBy(deadlines.schedule(line::expire, whole.toMillis(), TimeUnit.MILLISECONDS));
            try {
                line.connect(address, port, encryption);
                return line;
            } catch (IOException e) {
                line.close();
                last = new OutboundException(line.isLate() ? Fault.TIMEOUT : fault(e), e);
                if (line.isLate() || line.isConnected()) {
                    throw last;
                }
            }
        }
        throw last;
    }

    /**
     * How much of an exchange there may be.
     *
     * @param wanted whether the body is read
     */
    private record Bounds(Duration within, int bodyLimit, boolean wanted) {}

    private Bounds whole() {
        return new Bounds(rules.exchangeTimeout(), rules.bodyLimit(), true);
    }

    private OutboundAnswer exchange(URI uri, HttpUriRequestBase request, Map<String, String> headers, Bounds bounds)
            throws OutboundException {
        AtomicBoolean late = new AtomicBoolean();
        // A server that sends a byte now and then passes every timeout of a socket: the whole is what is limited.
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                bounds.within.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            Target target = guard.check(uri);
            prepare(request, target, headers);
            return send(request, target, late, bounds);
        } finally {
            deadline.cancel(false);
        }
    }

    private static void prepare(HttpUriRequestBase request, Target target, Map<String, String> headers) {
        request.setScheme(target.scheme());
        request.setHeader("Accept", "application/json");
        headers.forEach(request::setHeader);
        // An inflated body is larger than what was counted on its way.
        request.setHeader("Accept-Encoding", "identity");
    }

    /** Tries the addresses in their order until one can be connected to. */
    private OutboundAnswer send(HttpUriRequestBase request, Target target, AtomicBoolean late, Bounds bounds)
            throws OutboundException {
        OutboundException last = new OutboundException(Fault.HOST_NOT_FOUND);
        for (InetAddress address : target.addresses()) {
            HttpHost host = new HttpHost(target.scheme(), address, target.host(), target.port());
            try (ClassicHttpResponse response = library.client().executeOpen(host, request, null)) {
                return answer(request, response, bounds);
            } catch (IOException | RuntimeException e) {
                last = new OutboundException(late.get() ? Fault.TIMEOUT : fault(e), e);
                if (late.get() || !isConnectFailure(e)) {
                    throw last;
                }
            }
        }
        throw last;
    }

    private OutboundAnswer answer(HttpUriRequestBase request, ClassicHttpResponse response, Bounds bounds)
            throws IOException, OutboundException {
        try {
            if (!bounds.wanted && (response.getCode() < 300 || response.getCode() >= 400)) {
                // However much of it there is: closing would read it to the end.
                request.cancel();
                return new OutboundAnswer(response.getCode(), Map.of(), new byte[0]);
            }
            return read(response, bounds.bodyLimit);
        } catch (OutboundException refused) {
            // Closing alone would first read to the end what we do not want.
            request.cancel();
            throw refused;
        }
    }

    private OutboundAnswer read(ClassicHttpResponse response, int bodyLimit) throws IOException, OutboundException {
        if (response.getCode() >= 300 && response.getCode() < 400) {
            throw new OutboundException(Fault.REDIRECTED);
        }
        Header encoding = response.getFirstHeader("Content-Encoding");
        if (encoding != null && !encoding.getValue().strip().equalsIgnoreCase("identity")) {
            throw new OutboundException(Fault.BROKEN);
        }
        byte[] body = body(response.getEntity(), bodyLimit);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        return new OutboundAnswer(response.getCode(), headers, body);
    }

    private static byte[] body(@Nullable HttpEntity entity, int bodyLimit) throws IOException, OutboundException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > bodyLimit) {
            throw new OutboundException(Fault.TOO_LARGE);
        }
        InputStream content = entity.getContent();
        byte[] body = content.readNBytes(bodyLimit + 1);
        if (body.length > bodyLimit) {
            throw new OutboundException(Fault.TOO_LARGE);
        }
        return body;
    }

    private static boolean isConnectFailure(Exception e) {
        return e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof ConnectTimeoutException;
    }

    private static Fault fault(Exception e) {
        return switch (e) {
            case ConnectTimeoutException timeout -> Fault.TIMEOUT;
            case SocketTimeoutException timeout -> Fault.TIMEOUT;
            case ConnectException refused -> Fault.REFUSED;
            case NoRouteToHostException unreachable -> Fault.REFUSED;
            case SSLException tls -> Fault.TLS;
            case MessageConstraintException headers -> Fault.TOO_LARGE;
            default -> Fault.BROKEN;
        };
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        guard.close();
        library.close();
    }
}
