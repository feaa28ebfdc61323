package dev.ostiary.applications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether access tokens are bound to a key of the client (RFC 9449). */
public enum Dpop {
    /** As on the wire: the header is not looked at. */
    OFF,
    /** Who sends a proof gets a bound token, others a bearer token. */
    OPTIONAL,
    /** No token without a proof. */
    REQUIRED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
