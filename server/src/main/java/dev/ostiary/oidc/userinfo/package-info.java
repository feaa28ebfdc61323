/** {@code /oidc/me}: what the holder of an opaque access token may read of its user. */
@NullMarked
package dev.ostiary.oidc.userinfo;

import org.jspecify.annotations.NullMarked;
