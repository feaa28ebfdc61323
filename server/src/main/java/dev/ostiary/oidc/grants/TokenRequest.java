package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Application;
import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.events.Event;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to the token endpoint whose client is known.
 *
 * @param jkt thumbprint of the key that the tokens are to be bound to (RFC 9449 section 5); null for bearer tokens
 */
record TokenRequest(Request request, Application client, Params form, @Nullable String jkt) {
    /** Parameters that the log may show; the others are secrets, or worth as much. */
    private static final Set<String> SHOWN = Set.of(
            "grant_type",
            "client_id",
            "redirect_uri",
            "scope",
            "resource",
            "organization_id",
            "subject_token_type",
            "actor_token_type");

    /** RFC 6749 section 7.1. */
    String tokenType() {
        return jkt == null ? "Bearer" : "DPoP";
    }

    /** Whether what a code or a refresh token is bound to is the key of this request. */
    boolean isBy(@Nullable String bound) {
        return bound == null || (jkt != null && ConstantTime.equal(bound, jkt));
    }

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
