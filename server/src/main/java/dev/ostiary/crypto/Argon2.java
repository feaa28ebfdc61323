package dev.ostiary.crypto;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One Argon2 digest with its parameters (RFC 9106), read from and written to the PHC string format.
 *
 * @param memory in KiB
 */
record Argon2(Type type, int version, long memory, long passes, long lanes, byte[] salt, byte[] hash) {
    /** What new passwords get: the first choice of OWASP's cheat sheet. */
    static final int MEMORY = 19 * 1024;

    static final int PASSES = 2;
    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    /** Bounds of imported digests. The usual defaults of other systems reach 100 MiB, 16 passes, 8 lanes. */
    private static final int MOST_MEMORY = 128 * 1024;

    private static final int MOST_PASSES = 32;
    private static final int MOST_LANES = 16;
    private static final long MOST_WORK = 1024 * 1024;

    private static final Pattern PHC = Pattern.compile("\\$(argon2i|argon2d|argon2id)(?:\\$v=(16|19))?"
            + "\\$m=([0-9]{1,18}),t=([0-9]{1,18}),p=([0-9]{1,18})"
            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,172})");

    enum Type {
        ARGON2D,
        ARGON2I,
        ARGON2ID
    }

    /** Parameters for a new password. */
    static Argon2 fresh(byte[] salt, byte[] hash) {
        return new Argon2(Type.ARGON2ID, 19, MEMORY, PASSES, 1, salt, hash);
    }

    /** Empty for anything that is no PHC string of Argon2; costs that are too high do parse. */
    static Optional<Argon2> parse(String phc) {
        Matcher matcher = PHC.matcher(phc);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Argon2(
                    Type.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                    matcher.group(2) == null ? 16 : Integer.parseInt(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    Long.parseLong(matcher.group(4)),
                    Long.parseLong(matcher.group(5)),
                    Base64.getDecoder().decode(matcher.group(6)),
                    Base64.getDecoder().decode(matcher.group(7))));
        } catch (IllegalArgumentException malformedBase64) {
            return Optional.empty();
        }
    }

    /** Whether verifying it once costs no more than a sign-in may. An import must not be a way to stop the server. */
    boolean isAffordable() {
        return passes >= 1
                && passes <= MOST_PASSES
                && lanes >= 1
                && lanes <= MOST_LANES
                && memory >= 8 * lanes
                && memory <= MOST_MEMORY
                && memory * passes <= MOST_WORK;
    }

    boolean isWeakerThanFresh() {
        return type != Type.ARGON2ID
                || version != 19
                || memory < MEMORY
                || passes < PASSES
                || salt.length < SALT_BYTES
                || hash.length < HASH_BYTES;
    }

    String phc() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$" + type.name().toLowerCase(Locale.ROOT) + "$v=" + version + "$m=" + memory + ",t=" + passes + ",p="
                + lanes + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }
}
