package dev.ostiary.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What a name stands for. Tests bring their own. */
@FunctionalInterface
public interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The machine's. */
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
