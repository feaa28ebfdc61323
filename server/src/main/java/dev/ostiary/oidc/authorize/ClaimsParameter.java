package dev.ostiary.oidc.authorize;

import dev.ostiary.json.Json;
import dev.ostiary.oidc.Acr;
import dev.ostiary.oidc.ClaimScopes;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.RequestedClaims;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/**
 * {@code claims} (OpenID Connect Core section 5.5): single claims, for the userinfo endpoint and for the ID token. Read
 * strictly, since what one reader forgives another may understand differently; claims and members that nobody here knows
 * are passed over, as the specification wants it.
 */
final class ClaimsParameter implements AuthorizeCheck {
    /** No honest request comes near; URLs end before. */
    private static final int LONGEST = 8_000;

    /** Of an object in an array in a claim, with room for one that has structure itself. */
    private static final int DEEPEST = 8;

    private static final int MOST = 100;

    @Override
    public void check(AuthorizeDraft draft) {
        String text = draft.params.get("claims");
        if (text == null) {
            return;
        }
        JsonNode document = document(text);
        JsonNode userinfo = member(document, "userinfo");
        JsonNode idToken = member(document, "id_token");
        if (userinfo != null && !draft.responseType.hasCode()) {
            throw malformed("claims.userinfo must not be used where no access token is issued");
        }
        Set<String> subjects = merged(values(userinfo, "sub"), values(idToken, "sub"));
        draft.demands = new Demands(
                new RequestedClaims(known(userinfo), known(idToken)),
                subjects,
                idToken != null && idToken.has("auth_time"),
                idToken != null && idToken.has("acr"));
        checkAcr(userinfo);
        checkAcr(idToken);
    }

    private static JsonNode document(String text) {
        if (text.length() > LONGEST) {
            throw malformed("claims must not be longer than " + LONGEST + " characters");
        }
        JsonNode document;
        try {
            document = Json.mapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .readTree(text);
        } catch (JacksonException e) {
            throw malformed("could not parse the claims parameter JSON");
        }
        if (!document.isObject()) {
            throw malformed("claims must be a JSON object");
        }
        if (depth(document) > DEEPEST) {
            throw malformed("claims must not be nested so deeply");
        }
        return document;
    }

    /** {@code userinfo} or {@code id_token}, every claim in it of a shape we can read; null if it is left out. */
    private static @Nullable JsonNode member(JsonNode document, String name) {
        JsonNode member = document.get(name);
        if (member == null) {
            return null;
        }
        if (!member.isObject()) {
            throw malformed("claims." + name + " must be an object");
        }
        if (member.size() > MOST) {
            throw malformed("claims." + name + " must not have more than " + MOST + " members");
        }
        for (Map.Entry<String, JsonNode> claim : member.properties()) {
            checkShape("claims." + name + "." + claim.getKey(), claim.getValue());
        }
        return member;
    }

    private static void checkShape(String where, JsonNode request) {
        if (request.isNull()) {
            return;
        }
        if (!request.isObject()) {
            throw malformed(where + " must be null or an object");
        }
        if (request.has("essential") && !request.path("essential").isBoolean()) {
            throw malformed(where + ".essential must be a boolean");
        }
        JsonNode values = request.path("values");
        if (request.has("values") && (!values.isArray() || values.isEmpty())) {
            throw malformed(where + ".values must be an array with members");
        }
        if (request.has("value") && request.has("values")) {
            throw malformed(where + " must have value or values, not both");
        }
    }

    private static Set<String> known(@Nullable JsonNode member) {
        Set<String> known = new LinkedHashSet<>();
        if (member != null) {
            member.propertyNames().stream()
                    .filter(claim -> ClaimScopes.of(claim).isPresent())
                    .forEach(known::add);
        }
        return known;
    }

    /** The texts one of which the claim must have; null if any will do. */
    private static @Nullable Set<String> values(@Nullable JsonNode member, String claim) {
        JsonNode request = member == null ? Json.object() : member.path(claim);
        if (!request.has("value") && !request.has("values")) {
            return null;
        }
        Set<String> values = new LinkedHashSet<>();
        for (JsonNode value : request.has("value") ? Set.of(request.path("value")) : request.path("values")) {
            if (!value.isString()) {
                throw malformed("values of " + claim + " must be strings");
            }
            values.add(value.asString());
        }
        return values;
    }

    private static @Nullable Set<String> merged(@Nullable Set<String> one, @Nullable Set<String> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<String> both = new LinkedHashSet<>(one);
        both.retainAll(other);
        return both;
    }

    /**
     * A wish that cannot be met is passed over; what the client must have and cannot get is a failed authentication
     * (OpenID Connect Core section 5.5.1.1), which has an error of its own (OpenID Connect Core Error Code
     * unmet_authentication_requirements 1.0).
     */
    private static void checkAcr(@Nullable JsonNode member) {
        Set<String> wanted = values(member, "acr");
        boolean essential =
                member != null && member.path("acr").path("essential").asBoolean(false);
        if (essential && wanted != null && Acr.SUPPORTED.stream().noneMatch(wanted::contains)) {
            throw OAuthError.UNMET_AUTHENTICATION_REQUIREMENTS.because("the requested acr cannot be reached");
        }
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return deepest + 1;
    }

    private static OAuthException malformed(String description) {
        return OAuthError.INVALID_REQUEST.because(description);
    }
}
