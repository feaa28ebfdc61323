/**
 * Second floor: proofs of who somebody is. A {@link dev.ostiary.verifications.Verification} is kept with the visit that
 * made it, one of each type; {@link dev.ostiary.verifications.Lockout} counts the failed ones, over all channels and all
 * nodes.
 *
 * <p>{@link dev.ostiary.verifications.VerificationRecords} are proofs outside of a visit, for the account API.
 *
 * <p>Tables: {@code failed_attempts}, {@code verification_records}. URLs: none, {@code experience} and {@code account} have them. It does not decide what
 * a proof is good for.
 */
@NullMarked
package dev.ostiary.verifications;

import org.jspecify.annotations.NullMarked;
