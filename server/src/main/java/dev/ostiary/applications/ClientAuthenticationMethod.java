package dev.ostiary.applications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a client proves itself at the token endpoint (OpenID Connect Core 1.0 section 9). */
public enum ClientAuthenticationMethod {
    CLIENT_SECRET_BASIC,
    CLIENT_SECRET_POST,
    CLIENT_SECRET_JWT,
    PRIVATE_KEY_JWT,
    NONE;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
