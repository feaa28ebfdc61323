/**
 * Signing out (OpenID Connect RP-Initiated Logout 1.0): {@code /oidc/session/end}, its confirmation and the page after
 * it. The form that confirms carries all that the request has settled, sealed with the session it belongs to.
 *
 * <p>Grants without offline_access end with the session. Applications that want to be told of it are: by our server
 * (Back-Channel Logout 1.0), whoever ended the session, and by the visitor's browser (Front-Channel Logout 1.0), where one
 * is there. Table {@code logout_notices}: who is still to be told.
 */
@NullMarked
package dev.ostiary.oidc.logout;

import org.jspecify.annotations.NullMarked;
