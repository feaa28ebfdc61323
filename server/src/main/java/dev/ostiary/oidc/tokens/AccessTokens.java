package dev.ostiary.oidc.tokens;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.keys.Keys;
import dev.ostiary.tenants.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Access tokens: opaque for our own userinfo and account endpoints, JWTs for API resources. */
public final class AccessTokens {
    /** Of an opaque token. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    private final Tenants tenants;
    private final Keys keys;
    private final Ids ids;
    private final Clock clock;

    public AccessTokens(Tenants tenants, Keys keys, Ids ids, Clock clock) {
        this.tenants = tenants;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param scope the part of what was granted that this token is for */
    public NewAccessToken opaque(Redeemable from, String scope) {
        Instant now = clock.instant();
        return new NewAccessToken(
                ids.token(),
                from.grant().id(),
                from.user().id(),
                from.clientId(),
                from.sessionUid(),
                from.endsWithSession(),
                scope,
                now,
                now.plus(LIFETIME));
    }

    /**
     * A signed token (RFC 9068). {@code scope} is there even when it is empty: clients read it without asking.
     *
     * @param subject the user, or the client itself
     * @param audience the resource's indicator, as one string
     */
    public String jwt(
            String tenant, String subject, String clientId, String audience, String scope, Duration lifetime) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", ids.token());
        claims.put("sub", subject);
        claims.put("iat", now);
        claims.put("exp", now + lifetime.toSeconds());
        claims.put("scope", scope);
        claims.put("client_id", clientId);
        claims.put("iss", tenants.issuer(tenant));
        claims.put("aud", audience);
        return keys.signer(tenant).signJson("at+jwt", Json.write(claims));
    }

    /** An opaque token that is good now, with its user: one statement. Empty for anything else, JWTs included. */
    public Optional<AccessToken> find(Tx tx, String value) {
        return TokenStore.findAccessToken(tx, value, clock.instant());
    }
}
