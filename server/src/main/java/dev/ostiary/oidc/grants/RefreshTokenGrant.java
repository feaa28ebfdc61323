package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.grants.UserAccess.Access;
import dev.ostiary.oidc.tokens.IdTokens;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.NewRefreshToken;
import dev.ostiary.oidc.tokens.Redeemable;
import dev.ostiary.oidc.tokens.Redemption;
import dev.ostiary.oidc.tokens.RefreshTokens;
import dev.ostiary.oidc.tokens.SingleUse;
import dev.ostiary.oidc.tokens.StoredRefreshToken;
import dev.ostiary.sessions.Grants;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code refresh_token} (RFC 6749 section 6), with rotation and detection of reuse (RFC 9700 section 4.14.2). */
public final class RefreshTokenGrant implements GrantType {
    static final String NAME = "refresh_token";

    private final Database database;
    private final Events events;
    private final Clock clock;
    private final Grants grants;
    private final UserAccess access;
    private final IdTokens idTokens;
    private final RefreshTokens refreshTokens;
    private final IssuedTokens issued;
    private final CustomClaims customClaims;

    RefreshTokenGrant(
            Database database,
            Events events,
            Clock clock,
            Grants grants,
            UserAccess access,
            IdTokens idTokens,
            RefreshTokens refreshTokens,
            IssuedTokens issued,
            CustomClaims customClaims) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.grants = grants;
        this.access = access;
        this.idTokens = idTokens;
        this.refreshTokens = refreshTokens;
        this.issued = issued;
        this.customClaims = customClaims;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String eventName() {
        return "RefreshToken";
    }

    /** What was presented, as one look finds it. */
    private sealed interface Look {
        /** It was replaced before: one of two holders is a thief. */
        record Replayed(Redeemable found) implements Look {}

        /**
         * @param told by the ID token of the user
         * @param facts for the script that adds claims, if there is one
         */
        record Good(
                StoredRefreshToken token,
                AccessVerdict verdict,
                Map<String, @Nullable Object> told,
                @Nullable ScriptFacts facts)
                implements Look {}
    }

    /**
     * 1. Is it this client's, alive, and its user too? One that was replaced before ends the grant.
     * 2. What is it worth today: scopes, API, organization.
     * 3. Store, in one commit with others: a token that rotates is spent and replaced by one statement.
     */
    @Override
    public TokenAnswer redeem(TokenRequest request) {
        OAuthForm.require(request.form(), "refresh_token");
        String tenant = request.tenant();
        String presented = request.form().first("refresh_token").orElseThrow();
        StoredRefreshToken token = refreshTokens.find(tenant, presented).orElseThrow(Outcome::invalidGrant);
        return switch (database.read(tenant, tx -> look(tx, request, token))) {
            case Look.Replayed replayed -> {
                database.run(tenant, tx -> revoke(tx, request, replayed.found));
                throw Outcome.invalidGrant();
            }
            case Look.Good good ->
                refreshTokens.rotates(request.client(), good.token)
                        ? rotate(request, good)
                        : keep(request, presented, good);
        };
    }

    /** On one connection; no statement where nothing but the user's own data is asked for. */
    private Look look(Tx tx, TokenRequest request, StoredRefreshToken token) {
        Application client = request.client();
        Redeemable found = token.redeemable();
        if (token.isConsumed() && found.clientId().equals(client.id())) {
            return new Look.Replayed(found);
        }
        if (token.isConsumed() || !found.isGoodFor(client.id(), clock.instant())) {
            throw Outcome.invalidGrant();
        }
        if (!request.isBy(found.carried().jkt())) {
            // A public client's token without its key (RFC 9449 section 5): stolen, but that is no reuse.
            throw Outcome.invalidGrant();
        }
        Set<String> wanted = wanted(request, found);
        AccessVerdict verdict = access.decide(tx, AccessDemand.of(request, found, wanted));
        return new Look.Good(
                token,
                verdict,
                idTokens.claims(tx, client, found, verdict.toldByIdToken()),
                customClaims.ofUser(tx, request, verdict, found, name()));
    }

    /** Narrower is allowed, wider is not (RT4). */
    private static Set<String> wanted(TokenRequest request, Redeemable found) {
        Set<String> asked = Scopes.parse(request.form().get("scope"));
        if (asked.isEmpty()) {
            return found.scope();
        }
        Set<String> missing = new LinkedHashSet<>(asked);
        missing.removeAll(found.scope());
        if (!missing.isEmpty()) {
            throw OAuthError.INVALID_SCOPE
                    .because("refresh token missing requested scope(s)")
                    .with("scope", Scopes.join(missing));
        }
        return asked;
    }

    private TokenAnswer keep(TokenRequest request, String presented, Look.Good good) {
        Redeemable found = good.token.redeemable();
        Access granted = issue(request, good);
        TokenAnswer answer = answer(request, good, granted, presented);
        Event event = event(request, found, answer);
        if (granted.stored() == null) {
            if (good.facts != null && isOver(request.tenant(), found)) {
                throw Outcome.invalidGrant();
            }
            events.publish(request.tenant(), event);
            return answer;
        }
        try {
            issued.store(request.tenant(), granted.stored(), event);
        } catch (AppException e) {
            if (e.error() == CommonError.RELATION_NOT_FOUND) {
                // Somebody revoked the grant between our look and our write.
                throw Outcome.invalidGrant();
            }
            throw e;
        }
        return answer;
    }

    /** A script had seconds in which the grant may have ended; a signed token, which is not stored, would not notice. */
    private boolean isOver(String tenant, Redeemable found) {
        return database.read(tenant, tx -> grants.find(tx, found.grant().id())).isEmpty();
    }

    private TokenAnswer rotate(TokenRequest request, Look.Good good) {
        Redeemable found = good.token.redeemable();
        Access granted = issue(request, good);
        NewRefreshToken successor = refreshTokens.successor(request.client(), good.token);
        TokenAnswer answer = answer(request, good, granted, successor.value());
        Redemption rotation = new Redemption(
                SingleUse.REFRESH_TOKEN,
                good.token.hash(),
                found.grant().id(),
                granted.stored(),
                successor,
                event(request, found, answer));
        if (!issued.redeem(request.tenant(), rotation)) {
            database.run(request.tenant(), tx -> revoke(tx, request, found));
            throw Outcome.invalidGrant();
        }
        return answer;
    }

    private Access issue(TokenRequest request, Look.Good good) {
        Map<String, Object> custom = customClaims.run(request, good.facts);
        return access.issue(request, good.token.redeemable(), good.verdict, custom);
    }

    private void revoke(Tx tx, TokenRequest request, Redeemable found) {
        if (grants.revoke(tx, found.grant().id())) {
            events.publish(
                    tx,
                    Event.of("RevokeGrants")
                            .from(request.request())
                            .application(request.client().id())
                            .user(found.user().id())
                            .with("reason", "A refresh token was used after it had been replaced")
                            .with("grantId", found.grant().id()));
        }
    }

    private TokenAnswer answer(TokenRequest request, Look.Good good, Access granted, String refreshToken) {
        String idToken = idTokens.sign(request.tenant(), request.client(), good.token.redeemable(), good.told);
        return new TokenAnswer(granted.value(), granted.lifetime(), idToken, refreshToken, granted.scope());
    }

    private Event event(TokenRequest request, Redeemable found, TokenAnswer answer) {
        return request.event(this)
                .user(found.user().id())
                .session(found.sessionUid())
                .with("tokenTypes", answer.tokenTypes())
                .with("scope", answer.scope());
    }
}
