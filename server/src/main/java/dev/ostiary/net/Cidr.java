package dev.ostiary.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A range of addresses, as {@code 10.1.0.0/16} or {@code fd00::/8}. */
record Cidr(InetAddress network, int bits) {

    /** Of a constant. */
    static Cidr of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** Also of a single address; empty for anything else, host names among it. */
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            Optional<InetAddress> network = HostName.literal(address);
            if (network.isEmpty()) {
                return Optional.empty();
            }
            int most = network.get().getAddress().length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > most ? Optional.empty() : Optional.of(new Cidr(network.get(), bits));
        } catch (NumberFormatException | UnknownHostException notOne) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] one = network.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || (one[whole] & 0xFF) >> (8 - rest) == (other[whole] & 0xFF) >> (8 - rest);
    }
}
