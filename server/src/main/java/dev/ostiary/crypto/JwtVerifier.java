package dev.ostiary.crypto;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ostiary.crypto.JoseException.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one place where tokens are verified: bearer tokens, hints, client assertions, subject tokens, tokens of foreign
 * identity providers. Only signed tokens in compact form; with asymmetric keys, but for assertions of clients that have
 * nothing but a secret.
 *
 * <p>What is refused, and which attack each refusal ends, is the table of {@code HostileJwtTest}. In short: the token
 * never chooses its key ({@code jwk}, {@code jku}, {@code x5u}, {@code x5c}) nor its algorithm, never brings extensions
 * ({@code crit}, {@code b64}, {@code zip}), is never longer than 16 kB, and has exactly one text form.
 */
public final class JwtVerifier {
    private static final int SHORTEST_SECRET = 32;

    /** Two nodes of one installation may differ by this much, in seconds, without refusing each other's tokens. */
    private static final double CLOCK_STEP = 60;

    private final Clock clock;

    public JwtVerifier(Clock clock) {
        this.clock = clock;
    }

    /**
     * @throws JoseException if the token does not meet the rules; its message is ours and holds nothing of the token
     */
    public Jwt verify(String token, JwtRules rules) throws JoseException {
        CompactJws jws = CompactJws.parse(token, rules.keyHintsIgnored() ? List.of() : CompactJws.KEY_HINTS);
        JWSAlgorithm algorithm = asymmetric(jws, rules.algorithms());
        checkType(jws.header(), rules.types());
        Map<String, Object> claims = jws.claims();
        VerificationKey key = keysFor(claims.get("iss"), rules).select(jws.kid(), algorithm);
        if (!jws.isSignedBy(key)) {
            throw unsigned();
        }
        return checked(jws, claims, rules);
    }

    /**
     * A token that its maker signed with a secret of both of us (HS256). Only where nothing but that may come: what is
     * signed with a key pair is verified by {@link #verify}, so no public key is ever taken for a secret (RFC 8725
     * section 3.1).
     *
     * @param secrets of which one must have signed; shorter ones than 32 bytes never have (RFC 7518 section 3.2)
     * @param rules whose key sets are not looked at
     */
    public Jwt verifyShared(String token, List<Secret> secrets, JwtRules rules) throws JoseException {
        CompactJws jws = CompactJws.parse(token, CompactJws.KEY_HINTS);
        if (!jws.algorithm().equals(JWSAlgorithm.HS256)) {
            throw JoseException.of(Kind.ALG_NOT_ALLOWED, "The algorithm is not allowed");
        }
        checkType(jws.header(), rules.types());
        boolean signed = false;
        for (Secret secret : secrets) {
            byte[] key = secret.bytes();
            signed |= key.length >= SHORTEST_SECRET
                    && ConstantTime.equal(
                            Hashes.base64Url(Hmac.withKey(key).signBytes(jws.signedBytes())), jws.signature());
        }
        if (!signed) {
            throw unsigned();
        }
        return checked(jws, jws.claims(), rules);
    }

    /**
     * A token that brings its own public key ({@code jwk}, RFC 7515 section 4.1.3): whoever made it has the private half,
     * and that is all it says.
     *
     * @param algorithms accepted; none that is symmetric
     * @throws JoseException for a key with private members too: it is nobody's any more
     */
    public OwnKeyJwt verifyWithOwnKey(String token, String typ, Set<String> algorithms) throws JoseException {
        CompactJws jws = CompactJws.parse(token, List.of("jku", "x5u", "x5c"));
        JWSAlgorithm algorithm = asymmetric(jws, algorithms);
        checkType(jws.header(), Set.of(typ));
        VerificationKey key = VerificationKey.ofHeader(jws.header().get("jwk"))
                .filter(own -> own.supports(algorithm))
                .orElseThrow(() -> JoseException.of(Kind.NO_MATCHING_KEY, "The header has no usable public key"));
        if (!jws.isSignedBy(key)) {
            throw unsigned();
        }
        return new OwnKeyJwt(jws.claims(), key.thumbprint());
    }

