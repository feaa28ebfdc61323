package dev.ostiary.oidc.clientauth;

import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Id and secret of an {@code Authorization: Basic} header. RFC 6749 section 2.3.1 has both form-encoded inside; half of
 * the clients in use send them raw. Both readings are kept, so a secret with {@code +}, {@code /} or {@code %} works from
 * either.
 */
record BasicCredentials(String id, String rawId, String secret, String rawSecret) {
    private static final String SCHEME = "basic ";

    /** @throws OAuthException {@code invalid_request} if it is no Basic header */
    static BasicCredentials parse(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw malformed();
        }
        String pair;
        try {
            byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()));
            pair = new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        int colon = pair.indexOf(':');
        if (colon <= 0 || pair.indexOf('\0') >= 0) {
            throw malformed();
        }
        String rawId = pair.substring(0, colon);
        String rawSecret = pair.substring(colon + 1);
        return new BasicCredentials(decoded(rawId), rawId, decoded(rawSecret), rawSecret);
    }

    private static OAuthException malformed() {
        return OAuthError.INVALID_REQUEST.because("invalid authorization header value format");
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException raw) {
            return text;
        }
    }

    @Override
    public String toString() {
        return "BasicCredentials[" + rawId + "]";
    }
}
