package dev.ostiary.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * SHA-256 in the shapes that are needed. Bearer secrets of ours carry at least 128 bits of chance, so one plain hash is
 * enough to store them; passwords do not, see {@link PasswordHasher}.
 */
public final class Hashes {
    private Hashes() {}

    public static byte[] sha256(byte[] data) {
        return digest("SHA-256").digest(data);
    }

    public static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** 43 characters, base64url without padding: a code, a token or a PKCE verifier (RFC 7636 section 4.6). */
    public static String sha256Base64Url(String text) {
        return base64Url(sha256(text));
    }

    /** 64 characters, lower-case hex. */
    public static String sha256Hex(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    /** 40 characters, lower-case hex. Only for services that speak SHA-1; it protects nothing. */
    public static String sha1Hex(String text) {
        return HexFormat.of().formatHex(digest("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Base64url without padding (RFC 4648 section 5). */
    public static String base64Url(byte[] data) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The runtime offers no " + algorithm, e);
        }
    }
}
