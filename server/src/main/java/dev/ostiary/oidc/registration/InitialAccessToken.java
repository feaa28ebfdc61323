package dev.ostiary.oidc.registration;

import dev.ostiary.applications.ApplicationType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets its holder register clients (RFC 7591 section 3).
 *
 * @param maxUses how many registrations it is good for; null: any number
 * @param types narrower than what the tenant allows
 * @param redirectHosts likewise, see {@link RedirectHosts}
 * @param expiresAt null if it lives until it is revoked
 */
record InitialAccessToken(
        String id,
        String name,
        int uses,
        @Nullable Integer maxUses,
        Optional<List<ApplicationType>> types,
        Optional<List<String>> redirectHosts,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
