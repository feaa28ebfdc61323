package dev.ostiary.oidc.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Json;
import dev.ostiary.keys.Keys;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.OidcRoutes;
import dev.ostiary.oidc.discovery.DiscoveryDocument.Switches;
import dev.ostiary.tenants.Tenants;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code GET /oidc/.well-known/openid-configuration}, the same under {@code oauth-authorization-server}, both also where
 * RFC 8414 section 3.1 has them for an issuer with a path, and {@code GET /oidc/jwks}. Readable from any origin.
 */
public final class DiscoveryRoutes {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String JWK_SET = "application/jwk-set+json; charset=utf-8";
    private static final String REVALIDATE = "no-cache, max-age=0, must-revalidate";

    /** Origins come from Host headers, so their number is the clients' choice and memory is bounded. */
    private static final int MOST = 256;

    private final Tenants tenants;
    private final Keys keys;
    private final Predicate<String> registers;
    private final Predicate<String> readsDocuments;
    private final Cache<DocumentKey, StoredAnswer> documents =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Cache<String, KeySetAnswer> keySets =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private record DocumentKey(String tenant, String origin, List<String> algorithms, Switches switches) {}

    /** @param source the very array it was made of: another one means other keys */
    private record KeySetAnswer(byte[] source, StoredAnswer answer) {}

    /**
     * @param registers whether clients may register themselves at a tenant
     * @param readsDocuments whether a client id may be the URL of a document
     */
    public DiscoveryRoutes(Tenants tenants, Keys keys, Predicate<String> registers, Predicate<String> readsDocuments) {
        this.tenants = tenants;
        this.keys = keys;
        this.registers = registers;
        this.readsDocuments = readsDocuments;
    }

    public void mount(OidcRoutes oidc) {
        Routes open = oidc.open();
        open.get("/.well-known/openid-configuration", this::document);
        open.get("/.well-known/oauth-authorization-server", this::document);
        open.get("/jwks", this::jwks);
        Routes wellKnown = oidc.wellKnown();
        wellKnown.get("/openid-configuration/oidc", this::document);
        wellKnown.get("/oauth-authorization-server/oidc", this::document);
        wellKnown.route("OPTIONS", "/openid-configuration/oidc", Cors.preflight("GET"));
        wellKnown.route("OPTIONS", "/oauth-authorization-server/oidc", Cors.preflight("GET"));
        for (String path :
                new String[] {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/jwks"
                }) {
            open.route("OPTIONS", path, Cors.preflight("GET"));
        }
    }

    private Response document(Request request) {
        String tenant = request.tenant();
        DocumentKey key = new DocumentKey(
                tenant,
                request.site().origin(),
                keys.algorithms(tenant),
                new Switches(registers.test(tenant), readsDocuments.test(tenant)));
        StoredAnswer stored = documents.getIfPresent(key);
        if (stored == null) {
            byte[] body =
                    Json.bytes(DiscoveryDocument.of(tenants.issuer(tenant), key.origin, key.algorithms, key.switches));
            stored = new StoredAnswer(JSON, REVALIDATE, body);
            documents.put(key, stored);
        }
        return stored.to(request);
    }

    private Response jwks(Request request) {
        byte[] source = keys.jwks(request.tenant());
        KeySetAnswer stored = keySets.getIfPresent(request.tenant());
        if (stored == null || stored.source != source) {
            stored = new KeySetAnswer(source, new StoredAnswer(JWK_SET, REVALIDATE, source));
            keySets.put(request.tenant(), stored);
        }
        return stored.answer.to(request);
    }
}
