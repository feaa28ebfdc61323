package dev.ostiary.experience;

import dev.ostiary.crypto.SealBrokenException;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoIdentity;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.TokenSet;
import dev.ostiary.verifications.EnterpriseSsoVerification;
import java.time.Instant;
import java.util.Optional;

/** The provider's tokens on their way from the answer to the account: sealed while the visit lasts. */
final class SsoTokenVault {
    private final Sealer sealer;
    private final SsoParts.TokenKeeper keeper;

    SsoTokenVault(SsoParts parts) {
        this.sealer = parts.sealer();
        this.keeper = parts.tokens();
    }

    private record Stored(String accessToken, Optional<String> refreshToken, Optional<Long> expiresAt, String scope) {}

    /** Empty if the connector keeps none. */
    Optional<String> seal(Visit visit, SsoConnector connector, SsoProfile profile) {
        if (!connector.enableTokenStorage()) {
            return Optional.empty();
        }
        return profile.tokens().map(tokens -> {
            Stored stored = new Stored(
                    tokens.accessToken().reveal(),
                    tokens.refreshToken().map(Secret::reveal),
                    tokens.expiresAt().map(Instant::toEpochMilli),
                    tokens.scope());
            return sealer.seal(Json.write(stored), context(visit));
        });
    }

    void keep(Tx tx, Visit visit, SsoIdentity identity, EnterpriseSsoVerification record) {
        record.sealedTokens()
                .flatMap(held -> unseal(visit, held))
                .ifPresent(tokens -> keeper.keep(tx, identity, tokens));
    }

    private Optional<TokenSet> unseal(Visit visit, String held) {
        try {
            Stored stored = Shape.of(Stored.class).read(Json.readStored(sealer.unseal(held, context(visit))));
            return Optional.of(new TokenSet(
                    new Secret(stored.accessToken),
                    stored.refreshToken.map(Secret::new),
                    stored.expiresAt.map(Instant::ofEpochMilli),
                    stored.scope));
        } catch (SealBrokenException broken) {
            return Optional.empty();
        }
    }

    private static String context(Visit visit) {
        return visit.tenant() + "/interactions/" + visit.interaction().auditId() + "/tokens";
    }
}
