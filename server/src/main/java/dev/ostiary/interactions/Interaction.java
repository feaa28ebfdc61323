package dev.ostiary.interactions;

import dev.ostiary.crypto.Hashes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An authorization request that waits for its visitor.
 *
 * @param uid 43 characters, a bearer secret: whoever has it and its cookie may answer
 * @param request {@code params}: what the application asked; {@code prompt}: what is wanted of the visitor
 * @param experience how far the visitor is; null before the first step
 * @param answer set once, when the visitor is done: {@code {"login":{"accountId":…,"at":ms}, …}}
 * @param sessionUid the signed-in session that was there at the start
 */
public record Interaction(
        String uid,
        String clientId,
        ObjectNode request,
        @Nullable ObjectNode experience,
        @Nullable ObjectNode answer,
        @Nullable String sessionUid,
        Instant expiresAt) {
    /** Among the parameters, put there by us: which device waits. No client can send it. */
    public static final String DEVICE = "device";

    /** Where the browser goes when the visitor has answered. */
    public String returnTo(String origin) {
        return origin + resumePath();
    }

    /** As {@link #returnTo}, without the origin; below it the resume cookie is sent. */
    public String resumePath() {
        return (isOfDevice() ? "/oidc/device/" : "/oidc/auth/") + uid;
    }

    /** Whether a device waits for the answer (RFC 8628), not an application in this browser. */
    public boolean isOfDevice() {
        return request.path("params").has(DEVICE);
    }

    /** What logs call it: the uid itself would let a reader of logs finish the visitor's sign-in. */
    public String auditId() {
        return Hashes.sha256Base64Url(uid);
    }

    /** A parameter of the request, as the application sent it. */
    public Optional<String> param(String name) {
        JsonNode value = request.path("params").path(name);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    /** {@code login} or {@code consent}: what the visitor is wanted for. */
    public String prompt() {
        return request.path("prompt").path("name").asString("login");
    }
}
