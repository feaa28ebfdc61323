package dev.ostiary.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.math.BigInteger;
import java.security.Provider;
import java.text.ParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The public half of a signing key: what verifies, and what a JWKS document shows.
 *
 * <p>The key knows which algorithms it may be used with; the {@code alg} of a token is only ever compared with them
 * (RFC 8725 section 3.1). Symmetric keys cannot be represented here at all, which ends the confusion of an RSA key used
 * as an HMAC secret.
 */
public final class VerificationKey {
    /** What a foreign RSA key may verify if its JWKS names no {@code alg} (RFC 7517 section 4.4 leaves it optional). */
    private static final Set<JWSAlgorithm> RSA_ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);

    /** NIST SP 800-57: anything shorter is factored too cheaply. */
    private static final int SHORTEST_RSA_KEY = 2048;

    /** A larger modulus or exponent makes each verification as slow as its author likes. */
    private static final int LONGEST_RSA_KEY = 8192;

    private static final int LONGEST_RSA_EXPONENT = 33;

    private final JWK jwk;
    private final String thumbprint;
    private final Set<JWSAlgorithm> algorithms;
    private final JWSVerifier verifier;

    private VerificationKey(JWK jwk, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) throws JOSEException {
        this.jwk = jwk;
        this.thumbprint = jwk.computeThumbprint().toString();
        this.algorithms = algorithms;
        this.verifier = verifier;
    }

    private VerificationKey(VerificationKey key, Set<JWSAlgorithm> algorithms) {
        this.jwk = key.jwk;
        this.thumbprint = key.thumbprint;
        this.algorithms = algorithms;
        this.verifier = key.verifier;
    }

    /** The same key, good for those of its algorithms that its owner signs with. */
    VerificationKey only(Collection<JWSAlgorithm> signed) {
        return new VerificationKey(
                this, algorithms.stream().filter(signed::contains).collect(Collectors.toUnmodifiableSet()));
    }

    /** Of a JWK that may be a signature key of ours or of a foreign issuer. */
    static Optional<VerificationKey> of(JWK jwk) {
        if (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse())) {
            return Optional.empty();
        }
        try {
            return switch (jwk) {
                case ECKey ec -> ofEc(ec.toPublicJWK());
                case RSAKey rsa -> ofRsa(rsa.toPublicJWK());
                case OctetKeyPair okp -> ofEd25519(okp.toPublicJWK());
                default -> Optional.empty();
            };
        } catch (JOSEException | IllegalStateException unusable) {
            return Optional.empty();
        }
    }

    private static Optional<VerificationKey> ofEc(ECKey key) throws JOSEException {
        Optional<JWSAlgorithm> algorithm = SigningKey.algorithmOf(key.getCurve());
        if (algorithm.isEmpty() || !mayBe(key.getAlgorithm(), algorithm.get())) {
            return Optional.empty();
        }
        return Optional.of(new VerificationKey(key, Set.of(algorithm.get()), new ECDSAVerifier(key)));
    }

    private static Optional<VerificationKey> ofRsa(RSAKey key) throws JOSEException {
        int bits = key.getModulus().decodeToBigInteger().bitLength();
        BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
        boolean trivial = exponent.compareTo(BigInteger.TWO) <= 0 || !exponent.testBit(0);
        if (bits < SHORTEST_RSA_KEY
                || bits > LONGEST_RSA_KEY
                || exponent.bitLength() > LONGEST_RSA_EXPONENT
                || trivial) {
            // With the exponent 1 everybody signs: the signature is what it should have been computed from (TK3).
            return Optional.empty();
        }
        Set<JWSAlgorithm> algorithms = RSA_ALGORITHMS;
        if (key.getAlgorithm() != null) {
            JWSAlgorithm only = JWSAlgorithm.parse(key.getAlgorithm().getName());
            if (!RSA_ALGORITHMS.contains(only)) {
                return Optional.empty();
            }
            algorithms = Set.of(only);
        }
        return Optional.of(new VerificationKey(key, algorithms, new RSASSAVerifier(key)));
    }

    /** EdDSA is the older name of what RFC 9864 calls Ed25519; of the two the key's JWKS may state one. */
    private static Optional<VerificationKey> ofEd25519(OctetKeyPair key) throws JOSEException {
        if (!Curve.Ed25519.equals(key.getCurve())) {
            return Optional.empty();
        }
        Set<JWSAlgorithm> algorithms = Ed25519Verifier.ALGORITHMS.stream()
                .filter(each -> mayBe(key.getAlgorithm(), each))
                .collect(Collectors.toUnmodifiableSet());
        return algorithms.isEmpty()
                ? Optional.empty()
                : Optional.of(new VerificationKey(key, algorithms, new Ed25519Verifier(key)));
    }

    private static boolean mayBe(com.nimbusds.jose.@Nullable Algorithm stated, JWSAlgorithm actual) {
        return stated == null || stated.getName().equals(actual.getName());
    }

    /** The key id that its JWKS states, else its RFC 7638 thumbprint. */
    public String kid() {
        return jwk.getKeyID() == null ? thumbprint : jwk.getKeyID();
    }

    /** RFC 7638, SHA-256, base64url. */
    public String thumbprint() {
        return thumbprint;
    }

    /** Names of the algorithms that it may be used with. */
    public Set<String> algorithms() {
        return algorithms.stream().map(JWSAlgorithm::getName).collect(Collectors.toUnmodifiableSet());
    }

    /** Of an RSA key. */
    Optional<BigInteger> rsaExponent() {
        return jwk instanceof RSAKey rsa ? Optional.of(rsa.getPublicExponent().decodeToBigInteger()) : Optional.empty();
    }

    boolean statesKid() {
        return jwk.getKeyID() != null;
    }

    boolean supports(JWSAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    boolean verifies(JWSHeader header, byte[] signingInput, Base64URL signature) {
        try {
            return verifier.verify(header, signingInput, signature);
        } catch (JOSEException malformed) {
            return false;
        }
    }

    /** For tests: the same key, computed by a given provider. */
    VerificationKey with(Provider provider) {
        VerificationKey copy = of(jwk).orElseThrow();
        copy.verifier.getJCAContext().setProvider(provider);
        return copy;
    }

    /**
     * The JWKS entry, string members only, in the order of the wire: {@code kty,use,kid,alg,crv,x,y} for EC keys,
     * {@code kty,use,kid,e,n} for RSA keys, {@code kty,use,kid,alg,crv,x} for Ed25519.
     */
    public Map<String, String> jwk() {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("kty", jwk.getKeyType().getValue());
        entry.put("use", "sig");
        entry.put("kid", kid());
        switch (jwk) {
            case ECKey ec -> {
                entry.put("alg", algorithms.iterator().next().getName());
                entry.put("crv", ec.getCurve().getName());
                entry.put("x", ec.getX().toString());
                entry.put("y", ec.getY().toString());
            }
            case RSAKey rsa -> {
                entry.put("e", rsa.getPublicExponent().toString());
                entry.put("n", rsa.getModulus().toString());
            }
            case OctetKeyPair okp -> {
                if (okp.getAlgorithm() != null) {
                    entry.put("alg", okp.getAlgorithm().getName());
                }
                entry.put("crv", okp.getCurve().getName());
                entry.put("x", okp.getX().toString());
            }
            default -> throw new IllegalStateException("No public form of " + jwk.getKeyType());
        }
        return entry;
    }

    /** What kind of key it is, in the words of people: {@code P-384}, {@code RSA-3072}, {@code Ed25519}. */
    public String kind() {
        return switch (jwk) {
            case ECKey ec -> ec.getCurve().getName();
            case RSAKey rsa -> "RSA-" + rsa.getModulus().decodeToBigInteger().bitLength();
            case OctetKeyPair okp -> okp.getCurve().getName();
            default -> throw new IllegalStateException("No kind of " + jwk.getKeyType());
        };
    }

    /** {@link #jwk()} as JSON text. */
    public String jwkJson() {
        return JSONObjectUtils.toJSONString(jwk());
    }

    /** Of one JWK in JSON; empty if it is no signature key of a kind we verify with. */
    public static Optional<VerificationKey> parse(String json) {
        try {
            return of(JWK.parse(json));
        } catch (ParseException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Of the member {@code jwk} of a token's header; empty unless it is one public key and nothing private. */
    static Optional<VerificationKey> ofHeader(@Nullable Object jwk) {
        if (!(jwk instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        try {
            Map<String, Object> named = new LinkedHashMap<>();
            members.forEach((name, value) -> named.put(String.valueOf(name), value));
            JWK key = JWK.parse(named);
            return key.isPrivate() ? Optional.empty() : of(key);
        } catch (ParseException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "VerificationKey[" + kid() + "]";
    }
}
