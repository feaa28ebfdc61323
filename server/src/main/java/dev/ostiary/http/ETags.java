package dev.ostiary.http;

import dev.ostiary.errors.CommonError;
import dev.ostiary.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Weak entity tags on successful GETs, and 304 where the client has the same already. A change that names the tag of what
 * it was made from ({@code If-Match}) is refused when somebody else was faster: no update is lost in silence.
 */
public final class ETags {
    private static final int LENGTH = 22;
    /** The state of the entity; what may follow is the state of an answer that tells more than the entity. */
    private static final Pattern STATE = Pattern.compile("\"([\\w-]{22})(?:\\.[\\w-]*)?\"");

    private ETags() {}

    public static Response filter(Request request, Handler next) {
        Response response = next.handle(request);
        if (!request.method().equals("GET") || response.status() != 200 || response.body().length == 0) {
            return response;
        }
        String tag = response.header("ETag");
        return answer(request, response, tag != null ? tag : of(response.body()));
    }

    /** Answers 304 if the request names the tag. */
    public static Response answer(Request request, Response response, String tag) {
        String known = request.header("If-None-Match");
        if (known != null && (known.equals("*") || known.contains(tag))) {
            return response.withoutBody(304).with("ETag", tag);
        }
        return response.with("ETag", tag);
    }

    public static String of(byte[] body) {
        return "W/\"" + digest(body) + "\"";
    }

    /** For the answer to a change: with the tag that GET would give it, so that the next change may name it. */
    public static Response tagged(Response response) {
        return response.with("ETag", of(response.body()));
    }

    /**
     * For an answer that tells more than the entity: its tag names the entity's state apart from that.
     *
     * @param entity what {@link #requireUnchanged} will be asked about
     */
    public static Response tagged(Response response, Object entity) {
        String tag = digest(Json.bytes(entity)) + "." + digest(response.body());
        return response.with("ETag", "W/\"" + tag + "\"");
    }

    /**
     * @param now the entity as GET shows it, read under a lock in the transaction that changes it
     * @throws dev.ostiary.errors.AppException 412 {@code entity.changed_meanwhile}
     */
    public static void requireUnchanged(Request request, Object now) {
        if (!isUnchanged(request, now)) {
            throw CommonError.CHANGED_MEANWHILE.exception();
        }
    }

    /** RFC 9110 section 13.1.1, with our weak tags; true for a request that sets no condition. */
    public static boolean isUnchanged(Request request, Object now) {
        String condition = request.header("If-Match");
        if (condition == null || condition.strip().equals("*")) {
            return true;
        }
        String state = digest(Json.bytes(now));
        return STATE.matcher(condition).results().anyMatch(tag -> tag.group(1).equals(state));
    }

    private static String digest(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
