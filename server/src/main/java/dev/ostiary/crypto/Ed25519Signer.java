package dev.ostiary.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** Ed25519 (RFC 8032, RFC 8037) by Bouncy Castle, which makes the public key of the private one; the JCA has no call for it. */
final class Ed25519Signer extends BaseJWSProvider implements JWSSigner {
    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.EdDSA;

    /** What stands before the 32 bytes of a private key in PKCS#8 (RFC 8410 section 7). */
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final byte[] OBJECT_IDENTIFIER = HexFormat.of().parseHex("06032b6570");
    private static final int LONGEST_PREFIX = 32;

    private final Ed25519PrivateKeyParameters key;

    private Ed25519Signer(Ed25519PrivateKeyParameters key) {
        super(Ed25519Verifier.ALGORITHMS);
        this.key = key;
    }

    static Ed25519Signer generate() {
        return new Ed25519Signer(new Ed25519PrivateKeyParameters(new SecureRandom()));
    }

    /** Whether a PKCS#8 key is of this kind: its identifier stands near the beginning. */
    static boolean isPkcs8(byte[] der) {
        int length = OBJECT_IDENTIFIER.length;
        for (int at = 0; at <= Math.min(der.length, LONGEST_PREFIX) - length; at++) {
            if (Arrays.equals(der, at, at + length, OBJECT_IDENTIFIER, 0, length)) {
                return true;
            }
        }
        return false;
    }

    /** @throws IllegalArgumentException if it is none */
    static Ed25519Signer fromPkcs8(byte[] der) {
        try {
            if (PrivateKeyFactory.createKey(der) instanceof Ed25519PrivateKeyParameters key) {
                return new Ed25519Signer(key);
            }
        } catch (IOException e) {
            // said below, without what the library says of the key
        }
        throw new IllegalArgumentException("Not an Ed25519 key");
    }

    byte[] pkcs8() {
        byte[] der = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + Ed25519PrivateKeyParameters.KEY_SIZE);
        key.encode(der, PKCS8_PREFIX.length);
        return der;
    }

    OctetKeyPair jwk() throws JOSEException {
        Base64URL x = Base64URL.encode(key.generatePublicKey().getEncoded());
        return new OctetKeyPair.Builder(Curve.Ed25519, x)
                .algorithm(ALGORITHM)
                .keyIDFromThumbprint()
                .build();
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] signingInput) {
        var signer = new org.bouncycastle.crypto.signers.Ed25519Signer();
        signer.init(true, key);
        signer.update(signingInput, 0, signingInput.length);
        return Base64URL.encode(signer.generateSignature());
    }
}
