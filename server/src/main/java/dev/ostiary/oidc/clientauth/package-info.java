/** Which client calls a back-channel endpoint, and whether it is that client (RFC 6749 section 2.3). */
@NullMarked
package dev.ostiary.oidc.clientauth;

import org.jspecify.annotations.NullMarked;
