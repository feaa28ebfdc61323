package dev.ostiary.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets that must be readable later (private keys, connector secrets) before they go to the database, so that a
 * dump of the database alone opens none of them.
 *
 * <p>Format: {@code v1.<key id>.<base64url of nonce (12), AES-256-GCM ciphertext, tag (16)>}. Version, key id and the
 * caller's <em>context</em> are authenticated as associated data. The context names the place, for example
 * {@code "default/keys/7x3…"}: without it somebody who may write to the database could copy the sealed secret of
 * another tenant into a row of his own and let the program unseal it for him (cut and paste, confused deputy).
 *
 * <p>The encryption key is derived from the key-encryption key with HKDF (RFC 5869), so that the same key-encryption key
 * may serve another purpose without the two meeting. Nonces are random: one key is good for 2^32 values (NIST SP
 * 800-38D section 8.3), far beyond a table of secrets.
 */
public final class Sealer {
    private static final String VERSION = "v1";
    private static final int KEK_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, SecretKeySpec> keys;
    private final String sealingKeyId;

    private Sealer(Map<String, SecretKeySpec> keys, String sealingKeyId) {
        this.keys = keys;
        this.sealingKeyId = sealingKeyId;
    }

    /** With one key-encryption key of 32 bytes. */
    public static Sealer fromKek(byte[] kek) {
        return fromKeks(List.of(kek));
    }

    /**
     * With several, newest first: the first seals, all of them unseal.
     *
     * @throws IllegalArgumentException if there is none, or one is not 32 bytes long or repeats a single byte
     */
    public static Sealer fromKeks(List<byte[]> keks) {
        if (keks.isEmpty()) {
            throw new IllegalArgumentException("Sealing needs a key-encryption key");
        }
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        keks.forEach(kek -> keys.put(keyId(kek), sealingKey(kek)));
        return new Sealer(keys, keyId(keks.getFirst()));
    }

    /** A new key-encryption key, for the first start. */
    public static byte[] newKek() {
        byte[] kek = new byte[KEK_BYTES];
        new SecureRandom().nextBytes(kek);
        return kek;
    }

    /**
     * Names the key that seals, without telling anything of it: what a node compares with the database at its start,
     * and what a log may hold.
     */
    public String fingerprint() {
        return sealingKeyId;
    }

    /** Signs for one purpose, with keys derived from the same: equal on all nodes, and of no use for another purpose. */
    public Hmac hmac(String purpose) {
        return Hmac.withKeys(keys.values().stream()
                .map(key -> Hmac.withKey(key.getEncoded()).sign("hmac\0" + purpose))
                .map(Secret::new)
                .toList());
    }

    /** Whether this value was sealed with a key older than the first: seal it again when it is next written. */
    public boolean needsResealing(String sealed) {
        return !sealed.startsWith(VERSION + "." + sealingKeyId + ".");
    }

    public String seal(String plain, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] text = plain.getBytes(StandardCharsets.UTF_8);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key(sealingKeyId), nonce, sealingKeyId, context);
            byte[] sealed = ByteBuffer.allocate(NONCE_BYTES + cipher.getOutputSize(text.length))
                    .put(nonce)
                    .put(cipher.doFinal(text))
                    .array();
            return VERSION + "." + sealingKeyId + "." + Hashes.base64Url(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    /**
     * @throws SealBrokenException if the value was changed, sealed for another context, or with a key that is not among
     *     ours
     */
    public String unseal(String sealed, String context) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw new SealBrokenException("Not a sealed value");
        }
        SecretKeySpec key = key(parts[1]);
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(parts[2]);
            if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
                throw new SealBrokenException("A sealed value was cut short");
            }
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, parts[1], context);
            byte[] plain = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | AEADBadTagException e) {
            throw new SealBrokenException("A sealed value was changed or belongs to another place");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    private SecretKeySpec key(String id) {
        SecretKeySpec key = keys.get(id);
        if (key == null) {
            throw new SealBrokenException("A value was sealed with a key this node does not have");
        }
        return key;
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String keyId, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((VERSION + "." + keyId + "." + context).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKeySpec sealingKey(byte[] kek) {
        return new SecretKeySpec(derive(kek, "ostiary sealing v1", 32), "AES");
    }

    private static String keyId(byte[] kek) {
        return Hashes.base64Url(derive(kek, "ostiary sealing key id v1", 9));
    }

    private static byte[] derive(byte[] kek, String purpose, int length) {
        if (kek.length != KEK_BYTES) {
            throw new IllegalArgumentException("A key-encryption key has " + KEK_BYTES + " bytes");
        }
        if (kek[0] == kek[1] && Arrays.mismatch(kek, 1, KEK_BYTES, kek, 0, KEK_BYTES - 1) < 0) {
            throw new IllegalArgumentException("A key-encryption key must be random");
        }
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(kek)
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 failed", e);
        }
    }

    @Override
    public String toString() {
        return "Sealer[" + sealingKeyId + "]";
    }
}
