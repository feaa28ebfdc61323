package dev.ostiary.oidc.tokens;

import dev.ostiary.applications.Application;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.oidc.Scopes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        return new NewRefreshToken(
                ids.token(),
                code.grant().id(),
                code.user().id(),
                code.clientId(),
                code.sessionUid(),
                code.endsWithSession(),
                Scopes.join(code.scope()),
                code.resources(),
                code.carried(),
                now,
                now,
                now.plus(client.customClientMetadata().refreshTokenLifetime()));
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

    /** What replaces the token. A browser application's does not live longer by being used; others begin anew. */
    public Rotation successor(
            Application client, StoredRefreshToken token, @Nullable NewAccessToken access, String value, Event event) {
        Redeemable found = token.redeemable();
        boolean browser = client.isPublicClient() && !client.isNative();
        Instant expiresAt = browser
                ? found.expiresAt()
                : clock.instant().plus(client.customClientMetadata().refreshTokenLifetime());
        return new Rotation(token.hash(), found.grant().id(), value, expiresAt, access, event);
    }

    /** A value for a successor. */
    public String newValue() {
        return ids.token();
    }
}
