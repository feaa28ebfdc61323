package dev.ostiary.oidc;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The code that a person reads from a device and types: eight letters of twenty, none of them a vowel, so that no word
 * arises, and no digit, so that nothing looks like another (RFC 8628 section 6.1). 34 bits: guessing is bounded by counting
 * (section 5.1).
 *
 * @param letters without the hyphen
 */
public record UserCode(String letters) {
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int LENGTH = 8;
    private static final Pattern WELL_FORMED = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
    private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}\\p{Pd}._]+");
    private static final int LONGEST_TYPED = 64;

    /** Each letter equally likely: a byte beyond the last whole round of the alphabet is thrown away. */
    static UserCode random(Ids ids) {
        int whole = 256 / ALPHABET.length() * ALPHABET.length();
        StringBuilder letters = new StringBuilder(LENGTH);
        while (letters.length() < LENGTH) {
            for (byte chance : ids.bytes(LENGTH)) {
                int value = chance & 0xff;
                if (value < whole && letters.length() < LENGTH) {
                    letters.append(ALPHABET.charAt(value % ALPHABET.length()));
                }
            }
        }
        return new UserCode(letters.toString());
    }

    /**
     * As people type it: in either case, with or without hyphen and blanks, in the wide letters of Asian keyboards too. Empty
     * for what can be no code.
     */
    public static Optional<UserCode> typed(String text) {
        if (text.length() > LONGEST_TYPED) {
            return Optional.empty();
        }
        String narrow = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC);
        String letters = BETWEEN.matcher(narrow).replaceAll("").toUpperCase(Locale.ROOT);
        return WELL_FORMED.matcher(letters).matches() ? Optional.of(new UserCode(letters)) : Optional.empty();
    }

    /** {@code XXXX-XXXX}, as devices show it. */
    public String shown() {
        return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
    }

    /**
     * As it is stored: all 34 bits of plain SHA-256 are tried out in minutes, so whoever has stolen the table must not have
     * the key.
     */
    byte[] mac(Hmac key) {
        return key.signBytes(letters.getBytes(StandardCharsets.US_ASCII));
    }

    /** As it may be stored, by each of the keys. */
    List<byte[]> macs(Hmac keys) {
        return keys.signBytesWithEach(letters.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "UserCode[***]";
    }
}
