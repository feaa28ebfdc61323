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

    /** A claim that is a string; empty if it is absent or of another type. */
    public Optional<String> findString(String claim) {
        return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public Optional<String> subject() {
        return findString("sub");
    }

    /** A claim in whole seconds since the epoch, as {@code exp}, {@code iat}, {@code auth_time}. */
    public Optional<Instant> findInstant(String claim) {
        return claims.get(claim) instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
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
