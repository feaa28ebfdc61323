/** Introspection (RFC 7662) and revocation (RFC 7009) of stored tokens. */
@NullMarked
package dev.ostiary.oidc.introspection;

import org.jspecify.annotations.NullMarked;
