package dev.ostiary.net;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Decides where an address leads, once: what was checked is what is connected to (SS2). */
final class Guard implements AutoCloseable {
    /** Look-ups block a thread of the operating system each; a name server that hangs must not take more. */
    private static final int MOST_LOOKUPS = 8;

    private static final int MOST_WAITING = 64;

    private final OutboundRules rules;
    private final Resolver resolver;
    private final ThreadPoolExecutor lookups;

    /** @param host as certificate and Host header have it */
    record Target(String scheme, String host, int port, List<InetAddress> addresses) {}

    Guard(OutboundRules rules, Resolver resolver) {
        this.rules = rules;
        this.resolver = resolver;
        this.lookups = new ThreadPoolExecutor(
                MOST_LOOKUPS,
                MOST_LOOKUPS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("lookup-", 0).factory());
        lookups.allowCoreThreadTimeOut(true);
    }

    Target check(URI uri) throws OutboundException {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        // user@host: what a person reads first is not where it leads.
        if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getPort() == 0) {
            throw new OutboundException(Fault.NOT_A_URL);
        }
        int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return check(scheme, uri.getHost(), port, scheme.equals("https"));
    }

    /** @param encrypted nothing is sent in clear; otherwise the operator must vouch for the host */
    Target check(String scheme, String name, int port, boolean encrypted) throws OutboundException {
        String host = HostName.canonical(name).orElseThrow(() -> new OutboundException(Fault.NOT_A_URL));
        List<InetAddress> addresses = resolve(host);
        if (!rules.permits(host, addresses)) {
            throw new OutboundException(Fault.PRIVATE_ADDRESS);
        }
        if (!encrypted && !rules.allows(host, addresses)) {
            throw new OutboundException(Fault.NOT_HTTPS);
        }
        return new Target(scheme, host, port, addresses);
    }

    private List<InetAddress> resolve(String host) throws OutboundException {
        try {
            Optional<InetAddress> literal = HostName.literal(host);
            if (literal.isPresent()) {
                return List.of(literal.get());
            }
            List<InetAddress> found = lookUp(host);
            if (found.isEmpty()) {
                throw new OutboundException(Fault.HOST_NOT_FOUND);
            }
            return found;
        } catch (UnknownHostException e) {
            throw new OutboundException(Fault.HOST_NOT_FOUND, e);
        }
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException, OutboundException {
        Future<List<InetAddress>> lookup;
        try {
            lookup = lookups.submit(() -> resolver.resolve(host));
        } catch (RejectedExecutionException tooMany) {
            throw new OutboundException(Fault.TIMEOUT, tooMany);
        }
        try {
            return lookup.get(rules.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            lookup.cancel(false);
            throw new OutboundException(Fault.TIMEOUT, e);
        } catch (ExecutionException e) {
            throw new OutboundException(Fault.HOST_NOT_FOUND, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutboundException(Fault.BROKEN, e);
        }
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
