package dev.ostiary.oidc.logout;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.http.Request;
import dev.ostiary.json.Json;
import dev.ostiary.sessions.SessionCookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a confirmation is for; the value of the form's {@code xsrf}. Authenticated with a key made of the session's
 * cookie, which no other site can read: a foreign page cannot make one, and one of another session is worth nothing.
 *
 * @param clientId who sent the visitor here
 * @param redirectUri where they go afterwards
 * @param resume an interaction that goes on afterwards, as a path of ours
 */
record LogoutTicket(
        @Nullable String clientId, @Nullable String redirectUri, @Nullable String state, @Nullable String resume) {

    String seal(Request request) {
        String text = Hashes.base64Url(Json.bytes(this));
        return text + "." + key(request).sign(text);
    }

    /** Empty for anything that was not sealed in this session. */
    static Optional<LogoutTicket> open(Request request, String sealed) {
        int dot = sealed.indexOf('.');
        if (dot < 0 || !key(request).verify(sealed.substring(0, dot), sealed.substring(dot + 1))) {
            return Optional.empty();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(sealed.substring(0, dot));
            LogoutTicket ticket = Json.read(new String(json, StandardCharsets.UTF_8), LogoutTicket.class);
            // Without a session anybody can compute the key; no ticket may lead out of the resume URLs.
            boolean ours = ticket.resume == null || ticket.resume.matches("/oidc/(auth|device)/[A-Za-z0-9_-]{43}");
            return ours ? Optional.of(ticket) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException malformed) {
            return Optional.empty();
        }
    }

    /** Without a session there is nothing to protect; what the ticket says is checked again anyway. */
    private static Hmac key(Request request) {
        String session = SessionCookie.read(request).orElse("");
        return Hmac.withKey(Hashes.sha256("logout:" + request.tenant() + ":" + session));
    }
}
