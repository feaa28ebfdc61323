package dev.ostiary.net;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the operator allows, and how much of it.
 *
 * @param networks whose addresses may be asked though they are private, by plain http too
 * @param hosts the same for names, whatever they resolve to
 * @param unguarded every address may be asked
 * @param connectTimeout for one connection and for one look-up of a name
 * @param exchangeTimeout from the call to the last byte of the body
 * @param bodyLimit in bytes
 * @param trusted certificates that vouch for servers, besides those the Java runtime trusts
 */
public record OutboundRules(
        List<Cidr> networks,
        Set<String> hosts,
        boolean unguarded,
        Duration connectTimeout,
        Duration exchangeTimeout,
        int bodyLimit,
        List<X509Certificate> trusted) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

    /** Nothing but https to the public internet. */
    public static OutboundRules strict() {
        return new OutboundRules(
                List.of(), Set.of(), false, Duration.ofSeconds(3), Duration.ofSeconds(5), 1_000_000, List.of());
    }

    /**
     * @param entries addresses, networks ({@code 10.1.0.0/16}) and host names
     * @throws IllegalArgumentException with the entry that is none of these
     */
    public OutboundRules allowing(List<String> entries) {
        List<Cidr> moreNetworks = new ArrayList<>(networks);
        Set<String> moreHosts = new LinkedHashSet<>(hosts);
        for (String entry : entries) {
            String text = entry.strip().toLowerCase(Locale.ROOT);
            Cidr.parse(text).ifPresentOrElse(moreNetworks::add, () -> moreHosts.add(name(text)));
        }
        return new OutboundRules(
                List.copyOf(moreNetworks),
                Set.copyOf(moreHosts),
                unguarded,
                connectTimeout,
                exchangeTimeout,
                bodyLimit,
                trusted);
    }

    private static String name(String text) {
        return HostName.canonical(text)
                .filter(host -> NAME.matcher(host).matches())
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    public OutboundRules withoutGuard() {
        return new OutboundRules(networks, hosts, true, connectTimeout, exchangeTimeout, bodyLimit, trusted);
    }

    public OutboundRules trusting(List<X509Certificate> certificates) {
        return new OutboundRules(
                networks, hosts, unguarded, connectTimeout, exchangeTimeout, bodyLimit, List.copyOf(certificates));
    }

    public OutboundRules within(Duration connect, Duration exchange) {
        return new OutboundRules(networks, hosts, unguarded, connect, exchange, bodyLimit, trusted);
    }

    /** Whether the operator vouches for all of these by name or network. */
    boolean allows(String host, List<InetAddress> addresses) {
        return unguarded
                || hosts.contains(host)
                || addresses.stream().allMatch(address -> networks.stream().anyMatch(range -> range.contains(address)));
    }

    /** Whether all of these may be asked: public, or vouched for. */
    boolean permits(String host, List<InetAddress> addresses) {
        return unguarded
                || hosts.contains(host)
                || addresses.stream()
                        .allMatch(address -> PublicAddresses.contains(address)
                                || networks.stream().anyMatch(range -> range.contains(address)));
    }
}
