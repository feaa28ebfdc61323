package dev.ostiary.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * From where a request comes, as far as limits and people care. Whoever has one address of IPv6 has all of its /64 (SI4).
 *
 * @param key equal for what counts as one; an address that cannot be read is one by itself
 * @param shown so much of it that its owner knows it again: /24, for IPv6 /48
 */
public record Network(String key, String shown) {
    private static final int LONGEST = 64;

    public static Network of(String ip) {
        InetAddress address;
        try {
            // An IPv4 address mapped into IPv6 comes back as what it is.
            address = InetAddress.ofLiteral(ip);
        } catch (IllegalArgumentException unreadable) {
            String text = ip.length() > LONGEST ? ip.substring(0, LONGEST) : ip;
            return new Network("?" + text, "?");
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return new Network(
                    address.getHostAddress(),
                    (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + ".*");
        }
        HexFormat hex = HexFormat.of();
        return new Network(
                hex.formatHex(bytes, 0, 8),
                hex.formatHex(bytes, 0, 2) + ":" + hex.formatHex(bytes, 2, 4) + ":" + hex.formatHex(bytes, 4, 6)
                        + ":*");
    }
}
