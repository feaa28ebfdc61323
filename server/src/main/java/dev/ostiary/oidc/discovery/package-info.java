/** Discovery (RFC 8414, OpenID Connect Discovery 1.0) and the key set: both served from memory. */
@NullMarked
package dev.ostiary.oidc.discovery;

import org.jspecify.annotations.NullMarked;
