package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ResponseType;
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
        ResponseType responseType,
        ResponseMode responseMode,
        Set<String> scopes,
        Set<String> prompts,
        List<String> resources,
        @Nullable Long maxAge,
        @Nullable String hintedUser,
        Demands demands) {

    boolean prompts(String prompt) {
        return prompts.contains(prompt);
    }

    /** Whether the client wants to know in the ID token when the user signed in (OpenID Connect Core section 2). */
    boolean wantsAuthTime() {
        return maxAge != null || prompts("login") || demands.authTime();
    }

    /** Whether it wants to know in what way, be it by {@code acr_values} or by {@code claims}. */
    boolean wantsAcr() {
        return params.has("acr_values") || demands.acr();
    }

    /** Whether the answer may be about that user; never about another one, even one who is signed in. */
    boolean expects(@Nullable String userId) {
        return (hintedUser == null || hintedUser.equals(userId))
                && (demands.subjects() == null || demands.subjects().contains(String.valueOf(userId)));
    }
}
