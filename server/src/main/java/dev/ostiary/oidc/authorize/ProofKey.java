package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;
import java.util.regex.Pattern;

/** PKCE (RFC 7636): demanded of clients without a secret where there is a code to protect, S256 only. */
final class ProofKey implements AuthorizeCheck {
    private static final Pattern CHALLENGE = Pattern.compile("[\\w.\\-~]{43,128}");

    @Override
    public void check(AuthorizeDraft draft) {
        String challenge = draft.params.get("code_challenge");
        String method = draft.params.get("code_challenge_method");
        if (challenge == null) {
            if (method != null) {
                throw OAuthError.INVALID_REQUEST.because("code_challenge must be provided with code_challenge_method");
            }
            if (draft.responseType.hasCode() && draft.client().requiresPkce()) {
                throw OAuthError.INVALID_REQUEST.because(
                        "Authorization Server policy requires PKCE to be used for this request");
            }
            return;
        }
        if (method == null) {
            throw OAuthError.INVALID_REQUEST.because("code_challenge_method must be provided");
        }
        if (!method.equals("S256")) {
            throw OAuthError.INVALID_REQUEST.because("not supported value of code_challenge_method");
        }
        if (!CHALLENGE.matcher(challenge).matches()) {
            throw OAuthError.INVALID_REQUEST.because(
                    "code_challenge must be a string of 43 to 128 characters of the unreserved set");
        }
    }
}
