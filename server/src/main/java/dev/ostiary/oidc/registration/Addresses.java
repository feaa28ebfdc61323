package dev.ostiary.oidc.registration;

import java.util.Arrays;

/** Network addresses as far as they tell who somebody is. */
final class Addresses {
    private Addresses() {}

    /** An IPv4 address; of IPv6 the network of 64 bits, within which its owner has all the addresses there are. */
    static String network(String address) {
        String plain =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        if (plain.indexOf(':') < 0 || plain.contains(".")) {
            return plain.substring(0, Math.min(plain.length(), 64));
        }
        String head = plain.contains("::") ? plain.substring(0, plain.indexOf("::")) : plain;
        String[] groups = head.split(":");
        StringBuilder network = new StringBuilder();
        for (String group : Arrays.copyOf(groups, 4)) {
            network.append(group == null || group.isEmpty() ? "0" : group).append(':');
        }
        return network.length() > 60 ? network.substring(0, 60) : network + ":/64";
    }
}
