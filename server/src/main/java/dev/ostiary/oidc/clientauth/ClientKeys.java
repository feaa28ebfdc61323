package dev.ostiary.oidc.clientauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.applications.Application;
import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.KeySet;
import dev.ostiary.json.Json;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundAnswer;
import dev.ostiary.net.OutboundException;
import dev.ostiary.net.Remembered;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The public keys of clients: part of their settings, or behind an address of theirs, which is asked once an hour, and
 * oftener, but at most once a minute, when a key is not among those known.
 */
final class ClientKeys {
    private static final int MOST_ADDRESSES = 10_000;

    private final Outbound outbound;
    private final Remembered<URI, KeySet, Unreachable> remote;

    /** Settings are shared by the cache of applications: the same object means the same keys. */
    private final Cache<ObjectNode, KeySet> inline =
            Caffeine.newBuilder().weakKeys().maximumSize(MOST_ADDRESSES).build();

    /** The keys cannot be had. Why is nothing for the caller: it would learn what answers inside our network (SS3). */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreachable() {
            super("the keys of the client cannot be fetched", null, false, false);
        }
    }

    ClientKeys(Outbound outbound, Clock clock) {
        this.outbound = outbound;
        this.remote = new Remembered<>(clock, MOST_ADDRESSES, Unreachable.class);
    }

    /** Empty for a client that has none. */
    KeySet of(Application client) throws Unreachable {
        ObjectNode jwks = client.oidcClientMetadata().jwks().orElse(null);
        if (jwks != null) {
            return inline.get(jwks, ClientKeys::parsed);
        }
        String uri = client.oidcClientMetadata().jwksUri().orElse(null);
        return uri == null ? KeySet.of() : remote.get(URI.create(uri), this::ask);
    }

    /** After a key that is not known: what the address says now, or what it said less than a minute ago. */
    KeySet renewed(Application client) throws Unreachable {
        String uri = client.oidcClientMetadata().jwksUri().orElse(null);
        return uri == null ? of(client) : remote.renewed(URI.create(uri), this::ask);
    }

    private static KeySet parsed(ObjectNode jwks) {
        try {
            return KeySet.parse(Json.write(jwks));
        } catch (JoseException unusable) {
            return KeySet.of();
        }
    }

    private KeySet ask(URI address) throws Unreachable {
        try {
            OutboundAnswer answer = outbound.get(address, Map.of());
            if (answer.status() == 200) {
                return KeySet.parse(answer.text());
            }
        } catch (OutboundException | JoseException unusable) {
            throw new Unreachable();
        }
        throw new Unreachable();
    }
}
