package dev.ostiary.oidc.tokens;

import dev.ostiary.applications.Application;
import dev.ostiary.json.Json;
import dev.ostiary.keys.Keys;
import dev.ostiary.tenants.Tenants;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ID tokens (OpenID Connect Core 1.0 section 2). */
public final class IdTokens {
    private final Tenants tenants;
    private final Keys keys;
    private final Clock clock;

    public IdTokens(Tenants tenants, Keys keys, Clock clock) {
        this.tenants = tenants;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The header has no {@code typ}; {@code aud} is one string, times are whole seconds rounded down: some clients take
     * nothing else, and none takes a time that has not come yet.
     *
     * @param scopes granted for this token
     */
    public String sign(String tenant, Application client, Redeemable from, Set<String> scopes) {
        Map<String, @Nullable Object> claims = Claims.idToken(from.user(), scopes, from.roleNames());
        Carried carried = from.carried();
        if (carried.nonce() != null) {
            claims.put("nonce", carried.nonce());
        }
        if (carried.sid() != null && wantsSession(client)) {
            claims.put("sid", carried.sid());
        }
        if (carried.authTime() != null) {
            claims.put("auth_time", carried.authTime());
        }
        long now = clock.instant().getEpochSecond();
        claims.put("aud", client.id());
        claims.put("exp", now + client.customClientMetadata().idTokenLifetime().toSeconds());
        claims.put("iat", now);
        claims.put("iss", tenants.issuer(tenant));
        return keys.signer(tenant).signJson("", Json.write(claims));
    }

    /** Only a client that is told of logouts can do something with the session's name. */
    private static boolean wantsSession(Application client) {
        return client.oidcClientMetadata().backchannelLogoutUri().isPresent()
                && client.oidcClientMetadata()
                        .backchannelLogoutSessionRequired()
                        .orElse(false);
    }
}
