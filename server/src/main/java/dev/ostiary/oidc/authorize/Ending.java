package dev.ostiary.oidc.authorize;

import dev.ostiary.db.Tx;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.OAuthException;
import org.jspecify.annotations.Nullable;

/**
 * How a request ends. The browser takes the answer to the client; or a device waits for it, and the browser stays with us
 * (RFC 8628 section 3.3).
 */
interface Ending {
    /** @param approved what the client may have now */
    Response granted(Visit visit, Approved approved);

    /** An error that the sign-in pages have given as the visitor's answer. */
    Response failed(Tx tx, Request request, AuthorizeRequest asked, String error, @Nullable String description);

    /**
     * The request was not good, or is not any more.
     *
     * @throws OAuthException the same refusal, for the visitor to see, where the client cannot be told
     */
    Response refused(Request request, AuthorizeParams params, OAuthException refusal);
}
