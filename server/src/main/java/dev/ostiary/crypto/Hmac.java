package dev.ostiary.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 with one or more keys, for cookie and webhook signatures: the first key signs, all of them verify, so a
 * key can be rotated without signing everybody out.
 */
public final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";

    /** RFC 2104 section 3 discourages keys shorter than the hash output; a guessable key makes every cookie forgeable. */
    private static final int SHORTEST_KEY = 16;

    private final List<SecretKeySpec> keys;

    private Hmac(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * @param keys at least one, newest first, each of at least 16 bytes
     * @throws IllegalArgumentException for none or a short one
     */
    public static Hmac withKeys(List<Secret> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("An HMAC needs a key");
        }
        return new Hmac(keys.stream().map(Secret::bytes).map(Hmac::key).toList());
    }

    public static Hmac withKey(byte[] key) {
        return new Hmac(List.of(key(key)));
    }

    private static SecretKeySpec key(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("An HMAC key needs at least " + SHORTEST_KEY + " bytes");
        }
        return new SecretKeySpec(key, ALGORITHM);
    }

    /** 43 characters, base64url without padding. */
    public String sign(String text) {
        return Hashes.base64Url(mac(keys.getFirst(), text));
    }

    /** The 32 bytes themselves, where a wire format wants hex. */
    public byte[] signBytes(byte[] data) {
        return mac(keys.getFirst(), data);
    }

    /** As {@link #signBytes}, by each key, newest first: what was stored under the one before is found too. */
    public List<byte[]> signBytesWithEach(byte[] data) {
        return keys.stream().map(key -> mac(key, data)).toList();
    }

    /** Whether one of the keys made this signature; compared in constant time against each of them. */
    public boolean verify(String text, String signature) {
        boolean matches = false;
        for (SecretKeySpec key : keys) {
            matches |= ConstantTime.equal(Hashes.base64Url(mac(key, text)), signature);
        }
        return matches;
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        return mac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(SecretKeySpec key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 failed", e);
        }
    }

    @Override
    public String toString() {
        return "Hmac[" + keys.size() + " keys]";
    }
}
