package dev.ostiary.mfa;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The key that an authenticator app and we share (RFC 6238): 160 bits where it is made here, in Base32 as people type it.
 */
record TotpSecret(String base32) {
    static final int BYTES = 20;

    private static final Pattern FORM = Pattern.compile("[A-Z2-7]{16,32}");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static TotpSecret of(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | b & 0xFF;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt(buffer >> bits & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt(buffer << (5 - bits) & 31));
        }
        return new TotpSecret(text.toString());
    }

    /** @throws dev.ostiary.errors.AppException 422 {@code user.totp_secret_invalid} */
    static TotpSecret imported(String base32) {
        if (!FORM.matcher(base32).matches()) {
            throw FactorError.TOTP_SECRET_INVALID.exception();
        }
        return new TotpSecret(base32);
    }

    /** What the QR code holds; apps agree on the form without a standard. */
    String uri(String issuer, String account) {
        return "otpauth://totp/" + encode(issuer) + ":" + encode(account) + "?secret=" + base32
                + "&period=30&digits=6&algorithm=SHA1&issuer=" + encode(issuer);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "TotpSecret";
    }
}
