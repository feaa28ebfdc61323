package dev.ostiary.crypto;

import java.util.Map;

/**
 * A token that was verified by the key it brought along.
 *
 * @param thumbprint of that key (RFC 7638), base64url
 */
public record OwnKeyJwt(Map<String, Object> claims, String thumbprint) {}
