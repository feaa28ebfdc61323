/**
 * Demonstrating proof of possession (RFC 9449): a client shows by a signature of its own, anew for each request, that it
 * holds the key which its tokens are bound to. {@link dev.ostiary.oidc.dpop.DpopProofs} judges proofs, {@link
 * dev.ostiary.oidc.dpop.SenderConstraint} what a token is presented with.
 */
@NullMarked
package dev.ostiary.oidc.dpop;

import org.jspecify.annotations.NullMarked;
