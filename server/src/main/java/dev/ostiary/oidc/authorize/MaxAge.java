package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code max_age} in whole seconds; zero means to sign in again (OpenID Connect Core section 3.1.2.1). */
final class MaxAge implements AuthorizeCheck {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    @Override
    public void check(AuthorizeDraft draft) {
        String text = draft.params.get("max_age");
        if (text == null) {
            return;
        }
        if (!SECONDS.matcher(text).matches()) {
            throw OAuthError.INVALID_REQUEST.because("invalid max_age parameter value");
        }
        draft.maxAge = Long.valueOf(text);
        if (draft.maxAge == 0 && !draft.prompts.contains("none")) {
            Set<String> prompts = new LinkedHashSet<>(draft.prompts);
            prompts.add("login");
            draft.prompts = prompts;
        }
    }
}
