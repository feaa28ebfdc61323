package dev.ostiary.crypto;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a place that takes tokens demands of them. There is no rule set that demands nothing: issuers with their keys and
 * the kinds of token ({@code typ}) are always stated.
 *
 * @param issuers each accepted {@code iss} with the keys that may speak for it; the keys of one issuer never verify a
 *     token of another
 * @param types accepted values of {@code typ}, lower case, without {@code application/}; the empty text stands for a
 *     token without one
 * @param audiences one of them must be in {@code aud}; empty only where {@link #anyAudience} says so
 * @param leeway for {@code exp}, {@code nbf} and {@code iat} against clocks that differ
 * @param required claims that must be there
 * @param keyHintsIgnored whether members of the header that bring or point to a key are passed over; otherwise a token
 *     with one is refused. They are never followed
 * @param algorithms accepted of those that a key is good for; empty for all of them
 * @param expiredAllowed for {@code id_token_hint}, which is a hint after its expiry too (OpenID Connect Core 3.1.2.1)
 */
public record JwtRules(
        Map<String, KeySet> issuers,
        Set<String> types,
        Set<String> audiences,
        boolean anyAudience,
        Duration leeway,
        Set<String> required,
        boolean expiredAllowed,
        boolean keyHintsIgnored,
        Set<String> algorithms) {
    public JwtRules {
        issuers = Map.copyOf(issuers);
        if (issuers.isEmpty() || types.isEmpty()) {
            throw new IllegalArgumentException("Rules for tokens name an issuer and a typ");
        }
    }

    /** Access tokens (RFC 9068): {@code typ} is {@code at+jwt}, no leeway, {@code exp} required. */
    public static JwtRules accessToken(String issuer, KeySet keys, String audience) {
        return of(issuer, keys, "at+jwt").withAudience(audience);
    }

    /** @param types one or more; {@code ""} accepts a token without {@code typ} */
    public static JwtRules of(String issuer, KeySet keys, String... types) {
        Set<String> accepted = Set.of(types).stream().map(JwtRules::type).collect(Collectors.toUnmodifiableSet());
        return new JwtRules(
                Map.of(issuer, keys), accepted, Set.of(), false, Duration.ZERO, Set.of("exp"), false, false, Set.of());
    }

    /** RFC 7515 section 4.1.9: {@code application/} may be left out, media types ignore case. */
    static String type(String typ) {
        String lower = typ.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }

    /** Accepts tokens of a second issuer, verified by its own keys. */
    public JwtRules andIssuer(String issuer, KeySet keys) {
        Map<String, KeySet> all = new LinkedHashMap<>(issuers);
        all.put(issuer, keys);
        return new JwtRules(
                all, types, audiences, anyAudience, leeway, required, expiredAllowed, keyHintsIgnored, algorithms);
    }

    /** @throws IllegalArgumentException for an empty one: an unset audience must not mean that none is checked */
    public JwtRules withAudience(String... accepted) {
        if (accepted.length == 0 || List.of(accepted).contains("")) {
            throw new IllegalArgumentException("An expected audience is empty");
        }
        return new JwtRules(
                issuers,
                types,
                Set.copyOf(List.of(accepted)),
                false,
                leeway,
                required,
                expiredAllowed,
                keyHintsIgnored,
                algorithms);
    }

    /** Where the caller decides about {@code aud} itself (introspection, {@code id_token_hint}). */
    public JwtRules withAnyAudience() {
        return new JwtRules(
                issuers, types, Set.of(), true, leeway, required, expiredAllowed, keyHintsIgnored, algorithms);
    }

    public JwtRules withLeeway(Duration tolerated) {
        return new JwtRules(
                issuers,
                types,
                audiences,
                anyAudience,
                tolerated,
                required,
                expiredAllowed,
                keyHintsIgnored,
                algorithms);
    }

    public JwtRules withRequired(String... claims) {
        return new JwtRules(
                issuers,
                types,
                audiences,
                anyAudience,
                leeway,
                Set.of(claims),
                expiredAllowed,
                keyHintsIgnored,
                algorithms);
    }

    public JwtRules withExpiredAllowed() {
        return new JwtRules(
                issuers, types, audiences, anyAudience, leeway, required, true, keyHintsIgnored, algorithms);
    }

    /** For tokens of providers that send {@code jku} or {@code x5c} along without being asked to. */
    public JwtRules withKeyHintsIgnored() {
        return new JwtRules(issuers, types, audiences, anyAudience, leeway, required, expiredAllowed, true, algorithms);
    }

    /** For peers with whom algorithms were agreed. */
    public JwtRules withAlgorithms(Set<String> accepted) {
        return new JwtRules(
                issuers, types, audiences, anyAudience, leeway, required, expiredAllowed, keyHintsIgnored, accepted);
    }
}