    /** Whom a token would be about, if it were true; for finding the keys that tell. */
    public static Optional<String> claimedSubject(String token) {
        try {
            return CompactJws.parse(token, List.of()).claims().get("sub") instanceof String subject
                    ? Optional.of(subject)
                    : Optional.empty();
        } catch (JoseException malformed) {
            return Optional.empty();
        }
    }

    private Jwt checked(CompactJws jws, Map<String, Object> claims, JwtRules rules) throws JoseException {
        String issuer = checkIssuer(claims, rules);
        checkAudience(claims, rules);
        checkTimes(claims, rules);
        checkRequired(claims, rules);
        return new Jwt(jws.header(), claims, issuer);
    }

    /** An unknown name, none and HS256 among them, is compared with those of the key like any other and fails. */
    private static JWSAlgorithm asymmetric(CompactJws jws, Set<String> allowed) throws JoseException {
        JWSAlgorithm algorithm = jws.algorithm();
        if (JWSAlgorithm.Family.SIGNATURE.contains(algorithm)
                && (allowed.isEmpty() || allowed.contains(algorithm.getName()))) {
            return algorithm;
        }
        throw JoseException.of(Kind.ALG_NOT_ALLOWED, "The algorithm is not allowed");
    }

    private static void checkType(Map<String, Object> header, Set<String> types) throws JoseException {
        Object typ = header.getOrDefault("typ", "");
        if (!(typ instanceof String text) || !types.contains(JwtRules.type(text))) {
            throw JoseException.claim("typ", "check_failed", "The token is of another kind");
        }
    }

    /** The keys of the issuer that the token claims; a foreign claim fails after the signature, like any other claim. */
    private static KeySet keysFor(@Nullable Object iss, JwtRules rules) {
        KeySet own = iss instanceof String text ? rules.issuers().get(text) : null;
        if (own != null) {
            return own;
        }
        return new KeySet(rules.issuers().values().stream()
                .flatMap(keys -> keys.keys().stream())
                .distinct()
                .toList());
    }

    private static String checkIssuer(Map<String, Object> claims, JwtRules rules) throws JoseException {
        Object iss = claims.get("iss");
        if (iss == null) {
            throw missing("iss");
        }
        if (!(iss instanceof String text) || !rules.issuers().containsKey(text)) {
            throw JoseException.claim("iss", "check_failed", "The issuer is another");
        }
        return text;
    }

    private static void checkAudience(Map<String, Object> claims, JwtRules rules) throws JoseException {
        if (rules.anyAudience()) {
            return;
        }
        if (!claims.containsKey("aud")) {
            throw missing("aud");
        }
        if (Jwt.strings(claims.get("aud")).stream().noneMatch(rules.audiences()::contains)) {
            throw JoseException.claim("aud", "check_failed", "The token is for another audience");
        }
    }

    private void checkTimes(Map<String, Object> claims, JwtRules rules) throws JoseException {
        double now = clock.millis() / 1000.0;
        double leeway = rules.leeway().toMillis() / 1000.0;
        Double notBefore = seconds(claims, "nbf");
        if (notBefore != null && notBefore > now + leeway) {
            throw JoseException.claim("nbf", "check_failed", "The token is not valid yet");
        }
        Double issuedAt = seconds(claims, "iat");
        if (issuedAt != null && issuedAt > now + leeway + CLOCK_STEP) {
            throw JoseException.claim("iat", "check_failed", "The token was issued in the future");
        }
        Double expiresAt = seconds(claims, "exp");
        if (expiresAt != null && expiresAt <= now - leeway && !rules.expiredAllowed()) {
            throw JoseException.expired();
        }
    }

    private static @Nullable Double seconds(Map<String, Object> claims, String name) throws JoseException {
        Object value = claims.get(name);
        if (value == null && !claims.containsKey(name)) {
            return null;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw JoseException.claim(name, "invalid", "A time of the token is not a number");
    }

    private static void checkRequired(Map<String, Object> claims, JwtRules rules) throws JoseException {
        for (String name : rules.required()) {
            if (claims.get(name) == null) {
                throw missing(name);
            }
        }
    }

    private static JoseException missing(String claim) {
        return JoseException.claim(claim, "missing", "A required claim is missing");
    }

    private static JoseException unsigned() {
        return JoseException.of(Kind.SIGNATURE_VERIFICATION_FAILED, "The signature does not verify");
    }
}
