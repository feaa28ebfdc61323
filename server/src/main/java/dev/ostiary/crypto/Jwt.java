package dev.ostiary.crypto;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A token that {@link JwtVerifier} accepted; there is no other way to one.
 *
 * @param header the protected header
 * @param claims as on the wire: strings, longs or doubles, booleans, lists, maps
 * @param issuer the issuer whose keys verified it
 */
public record Jwt(Map<String, Object> header, Map<String, Object> claims, String issuer) {
    /** The end of the year 9999. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    /** A claim that is a string; empty if it is absent or of another type. */
    public Optional<String> findString(String claim) {
        return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public Optional<String> subject() {
        return findString("sub");
    }

    /** A claim in whole seconds since the epoch, as {@code exp}, {@code iat}, {@code auth_time}. */
    public Optional<Instant> findInstant(String claim) {
        return claims.get(claim) instanceof Number seconds ? Optional.of(instant(seconds)) : Optional.empty();
    }

    /**
     * Whole seconds since the epoch. Claims hold any number that JSON can write: one outside of the years 1970 to 9999 is
     * the nearest moment in them, and so refused for its time like any other.
     */
    public static Instant instant(Number seconds) {
        return Instant.ofEpochSecond((long) Math.clamp(seconds.doubleValue(), 0.0, LAST_SECOND));
    }

    /** {@code aud}, which may be one string or a list on the wire. */
    public List<String> audience() {
        return strings(claims.get("aud"));
    }

    /** The values of {@code scope} (RFC 8693 section 4.2), in their order. */
    public List<String> scopes() {
        return findString("scope")
                .filter(scope -> !scope.isBlank())
                .map(scope -> List.of(scope.strip().split(" +")))
                .orElse(List.of());
    }

    static List<String> strings(@org.jspecify.annotations.Nullable Object claim) {
        if (claim instanceof String one) {
            return List.of(one);
        }
        if (claim instanceof List<?> many) {
            return many.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return List.of();
    }
}
