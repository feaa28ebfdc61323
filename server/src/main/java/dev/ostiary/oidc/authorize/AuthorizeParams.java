package dev.ostiary.oidc.authorize;

import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.Scopes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of an authorization request that we know; others are dropped. One without a value counts as left out
 * (RFC 6749 section 3.1).
 *
 * @param resources the only parameter that may come several times (RFC 8707 section 2)
 * @param repeated names that came several times and must not
 */
record AuthorizeParams(Map<String, String> values, List<String> resources, Set<String> repeated) {
    private static final String RESOURCE = "resource";

    static final List<String> EXTRAS = List.of(
            "interaction_mode",
            "first_screen",
            "direct_sign_in",
            "organization_id",
            "login_hint",
            "ui_locales",
            "identifier",
            "one_time_token",
            "google_one_tap_credential");

    private static final Set<String> KNOWN = known();

    /** RFC 6749 appendix A.5. */
    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7E]+");

    private static Set<String> known() {
        Set<String> known = new LinkedHashSet<>(List.of(
                "acr_values",
                "claims",
                "claims_locales",
                "client_id",
                "code_challenge",
                "code_challenge_method",
                "display",
                "dpop_jkt",
                "id_token_hint",
                "max_age",
                "nonce",
                "prompt",
                "redirect_uri",
                "registration",
                "request",
                "request_uri",
                "response_mode",
                "response_type",
                "scope",
                "state"));
        known.addAll(EXTRAS);
        return known;
    }

    /** From the query; a POST's form comes beside it (OpenID Connect Core section 3.1.2.1). */
    static AuthorizeParams read(Request request) {
        Params query = request.query();
        Params form = request.method().equals("POST") ? OAuthForm.read(request) : Params.NONE;
        return of(query, form);
    }

    static AuthorizeParams of(Params query, Params form) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> repeated = new LinkedHashSet<>();
        for (String name : KNOWN) {
            List<String> sent = new ArrayList<>(query.all(name));
            sent.addAll(form.all(name));
            if (sent.size() > 1) {
                repeated.add(name);
            } else if (sent.size() == 1 && !sent.getFirst().isEmpty()) {
                values.put(name, wellFormed(sent.getFirst()));
            }
        }
        List<String> resources = new ArrayList<>();
        for (Params source : List.of(query, form)) {
            source.all(RESOURCE).forEach(list -> {
                for (String resource : list.split(",")) {
                    if (!resource.isEmpty() && !resources.contains(resource)) {
                        resources.add(wellFormed(resource));
                    }
                }
            });
        }
        return new AuthorizeParams(values, resources, repeated);
    }

    /** As {@link #toJson} stored them. */
    static AuthorizeParams stored(ObjectNode params) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> resources = new ArrayList<>();
        params.properties().forEach(entry -> {
            if (entry.getKey().equals(RESOURCE)) {
                entry.getValue().forEach(resource -> resources.add(resource.asString()));
            } else {
                values.put(entry.getKey(), entry.getValue().asString());
            }
        });
        return new AuthorizeParams(values, resources, Set.of());
    }

    /** The same, of a device that waits for the answer. @param device its code's id */
    AuthorizeParams of(String device) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(Interaction.DEVICE, device);
        return new AuthorizeParams(more, resources, repeated);
    }

    /** The same, for a person who has chosen a language of ours; null for one who has not. */
    AuthorizeParams in(@Nullable String language) {
        if (language == null) {
            return this;
        }
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put("ui_locales", language);
        return new AuthorizeParams(changed, resources, repeated);
    }

    /** The same, with that prompt among the others; without what would name who is signed in now. */
    AuthorizeParams asking(String prompt) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        Set<String> prompts = Scopes.parse(get("prompt"));
        prompts.add(prompt);
        changed.put("prompt", Scopes.join(prompts));
        changed.remove("id_token_hint");
        changed.remove("login_hint");
        return new AuthorizeParams(changed, resources, repeated);
    }

    /**
     * The same, with {@code state} and {@code response_mode} of a request object that is not taken, unless they stand beside
     * it: the client put them where OpenID Connect Core section 6.1 wants them, and waits for its error. They are worth what
     * they would be in the query: the redirect URI is the one that stands beside it, and registered.
     */
    AuthorizeParams answerable() {
        Map<String, String> more = new LinkedHashMap<>(values);
        JsonNode claims = unverified(get("request"));
        for (String name : List.of("state", "response_mode")) {
            if (VISIBLE.matcher(claims.path(name).asString("")).matches()) {
                more.putIfAbsent(name, claims.path(name).asString());
            }
        }
        return new AuthorizeParams(more, resources, repeated);
    }

    /** Nothing if it is no JWT. */
    private static JsonNode unverified(@Nullable String object) {
        String[] parts = object == null ? new String[0] : object.split("\\.", -1);
        if (parts.length != 3) {
            return Json.object();
        }
        try {
            return Json.read(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException | JacksonException e) {
            return Json.object();
        }
    }

    @Nullable
    String device() {
        return values.get(Interaction.DEVICE);
    }

    boolean isOfDevice() {
        return values.containsKey(Interaction.DEVICE);
    }

    /** A query that says the same. */
    Map<String, List<String>> toQuery() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        values.forEach((name, value) -> query.put(name, List.of(value)));
        if (!resources.isEmpty()) {
            query.put(RESOURCE, resources);
        }
        return query;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        values.forEach(json::put);
        if (!resources.isEmpty()) {
            ArrayNode list = json.putArray(RESOURCE);
            resources.forEach(list::add);
        }
        return json;
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** What no honest client sends, and what the database cannot store. */
    private static String wellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                throw OAuthError.INVALID_REQUEST.because("parameters must be valid text without NUL characters");
            }
            if (pair) {
                i++;
            }
        }
        return value;
    }
}
