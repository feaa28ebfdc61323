/**
 * Devices without a browser of their own (RFC 8628): {@code POST /oidc/device/auth}, where they ask for a code, and {@code
 * /oidc/device}, where the browser of their user says yes or no. The pages in between are those of {@code pages}; the sign-in
 * is that of {@code oidc.authorize}; the tokens are given out by {@code oidc.grants}.
 */
@NullMarked
package dev.ostiary.oidc.device;

import org.jspecify.annotations.NullMarked;
