package dev.ostiary.oidc;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.Texts;
import dev.ostiary.http.ErrorRenderer;
import dev.ostiary.http.Handler;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every route below {@code /oidc} and turns what they throw into the body of RFC 6749 section 5.2, with the
 * {@code code} and {@code message} of the other APIs beside it.
 */
public final class OAuthErrors {
    private static final Logger log = LoggerFactory.getLogger(OAuthErrors.class);
    private static final String INVALID_GRANT_HELP = "https://openid.sh/debug/invalid_grant";
    /** Seconds, by status: a database that is away, and too much of something. */
    private static final Map<Integer, String> RETRY_AFTER = Map.of(503, "1", 429, "60");

    private static final Map<String, String> NO_STORE = Map.of("Cache-Control", "no-store", "Pragma", "no-cache");

    private OAuthErrors() {}

    /** The filter: {@code routes.with(OAuthErrors::filter)}. */
    public static Response filter(Request request, Handler next) {
        try {
            return next.handle(request);
        } catch (OAuthException refusal) {
            return render(request, refusal);
        } catch (AppException refusal) {
            return render(request, refusal);
        } catch (RuntimeException fault) {
            log.error("{} failed, request id {}", request.described(), request.id(), fault);
            return render(request, OAuthError.SERVER_ERROR.because("oops! something went wrong"));
        }
    }

    public static Response render(Request request, OAuthException refusal) {
        Response response = Response.json(refusal.status(), body(request, refusal));
        if (refusal.challenge() != null) {
            response = response.with("WWW-Authenticate", refusal.challenge());
        }
        return response.withDefaults(refusal.headers()).withDefaults(NO_STORE);
    }

    /**
     * The body, in the order of the wire: code, message, error_uri, error, error_description and what else there is. With
     * {@code parse_error=false} in the query the OAuth members alone.
     */
    public static Map<String, Object> body(Request request, OAuthException refusal) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!"false".equals(request.query().get("parse_error"))) {
            String code = code(refusal);
            body.put("code", code);
            body.put("message", Texts.of(code, request.language(), Map.of()));
            if (refusal.error() == OAuthError.INVALID_GRANT) {
                body.put("error_uri", INVALID_GRANT_HELP);
            }
        }
        body.put("error", refusal.error().word());
        body.put("error_description", refusal.description());
        body.putAll(refusal.members());
        return body;
    }

    private static String code(OAuthException refusal) {
        String description = refusal.description();
        boolean lostSession = (description.contains("session") && description.contains("not found"))
                || description.contains("authorization request has expired");
        return lostSession ? "session.not_found" : "oidc." + refusal.error().word();
    }

    /** A refusal of another room, in both vocabularies. What is over soon is the caller's to try again. */
    private static Response render(Request request, AppException refusal) {
        String retryAfter = RETRY_AFTER.get(refusal.status());
        OAuthError error = retryAfter != null
                ? OAuthError.TEMPORARILY_UNAVAILABLE
                : refusal.status() >= 500 ? OAuthError.SERVER_ERROR : OAuthError.INVALID_REQUEST;
        Map<String, Object> body = ErrorRenderer.body(request, refusal);
        body.putIfAbsent("error", error.word());
        body.putIfAbsent("error_description", Texts.of(refusal.code(), "en", refusal.interpolation()));
        if (refusal.status() >= 500) {
            log.warn("{} answered {}: {}", request.described(), refusal.status(), refusal.code());
        }
        Response response = Response.json(refusal.status(), body).withDefaults(NO_STORE);
        return retryAfter == null ? response : response.with("Retry-After", retryAfter);
    }
}
