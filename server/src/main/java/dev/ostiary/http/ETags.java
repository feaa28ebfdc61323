package dev.ostiary.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Weak entity tags on successful GETs, and 304 where the client has the same already. */
public final class ETags {
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
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return "W/\""
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(hash)
                            .substring(0, 22) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
