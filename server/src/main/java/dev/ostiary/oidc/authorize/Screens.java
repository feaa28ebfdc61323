package dev.ostiary.oidc.authorize;

import dev.ostiary.http.Params;
import dev.ostiary.oidc.Scopes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** To which page a visitor is sent, and what the page is told in its address. */
final class Screens {
    private static final Map<String, String> BY_FIRST_SCREEN = Map.of(
            "sign_in", "sign-in",
            "signIn", "sign-in",
            "register", "register",
            "signUp", "register",
            "reset_password", "reset-password",
            "identifier:sign_in", "identifier-sign-in",
            "identifier:register", "identifier-register",
            "single_sign_on", "single-sign-on");
    private static final List<String> INTERACTION_MODES = List.of("signIn", "signUp");

    /** In this order in the page's address. */
    private static final List<String> PASSED_ON =
            List.of("organization_id", "ui_locales", "one_time_token", "login_hint", "identifier");

    private Screens() {}

    static String consent(String clientId) {
        return "/consent?app_id=" + Params.encode(clientId);
    }

    /** The same request once more, for a visitor who is somebody else. */
    static String anotherAccount(AuthorizeParams params) {
        Map<String, List<String>> query = params.toQuery();
        boolean asksAgain = Scopes.parse(params.get("prompt")).contains("consent");
        query.put("prompt", List.of(asksAgain ? "login consent" : "login"));
        // They would name who is signed in now.
        query.remove("id_token_hint");
        query.remove("login_hint");
        return "/oidc/auth?" + Params.of(query).encode();
    }

    /** Relative to the origin. If one of the extra parameters is not valid, none of them counts. */
    static String signIn(String clientId, AuthorizeParams params) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("app_id", List.of(clientId));
        if (!areValid(params)) {
            return "/sign-in?" + Params.of(query).encode();
        }
        for (String name : PASSED_ON) {
            String value = params.get(name);
            if (value != null) {
                query.put(name, List.of(value));
            }
        }
        String screen = screen(params);
        String direct = direct(params);
        if (direct != null) {
            query.put("fallback", List.of(screen));
            return "/direct/" + direct + "?" + Params.of(query).encode();
        }
        return "/" + screen + "?" + Params.of(query).encode();
    }

    private static boolean areValid(AuthorizeParams params) {
        String first = params.get("first_screen");
        String mode = params.get("interaction_mode");
        return (first == null || BY_FIRST_SCREEN.containsKey(first))
                && (mode == null || INTERACTION_MODES.contains(mode));
    }

    private static String screen(AuthorizeParams params) {
        String wanted = params.get("first_screen");
        if (wanted == null) {
            wanted = params.get("interaction_mode");
        }
        return wanted == null ? "sign-in" : BY_FIRST_SCREEN.getOrDefault(wanted, "sign-in");
    }

    /** {@code <method>/<target>}: straight to a provider, without a page of ours. */
    private static @Nullable String direct(AuthorizeParams params) {
        if (params.has("google_one_tap_credential")) {
            return "social/google";
        }
        String wanted = params.get("direct_sign_in");
        int colon = wanted == null ? -1 : wanted.indexOf(':');
        if (wanted == null || colon <= 0 || colon == wanted.length() - 1) {
            return null;
        }
        return segment(wanted.substring(0, colon)) + "/" + segment(wanted.substring(colon + 1));
    }

    /** One path segment and nothing more: a slash or dots in it must not lead elsewhere. */
    private static String segment(String text) {
        String encoded =
                java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.chars().allMatch(c -> c == '.') ? encoded.replace(".", "%2E") : encoded;
    }
}
