package dev.ostiary.sso;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What providers have issued to users for their own APIs, sealed, one set for each identity. Whoever asks gets a token
 * that is good now: an expired one is refreshed first, by one caller of all nodes, because providers revoke everything
 * when a refresh token that they have replaced is used again.
 */
public final class SsoTokens {
    /** A token that ends while it travels is of no use. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** Longer than the one exchange that a refresh is; a node that dies with it does not hold it up for ever. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    private static final Duration WAIT = Duration.ofMillis(100);
    private static final int MOST_WAITS = 120;

    private final Database database;
    private final SsoConnectors connectors;
    private final Refresher refresher;
    private final Sealer sealer;
    private final Ids ids;
    private final Clock clock;

    /** Asks a provider for newer tokens. */
    @FunctionalInterface
    public interface Refresher {
        /** @throws AppException {@code connector.*}; fault {@code code_rejected} if the refresh token is good no more */
        TokenSet refresh(SsoConnector connector, String tenant, TokenSet older);
    }

    public SsoTokens(
            Database database, SsoConnectors connectors, Refresher refresher, Sealer sealer, Ids ids, Clock clock) {
        this.database = database;
        this.connectors = connectors;
        this.refresher = refresher;
        this.sealer = sealer;
        this.ids = ids;
        this.clock = clock;
    }

    /** Instead of what was there; but a refresh token stays where no newer one came (Google issues it once). */
    public void keep(Tx tx, SsoIdentity identity, TokenSet tokens) {
        TokenSet whole = tokens;
        if (tokens.refreshToken().isEmpty()) {
            Optional<Secret> older = SsoTokenStore.lock(tx, identity.id())
                    .flatMap(row -> unseal(tx.tenant(), row).refreshToken());
            whole = new TokenSet(tokens.accessToken(), older, tokens.expiresAt(), tokens.scope());
        }
        SsoTokenStore.put(
                tx, ids.standard(), identity.id(), sealed(tx.tenant(), identity.id(), whole), clock.instant());
    }

    /**
     * A token of this user that is good now. May call the provider: never inside a transaction.
     *
     * @throws AppException 404 if there is no such identity or no stored token, or the connector is not in use any more
     *     (AL7); 401 {@code secrets.third_party_token_set.access_token_expired}; {@code connector.*}
     */
    public TokenSet get(String tenant, String userId, String connectorId) {
        for (int waits = 0; waits < MOST_WAITS; waits++) {
            SsoConnector connector =
                    connectors.find(tenant, connectorId).orElseThrow(SsoError.IDENTITY_NOT_EXISTS::exception);
            SsoTokenStore.Row row = database.read(tenant, tx -> SsoTokenStore.find(tx, userId, connector.id()))
                    .orElseThrow(SsoError.IDENTITY_NOT_EXISTS::exception);
            if (!connector.isAvailable()
                    || !connector.enableTokenStorage()
                    || row.sealed().isEmpty()) {
                throw SsoError.TOKEN_NOT_FOUND.exception();
            }
            TokenSet tokens = unseal(tenant, row);
            if (!isOver(tokens)) {
                return tokens;
            }
            if (tokens.refreshToken().isEmpty()) {
                throw SsoError.ACCESS_TOKEN_EXPIRED.exception();
            }
            Instant now = clock.instant();
            if (database.write(tenant, tx -> SsoTokenStore.claim(tx, row, now, now.plus(CLAIM)))) {
                refresh(tenant, connector, row, tokens);
            } else {
                pause();
            }
        }
        throw SsoError.ACCESS_TOKEN_EXPIRED.exception();
    }

    /** The result is read again by the caller: meanwhile the user may have signed in anew, or have been unlinked. */
    private void refresh(String tenant, SsoConnector connector, SsoTokenStore.Row row, TokenSet older) {
        TokenSet newer;
        try {
            newer = refresher.refresh(connector, tenant, older);
        } catch (AppException refusal) {
            boolean forGood = refusal.data() instanceof Map<?, ?> data
                    && SsoFault.CODE_REJECTED.word().equals(data.get("fault"));
            TokenSet left = forGood
                    ? new TokenSet(older.accessToken(), Optional.empty(), older.expiresAt(), older.scope())
                    : older;
            replace(tenant, row, left);
            throw forGood ? SsoError.ACCESS_TOKEN_EXPIRED.exception() : refusal;
        }
        replace(tenant, row, newer);
    }

    private void replace(String tenant, SsoTokenStore.Row row, TokenSet tokens) {
        SsoTokenStore.Sealed sealed = sealed(tenant, row.identityId(), tokens);
        database.run(tenant, tx -> SsoTokenStore.replace(tx, row, sealed, clock.instant()));
    }

    private boolean isOver(TokenSet tokens) {
        return tokens.expiresAt()
                .filter(at -> !at.isAfter(clock.instant().plus(MARGIN)))
                .isPresent();
    }

    private SsoTokenStore.Sealed sealed(String tenant, String identityId, TokenSet tokens) {
        ObjectNode document =
                Json.object().put("accessToken", tokens.accessToken().reveal());
        tokens.refreshToken().ifPresent(token -> document.put("refreshToken", token.reveal()));
        return new SsoTokenStore.Sealed(
                sealer.seal(Json.write(document), context(tenant, identityId)),
                tokens.scope(),
                tokens.refreshToken().isPresent(),
                tokens.expiresAt());
    }

    private TokenSet unseal(String tenant, SsoTokenStore.Row row) {
        JsonNode document = Json.read(sealer.unseal(row.sealed(), context(tenant, row.identityId())));
        return new TokenSet(
                new Secret(document.path("accessToken").stringValue()),
                document.path("refreshToken").isString()
                        ? Optional.of(new Secret(document.path("refreshToken").stringValue()))
                        : Optional.empty(),
                row.expiresAt(),
                row.scope());
    }

    private static String context(String tenant, String identityId) {
        return tenant + "/sso-token-sets/" + identityId;
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SsoError.ACCESS_TOKEN_EXPIRED.exception();
        }
    }
}
