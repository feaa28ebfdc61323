package dev.ostiary.http;

/**
 * Where a request arrived: whose it is, and the origin its visitor sees.
 *
 * @param tenant id of the tenant addressed
 * @param origin scheme, host and port without a trailing slash, e.g. {@code http://localhost:3001}
 */
public record Site(String tenant, String origin) {
    public boolean isSecure() {
        return origin.startsWith("https://");
    }
}
