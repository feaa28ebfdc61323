package dev.ostiary.oidc.tokens;

import dev.ostiary.applications.Application;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Tx;
import dev.ostiary.oidc.Scopes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Refresh tokens: who gets one, when it changes, how long it lives (RFC 9700 section 4.14). */
public final class RefreshTokens {
    /** A chain older than a Julian year rotates no more, so it ends with its last token. */
    private static final Duration OLDEST_CHAIN = Duration.ofHours(8766);

    private static final double WORN = 0.7;

    private final Ids ids;
    private final Clock clock;

    public RefreshTokens(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether a code of that scope is worth a refresh token to the client. */
    public boolean isDue(Application client, Redeemable code) {
        return client.allowsRefresh()
                && (code.scope().contains(Scopes.OFFLINE_ACCESS)
                        || (!client.isNative() && client.customClientMetadata().alwaysRefreshes()));
    }

    /** The first of a chain. */
    public NewRefreshToken first(Application client, Redeemable code) {
        Instant now = clock.instant();
        return token(code, now, now, now.plus(client.customClientMetadata().refreshTokenLifetime()));
    }

    public Optional<StoredRefreshToken> find(Tx tx, String value) {
        return TokenStore.findRefreshToken(tx, Hashes.sha256(value), clock.instant());
    }

    /**
     * Whether a use replaces the token. A public client's always: nobody else would notice a stolen one. A confidential
     * client's only when most of its life is over: its secret protects it.
     */
    public boolean rotates(Application client, StoredRefreshToken token) {
        Instant now = clock.instant();
        if (!client.customClientMetadata().rotates()
                || !now.isBefore(token.chainBeganAt().plus(OLDEST_CHAIN))) {
            return false;
        }
        Redeemable found = token.redeemable();
        Duration life = Duration.between(found.createdAt(), found.expiresAt());
        Duration lived = Duration.between(found.createdAt(), now);
        return client.isPublicClient() || lived.toMillis() >= life.toMillis() * WORN;
    }

    /** A browser application's token does not live longer by being used; others begin anew. */
    public NewRefreshToken successor(Application client, StoredRefreshToken token) {
        Redeemable found = token.redeemable();
        Instant now = clock.instant();
        boolean browser = client.isPublicClient() && !client.isNative();
        Instant expiresAt = browser
                ? found.expiresAt()
                : now.plus(client.customClientMetadata().refreshTokenLifetime());
        return token(found, token.chainBeganAt(), now, expiresAt);
    }

    private NewRefreshToken token(Redeemable from, Instant chainBeganAt, Instant now, Instant expiresAt) {
        return new NewRefreshToken(
                ids.token(),
                from.grant().id(),
                from.user().id(),
                from.clientId(),
                from.sessionUid(),
                from.endsWithSession(),
                Scopes.join(from.scope()),
                from.resources(),
                from.carried(),
                chainBeganAt,
                now,
                expiresAt);
    }
}
