/**
 * The authorization endpoint (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2): {@code /oidc/auth} and the way
 * back from the sign-in pages, {@code /oidc/auth/<interaction>}.
 *
 * <p>A request passes the checks that {@link dev.ostiary.oidc.authorize.AuthorizeChecks} lists in their order. Then
 * {@link dev.ostiary.oidc.authorize.Authorize} decides: an answer at once, or an interaction for which the visitor is
 * needed. Applications of our own get their consent silently in the same step; those of others through {@link
 * dev.ostiary.oidc.authorize.Consents}.
 *
 * <p>Events: {@code Interaction.Create}, {@code Interaction.End}.
 */
@NullMarked
package dev.ostiary.oidc.authorize;

import org.jspecify.annotations.NullMarked;
