package dev.ostiary.audit;

import dev.ostiary.base.Ids;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.json.Json;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Writes events as log entries. */
public final class AuditLog implements Events.Sink {
    private static final String INSERT =
            """
            INSERT INTO logs (tenant_id, id, key, payload, user_id, application_id, created_at)
            SELECT :tenant, e.id, e.key, e.payload::jsonb, e.user_id, e.application_id, :eventTime
            FROM unnest(:eventId::text[], :eventKey::text[], :eventPayload::text[], :eventUser::text[],
                    :eventApplication::text[])
                WITH ORDINALITY AS e (id, key, payload, user_id, application_id, position)
            """;

    private final Ids ids;
    private final Clock clock;

    public AuditLog(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String insert() {
        return INSERT;
    }

    @Override
    public Map<String, Object> values(List<Event> events) {
        int count = events.size();
        String[] id = new String[count];
        String[] key = new String[count];
        String[] payload = new String[count];
        String[] user = new String[count];
        String[] application = new String[count];
        for (int i = 0; i < count; i++) {
            Event event = events.get(i);
            id[i] = ids.standard();
            key[i] = event.key();
            payload[i] = Json.write(payload(event));
            user[i] = event.userId();
            application[i] = event.applicationId();
        }
        return Map.of(
                "eventId",
                id,
                "eventKey",
                key,
                "eventPayload",
                payload,
                "eventUser",
                user,
                "eventApplication",
                application,
                "eventTime",
                clock.instant());
    }

    private static ObjectNode payload(Event event) {
        ObjectNode payload = Json.object();
        payload.put("key", event.key());
        payload.put("result", event.error() == null ? "Success" : "Error");
        put(payload, "error", event.error());
        put(payload, "ip", event.ip());
        put(payload, "userAgent", event.userAgent());
        put(payload, "userId", event.userId());
        String application = event.applicationId();
        boolean isUrl = application != null && application.startsWith("https://");
        put(payload, isUrl ? "cimdClientId" : "applicationId", application);
        put(payload, "sessionId", event.sessionUid());
        put(payload, "interactionId", event.interactionId());
        if (!event.details().isEmpty()) {
            payload.setAll((ObjectNode) Masking.apply(Json.tree(event.details())));
        }
        return payload;
    }

    private static void put(ObjectNode payload, String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            payload.put(name, value.replace("\0", ""));
        }
    }
}
