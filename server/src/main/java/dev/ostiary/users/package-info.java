/**
 * Users: who they are, how they are found, their passwords and profile.
 *
 * <p>Tables {@code users}, {@code user_search} (what they are searched by, kept by triggers), {@code user_counts} (how
 * many, a ledger) and {@code user_days} (how many are new and active each day, another). URLs {@code /api/users…} as far as
 * they need nothing but users, and {@code /api/dashboard/users…}: roles of a user live in {@code roles}, sessions in
 * {@code sessions}. {@link dev.ostiary.users.Users} is the door, {@link dev.ostiary.users.Passwords} proves
 * who knows a password, {@link dev.ostiary.users.UserClaims} says what of a user a client may read. It does not decide
 * who may sign in: that is {@code experience}.
 */
@NullMarked
package dev.ostiary.users;

import org.jspecify.annotations.NullMarked;
