/**
 * Second floor: OAuth 2.0 and OpenID Connect, everything below {@code /oidc}. Here are the words that its parts share:
 * {@link dev.ostiary.oidc.OAuthException} and the one filter that renders it, the reading of form bodies, scopes, CORS.
 * The parts are {@code authorize}, {@code clientauth}, {@code grants}, {@code tokens}, {@code userinfo},
 * {@code introspection}, {@code discovery} and {@code logout}.
 *
 * <p>Tables: {@code authorization_codes}, {@code access_tokens}, {@code refresh_tokens}.
 */
@NullMarked
package dev.ostiary.oidc;

import org.jspecify.annotations.NullMarked;
