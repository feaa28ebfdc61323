package dev.ostiary.testing;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A client's key pair, and tokens that it signs with the Java runtime alone, whatever header a test wants. */
public final class TestKey {
    private final String algorithm;
    private final PrivateKey privateKey;
    private final ObjectNode jwk;

    private TestKey(String algorithm, PrivateKey privateKey, ObjectNode jwk) {
        this.algorithm = algorithm;
        this.privateKey = privateKey;
        this.jwk = jwk;
    }

    /** @param algorithm ES256, ES384, ES512, RS256, PS256, EdDSA or Ed25519 */
    public static TestKey of(String algorithm) {
        try {
            ObjectNode jwk = Json.object();
            KeyPair pair;
            switch (algorithm) {
                case "ES256", "ES384", "ES512" -> {
                    int bits = algorithm.equals("ES512") ? 521 : Integer.parseInt(algorithm.substring(2));
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                    generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
                    pair = generator.generateKeyPair();
                    ECPublicKey key = (ECPublicKey) pair.getPublic();
                    int size = (bits + 7) / 8;
                    jwk.put("kty", "EC").put("crv", "P-" + bits);
                    jwk.put("x", fixed(key.getW().getAffineX(), size));
                    jwk.put("y", fixed(key.getW().getAffineY(), size));
                }
                case "RS256", "PS256" -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                    generator.initialize(2048);
                    pair = generator.generateKeyPair();
                    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
                    jwk.put("kty", "RSA").put("n", fixed(key.getModulus(), 256));
                    jwk.put("e", "AQAB");
                }
                default -> {
                    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                    byte[] encoded = pair.getPublic().getEncoded();
                    jwk.put("kty", "OKP").put("crv", "Ed25519");
                    jwk.put("x", Hashes.base64Url(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
                }
            }
            return new TestKey(algorithm, pair.getPrivate(), jwk);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fixed(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        byte[] exact = new byte[size];
        int length = Math.min(bytes.length, size);
        System.arraycopy(bytes, bytes.length - length, exact, size - length, length);
        return Hashes.base64Url(exact);
    }

    public String algorithm() {
        return algorithm;
    }

    /** The public half, as a header brings it. */
    public ObjectNode jwk() {
        return jwk.deepCopy();
    }

    /** The public half with a name. */
    public ObjectNode jwk(String kid) {
        return jwk().put("kid", kid);
    }

    /** RFC 7638. */
    public String thumbprint() {
        ObjectNode sorted = Json.object();
        jwk.propertyNames().stream().sorted().forEach(name -> sorted.set(name, jwk.get(name)));
        return Hashes.sha256Base64Url(Json.write(sorted));
    }

    /** @param header laid over {@code alg} */
    public String sign(Map<String, ?> header, Map<String, ?> claims) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("alg", algorithm);
        whole.putAll(header);
        return signText(Json.write(whole), Json.write(claims));
    }

    public String signText(String header, String claims) {
        String input = base64(header) + "." + base64(claims);
        try {
            Signature signer = signer();
            signer.initSign(privateKey);
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Hashes.base64Url(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Signature signer() throws GeneralSecurityException {
        return switch (algorithm) {
            case "ES256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case "ES384" -> Signature.getInstance("SHA384withECDSAinP1363Format");
            case "ES512" -> Signature.getInstance("SHA512withECDSAinP1363Format");
            case "RS256" -> Signature.getInstance("SHA256withRSA");
            case "PS256" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                AlgorithmParameterSpec spec = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
                pss.setParameter(spec);
                yield pss;
            }
            default -> Signature.getInstance("Ed25519");
        };
    }

    public static String base64(String text) {
        return Hashes.base64Url(text.getBytes(StandardCharsets.UTF_8));
    }
}
