package dev.ostiary.events;

import dev.ostiary.http.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, or was refused: who, what, from where.
 *
 * @param key the wire's word, e.g. {@code ExchangeTokenBy.AuthorizationCode}
 * @param error code of the refusal; null for success
 * @param details more facts; values under names such as {@code password} or {@code token} are masked before storage
 */
public record Event(
        String key,
        @Nullable String userId,
        @Nullable String applicationId,
        @Nullable String sessionUid,
        @Nullable String interactionId,
        @Nullable String error,
        @Nullable String ip,
        @Nullable String userAgent,
        Map<String, Object> details) {

    public static Event of(String key) {
        return new Event(key, null, null, null, null, null, null, null, Map.of());
    }

    public Event user(@Nullable String id) {
        return new Event(key, id, applicationId, sessionUid, interactionId, error, ip, userAgent, details);
    }

    public Event application(@Nullable String id) {
        return new Event(key, userId, id, sessionUid, interactionId, error, ip, userAgent, details);
    }

    public Event session(@Nullable String uid) {
        return new Event(key, userId, applicationId, uid, interactionId, error, ip, userAgent, details);
    }

    public Event interaction(@Nullable String id) {
        return new Event(key, userId, applicationId, sessionUid, id, error, ip, userAgent, details);
    }

    /** Marks a refusal. */
    public Event failed(String code) {
        return new Event(key, userId, applicationId, sessionUid, interactionId, code, ip, userAgent, details);
    }

    public Event with(String name, @Nullable Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        if (value != null) {
            more.put(name, value);
        }
        return new Event(key, userId, applicationId, sessionUid, interactionId, error, ip, userAgent, more);
    }

    public Event from(Request request) {
        return new Event(
                key,
                userId,
                applicationId,
                sessionUid,
                interactionId,
                error,
                request.clientIp(),
                request.userAgent(),
                details);
    }
}
