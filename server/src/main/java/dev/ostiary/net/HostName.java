package dev.ostiary.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The host of an address in its one spelling. */
final class HostName {
    private static final Pattern DOTTED_QUAD =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

    /** What some reader takes for a number: {@code 2130706433}, {@code 0x7f.1}, {@code 0177.0.0.1}, {@code 127.1}. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

    private HostName() {}

    /**
     * Lower case, without the dot of the root and the brackets of IPv6.
     *
     * @return empty where readers differ about what is meant, which is how filters are passed (SS2)
     */
    static Optional<String> canonical(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) {
            // A zone ("%eth0") names an interface of this machine.
            return name.contains("%") ? Optional.empty() : Optional.of(name.substring(1, name.length() - 1));
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (NUMERIC.matcher(name).matches() && !DOTTED_QUAD.matcher(name).matches()) {
            return Optional.empty();
        }
        return name.isEmpty() || name.length() > 253 ? Optional.empty() : Optional.of(name);
    }

    /** The address that a canonical host states itself; empty for a name. Asks nobody. */
    static Optional<InetAddress> literal(String host) throws UnknownHostException {
        if (DOTTED_QUAD.matcher(host).matches()) {
            return Optional.of(InetAddress.getByName(host));
        }
        if (host.contains(":") && !host.contains("%")) {
            // An IPv4 address mapped into IPv6 comes back as what it is.
            InetAddress address = InetAddress.getByName("[" + host + "]");
            return address instanceof Inet6Address six && six.getScopeId() != 0
                    ? Optional.empty()
                    : Optional.of(address);
        }
        return Optional.empty();
    }
}
