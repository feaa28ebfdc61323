package dev.ostiary.tenants;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.db.Database;
import dev.ostiary.http.HttpServer.Arrival;
import dev.ostiary.http.HttpServer.Destination;
import dev.ostiary.http.Site;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which tenants there are, where each is served, and which of them a request addresses. */
public final class Tenants {
    /** The tenant whose users are the customers' users. */
    public static final String DEFAULT = "default";
    /** The tenant whose users administer the others. */
    public static final String ADMIN = "admin";

    private record Seen(String listener, String origin) {}

    /** Which site a host means; bounded, because hosts are the clients' words. */
    private final Cache<Seen, Site> sites =
            Caffeine.newBuilder().maximumSize(1_000).build();

    private final Map<String, String> origins;
    private final int proxyHops;

    /**
     * @param origins public origin of each tenant, without a trailing slash, by its id
     * @param proxyHops how many proxies of ours write X-Forwarded-For; 0: it, -Proto and -Host are nobody's we know
     */
    public Tenants(Map<String, String> origins, int proxyHops) {
        this.origins = Map.copyOf(origins);
        this.proxyHops = proxyHops;
    }

    public List<String> ids() {
        return List.of(DEFAULT, ADMIN);
    }

    /** The public origin as configured: what tokens and links carry, whatever a Host header says (PR1). */
    public String origin(String tenant) {
        String origin = origins.get(tenant);
        if (origin == null) {
            throw new IllegalArgumentException("No tenant " + tenant);
        }
        return origin;
    }

    /** The {@code iss} of the tenant's tokens. */
    public String issuer(String tenant) {
        return origin(tenant) + "/oidc";
    }

    /** Makes the rows of the built-in tenants; may run any number of times. */
    public void seed(Database database) {
        for (String tenant : ids()) {
            database.run("*", tx -> tx.update("INSERT INTO tenants (id) VALUES (:id) ON CONFLICT DO NOTHING")
                    .bind("id", tenant)
                    .execute());
        }
    }

    /** The tenant and visitor of a request. Listeners are named after their tenants. */
    public Destination resolve(Arrival arrival) {
        String scheme = arrival.secure() ? "https" : "http";
        String host = arrival.host();
        String ip = arrival.peerIp();
        if (proxyHops > 0) {
            String proto = firstOf(arrival.forwardedProto());
            if (proto != null && (proto.equals("https") || proto.equals("http"))) {
                scheme = proto;
            }
            String forwardedHost = firstOf(arrival.forwardedHost());
            if (forwardedHost != null) {
                host = forwardedHost;
            }
            ip = ForwardedFor.client(arrival.forwardedFor(), proxyHops).orElse(ip);
        }
        String seen = scheme + "://" + host.toLowerCase(Locale.ROOT);
        Seen key = new Seen(arrival.listener(), seen);
        Site site = sites.getIfPresent(key);
        if (site == null) {
            site = site(key, host);
            sites.put(key, site);
        }
        return new Destination(site, ip);
    }

    private Site site(Seen seen, String host) {
        String tenant = seen.listener;
        for (Map.Entry<String, String> entry : origins.entrySet()) {
            if (sameOrigin(entry.getValue(), seen.origin)) {
                tenant = entry.getKey();
            }
        }
        return new Site(tenant, plausible(host) ? seen.origin : origin(tenant));
    }

    /** A Host header is the client's word; one that is no host at all never reaches a link or a Location. */
    private static boolean plausible(String host) {
        return host.matches("[A-Za-z0-9.\\-_]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");
    }

    private static boolean sameOrigin(String configured, String seen) {
        if (configured.equals(seen)) {
            return true;
        }
        URI uri = URI.create(configured);
        return uri.getPort() < 0 && seen.equals(configured + (configured.startsWith("https:") ? ":443" : ":80"));
    }

    private static @Nullable String firstOf(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        return header.split(",", 2)[0].strip();
    }
}
