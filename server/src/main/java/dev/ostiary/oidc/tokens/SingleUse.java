package dev.ostiary.oidc.tokens;

/** What is worth tokens once: whoever presents it first gets them, and nobody after that. */
public enum SingleUse {
    AUTHORIZATION_CODE("authorization_codes"),
    DEVICE_CODE("device_codes"),
    /** One that rotates (RFC 9700 section 4.14.2). */
    REFRESH_TOKEN("refresh_tokens");

    private final String table;

    SingleUse(String table) {
        this.table = table;
    }

    String table() {
        return table;
    }
}
