package dev.ostiary.oidc.tokens;

import dev.ostiary.applications.Application;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.db.GroupedLookup;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.keys.Keys;
import dev.ostiary.sessions.Grant;
import dev.ostiary.tenants.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Access tokens: opaque for our own userinfo and account endpoints, JWTs for API resources. */
public final class AccessTokens {
    /** Of an opaque token. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    private final Tenants tenants;
    private final Keys keys;
    private final Ids ids;
    private final Clock clock;
    private final GroupedLookup<AccessToken> lookup;

    public AccessTokens(Database database, Tenants tenants, Keys keys, Ids ids, Clock clock) {
        this.tenants = tenants;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
        this.lookup =
                new GroupedLookup<>(database, (tx, hashes) -> TokenStore.findAccessTokens(tx, hashes, clock.instant()));
    }

    /**
     * @param scope the part of what was granted that this token is for
     * @param claims that it is for besides
     * @param jkt thumbprint of the key that it is bound to; null for a bearer token
     */
    public NewAccessToken opaque(Redeemable from, String scope, Set<String> claims, @Nullable String jkt) {
        Instant now = clock.instant();
        return new NewAccessToken(
                ids.token(),
                from.grant().id(),
                from.user().id(),
                from.clientId(),
                from.sessionUid(),
                from.endsWithSession(),
                scope,
                claims,
                jkt,
                now,
                now.plus(LIFETIME));
    }

    /** The opaque token of a grant that is there for it alone. */
    public NewAccessToken exchanged(Grant grant, String scope, @Nullable String jkt) {
        Instant now = clock.instant();
        return new NewAccessToken(
                ids.token(),
                grant.id(),
                grant.userId(),
                grant.clientId(),
                null,
                false,
                scope,
                Set.of(),
                jkt,
                now,
                grant.expiresAt());
    }

    /**
     * With the tenant's keys at hand. They are read before a transaction is open: in one that would take a second
     * connection while it holds the first, and many at once would wait for each other.
     */
    public <T> T withKeys(String tenant, Supplier<T> work) {
        return keys.during(tenant, work);
    }

    /**
     * A signed token (RFC 9068). {@code scope} is there even when it is empty: clients read it without asking.
     *
     * @param subject the user, or the client itself
     * @param client whom it is given to
     * @param audience the resource's indicator or the organization's name, as one string
     * @param extras further claims; none of them replaces one of ours, but {@code jti} where it was told before
     * @param jkt thumbprint of the key that it is bound to (RFC 9449 section 6.1); null for a bearer token
     */
    public String jwt(
            String tenant,
            String subject,
            Application client,
            String audience,
            String scope,
            Duration lifetime,
            Map<String, ?> extras,
            @Nullable String jkt) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(extras);
        claims.putIfAbsent("jti", ids.token());
        claims.put("sub", subject);
        claims.put("iat", now);
        claims.put("exp", now + lifetime.toSeconds());
        claims.put("scope", scope);
        claims.put("client_id", client.id());
        claims.put("iss", tenants.issuer(tenant));
        claims.put("aud", audience);
        if (jkt != null) {
            claims.put("cnf", Map.of("jkt", jkt));
        }
        return keys.signer(tenant, client.accessTokenAlgorithm()).signJson("at+jwt", Json.write(claims));
    }

    /** An opaque token that is good now, with its user: one statement. Empty for anything else, JWTs included. */
    public Optional<AccessToken> find(Tx tx, String value) {
        return TokenStore.findAccessTokens(tx, List.of(Hashes.sha256Hex(value)), clock.instant()).values().stream()
                .findFirst();
    }

    /** The same where no transaction is open: many requests share a statement. */
    public Optional<AccessToken> find(String tenant, String value) {
        return lookup.find(tenant, Hashes.sha256Hex(value));
    }
}
