package dev.ostiary.oidc;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal in the words of OAuth. {@link OAuthErrors} renders it as JSON; the authorization endpoint sends it to the
 * redirect URI where that is known to be good. Made by {@link OAuthError#because(String)}. Immutable; the {@code with}
 * methods copy.
 */
public final class OAuthException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final OAuthError error;
    private final int status;
    private final String description;
    private final transient Map<String, String> members;
    private final @Nullable String challenge;
    private final transient Map<String, String> headers;

    private OAuthException(
            OAuthError error,
            int status,
            String description,
            Map<String, String> members,
            @Nullable String challenge,
            Map<String, String> headers) {
        // A refusal is no fault of ours: the stack trace would cost more than the rest of the answer.
        super(error.word() + ": " + description, null, false, false);
        this.error = error;
        this.status = status;
        this.description = description;
        this.members = members;
        this.challenge = challenge;
        this.headers = headers;
    }

    static OAuthException of(OAuthError error, int status, String description) {
        return new OAuthException(error, status, description, Map.of(), null, Map.of());
    }

    /** Adds a member to the body: {@code scope}, {@code state}, {@code iss}. */
    public OAuthException with(String member, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new OAuthException(error, status, description, more, challenge, headers);
    }

    /**
     * Adds {@code WWW-Authenticate} (RFC 9110 section 11.6.1).
     *
     * @param scheme {@code Basic}, {@code Bearer} or {@code DPoP}
     * @param withError whether error and description go along; a request without any credentials is not told of an
     *     error (RFC 6750 section 3.1)
     */
    public OAuthException withChallenge(String scheme, String realm, boolean withError) {
        StringBuilder header = new StringBuilder(scheme).append(" realm=").append(quoted(realm));
        if (withError) {
            header.append(", error=").append(quoted(error.word()));
            header.append(", error_description=").append(quoted(description));
            if (members.containsKey("scope")) {
                header.append(", scope=").append(quoted(members.getOrDefault("scope", "")));
            }
        }
        return new OAuthException(error, status, description, members, header.toString(), headers);
    }

    /** Says at the end of the challenge which algorithms a proof may have (RFC 9449 section 7.1). */
    public OAuthException withAlgorithms(String algorithms) {
        String extended = challenge + ", algs=" + quoted(algorithms);
        return new OAuthException(error, status, description, members, extended, headers);
    }

    /** Adds a header to the answer. */
    public OAuthException withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OAuthException(error, status, description, members, challenge, more);
    }

    /** A quoted-string of RFC 9110 section 5.6.4; what it cannot hold never gets near a header. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c >= ' ' && c < 127 ? c : '?');
            }
        }
        return quoted.append('"').toString();
    }

    public OAuthError error() {
        return error;
    }

    public int status() {
        return status;
    }

    public String description() {
        return description;
    }

    /** Further members of the body. */
    public Map<String, String> members() {
        return members == null ? Map.of() : members;
    }

    /** Further headers of the answer. */
    public Map<String, String> headers() {
        return headers == null ? Map.of() : headers;
    }

    public @Nullable String challenge() {
        return challenge;
    }
}
