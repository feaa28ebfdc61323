package dev.ostiary.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.Jwt;
import dev.ostiary.crypto.JwtRules;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Handler;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.keys.Keys;
import dev.ostiary.tenants.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stands before every management route: the token must be one of ours, for this tenant's Management API, with scope
 * {@code all}. Every change and every refusal becomes an event.
 */
public final class ManagementAccess {
    private static final String SCOPE = "all";
    private static final String BEARER = "Bearer ";
    /** A signature costs 300 µs to verify; a token seen within this time is not verified again. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    /**
     * @param keys the very key sets it was verified by: what a deleted key has signed is not remembered
     */
    private record Seen(String tenant, String token, List<Object> keys) {}

    private final Tenants tenants;
    private final Keys keys;
    private final JwtVerifier verifier;
    private final Events events;
    private final Clock clock;
    private final Cache<Seen, Caller> seen = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    public ManagementAccess(Tenants tenants, Keys keys, JwtVerifier verifier, Events events, Clock clock) {
        this.tenants = tenants;
        this.keys = keys;
        this.verifier = verifier;
        this.events = events;
        this.clock = clock;
    }

    /** Resource indicator of a tenant's Management API: fixed by the wire, wherever the tenant is served. */
    public static String indicator(String tenant) {
        return "https://" + tenant + ".logto.app/api";
    }

    public Response filter(Request request, Handler next) {
        Caller caller;
        try {
            caller = authenticate(request);
        } catch (AppException refusal) {
            recordRefusal(request, refusal);
            throw refusal;
        }
        request.attribute(Caller.ATTRIBUTE, caller);
        if (request.method().equals("GET") || request.method().equals("HEAD")) {
            return next.handle(request);
        }
        try {
            Response response = next.handle(request);
            events.publish(request.tenant(), change(request, caller).with("status", response.status()));
            return response;
        } catch (AppException refusal) {
            if (refusal.status() < 500) {
                events.publish(
                        request.tenant(),
                        change(request, caller).with("status", refusal.status()).failed(refusal.code()));
            }
            throw refusal;
        }
    }

    private Caller authenticate(Request request) {
        String header = request.header("Authorization");
        if (header == null || header.isBlank()) {
            throw AccessError.HEADER_MISSING.exception();
        }
        if (!header.startsWith(BEARER)) {
            throw AccessError.TYPE_NOT_SUPPORTED.exception(Map.of("supportedTypes", List.of("Bearer")));
        }
        Seen key = new Seen(request.tenant(), header.substring(BEARER.length()), keys(request.tenant()));
        Caller known = seen.getIfPresent(key);
        if (known != null && known.expiresAt().isAfter(clock.instant())) {
            return known;
        }
        Caller caller = verify(key);
        seen.put(key, caller);
        return caller;
    }

    private List<Object> keys(String tenant) {
        return List.of(keys.jwks(tenant), keys.jwks(Tenants.ADMIN));
    }

    private Caller verify(Seen token) {
        Jwt jwt;
        try {
            jwt = verifier.verify(token.token(), rules(token.tenant()));
        } catch (JoseException e) {
            throw AccessError.UNAUTHORIZED.exception(data(e));
        }
        String subject = jwt.subject().orElseThrow(AccessError.SUBJECT_MISSING::exception);
        Set<String> scopes = Set.copyOf(jwt.scopes());
        if (!scopes.contains(SCOPE)) {
            throw AccessError.FORBIDDEN.exception();
        }
        Instant expiresAt = jwt.findInstant("exp").orElse(Instant.EPOCH);
        return new Caller(subject, jwt.findString("client_id").orElse(""), scopes, expiresAt);
    }

    /** The tenant's own tokens, and those of the admin tenant, whose users administer it. */
    private JwtRules rules(String tenant) {
        JwtRules own = JwtRules.accessToken(tenants.issuer(tenant), keys.keySet(tenant), indicator(tenant));
        return tenant.equals(Tenants.ADMIN)
                ? own
                : own.andIssuer(tenants.issuer(Tenants.ADMIN), keys.keySet(Tenants.ADMIN));
    }

    private static Map<String, Object> data(JoseException e) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("code", e.code());
        data.put("name", e.wireName());
        if (e.claim() != null) {
            data.put("claim", e.claim());
        }
        if (e.reason() != null) {
            data.put("reason", e.reason());
        }
        return data;
    }

    private static Event change(Request request, Caller caller) {
        Event event = Event.of("ManagementApi." + request.method())
                .application(caller.clientId())
                .from(request)
                .with("path", request.path());
        return caller.isApplication() ? event : event.user(caller.subject());
    }

    private void recordRefusal(Request request, AppException refusal) {
        events.publish(
                request.tenant(),
                Event.of("ManagementApi." + request.method())
                        .from(request)
                        .with("path", request.path())
                        .with("status", refusal.status())
                        .failed(refusal.code()));
    }
}
