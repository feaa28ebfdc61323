/**
 * Signing keys of a tenant: one Current that signs, at most one Next and one Previous that others may still verify with.
 * Private keys are sealed at rest. Table {@code signing_keys}.
 */
@NullMarked
package dev.ostiary.keys;

import org.jspecify.annotations.NullMarked;
