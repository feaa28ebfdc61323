package dev.ostiary.net;

import java.util.Locale;

/** Why an exchange did not happen, or ended early. */
public enum Fault {
    /** No absolute http or https address, or one in a spelling that readers take for different hosts. */
    NOT_A_URL,
    /** Plain http to a host that is not allowed by name or network. */
    NOT_HTTPS,
    HOST_NOT_FOUND,
    /** The host has an address that is not of the public internet. */
    PRIVATE_ADDRESS,
    /** Nobody listens there, or no route leads there. */
    REFUSED,
    TIMEOUT,
    /** No trusted encrypted connection: certificate expired, self-signed, of another host. */
    TLS,
    /** More body or headers than is read. */
    TOO_LARGE,
    /** The answer points elsewhere; that is not followed. */
    REDIRECTED,
    /** Not HTTP, or the connection broke. */
    BROKEN;

    /** For JSON: {@code private_address}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
