package dev.ostiary.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens with one key and one of its algorithms. Made once for both and shared: the signer and the encoded headers are
 * kept, so a token costs its payload and one signature.
 */
public final class JwtSigner {
    /** Headers differ only in {@code typ}, of which this program has a handful. */
    private final Map<String, EncodedHeader> headers = new ConcurrentHashMap<>();

    private final SigningKey key;
    private final JWSAlgorithm algorithm;

    private record EncodedHeader(JWSHeader header, String encoded) {}

    /** With the key's usual algorithm. */
    public JwtSigner(SigningKey key) {
        this(key, key.algorithm());
    }

    /** @param algorithm one of the key's */
    public JwtSigner(SigningKey key, String algorithm) {
        this.key = key;
        this.algorithm = JWSAlgorithm.parse(algorithm);
    }

    public SigningKey key() {
        return key;
    }

    /** For example {@code ES384}. */
    public String algorithm() {
        return algorithm.getName();
    }

    /**
     * @param typ the header's {@code typ}, a constant of the program such as {@code at+jwt}; empty for a header without
     *     one
     * @param claims strings, numbers, booleans, collections and maps of them; the token has them in the map's order.
     *     A null value is left out
     */
    public String sign(String typ, Map<String, ? extends @Nullable Object> claims) {
        return signJson(typ, JSONObjectUtils.toJSONString(claims));
    }

    /** The same for claims that are already JSON text. */
    public String signJson(String typ, String claims) {
        EncodedHeader header = headers.computeIfAbsent(typ, this::encode);
        String payload = Hashes.base64Url(claims.getBytes(StandardCharsets.UTF_8));
        String input = header.encoded + "." + payload;
        try {
            return input + "." + key.signer().sign(header.header, input.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw new IllegalStateException("Signing a token failed", e);
        }
    }

    private EncodedHeader encode(String typ) {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(typ.isEmpty() ? null : new JOSEObjectType(typ))
                .keyID(key.kid())
                .build();
        return new EncodedHeader(header, header.toBase64URL().toString());
    }
}
