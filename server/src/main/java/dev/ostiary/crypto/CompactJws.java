package dev.ostiary.crypto;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.ostiary.crypto.JoseException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signed token as text (RFC 7515 section 7.1), taken apart and not yet believed. Bounded before anything is parsed, so
 * that no input costs more than its reading.
 */
record CompactJws(String token, int lastDot, Map<String, Object> header, String encodedClaims) {
    static final int LONGEST_TOKEN = 16 * 1024;

    private static final List<String> FORBIDDEN_HEADERS = List.of("crit", "b64", "zip", "enc", "epk", "p2c", "p2s");

    static final List<String> KEY_HINTS = List.of("jwk", "jku", "x5u", "x5c");

    /** @param refusedHints members of the header that must not be there, beside those that nobody may send */
    static CompactJws parse(String token, List<String> refusedHints) throws JoseException {
        int[] dots = split(token);
        Map<String, Object> header;
        try {
            header = object(token.substring(0, dots[0]));
        } catch (ParseException malformed) {
            throw invalid("The header is not JSON");
        }
        // The key that such a member brings would come from whoever made the token: CVE-2018-0114 and its kin.
        if (refusedHints.stream().anyMatch(header::containsKey)
                || FORBIDDEN_HEADERS.stream().anyMatch(header::containsKey)) {
            throw JoseException.of(Kind.NOT_SUPPORTED, "The header has a member that is not supported");
        }
        return new CompactJws(token, dots[1], header, token.substring(dots[0] + 1, dots[1]));
    }

    /** Exactly three non-empty parts of the base64url alphabet; anything else is no compact JWS. */
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

    private static Map<String, Object> object(String encoded) throws JoseException, ParseException {
        return JoseJson.object(text(encoded));
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

    /** As the token names it; known to the library or not, it is only ever compared. */
    JWSAlgorithm algorithm() throws JoseException {
        if (header.get("alg") instanceof String name) {
            return JWSAlgorithm.parse(name);
        }
        throw invalid("The header names no algorithm");
    }

    @Nullable
    String kid() throws JoseException {
        Object kid = header.get("kid");
        if (kid == null || kid instanceof String) {
            return (String) kid;
        }
        throw invalid("The key id is not a text");
    }

    Map<String, Object> claims() throws JoseException {
        try {
            return object(encodedClaims);
        } catch (ParseException malformed) {
            throw JoseException.of(Kind.JWT_INVALID, "The claims are not a JSON object");
        }
    }

    byte[] signedBytes() {
        return token.substring(0, lastDot).getBytes(StandardCharsets.US_ASCII);
    }

    String signature() {
        return token.substring(lastDot + 1);
    }

    boolean isSignedBy(VerificationKey key) throws JoseException {
        String signature = signature();
        return isCanonical(signature)
                && key.verifies(new JWSHeader(algorithm()), signedBytes(), new Base64URL(signature));
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

    private static JoseException invalid(String message) {
        return JoseException.of(Kind.JWS_INVALID, message);
    }
}
