package dev.ostiary.keys;

import dev.ostiary.crypto.JwtSigner;
import dev.ostiary.crypto.KeySet;
import java.util.List;

/**
 * The keys of one tenant as they are now.
 *
 * @param signer signs with the Current key
 * @param keySet Current, Next, Previous, in this order
 * @param jwks the JWKS document
 * @param algorithms of Current and Next
 */
record KeyRing(JwtSigner signer, KeySet keySet, byte[] jwks, List<String> algorithms) {}
