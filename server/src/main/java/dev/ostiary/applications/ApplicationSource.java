package dev.ostiary.applications;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who brought an application. What strangers say about themselves is never shown as if we had checked it (DR3). */
public enum ApplicationSource {
    /** Somebody who administers the tenant. */
    TENANT("Tenant"),
    /** It has registered itself (RFC 7591). */
    REGISTERED("Registered"),
    /** It is what a document says that somebody publishes; its id is the document's URL. */
    DOCUMENT("Document");

    private final String wire;

    ApplicationSource(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    static ApplicationSource of(String wire) {
        return wire.equals(REGISTERED.wire) ? REGISTERED : TENANT;
    }
}
