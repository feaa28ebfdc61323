package dev.ostiary.oidc.tokens;

import dev.ostiary.crypto.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * {@code c_hash} and {@code s_hash} (OpenID Connect Core section 3.3.2.11, FAPI 1.0 Part 2 section 5.1): they bind what
 * travels beside an ID token to its signature.
 */
final class LeftHash {
    private LeftHash() {}

    /** The left half of the hash that belongs to the token's own algorithm; Ed25519 hashes by SHA-512 itself. */
    static String of(String value, String algorithm) {
        String bits = algorithm.startsWith("Ed") ? "512" : algorithm.substring(algorithm.length() - 3);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-" + bits).digest(value.getBytes(StandardCharsets.UTF_8));
            return Hashes.base64Url(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("No hash goes with " + algorithm, e);
        }
    }
}
