package dev.ostiary.http;

import dev.ostiary.errors.CommonError;
import dev.ostiary.errors.ErrorCode;
import dev.ostiary.errors.Texts;
import dev.ostiary.json.Json;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the library refuses before it is a request: in the form of our own refusals, and without its own words. Where it
 * says that it failed itself, it could not read a client: faults of this program do not come as far as to it.
 */
final class Unreadable {
    private Unreadable() {}

    static DirectHandlers handlers() {
        DirectHandler handler = (request, type, told, headers, message) -> {
            Status status = type == EventType.INTERNAL_ERROR ? Status.BAD_REQUEST_400 : told;
            return TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .header(HeaderNames.CONTENT_TYPE, "application/json")
                    .keepAlive(false)
                    .entity(body(status.code()))
                    .build();
        };
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    private static byte[] body(int status) {
        ErrorCode error =
                switch (status) {
                    case 413 -> CommonError.BODY_TOO_LARGE;
                    case 503 -> CommonError.INTERNAL;
                    default -> CommonError.INVALID_REQUEST_INPUT;
                };
        Map<String, String> body = new LinkedHashMap<>();
        body.put("code", error.code());
        body.put("message", Texts.of(error.code(), "en", Map.of()));
        return Json.write(body).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
