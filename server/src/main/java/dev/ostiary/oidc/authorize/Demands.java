package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.RequestedClaims;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code claims} parameter says, taken apart.
 *
 * @param claims about the user, to be told
 * @param subjects who alone may be signed in; null if everybody
 * @param authTime whether ID tokens are to say when the user signed in
 * @param acr whether ID tokens are to say how; what cannot be met has been refused already
 */
record Demands(RequestedClaims claims, @Nullable Set<String> subjects, boolean authTime, boolean acr) {
    static final Demands NONE = new Demands(RequestedClaims.NONE, null, false, false);
}
