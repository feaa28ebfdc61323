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
import dev.ostiary.oidc.tokens.Redeemable;
import dev.ostiary.oidc.tokens.RefreshTokens;
import dev.ostiary.oidc.tokens.Rotation;
import dev.ostiary.oidc.tokens.StoredRefreshToken;
import dev.ostiary.resources.Resource;
import dev.ostiary.sessions.Grants;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code refresh_token} (RFC 6749 section 6), with rotation and detection of reuse (RFC 9700 section 4.14.2). */
public final class RefreshTokenGrant implements GrantType {
    private final Database database;
    private final Events events;
    private final Clock clock;
    private final Grants grants;
    private final UserAccess access;
    private final IdTokens idTokens;
    private final RefreshTokens refreshTokens;
    private final IssuedTokens issued;

    RefreshTokenGrant(
            Database database,
            Events events,
            Clock clock,
            Grants grants,
            UserAccess access,
            IdTokens idTokens,
            RefreshTokens refreshTokens,
            IssuedTokens issued) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.grants = grants;
        this.access = access;
        this.idTokens = idTokens;
        this.refreshTokens = refreshTokens;
        this.issued = issued;
    }

    @Override
    public String name() {
        return "refresh_token";
    }

    @Override
    public String eventName() {
        return "RefreshToken";
    }

    /**
     * 1. Is it this client's, alive, and its user too? One that was replaced before ends the grant.
     * 2. What is it worth today: scopes, resource.
     * 3. Store, in one commit with others: a token that rotates is spent and replaced by one statement.
     */
    @Override
    public TokenAnswer redeem(TokenRequest request) {
        OAuthForm.require(request.form(), "refresh_token");
        String tenant = request.tenant();
        String presented = request.form().first("refresh_token").orElseThrow();
        StoredRefreshToken token =
                database.read(tenant, tx -> refreshTokens.find(tx, presented)).orElseThrow(Outcome::invalidGrant);
        Redeemable found = token.redeemable();
        if (token.isConsumed() && found.clientId().equals(request.client().id())) {
            database.run(tenant, tx -> revoke(tx, request, found));
        }
        if (token.isConsumed() || !found.isGoodFor(request.client().id(), clock.instant())) {
            throw Outcome.invalidGrant();
        }
        Set<String> wanted = wanted(request, found);
        Optional<Resource> resource = access.target(tenant, request.form(), found, wanted);
        Access granted = resource.isPresent()
                ? database.read(tenant, tx -> access.issue(tx, found, wanted, resource.get()))
                : access.issueOpaque(found, wanted);
        return refreshTokens.rotates(request.client(), token)
                ? rotate(request, token, granted, wanted)
                : keep(request, presented, found, granted, wanted);
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

    private TokenAnswer keep(
            TokenRequest request, String presented, Redeemable found, Access granted, Set<String> wanted) {
        TokenAnswer answer = answer(request, found, granted, wanted, presented);
        Event event = event(request, found, answer);
        if (granted.stored() == null) {
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

    private TokenAnswer rotate(TokenRequest request, StoredRefreshToken token, Access granted, Set<String> wanted) {
        Application client = request.client();
        String successor = refreshTokens.newValue();
        TokenAnswer answer = answer(request, token.redeemable(), granted, wanted, successor);
        Event event = event(request, token.redeemable(), answer);
        Rotation rotation = refreshTokens.successor(client, token, granted.stored(), successor, event);
        if (!issued.rotate(request.tenant(), rotation)) {
            database.run(request.tenant(), tx -> revoke(tx, request, token.redeemable()));
            throw Outcome.invalidGrant();
        }
        return answer;
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

    private TokenAnswer answer(
            TokenRequest request, Redeemable found, Access granted, Set<String> wanted, String refreshToken) {
        Set<String> told = UserAccess.idTokenScopes(found, wanted);
        @Nullable
        String idToken = told.isEmpty() ? null : idTokens.sign(request.tenant(), request.client(), found, told);
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
