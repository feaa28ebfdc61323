package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;
import java.util.Set;

/**
 * The client may have this kind of answer. All kinds of clients are registered for {@code code} alone: tokens in a
 * redirect leak (RFC 9700 section 2.1.2).
 */
final class AllowedResponseType implements AuthorizeCheck {
    private static final Set<String> KNOWN = Set.of("code", "id_token", "code id_token", "id_token code", "none");

    @Override
    public void check(AuthorizeDraft draft) {
        String type = draft.params.get("response_type");
        if (type == null || !KNOWN.contains(type)) {
            throw OAuthError.UNSUPPORTED_RESPONSE_TYPE.because("unsupported response_type requested");
        }
        if (!type.equals("code") || !draft.client().allowsCode()) {
            throw OAuthError.UNAUTHORIZED_CLIENT.because("requested response_type is not allowed for this client");
        }
    }
}
