package dev.ostiary.scripts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of tokens that a script can add claims to; one script each. */
public enum CustomizedToken {
    /** Of users. */
    ACCESS_TOKEN("access-token", "jwt.accessToken", "AccessToken"),
    /** Of machines. */
    CLIENT_CREDENTIALS("client-credentials", "jwt.clientCredentials", "ClientCredentials");

    private final String path;
    private final String key;
    private final String kind;

    CustomizedToken(String path, String key, String kind) {
        this.path = path;
        this.key = key;
        this.kind = kind;
    }

    static Optional<CustomizedToken> find(String path) {
        return Arrays.stream(values()).filter(one -> one.path.equals(path)).findFirst();
    }

    /** As in URLs, and as {@code tokenType} of a test. */
    @JsonValue
    public String path() {
        return path;
    }

    /** As in the list. */
    public String key() {
        return key;
    }

    /** The word of audit entries, and {@code kind} of the token as a script sees it. */
    public String kind() {
        return kind;
    }
}
