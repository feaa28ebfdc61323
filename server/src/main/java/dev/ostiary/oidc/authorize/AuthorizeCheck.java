package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthException;

/** One rule of an authorization request. To add one: a class, and a line in {@link AuthorizeChecks}. */
interface AuthorizeCheck {
    /** @throws OAuthException the refusal */
    void check(AuthorizeDraft draft);
}
