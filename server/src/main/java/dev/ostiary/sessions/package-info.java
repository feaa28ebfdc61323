/**
 * Browser sessions and what users have granted to applications.
 *
 * <p>Tables: {@code sessions}, {@code grants}. URLs {@code /api/users/{userId}/sessions} and {@code …/grants}. A revoked grant takes its codes and tokens along by
 * foreign key. The cookie {@code _session} ({@code __Host-_session} on https) holds a value of which only the hash is
 * stored; the value changes at each sign-in, {@code uid} stays.
 */
@NullMarked
package dev.ostiary.sessions;

import org.jspecify.annotations.NullMarked;
