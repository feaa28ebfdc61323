package dev.ostiary.sessions;

import dev.ostiary.json.Json;
import dev.ostiary.sessions.SessionStore.Listed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of {@code /api/users/{userId}/sessions} and {@code /api/my-account/sessions}. */
public final class SessionJson {
    private SessionJson() {}

    /**
     * Times in seconds.
     *
     * @param jti the wire's word for the value of the cookie. That is a bearer secret, which nobody is shown; this is
     *     {@code uid} again
     */
    public record Payload(
            long exp,
            long iat,
            String jti,
            String uid,
            String kind,
            long loginTs,
            String accountId,
            Map<String, Session.Authorization> authorizations) {}

    /**
     * @param lastSubmission what was proven at the last sign-in, and with which browser from where
     * @param clientId the application that asked for the last sign-in
     * @param expiresAt milliseconds
     */
    public record View(
            Payload payload,
            @Nullable ObjectNode lastSubmission,
            @Nullable String clientId,
            String accountId,
            long expiresAt) {

        static View of(Listed row) {
            Payload payload = new Payload(
                    row.session().expiresAt().getEpochSecond(),
                    row.createdAt().getEpochSecond(),
                    row.session().uid(),
                    row.session().uid(),
                    "Session",
                    row.signedInAt().getEpochSecond(),
                    row.userId(),
                    row.session().authorizations());
            return new View(
                    payload,
                    submission(row.submission(), row.clientInfo(), row.userId()),
                    text(row.clientInfo(), "clientId").orElse(null),
                    row.userId(),
                    row.session().expiresAt().toEpochMilli());
        }
    }

    /** What was proven at the last sign-in, and with which browser from where; null if nothing is known of it. */
    static @Nullable ObjectNode submission(@Nullable JsonNode stored, JsonNode clientInfo, String userId) {
        if (!(stored instanceof ObjectNode kept) || !kept.has("verificationRecords")) {
            return null;
        }
        ObjectNode submission = Json.object();
        submission.set("interactionEvent", kept.path("interactionEvent"));
        submission.put("userId", userId);
        submission.set("verificationRecords", kept.path("verificationRecords"));
        submission.set("signInContext", Json.tree(context(clientInfo)));
        return submission;
    }

    private static Map<String, String> context(JsonNode clientInfo) {
        Map<String, String> context = new LinkedHashMap<>();
        text(clientInfo, "ip").ifPresent(ip -> context.put("ip", ip));
        text(clientInfo, "userAgent").ifPresent(agent -> context.put("userAgent", agent));
        return context;
    }

    private static Optional<String> text(JsonNode document, String key) {
        return Optional.of(document.path(key)).filter(JsonNode::isString).map(JsonNode::asString);
    }

    public record All(List<View> sessions) {}

    /**
     * As {@link View}, for the user themselves.
     *
     * @param isCurrent whether the token that asks came from it
     */
    public record Own(
            Payload payload,
            @Nullable ObjectNode lastSubmission,
            @Nullable String clientId,
            String accountId,
            long expiresAt,
            boolean isCurrent) {

        static Own of(View view, @Nullable String currentUid) {
            return new Own(
                    view.payload(),
                    view.lastSubmission(),
                    view.clientId(),
                    view.accountId(),
                    view.expiresAt(),
                    view.payload().uid().equals(currentUid));
        }
    }

    public record AllOwn(List<Own> sessions) {}
}
