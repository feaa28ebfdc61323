package dev.ostiary.crypto;

import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SHA512tDigest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.digests.WhirlpoolDigest;

/** Digests by the names OpenSSL gives them, for passwords of other systems only. */
final class LegacyHash {
    private LegacyHash() {}

    static Optional<ExtendedDigest> named(String name) {
        String known = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(
                switch (known.startsWith("rsa-") ? known.substring("rsa-".length()) : known) {
                    case "md4" -> new MD4Digest();
                    case "md5" -> new MD5Digest();
                    case "sha1", "sha-1" -> new SHA1Digest();
                    case "sha224", "sha2-224", "sha-224" -> new SHA224Digest();
                    case "sha256", "sha2-256", "sha-256" -> new SHA256Digest();
                    case "sha384", "sha2-384", "sha-384" -> new SHA384Digest();
                    case "sha512", "sha2-512", "sha-512" -> new SHA512Digest();
                    case "sha512-224", "sha-512/224" -> new SHA512tDigest(224);
                    case "sha512-256", "sha-512/256" -> new SHA512tDigest(256);
                    case "sha3-224" -> new SHA3Digest(224);
                    case "sha3-256" -> new SHA3Digest(256);
                    case "sha3-384" -> new SHA3Digest(384);
                    case "sha3-512" -> new SHA3Digest(512);
                    case "ripemd160", "ripemd", "rmd160" -> new RIPEMD160Digest();
                    case "blake2b512" -> new Blake2bDigest(512);
                    case "blake2s256" -> new Blake2sDigest(256);
                    case "sm3" -> new SM3Digest();
                    case "whirlpool" -> new WhirlpoolDigest();
                    default -> null;
                });
    }

    static byte[] of(ExtendedDigest digest, byte[] data) {
        byte[] hash = new byte[digest.getDigestSize()];
        digest.update(data, 0, data.length);
        digest.doFinal(hash, 0);
        return hash;
    }
}
