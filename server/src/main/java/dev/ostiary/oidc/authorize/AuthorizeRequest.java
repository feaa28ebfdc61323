package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that passed all checks.
 *
 * @param scopes asked for, those we do not know included: they may belong to a resource
 * @param maxAge seconds
 * @param hintedUser the subject of a valid id_token_hint
 */
record AuthorizeRequest(
        Application client,
        AuthorizeParams params,
        String redirectUri,
        ResponseMode responseMode,
        Set<String> scopes,
        Set<String> prompts,
        List<String> resources,
        @Nullable Long maxAge,
        @Nullable String hintedUser) {

    boolean prompts(String prompt) {
        return prompts.contains(prompt);
    }

    /** Whether the client wants to know in the ID token when the user signed in (OpenID Connect Core section 2). */
    boolean wantsAuthTime() {
        return maxAge != null || prompts("login");
    }
}
