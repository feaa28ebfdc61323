package dev.ostiary.access;

import dev.ostiary.http.Request;
import java.time.Instant;
import java.util.Set;

/**
 * Who calls a management endpoint.
 *
 * @param subject id of the user, or of the application
 * @param clientId the application that holds the token
 */
public record Caller(String subject, String clientId, Set<String> scopes, Instant expiresAt) {
    static final String ATTRIBUTE = "caller";

    /** An application acting for itself has its own id as subject. */
    public boolean isApplication() {
        return subject.equals(clientId);
    }

    /** The caller that the access filter let through. */
    public static Caller of(Request request) {
        return request.attribute(ATTRIBUTE, Caller.class)
                .orElseThrow(() -> new IllegalStateException("Not behind the access filter"));
    }
}
