package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Application;
import dev.ostiary.http.Params;
import dev.ostiary.oidc.tokens.Redeemable;
import dev.ostiary.users.User;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks an access token for, in the name of a user; the same record for every grant, so that all are judged
 * alike (TK8).
 *
 * @param scopes wanted in this exchange
 * @param resources named in this exchange
 * @param jkt thumbprint of the key that the token is bound to; null for a bearer token
 * @param limits what the user signed in for, and what the token may therefore never exceed; null where no sign-in stands
 *     behind the exchange
 */
record AccessDemand(
        Application client,
        User user,
        Set<String> scopes,
        List<String> resources,
        @Nullable String organizationId,
        @Nullable String jkt,
        @Nullable Redeemable limits) {

    static AccessDemand of(TokenRequest request, User user, Set<String> scopes) {
        return of(request, user, scopes, null);
    }

    /** With a code or a refresh token. */
    static AccessDemand of(TokenRequest request, Redeemable limits, Set<String> scopes) {
        return of(request, limits.user(), scopes, limits);
    }

    private static AccessDemand of(TokenRequest request, User user, Set<String> scopes, @Nullable Redeemable limits) {
        Params form = request.form();
        return new AccessDemand(
                request.client(),
                user,
                scopes,
                form.all("resource"),
                form.get("organization_id"),
                request.jkt(),
                limits);
    }
}
