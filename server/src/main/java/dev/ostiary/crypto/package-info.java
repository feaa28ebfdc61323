/**
 * Cryptography for every other room: password hashing, signed tokens, sealing of stored secrets, hashes, MACs and
 * comparison in constant time.
 *
 * <p>Nothing here knows users, tenants or URLs; it reads no configuration and owns no table. Algorithms come from
 * well-kept libraries (Nimbus JOSE+JWT, the Corretto provider, libsodium, Bouncy Castle); this room decides which of
 * them are allowed, with which bounds, and in which text formats the results are stored.
 *
 * <p>Failures of hostile input are {@link dev.ostiary.crypto.JoseException} (with the code that the Management API
 * shows) or plain {@code false}; failures of our own data, such as a sealed value that does not open, are
 * {@link dev.ostiary.crypto.SealBrokenException}.
 */
@NullMarked
package dev.ostiary.crypto;

import org.jspecify.annotations.NullMarked;
