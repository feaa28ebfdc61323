/**
 * Second factors of users: keys of authenticator apps (TOTP, RFC 6238) and backup codes.
 *
 * <p>{@link dev.ostiary.mfa.Factors} is the door. What a factor is made of is kept with its user
 * ({@code users.mfa_verifications}), keys and codes sealed. URLs {@code /api/users/{userId}/mfa-verifications}. It does
 * not decide who needs a second factor, nor check one at sign-in.
 */
@NullMarked
package dev.ostiary.mfa;

import org.jspecify.annotations.NullMarked;
