package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Application;
import dev.ostiary.events.Event;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request to the token endpoint whose client is known. */
record TokenRequest(Request request, Application client, Params form) {
    /** Parameters that the log may show; the others are secrets, or worth as much. */
    private static final Set<String> SHOWN =
            Set.of("grant_type", "client_id", "redirect_uri", "scope", "resource", "organization_id");

    String tenant() {
        return request.tenant();
    }

    /** The event of this exchange, as far as it is known before the exchange. */
    Event event(GrantType type) {
        return event(request, form, type.eventName()).application(client.id());
    }

    static Event event(Request request, Params form, String eventName) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (String name : form.names()) {
            if (SHOWN.contains(name)) {
                List<String> values = form.all(name);
                shown.put(name, values.size() == 1 ? values.getFirst() : values);
            }
        }
        return Event.of("ExchangeTokenBy." + eventName).from(request).with("params", shown);
    }
}
