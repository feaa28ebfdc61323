package dev.ostiary.oidc;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device that waits, as the person in front of the browser may know it.
 *
 * @param id of the device code, no secret
 * @param params what the device has asked for
 * @param ip from which the device has asked
 * @param isOwn this browser has confirmed the code
 * @param isTaken another browser has
 * @param isDecided granted or denied
 */
public record DeviceCode(
        String id,
        String clientId,
        ObjectNode params,
        String ip,
        String userAgent,
        boolean isOwn,
        boolean isTaken,
        boolean isDecided,
        Instant createdAt,
        Instant expiresAt) {

    public Optional<String> param(String name) {
        return Optional.ofNullable(params.path(name).asString(null));
    }
}
