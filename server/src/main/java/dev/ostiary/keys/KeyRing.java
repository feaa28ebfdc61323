package dev.ostiary.keys;

import dev.ostiary.crypto.JwtSigner;
import dev.ostiary.crypto.KeySet;
import dev.ostiary.crypto.SigningKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The keys of one tenant as they are now.
 *
 * @param signing the Current key
 * @param signers sign with it, by its algorithms
 * @param keySet Current, Next, Previous, in this order
 * @param jwks the JWKS document
 * @param algorithms of Current and Next
 */
record KeyRing(
        SigningKey signing, Map<String, JwtSigner> signers, KeySet keySet, byte[] jwks, List<String> algorithms) {

    /** @param wanted of an algorithm that the key may not have: then it is the usual one */
    JwtSigner signer(Optional<String> wanted) {
        return wanted.map(signers::get).orElseGet(() -> Objects.requireNonNull(signers.get(signing.algorithm())));
    }
}
