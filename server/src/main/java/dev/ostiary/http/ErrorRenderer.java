package dev.ostiary.http;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.OAuthErrorCode;
import dev.ostiary.errors.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one renderer of API errors: {@code {code, message, data?, details?}}, in this order. What is no refusal is logged
 * with the request's id and told to the client as nothing but that.
 */
public final class ErrorRenderer {
    private static final Logger log = LoggerFactory.getLogger(ErrorRenderer.class);

    private ErrorRenderer() {}

    public static Response render(Request request, Throwable failure) {
        return switch (failure) {
            case AppException refusal
            when refusal.status() < 500 -> Response.json(refusal.status(), body(request, refusal));
            case AppException refusal -> {
                log.warn("{} answered {}: {}", request.described(), refusal.status(), refusal.code());
                Response response = Response.json(refusal.status(), body(request, refusal));
                yield refusal.status() == 503 ? response.with("Retry-After", "1") : response;
            }
            case MalformedJson malformed ->
                Response.json(400, Map.of("message", String.valueOf(malformed.getMessage())));
            default -> {
                log.error("{} failed, request id {}", request.described(), request.id(), failure);
                yield Response.json(500, Map.of("message", "Internal server error."));
            }
        };
    }

    /** The body alone, for answers that add to it. */
    public static Map<String, Object> body(Request request, AppException refusal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", refusal.code());
        if (refusal.data() != null) {
            body.put("data", refusal.data());
        }
        if (refusal.details() != null) {
            body.put("details", refusal.details());
        }
        body.put("message", Texts.of(refusal.code(), request.language(), refusal.interpolation()));
        if (refusal.error() instanceof OAuthErrorCode oauth) {
            body.put("error", oauth.oauthError());
            body.put("error_description", oauth.oauthDescription());
        }
        return body;
    }
}
