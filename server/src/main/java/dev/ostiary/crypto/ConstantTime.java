package dev.ostiary.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Comparison of secrets whose duration tells nothing but their length. */
public final class ConstantTime {
    private ConstantTime() {}

    public static boolean equal(String a, String b) {
        return equal(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    public static boolean equal(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }
}
