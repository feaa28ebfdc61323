package dev.ostiary.applications;

import com.fasterxml.jackson.annotation.JsonValue;

/** What an application is, which settles how it proves itself and which grants it may use. */
public enum ApplicationType {
    /** Installed on a device: a public client (RFC 8252). */
    NATIVE("Native"),
    /** Runs in the browser: a public client. */
    SPA("SPA"),
    /** Runs on a server that renders pages: a confidential client. */
    TRADITIONAL("Traditional"),
    /** Acts for itself: a confidential client without users. */
    MACHINE_TO_MACHINE("MachineToMachine"),
    /** Behind an authenticating proxy. */
    PROTECTED("Protected"),
    /** A SAML service provider; made and changed by an API of its own. */
    SAML("SAML");

    private final String wire;

    ApplicationType(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    static ApplicationType of(String wire) {
        for (ApplicationType type : values()) {
            if (type.wire.equals(wire)) {
                return type;
            }
        }
        throw new IllegalArgumentException("No application type " + wire);
    }

    /** Whether the client cannot keep a secret (RFC 6749 section 2.1). */
    public boolean isPublic() {
        return this == NATIVE || this == SPA;
    }

    boolean mayBeThirdParty() {
        return this == TRADITIONAL || this == SPA || this == NATIVE;
    }
}
