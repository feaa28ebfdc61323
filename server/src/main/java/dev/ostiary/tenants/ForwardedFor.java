package dev.ostiary.tenants;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code X-Forwarded-For}. Each proxy appends the address it was asked from, so only what our own proxies have
 * written counts, from the end: all before it is the visitor's word (SI4).
 */
final class ForwardedFor {
    private ForwardedFor() {}

    /**
     * @param header several lines joined by commas; null if there was none
     * @param hops how many proxies of ours there are, at least one; of a shorter list the first is taken
     * @return in the form that Java gives it; empty if there is none, or something that is no address
     */
    static Optional<String> client(@Nullable String header, int hops) {
        if (header == null) {
            return Optional.empty();
        }
        List<String> addresses = new ArrayList<>();
        for (String part : header.split(",")) {
            // RFC 9110 section 5.6.1: empty members of a list are none.
            if (!part.isBlank()) {
                addresses.add(part.strip());
            }
        }
        return addresses.isEmpty() ? Optional.empty() : address(addresses.get(Math.max(0, addresses.size() - hops)));
    }

    /** Some proxies write the port too, and an IPv6 address in brackets then. */
    private static Optional<String> address(String text) {
        String host = text;
        int end = text.indexOf(']');
        if (text.startsWith("[") && end > 0) {
            host = text.substring(1, end);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            host = text.substring(0, text.indexOf(':'));
        }
        if (host.indexOf('%') >= 0) {
            // A zone is a word about the proxy's own links, and would be looked up among ours.
            host = host.substring(0, host.indexOf('%'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host).getHostAddress());
        } catch (IllegalArgumentException garbage) {
            return Optional.empty();
        }
    }
}
