/**
 * Signing out (OpenID Connect RP-Initiated Logout 1.0): {@code /oidc/session/end}, its confirmation and the page after
 * it. The form that confirms carries all that the request has settled, sealed with the session it belongs to.
 *
 * <p>Grants without offline_access end with the session. Applications that want to be told of it (Back-Channel Logout
 * 1.0) are not told yet: the place is where {@code Logout} has ended the session.
 */
@NullMarked
package dev.ostiary.oidc.logout;

import org.jspecify.annotations.NullMarked;
