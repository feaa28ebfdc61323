package dev.ostiary.base;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Ids and bearer secrets. The lengths and alphabets are wire format: clients and their databases have columns for them.
 *
 * <p>Production uses {@link SecureRandom}; a test may seed the chance.
 */
public final class Ids {
    private static final char[] LOWER = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final char[] ALNUM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final RandomGenerator random;

    public Ids(RandomGenerator random) {
        this.random = random;
    }

    public static Ids secure() {
        return new Ids(new SecureRandom());
    }

    /** 21 characters of {@code [0-9a-z]}: applications, resources, roles, log entries, verification records. */
    public String standard() {
        return pick(LOWER, 21);
    }

    /** 12 characters of {@code [0-9a-z]}: users, connectors, organizations. */
    public String brief() {
        return pick(LOWER, 12);
    }

    /** 32 characters of {@code [0-9A-Za-z]}, 190 bits: application secrets. */
    public String secret() {
        return pick(ALNUM, 32);
    }

    /** 43 characters of {@code [0-9A-Za-z_-]}, 256 bits: codes, opaque tokens, session and interaction ids. */
    public String token() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return BASE64URL.encodeToString(bytes);
    }

    /** Chance itself: keys of authenticator apps, backup codes. */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String pick(char[] alphabet, int length) {
        // Rejection sampling: a plain modulo would make the first letters of the alphabet likelier.
        int limit = 256 - 256 % alphabet.length;
        char[] id = new char[length];
        byte[] bytes = new byte[length * 2];
        int filled = 0;
        while (filled < length) {
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length && filled < length; i++) {
                int value = bytes[i] & 0xFF;
                if (value < limit) {
                    id[filled++] = alphabet[value % alphabet.length];
                }
            }
        }
        return new String(id);
    }
}
