package dev.ostiary.oidc.tokens;

import dev.ostiary.applications.Application;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.db.GroupedLookup;
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
    private final GroupedLookup<StoredRefreshToken> lookup;

    public RefreshTokens(Database database, Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
        this.lookup = new GroupedLookup<>(
                database, (tx, hashes) -> TokenStore.findRefreshTokens(tx, hashes, clock.instant()));
    }

    /** Whether a code of that scope is worth a refresh token to the client. */
    public boolean isDue(Application client, Redeemable code) {
        return client.allowsRefresh()
                && (code.scope().contains(Scopes.OFFLINE_ACCESS)
                        || (!client.isNative() && client.customClientMetadata().alwaysRefreshes()));
    }

    /**
     * The first of a chain.
     *
     * @param jkt thumbprint of the key of this exchange; binds the chain of a public client, which has no other proof
     */
    public NewRefreshToken first(Application client, Redeemable code, @Nullable String jkt) {
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
                code.carried().boundTo(client.isPublicClient() ? jkt : null),
                now,
                now,
                now.plus(client.customClientMetadata().refreshTokenLifetime()));
    }

    /** Replaced ones too: their reuse has to be noticed. Not inside a transaction: many requests share a statement. */
    public Optional<StoredRefreshToken> find(String tenant, String value) {
        return lookup.find(tenant, Hashes.sha256Hex(value));
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
    public NewRefreshToken successor(Application client, StoredRefreshToken token) {
        Redeemable found = token.redeemable();
        Instant now = clock.instant();
        boolean browser = client.isPublicClient() && !client.isNative();
        return new NewRefreshToken(
                ids.token(),
                found.grant().id(),
                found.user().id(),
                found.clientId(),
                found.sessionUid(),
                found.endsWithSession(),
                Scopes.join(found.scope()),
                found.resources(),
                found.carried(),
                token.chainBeganAt(),
                now,
                browser
                        ? found.expiresAt()
                        : now.plus(client.customClientMetadata().refreshTokenLifetime()));
    }
}
