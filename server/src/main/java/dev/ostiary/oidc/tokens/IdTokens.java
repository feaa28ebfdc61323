package dev.ostiary.oidc.tokens;

import dev.ostiary.applications.Application;
import dev.ostiary.crypto.JwtSigner;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.keys.Keys;
import dev.ostiary.oidc.CodeRequest;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.User;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ID tokens (OpenID Connect Core 1.0 section 2). */
public final class IdTokens {
    private final Tenants tenants;
    private final Keys keys;
    private final Claims ofUsers;
    private final Clock clock;

    public IdTokens(Tenants tenants, Keys keys, Claims ofUsers, Clock clock) {
        this.tenants = tenants;
        this.keys = keys;
        this.ofUsers = ofUsers;
        this.clock = clock;
    }

    /**
     * What the token will say of the user; empty if there is to be none. Costs statements only for what {@link Claims}
     * has to look up.
     *
     * @param told granted for this token
     */
    public Map<String, @Nullable Object> claims(Tx tx, Application client, Redeemable from, Disclosure told) {
        return told.scopes().contains(Scopes.OPENID)
                ? ofUsers.idToken(tx, client, from.grant().id(), from.user(), told, from.roleNames())
                : Map.of();
    }

    /**
     * The header has no {@code typ}; {@code aud} is one string, times are whole seconds rounded down: some clients take
     * nothing else, and none takes a time that has not come yet.
     *
     * @param ofUser from {@link #claims}
     * @return null if there is nothing to say
     */
    public @Nullable String sign(
            String tenant, Application client, Redeemable from, Map<String, @Nullable Object> ofUser) {
        if (ofUser.isEmpty()) {
            return null;
        }
        return sign(
                keys.signer(tenant, client.idTokenAlgorithm()),
                tenant,
                client,
                from.carried(),
                new LinkedHashMap<>(ofUser));
    }

    /**
     * For the answer of the authorization endpoint. It says of the user what the one of the token endpoint would (OpenID
     * Connect Core section 5.4); never {@code at_hash}, for no access token travels that way.
     *
     * @param told granted, {@code openid} among it
     * @param code that goes along, bound by {@code c_hash}
     * @param state of the request, bound by {@code s_hash}
     */
    public String inRedirect(
            Tx tx,
            Application client,
            String grantId,
            User user,
            Disclosure told,
            CodeRequest request,
            @Nullable String code,
            @Nullable String state) {
        JwtSigner signer = keys.signer(tx, client.idTokenAlgorithm());
        String algorithm = signer.algorithm();
        Map<String, @Nullable Object> claims = ofUsers.idToken(tx, client, grantId, user, told, null);
        if (code != null) {
            claims.put("c_hash", LeftHash.of(code, algorithm));
        }
        if (state != null) {
            claims.put("s_hash", LeftHash.of(state, algorithm));
        }
        return sign(signer, tx.tenant(), client, Carried.of(request), claims);
    }

    /** @param claims of this token alone; those of all are added */
    private String sign(
            JwtSigner signer,
            String tenant,
            Application client,
            Carried carried,
            Map<String, @Nullable Object> claims) {
        if (carried.nonce() != null) {
            claims.put("nonce", carried.nonce());
        }
        if (carried.sid() != null && client.oidcClientMetadata().wantsSid()) {
            claims.put("sid", carried.sid());
        }
        if (carried.authTime() != null) {
            claims.put("auth_time", carried.authTime());
        }
        if (carried.acr() != null) {
            claims.put("acr", carried.acr());
        }
        long now = clock.instant().getEpochSecond();
        claims.put("aud", client.id());
        claims.put("exp", now + client.customClientMetadata().idTokenLifetime().toSeconds());
        claims.put("iat", now);
        claims.put("iss", tenants.issuer(tenant));
        return signer.signJson("", Json.write(claims));
    }
}
