/**
 * Clients that register themselves (RFC 7591) and look after their registration (RFC 7592). Off unless a tenant switches
 * it on.
 *
 * <p>{@link dev.ostiary.oidc.registration.Registration} is the door,
 * {@link dev.ostiary.oidc.registration.ClientMetadata} what a client says of itself, read and judged. Tables:
 * {@code registered_clients}, {@code initial_access_tokens}, {@code registration_attempts}; the application itself is a row
 * of {@code applications}. URLs: {@code /oidc/register}, {@code /api/configs/oidc/registration}. Events:
 * {@code Registration.Create}, {@code Registration.Update}, {@code Registration.Delete}.
 */
@NullMarked
package dev.ostiary.oidc.registration;

import org.jspecify.annotations.NullMarked;
