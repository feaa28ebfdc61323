package dev.ostiary.oidc.registration;

import dev.ostiary.json.InvalidValue;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where registered clients may have users sent: {@code host.example}, {@code *.host.example} for all below it,
 * {@code localhost} for the user's own machine, {@code scheme:} for an application installed there.
 */
final class RedirectHosts {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern ENTRY =
            Pattern.compile("(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*|\\[::1\\]|[a-z][a-z0-9+._-]*:");

    private RedirectHosts() {}

    static void check(List<String> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (!ENTRY.matcher(entries.get(i)).matches()) {
                throw new InvalidValue("Must be a host, *.host, or a scheme with its colon", "redirectHosts", i);
            }
        }
    }

    static boolean isLoopback(URI uri) {
        return uri.getHost() != null && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    /** @param uri one that may be registered at all */
    static boolean allow(List<String> entries, URI uri) {
        return entries.isEmpty() || entries.stream().anyMatch(entry -> allows(entry, uri));
    }

    private static boolean allows(String entry, URI uri) {
        if (entry.endsWith(":")) {
            return entry.equalsIgnoreCase(uri.getScheme() + ":");
        }
        if (uri.getHost() == null || !uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")) {
            return false;
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (entry.equals("localhost")) {
            return LOOPBACK.contains(host);
        }
        return entry.startsWith("*.") ? host.endsWith(entry.substring(1)) : host.equals(entry);
    }
}
