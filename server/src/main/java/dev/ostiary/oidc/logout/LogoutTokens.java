package dev.ostiary.oidc.logout;

import dev.ostiary.applications.Application;
import dev.ostiary.base.Ids;
import dev.ostiary.json.Json;
import dev.ostiary.keys.Keys;
import dev.ostiary.tenants.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Logout tokens (OpenID Connect Back-Channel Logout 1.0 section 2.4). */
public final class LogoutTokens {
    static final String TYPE = "logout+jwt";
    static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration LIFETIME = Duration.ofMinutes(2);

    private final Tenants tenants;
    private final Keys keys;
    private final Ids ids;
    private final Clock clock;

    public LogoutTokens(Tenants tenants, Keys keys, Ids ids, Clock clock) {
        this.tenants = tenants;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * One for one try. It never holds a {@code nonce}, and its {@code typ} is its own: nobody can take it for an ID token,
     * nor that for it (LO2).
     *
     * @param client who is told, and has registered how: signed as its ID tokens are (section 2.6), and whether it wants the
     *     session's name beside the user's
     */
    String make(LogoutNotice notice, Application client) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", notice.userId());
        if (client.oidcClientMetadata().backchannelLogoutSessionRequired().orElse(false)) {
            claims.put("sid", notice.sid());
        }
        claims.put("events", Map.of(EVENT, Map.of()));
        claims.put("jti", ids.token());
        claims.put("aud", notice.clientId());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        claims.put("iss", tenants.issuer(notice.tenant()));
        return keys.signer(notice.tenant(), client.idTokenAlgorithm()).signJson(TYPE, Json.write(claims));
    }
}
