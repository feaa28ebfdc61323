package dev.ostiary.oidc.logout;

import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of OpenID Connect RP-Initiated Logout 1.0 section 2; by GET or as a form. */
record LogoutRequest(
        @Nullable String idTokenHint,
        @Nullable String logoutHint,
        @Nullable String clientId,
        @Nullable String postLogoutRedirectUri,
        @Nullable String state,
        @Nullable String uiLocales) {
    private static final List<String> KNOWN =
            List.of("id_token_hint", "logout_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales");

    /** @throws OAuthException for one that comes twice: two readers could take different ones (AZ4) */
    static LogoutRequest read(Request request) {
        Params form = request.method().equals("POST") ? OAuthForm.read(request) : Params.NONE;
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : KNOWN) {
            if (request.query().all(name).size() + form.all(name).size() > 1) {
                throw OAuthError.INVALID_REQUEST.because("'" + name + "' parameter must not be provided twice");
            }
            String value =
                    form.first(name).or(() -> request.query().first(name)).orElse("");
            if (!value.isEmpty()) {
                params.put(name, value);
            }
        }
        return new LogoutRequest(
                params.get("id_token_hint"),
                params.get("logout_hint"),
                params.get("client_id"),
                params.get("post_logout_redirect_uri"),
                params.get("state"),
                params.get("ui_locales"));
    }
}
