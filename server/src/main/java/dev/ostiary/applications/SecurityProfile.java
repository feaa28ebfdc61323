package dev.ostiary.applications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Rules of a standard that an application keeps as a whole. */
public enum SecurityProfile {
    /** FAPI 2.0 Security Profile: pushed requests, private_key_jwt, DPoP, PKCE, codes of a minute. */
    FAPI2;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
