package dev.ostiary.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A digest of another system: JSON text {@code ["<algorithm>", ["argument", "@", …], "<hash>"]} where {@code "@"} stands
 * for the password.
 *
 * <ul>
 *   <li>a digest name: hex of the digest of the concatenated arguments
 *   <li>{@code pbkdf2}: {@code [salt, iterations, key length, digest, "@"]}, the salt as text or {@code hex:…}; hex
 *   <li>{@code firebase-scrypt}: {@code [salt, signer key, salt separator, rounds, memory cost, "@"]} in Base64
 * </ul>
 */
record LegacyDigest(String method, List<String> arguments, String hash) {
    private static final String PASSWORD = "@";
    private static final int MOST_ITERATIONS = 2_000_000;

    /** A key length of 0 would make every password right. */
    private static final int SHORTEST_KEY = 8;

    private static final int LONGEST_KEY = 512;
    private static final int MOST_SCRYPT_MEMORY = 64 * 1024 * 1024;

    static LegacyDigest parse(String json) throws UnusableDigestException {
        LegacyDigest digest = read(json).orElseThrow(() -> refused(UnusableDigestException.Reason.LEGACY_FORMAT));
        switch (digest.method) {
            case "pbkdf2" -> digest.checkPbkdf2();
            case "firebase-scrypt" -> digest.checkScrypt();
            default -> checkAlgorithm(digest.method);
        }
        return digest;
    }

    private static Optional<LegacyDigest> read(String json) {
        try {
            List<Object> parts = JoseJson.array(json);
            if (parts.size() == 3
                    && parts.get(0) instanceof String method
                    && parts.get(1) instanceof List<?> arguments
                    && parts.get(2) instanceof String hash
                    && !hash.isEmpty()
                    && arguments.contains(PASSWORD)
                    && arguments.stream().allMatch(a -> a instanceof String || a instanceof Number)) {
                String name = method.equalsIgnoreCase("pbkdf2Sync") ? "pbkdf2" : method.toLowerCase(Locale.ROOT);
                return Optional.of(new LegacyDigest(
                        name, arguments.stream().map(LegacyDigest::text).toList(), hash));
            }
        } catch (ParseException malformed) {
            // Falls through to the same refusal.
        }
        return Optional.empty();
    }

    private static String text(Object argument) {
        return argument instanceof Number number ? Long.toString(number.longValue()) : (String) argument;
    }

    private void checkPbkdf2() throws UnusableDigestException {
        if (arguments.size() != 5 || number(1) < 1 || number(2) < SHORTEST_KEY || number(2) > LONGEST_KEY) {
            throw refused(UnusableDigestException.Reason.LEGACY_FORMAT);
        }
        checkAlgorithm(arguments.get(3));
        if (number(1) > MOST_ITERATIONS) {
            throw refused(UnusableDigestException.Reason.TOO_COSTLY);
        }
    }

    private static void checkAlgorithm(String name) throws UnusableDigestException {
        if (LegacyHash.named(name).isEmpty()) {
            throw refused(UnusableDigestException.Reason.LEGACY_ALGORITHM);
        }
    }

    private void checkScrypt() throws UnusableDigestException {
        if (arguments.size() != 6 || number(3) < 1 || number(4) < 1) {
            throw refused(UnusableDigestException.Reason.LEGACY_FORMAT);
        }
        if (number(3) > 64 || number(4) > 20 || 128L * number(3) * (1L << number(4)) > MOST_SCRYPT_MEMORY) {
            throw refused(UnusableDigestException.Reason.TOO_COSTLY);
        }
    }

    /** -1 for what is no number. */
    private int number(int index) {
        try {
            return Integer.parseInt(arguments.get(index));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static UnusableDigestException refused(UnusableDigestException.Reason reason) {
        return new UnusableDigestException(reason, "The legacy digest cannot be used: " + reason);
    }

    boolean verify(byte[] password) {
        try {
            return switch (method) {
                case "pbkdf2" -> ConstantTime.equal(pbkdf2(password), hash);
                case "firebase-scrypt" -> ConstantTime.equal(firebaseScrypt(password), base64(hash));
                default -> ConstantTime.equal(plain(password), hash);
            };
        } catch (IllegalArgumentException | GeneralSecurityException malformed) {
            return false;
        }
    }

    private String plain(byte[] password) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (String argument : arguments) {
            input.writeBytes(argument.equals(PASSWORD) ? password : argument.getBytes(StandardCharsets.UTF_8));
        }
        ExtendedDigest digest = LegacyHash.named(method).orElseThrow();
        return HexFormat.of().formatHex(LegacyHash.of(digest, input.toByteArray()));
    }

    private String pbkdf2(byte[] password) {
        String salt = arguments.get(0);
        byte[] saltBytes = salt.startsWith("hex:")
                ? HexFormat.of().parseHex(salt.substring("hex:".length()))
                : salt.getBytes(StandardCharsets.UTF_8);
        PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(
                LegacyHash.named(arguments.get(3)).orElseThrow());
        generator.init(password, saltBytes, number(1));
        KeyParameter key = (KeyParameter) generator.generateDerivedMacParameters(number(2) * 8);
        return HexFormat.of().formatHex(key.getKey());
    }

    private byte[] firebaseScrypt(byte[] password) throws GeneralSecurityException {
        ByteArrayOutputStream salt = new ByteArrayOutputStream();
        salt.writeBytes(base64(arguments.get(0)));
        salt.writeBytes(base64(arguments.get(2)));
        byte[] key = SCrypt.generate(password, salt.toByteArray(), 1 << number(4), number(3), 1, 32);
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        return cipher.doFinal(base64(arguments.get(1)));
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }
}
