package dev.ostiary.oidc.registration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of a registration beside its application.
 *
 * @param tokenHash SHA-256 of the registration access token
 * @param metadata members that the application has no place for
 * @param redirectHosts what the initial access token it was registered with had narrowed {@link RedirectHosts} to; that
 *     holds for its later changes too
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record RegisteredClient(
        String applicationId,
        byte[] tokenHash,
        ObjectNode metadata,
        Optional<List<String>> redirectHosts,
        Instant createdAt) {}
