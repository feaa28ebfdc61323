package dev.ostiary.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Which addresses belong to the public internet, by the special-purpose registries of IANA (RFC 6890 and successors). */
final class PublicAddresses {
    private static final List<Cidr> SPECIAL_4 = ranges(
            "0.0.0.0/8", // this machine
            "10.0.0.0/8",
            "100.64.0.0/10", // carrier-grade NAT, and the metadata of one cloud
            "127.0.0.0/8",
            "168.63.129.16/32", // a cloud's host, though the range is public
            "169.254.0.0/16", // link-local: the metadata of most clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    private static final Cidr GLOBAL_6 = Cidr.of("2000::/3");

    private static final List<Cidr> SPECIAL_6 = ranges(
            "2001::/23", // Teredo and other tunnels: they carry an IPv4 address past this list
            "2001:db8::/32",
            "2002::/16", // 6to4, likewise
            "3fff::/20");

    /** A network without IPv4 reaches it through these (RFC 6052): the address inside is what counts. */
    private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        if (address instanceof Inet4Address) {
            return none(SPECIAL_4, address);
        }
        if (NAT64.contains(address)) {
            return none(SPECIAL_4, embedded(address));
        }
        return GLOBAL_6.contains(address) && none(SPECIAL_6, address);
    }

    private static boolean none(List<Cidr> ranges, InetAddress address) {
        return ranges.stream().noneMatch(range -> range.contains(address));
    }

    private static InetAddress embedded(InetAddress address) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Cidr> ranges(String... texts) {
        return Arrays.stream(texts).map(Cidr::of).toList();
    }
}
