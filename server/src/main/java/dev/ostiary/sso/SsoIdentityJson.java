package dev.ostiary.sso;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of identities. */
public final class SsoIdentityJson {
    private SsoIdentityJson() {}

    /** @param updatedAt when it was last used to sign in */
    public record View(
            String tenantId,
            String id,
            String userId,
            String issuer,
            String identityId,
            ObjectNode detail,
            long createdAt,
            long updatedAt,
            String ssoConnectorId) {

        public static View of(String tenant, SsoIdentity identity) {
            return new View(
                    tenant,
                    identity.id(),
                    identity.userId(),
                    identity.issuer(),
                    identity.identityId(),
                    identity.detail(),
                    identity.createdAt().toEpochMilli(),
                    identity.updatedAt().toEpochMilli(),
                    identity.ssoConnectorId());
        }
    }

    /** What an application may read of it. */
    public record Claim(String issuer, String identityId, ObjectNode detail) {}

    /** That tokens are stored, and what for; the tokens themselves only their user may read. */
    record TokenSecret(
            String tenantId,
            String id,
            String userId,
            String type,
            Metadata metadata,
            long createdAt,
            long updatedAt,
            String ssoConnectorId,
            String issuer,
            String identityId) {

        /** @param expiresAt seconds since 1970 */
        record Metadata(String scope, Optional<Long> expiresAt, String tokenType, boolean hasRefreshToken) {}

        static TokenSecret of(String tenant, SsoIdentity identity, SsoIdentityStore.TokenFacts facts) {
            return new TokenSecret(
                    tenant,
                    facts.id(),
                    identity.userId(),
                    "federated_token_set",
                    new Metadata(
                            facts.scope(),
                            facts.expiresAt().map(Instant::getEpochSecond),
                            "Bearer",
                            facts.hasRefreshToken()),
                    facts.createdAt().toEpochMilli(),
                    facts.updatedAt().toEpochMilli(),
                    identity.ssoConnectorId(),
                    identity.issuer(),
                    identity.identityId());
        }
    }

    /** One identity of a user. */
    record Single(View ssoIdentity, Optional<TokenSecret> tokenSecret) {}

    /** Of all identities. */
    record Listed(View ssoIdentity, String ssoConnectorId, Optional<TokenSecret> tokenSecret) {}

    /** An account at a social provider, as users store it. */
    record Social(ObjectNode identity, String target) {}

    record All(List<Social> socialIdentities, List<Listed> ssoIdentities) {}
}
