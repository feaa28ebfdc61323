/**
 * Enterprise SSO over OpenID Connect: we are the relying party. {@link dev.ostiary.sso.oidc.OidcProtocol} sends a
 * visitor to the provider and reads what comes back; {@link dev.ostiary.sso.oidc.Discovery} knows what providers say of
 * themselves. Every refusal is an {@code AppException} with a {@code connector.*} code and {@code data.fault}, a
 * {@link dev.ostiary.sso.SsoFault}.
 */
@NullMarked
package dev.ostiary.sso.oidc;

import org.jspecify.annotations.NullMarked;
