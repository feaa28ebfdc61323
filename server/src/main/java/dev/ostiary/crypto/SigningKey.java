package dev.ostiary.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A key pair that signs tokens: EC on P-256, P-384 (what a fresh installation has), P-521, RSA, or Ed25519. Its algorithm is
 * fixed by the key: ES256, ES384, ES512, EdDSA; an RSA key has two, RS256 and, for who wants it, PS256. Its id is the RFC 7638
 * thumbprint.
 */
public final class SigningKey {
    private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";

    /** What to generate. */
    public enum Type {
        EC_P256,
        EC_P384,
        EC_P521,
        RSA_2048,
        RSA_3072,
        RSA_4096,
        ED25519
    }

    /** Smaller exponents, and even ones, belong to keys that somebody made badly (NIST SP 800-56B section 6.2). */
    private static final BigInteger SMALLEST_RSA_EXPONENT = BigInteger.valueOf(65_537);

    /** Those with SHA-384 and SHA-512 are announced nowhere, so nothing that is signed with them can be ours. */
    private static final List<JWSAlgorithm> RSA_ALGORITHMS = List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);

    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    private final byte[] pkcs8;
    private final List<JWSAlgorithm> algorithms;
    private final VerificationKey verificationKey;
    private final JWSSigner signer;

    /** @param algorithms the usual one first */
    private SigningKey(byte[] pkcs8, List<JWSAlgorithm> algorithms, JWK jwk, JWSSigner signer) {
        this.pkcs8 = pkcs8;
        this.algorithms = algorithms;
        this.verificationKey = VerificationKey.of(jwk)
                .map(key -> key.only(algorithms))
                .orElseThrow(() -> new IllegalArgumentException("The key is too short or too long to sign tokens"));
        this.signer = signer;
    }

    public static SigningKey generate(Type type) {
        try {
            if (type == Type.ED25519) {
                return ofEd25519(Ed25519Signer.generate());
            }
            KeyPair pair = generator(type).generateKeyPair();
            return pair.getPrivate() instanceof ECPrivateKey ec
                    ? ofEc(ec, (ECPublicKey) pair.getPublic())
                    : ofRsa(pair.getPrivate(), (RSAPublicKey) pair.getPublic());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("Generating a signing key failed", e);
        }
    }

    private static KeyPairGenerator generator(Type type) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type.name().startsWith("EC") ? "EC" : "RSA");
        switch (type) {
            case EC_P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case EC_P384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
            case EC_P521 -> generator.initialize(new ECGenParameterSpec("secp521r1"));
            case RSA_2048 -> generator.initialize(2048);
            case RSA_3072 -> generator.initialize(3072);
            case RSA_4096 -> generator.initialize(4096);
            case ED25519 -> throw new IllegalStateException("Not by a generator of the JCA");
        }
        return generator;
    }

    /**
     * As {@link #fromPem}, for a key that somebody else has made: what it signs must verify, and it must not be weak.
     *
     * @throws IllegalArgumentException with a message for whoever brought it
     */
    public static SigningKey imported(Secret pem) {
        SigningKey key = fromPem(pem);
        if (key.verificationKey
                .rsaExponent()
                .filter(e -> e.compareTo(SMALLEST_RSA_EXPONENT) < 0 || !e.testBit(0))
                .isPresent()) {
            throw new IllegalArgumentException("The public exponent of the RSA key is too small");
        }
        if (!key.algorithms.stream().allMatch(key::verifiesOwn)) {
            throw new IllegalArgumentException("What the key signs does not verify with it");
        }
        return key;
    }

    private boolean verifiesOwn(JWSAlgorithm algorithm) {
        JWSHeader header = new JWSHeader(algorithm);
        try {
            return verificationKey.verifies(header, PROBE, signer.sign(header, PROBE));
        } catch (JOSEException | RuntimeException unusable) {
            // Providers differ in what they make of numbers that do not belong together.
            return false;
        }
    }

    /**
     * Reads an unencrypted PKCS#8 PEM block.
     *
     * @throws IllegalArgumentException if it is no such block, or a key of another kind; the message holds nothing of it
     */
    public static SigningKey fromPem(Secret pem) {
        String text = pem.reveal().strip();
        if (!text.startsWith(PEM_BEGIN) || !text.endsWith(PEM_END)) {
            throw new IllegalArgumentException("Not a PKCS#8 private key in PEM form");
        }
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(text.substring(PEM_BEGIN.length(), text.length() - PEM_END.length()));
            return fromPkcs8(der);
        } catch (GeneralSecurityException | JOSEException | RuntimeException e) {
            // What a parser makes of broken bytes may be anything, and its message may hold some of them.
            throw new IllegalArgumentException("Not a PKCS#8 private key of a kind that signs tokens");
        }
    }

    private static SigningKey fromPkcs8(byte[] der) throws GeneralSecurityException, JOSEException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
        if (Ed25519Signer.isPkcs8(der)) {
            return ofEd25519(Ed25519Signer.fromPkcs8(der));
        }
        if (isRsa(der)) {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) factory.generatePrivate(spec);
            RSAPublicKeySpec publicSpec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return ofRsa(key, (RSAPublicKey) factory.generatePublic(publicSpec));
        }
        KeyFactory factory = KeyFactory.getInstance("EC");
        ECPrivateKey key = (ECPrivateKey) factory.generatePrivate(spec);
        ECPublicKeySpec publicSpec = new ECPublicKeySpec(publicPoint(key), key.getParams());
        return ofEc(key, (ECPublicKey) factory.generatePublic(publicSpec));
    }

    /** The object identifier rsaEncryption, 1.2.840.113549.1.1.1, stands at a fixed place near the beginning. */
    private static boolean isRsa(byte[] der) {
        String head = new String(der, 0, Math.min(der.length, 32), StandardCharsets.ISO_8859_1);
        String oid = new String(
                new byte[] {0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01},
                StandardCharsets.ISO_8859_1);
        return head.contains(oid);
    }

    /** PKCS#8 may leave the public point out, and the JCA has no call that computes it: Bouncy Castle's curves do. */
    private static ECPoint publicPoint(ECPrivateKey key) {
        Curve curve = Curve.forECParameterSpec(key.getParams());
        if (curve == null) {
            throw new IllegalArgumentException("Not a curve for signing tokens");
        }
        var parameters = org.bouncycastle.crypto.ec.CustomNamedCurves.getByName(curve.getName());
        var point = parameters.getG().multiply(key.getS()).normalize();
        BigInteger x = point.getAffineXCoord().toBigInteger();
        return new ECPoint(x, point.getAffineYCoord().toBigInteger());
    }

    private static SigningKey ofEc(ECPrivateKey key, ECPublicKey publicKey) throws JOSEException {
        Curve curve = Curve.forECParameterSpec(publicKey.getParams());
        JWSAlgorithm algorithm =
                algorithmOf(curve).orElseThrow(() -> new IllegalArgumentException("Not a curve for signing tokens"));
        ECKey jwk = new ECKey.Builder(curve, publicKey).keyIDFromThumbprint().build();
        return new SigningKey(key.getEncoded(), List.of(algorithm), jwk, new ECDSASigner(key));
    }

    private static SigningKey ofRsa(PrivateKey key, RSAPublicKey publicKey) throws JOSEException {
        RSAKey jwk = new RSAKey.Builder(publicKey).keyIDFromThumbprint().build();
        return new SigningKey(key.getEncoded(), RSA_ALGORITHMS, jwk, new RSASSASigner(key));
    }

    private static SigningKey ofEd25519(Ed25519Signer signer) throws JOSEException {
        return new SigningKey(signer.pkcs8(), List.of(Ed25519Signer.ALGORITHM), signer.jwk(), signer);
    }

    static Optional<JWSAlgorithm> algorithmOf(Curve curve) {
        if (Curve.P_256.equals(curve)) {
            return Optional.of(JWSAlgorithm.ES256);
        }
        if (Curve.P_384.equals(curve)) {
            return Optional.of(JWSAlgorithm.ES384);
        }
        return Curve.P_521.equals(curve) ? Optional.of(JWSAlgorithm.ES512) : Optional.empty();
    }

    /** The RFC 7638 thumbprint of the public key. */
    public String kid() {
        return verificationKey.kid();
    }

    /** The usual one, for example {@code ES384}. */
    public String algorithm() {
        return algorithms.getFirst().getName();
    }

    /** All that it signs with, in the order in which discovery has them. */
    public List<String> algorithms() {
        return algorithms.stream().map(JWSAlgorithm::getName).sorted().toList();
    }

    public VerificationKey verificationKey() {
        return verificationKey;
    }

    /** Shared by all threads. */
    JWSSigner signer() {
        return signer;
    }

    /** PKCS#8 in PEM form, for sealing. */
    public Secret toPem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
        return new Secret(PEM_BEGIN + "\n" + body + "\n" + PEM_END + "\n");
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid() + "]";
    }
}
