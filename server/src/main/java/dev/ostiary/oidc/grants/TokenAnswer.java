package dev.ostiary.oidc.grants;

import dev.ostiary.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The successful answer of the token endpoint (RFC 6749 section 5.1). */
record TokenAnswer(
        String accessToken, Duration expiresIn, @Nullable String idToken, @Nullable String refreshToken, String scope) {

    /** The names of what is in it, for the log. */
    List<String> tokenTypes() {
        List<String> types = new ArrayList<>(3);
        types.add("AccessToken");
        if (refreshToken != null) {
            types.add("RefreshToken");
        }
        if (idToken != null) {
            types.add("IdToken");
        }
        return types;
    }

    /** @param type {@code Bearer} or {@code DPoP} */
    Response response(String type) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", accessToken);
        body.put("expires_in", expiresIn.toSeconds());
        if (idToken != null) {
            body.put("id_token", idToken);
        }
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken);
        }
        body.put("scope", scope);
        body.put("token_type", type);
        return Response.json(body).with("Cache-Control", "no-store").with("Pragma", "no-cache");
    }

    @Override
    public String toString() {
        return "TokenAnswer" + tokenTypes();
    }
}
