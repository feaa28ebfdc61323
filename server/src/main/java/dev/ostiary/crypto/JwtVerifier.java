package dev.ostiary.crypto;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.ostiary.crypto.JoseException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one place where tokens are verified: bearer tokens, hints, client assertions, subject tokens, tokens of foreign
 * identity providers. Only signed tokens in compact form, only with asymmetric keys.
 *
 * <p>What is refused, and which attack each refusal ends, is the table of {@code HostileJwtTest}. In short: the token
 * never chooses its key ({@code jwk}, {@code jku}, {@code x5u}, {@code x5c}) nor its algorithm, never brings extensions
 * ({@code crit}, {@code b64}, {@code zip}), is never longer than 16 kB, and has exactly one text form.
 */
public final class JwtVerifier {
    /** Checked before anything is parsed, so that no input costs more than its reading. */
    static final int LONGEST_TOKEN = 16 * 1024;

    private static final List<String> FORBIDDEN_HEADERS = List.of("crit", "b64", "zip", "enc", "epk", "p2c", "p2s");

    private static final List<String> KEY_HINTS = List.of("jwk", "jku", "x5u", "x5c");

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
        int[] dots = split(token);
        Map<String, Object> header = headerOf(token.substring(0, dots[0]), rules);
        JWSAlgorithm algorithm = algorithmOf(header);
        checkType(header, rules);
        Map<String, Object> claims = claimsOf(token.substring(dots[0] + 1, dots[1]));
        KeySet keys = keysFor(claims.get("iss"), rules);
        VerificationKey key = keys.select(kidOf(header), algorithm);
        if (!isSignedBy(key, algorithm, token, dots[1])) {
            throw JoseException.of(Kind.SIGNATURE_VERIFICATION_FAILED, "The signature does not verify");
        }
        String issuer = checkIssuer(claims, rules);
        checkAudience(claims, rules);
        checkTimes(claims, rules);
        checkRequired(claims, rules);
        return new Jwt(header, claims, issuer);
    }

    /** Exactly three non-empty parts of the base64url alphabet; anything else is no compact JWS (RFC 7515 section 7.1). */
    private static int[] split(String token) throws JoseException {
        if (token.length() > LONGEST_TOKEN) {
            throw invalid("The token is too long");
        }
        int[] dots = new int[2];
        int seen = 0;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '.') {
                if (seen == 2) {
                    throw invalid("Not a compact JWS");
                }
                dots[seen++] = i;
            } else if (!isBase64Url(c)) {
                throw invalid("Not a compact JWS");
            }
        }
        if (seen < 2 || dots[0] == 0 || dots[1] == dots[0] + 1 || dots[1] == token.length() - 1) {
            throw invalid("Not a compact JWS");
        }
        return dots;
    }

    private static boolean isBase64Url(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static Map<String, Object> headerOf(String encoded, JwtRules rules) throws JoseException {
        Map<String, Object> header;
        try {
            header = JoseJson.object(text(encoded));
        } catch (ParseException malformed) {
            throw invalid("The header is not JSON");
        }
        // The key that such a member brings would come from whoever made the token: CVE-2018-0114 and its kin.
        boolean hinted = !rules.keyHintsIgnored() && KEY_HINTS.stream().anyMatch(header::containsKey);
        if (hinted || FORBIDDEN_HEADERS.stream().anyMatch(header::containsKey)) {
            throw JoseException.of(Kind.NOT_SUPPORTED, "The header has a member that is not supported");
        }
        return header;
    }

    private static JWSAlgorithm algorithmOf(Map<String, Object> header) throws JoseException {
        if (!(header.get("alg") instanceof String name)) {
            throw invalid("The header names no algorithm");
        }
        // An unknown name, none and HS256 among them, is compared with those of the key like any other and fails.
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        if (JWSAlgorithm.Family.EC.contains(algorithm) || JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return algorithm;
        }
        throw JoseException.of(Kind.ALG_NOT_ALLOWED, "The algorithm is not allowed");
    }

    private static @Nullable String kidOf(Map<String, Object> header) throws JoseException {
        Object kid = header.get("kid");
        if (kid == null || kid instanceof String) {
            return (String) kid;
        }
        throw invalid("The key id is not a text");
    }

    private static void checkType(Map<String, Object> header, JwtRules rules) throws JoseException {
        Object typ = header.getOrDefault("typ", "");
        if (!(typ instanceof String text) || !rules.types().contains(JwtRules.type(text))) {
            throw JoseException.claim("typ", "check_failed", "The token is of another kind");
        }
    }

    private static Map<String, Object> claimsOf(String encoded) throws JoseException {
        try {
            return JoseJson.object(text(encoded));
        } catch (ParseException malformed) {
            throw JoseException.of(Kind.JWT_INVALID, "The claims are not a JSON object");
        }
    }

    /** Strictly: malformed UTF-8 is an error, not a replacement character that two readers see differently. */
    private static String text(String encoded) throws JoseException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(encoded);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            throw invalid("Not a compact JWS");
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

    private static boolean isSignedBy(VerificationKey key, JWSAlgorithm algorithm, String token, int lastDot) {
        String signature = token.substring(lastDot + 1);
        if (!isCanonical(signature)) {
            return false;
        }
        byte[] input = token.substring(0, lastDot).getBytes(StandardCharsets.US_ASCII);
        return key.verifies(new JWSHeader(algorithm), input, new Base64URL(signature));
    }

    /**
     * The last character of a base64url text may carry bits that decode to nothing: four spellings of one signature.
     * Whoever counts tokens by their text (a list of used assertions) would then count one of them four times.
     */
    private static boolean isCanonical(String encoded) {
        try {
            return Hashes.base64Url(Base64.getUrlDecoder().decode(encoded)).equals(encoded);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
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

    private static JoseException invalid(String message) {
        return JoseException.of(Kind.JWS_INVALID, message);
    }
}
