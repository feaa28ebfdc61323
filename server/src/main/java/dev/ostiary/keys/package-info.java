/**
 * Keys of a tenant. Of its signing keys one, Current, signs tokens; at most one Next is published before it does, and what
 * at most one Previous has signed still verifies: {@link dev.ostiary.keys.Keys}. Cookie keys sign cookies and forms: {@link
 * dev.ostiary.keys.CookieKeys}. Private keys are sealed at rest and never leave.
 *
 * <p>Tables {@code signing_keys}, {@code cookie_keys}. URLs {@code /api/configs/oidc/private-keys…},
 * {@code /api/configs/oidc/cookie-keys…}. Events {@code SigningKey.Rotated}, {@code SigningKey.Deleted},
 * {@code CookieKey.Rotated}, {@code CookieKey.Deleted}.
 */
@NullMarked
package dev.ostiary.keys;

import org.jspecify.annotations.NullMarked;
