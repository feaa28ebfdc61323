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
        return exchange(uri, new HttpUriRequestBase("GET", uri), headers);
    }

    /** Sends the form as {@code application/x-www-form-urlencoded}, in the map's order. */
    public OutboundAnswer postForm(URI uri, Map<String, String> form, Map<String, String> headers)
            throws OutboundException {
        HttpUriRequestBase request = new HttpUriRequestBase("POST", uri);
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_FORM_URLENCODED));
        return exchange(uri, request, headers);
    }

    /** Would this address be refused? Looks the name up, opens no connection. */
    public void check(URI uri) throws OutboundException {
        guard.check(uri);
    }

    private OutboundAnswer exchange(URI uri, HttpUriRequestBase request, Map<String, String> headers)
            throws OutboundException {
        AtomicBoolean late = new AtomicBoolean();
        // A server that sends a byte now and then passes every timeout of a socket: the whole is what is limited.
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                rules.exchangeTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            Target target = guard.check(uri);
            prepare(request, target, headers);
            return send(request, target, late);
        } finally {
            deadline.cancel(false);
        }
    }

    private static void prepare(HttpUriRequestBase request, Target target, Map<String, String> headers) {
        request.setScheme(target.scheme());
        request.setHeader("Accept", "application/json");
        // An inflated body is larger than what was counted on its way.
        request.setHeader("Accept-Encoding", "identity");
        headers.forEach(request::setHeader);
    }

    /** Tries the addresses in their order until one can be connected to. */
    private OutboundAnswer send(HttpUriRequestBase request, Target target, AtomicBoolean late)
            throws OutboundException {
        OutboundException last = new OutboundException(Fault.HOST_NOT_FOUND);
        for (InetAddress address : target.addresses()) {
            HttpHost host = new HttpHost(target.scheme(), address, target.host(), target.port());
            try (ClassicHttpResponse response = library.client().executeOpen(host, request, null)) {
                return answer(request, response);
            } catch (IOException | RuntimeException e) {
                last = new OutboundException(late.get() ? Fault.TIMEOUT : fault(e), e);
                if (late.get() || !isConnectFailure(e)) {
                    throw last;
                }
            }
        }
        throw last;
    }

    private OutboundAnswer answer(HttpUriRequestBase request, ClassicHttpResponse response)
            throws IOException, OutboundException {
        try {
            return read(response);
        } catch (OutboundException refused) {
            // Closing alone would first read to the end what we do not want.
            request.cancel();
            throw refused;
        }
    }

    private OutboundAnswer read(ClassicHttpResponse response) throws IOException, OutboundException {
        if (response.getCode() >= 300 && response.getCode() < 400) {
            throw new OutboundException(Fault.REDIRECTED);
        }
        Header encoding = response.getFirstHeader("Content-Encoding");
        if (encoding != null && !encoding.getValue().strip().equalsIgnoreCase("identity")) {
            throw new OutboundException(Fault.BROKEN);
        }
        byte[] body = body(response.getEntity());
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        return new OutboundAnswer(response.getCode(), headers, body);
    }

    private byte[] body(@Nullable HttpEntity entity) throws IOException, OutboundException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > rules.bodyLimit()) {
            throw new OutboundException(Fault.TOO_LARGE);
        }
        InputStream content = entity.getContent();
        byte[] body = content.readNBytes(rules.bodyLimit() + 1);
        if (body.length > rules.bodyLimit()) {
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
