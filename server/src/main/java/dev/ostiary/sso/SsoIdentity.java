package dev.ostiary.sso;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * An account of a user at an enterprise identity provider.
 *
 * @param issuer with {@code identityId}: whose account it is, unique in the tenant
 * @param detail what the provider told last
 * @param updatedAt when it was last used to sign in
 */
public record SsoIdentity(
        String id,
        String userId,
        String issuer,
        String identityId,
        ObjectNode detail,
        String ssoConnectorId,
        Instant createdAt,
        Instant updatedAt) {}
