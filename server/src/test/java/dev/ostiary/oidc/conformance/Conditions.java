package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.conformance.Suite.Callback;
import dev.ostiary.testing.TestBrowser.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What the suite holds answers against, whatever the module. */
public final class Conditions {
    /** RFC 6749 appendix A.7, A.8. */
    private static final String DESCRIPTION = "[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+";

    private static final Set<String> MEMBERS_OF_ERRORS =
            Set.of("error", "error_description", "error_uri", "state", "session_state", "iss");

    private static final Map<String, Predicate<JsonNode>> STANDARD_CLAIMS = Map.ofEntries(
            Map.entry("sub", JsonNode::isString),
            Map.entry("name", JsonNode::isString),
            Map.entry("given_name", JsonNode::isString),
            Map.entry("family_name", JsonNode::isString),
            Map.entry("middle_name", JsonNode::isString),
            Map.entry("nickname", JsonNode::isString),
            Map.entry("preferred_username", JsonNode::isString),
            Map.entry("profile", JsonNode::isString),
            Map.entry("picture", JsonNode::isString),
            Map.entry("website", JsonNode::isString),
            Map.entry("email", JsonNode::isString),
            Map.entry("email_verified", JsonNode::isBoolean),
            Map.entry("gender", JsonNode::isString),
            Map.entry("birthdate", JsonNode::isString),
            Map.entry("zoneinfo", JsonNode::isString),
            Map.entry("locale", JsonNode::isString),
            Map.entry("phone_number", JsonNode::isString),
            Map.entry("phone_number_verified", JsonNode::isBoolean),
            Map.entry("address", JsonNode::isObject),
            Map.entry("updated_at", JsonNode::isIntegralNumber));

    private static final Set<String> MEMBERS_OF_ADDRESSES =
            Set.of("formatted", "street_address", "locality", "region", "postal_code", "country");

    private static final long SKEW = 300;
    private static final long YEAR_1990 = Instant.parse("1990-01-01T00:00:00Z").getEpochSecond();

    private Conditions() {}

    // answers of the authorization endpoint ---------------------------------------------------------------------------

    /** An answer that is no error, by the way that belongs to the response type. */
    public static void success(Suite suite, Suite.Variant variant, Map<String, String> request, Callback callback) {
        assertThat(callback.params()).doesNotContainKeys("error", "error_description", "access_token", "token_type");
        assertThat(callback.get("state")).isEqualTo(request.get("state"));
        assertThat(callback.get("iss")).as("RFC 9207").isEqualTo(suite.issuer());
        assertThat(callback.way())
                .isEqualTo(variant.formPost() ? "form" : variant.responseType().equals("code") ? "query" : "fragment");
        assertThat(callback.has("code")).isEqualTo(variant.hasCode());
        assertThat(callback.has("id_token")).isEqualTo(variant.hasIdToken());
        if (variant.formPost()) {
            assertThat(callback.address()).isEqualTo(request.get("redirect_uri"));
        }
        if (variant.hasCode()) {
            entropy(callback.get("code"));
        }
    }

    /** An error that the client is told, with what the suite calls the generic checks. */
    public static void error(Suite suite, Map<String, String> request, Callback callback, String... expected) {
        assertThat(callback.params()).doesNotContainKeys("code", "id_token", "access_token");
        assertThat(callback.get("error")).isIn((Object[]) expected);
        assertThat(callback.get("state")).isEqualTo(request.get("state"));
        assertThat(callback.get("iss")).as("RFC 9207").isEqualTo(suite.issuer());
        assertThat(callback.params().keySet()).isSubsetOf(MEMBERS_OF_ERRORS);
        if (callback.has("error_description")) {
            assertThat(callback.get("error_description")).matches(DESCRIPTION);
        }
    }

    // answers of the token endpoint -----------------------------------------------------------------------------------

    /** RFC 6749 section 5.1. */
    public static JsonNode tokens(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        json(answer);
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        assertThat(answer.header("Pragma")).as("RFC 6749 section 5.1").contains("no-cache");
        JsonNode body = answer.json();
        assertThat(body.has("error")).isFalse();
        assertThat(body.path("access_token").isString()).isTrue();
        entropy(body.path("access_token").asString());
        assertThat(body.path("access_token").asString())
                .as("RFC 6750 section 2.1")
                .matches("[A-Za-z0-9._~+/-]+=*");
        assertThat(body.path("token_type").asString("")).isEqualToIgnoringCase("Bearer");
        assertThat(body.path("expires_in").isIntegralNumber()).isTrue();
        assertThat(body.path("expires_in").asLong()).isPositive();
        assertThat(body.path("scope").isString()).isTrue();
        if (body.has("refresh_token")) {
            entropy(body.path("refresh_token").asString());
            assertThat(body.path("refresh_token").asString())
                    .as("RFC 6749 appendix A.17")
                    .matches("[\\x20-\\x7E]+");
        }
        return body;
    }

    /** RFC 6749 section 5.2. */
    public static void tokenError(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        json(answer);
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        JsonNode body = answer.json();
        assertThat(body.path("error").asString("")).as(answer.text()).isEqualTo(error);
        assertThat(body.has("access_token")).isFalse();
        if (body.has("error_description")) {
            assertThat(body.path("error_description").asString()).matches(DESCRIPTION);
        }
        if (body.has("error_uri")) {
            assertThat(body.path("error_uri").asString()).matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        }
    }

    private static void json(Answer answer) {
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
    }

    /** RFC 6749 section 10.10: 128 bits and more. */
    static void entropy(String value) {
        assertThat(value.length()).isGreaterThanOrEqualTo(22);
        double bits = 0;
        for (int c : value.chars().distinct().toArray()) {
            double share = value.chars().filter(each -> each == c).count() / (double) value.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        assertThat(bits * value.length()).as("Shannon entropy of " + value).isGreaterThan(96);
    }

    // ID tokens -------------------------------------------------------------------------------------------------------

    /**
     * Everything that is always true of an ID token (OpenID Connect Core sections 2 and 3.1.3.7): signature by the key that
     * it names, an algorithm that is advertised, iss, aud, azp, exp, iat, sub, the types of all claims.
     *
     * @return its claims
     */
    public static JsonNode idToken(Suite suite, Map<String, String> request, String jwt) {
        SignedJWT parsed = parsed(jwt);
        String algorithm = parsed.getHeader().getAlgorithm().getName();
        assertThat(suite.discovery().path("id_token_signing_alg_values_supported"))
                .as(algorithm)
                .anyMatch(each -> each.asString().equals(algorithm));
        assertThat(algorithm).isNotEqualTo("none");
        signature(suite.jwks(), parsed);
        JsonNode claims = claims(jwt);
        assertThat(claims.path("iss").asString("")).isEqualTo(suite.issuer());
        if (claims.path("aud").isArray()) {
            assertThat(claims.path("aud")).anyMatch(each -> each.asString().equals(request.get("client_id")));
        } else {
            assertThat(claims.path("aud").asString("")).isEqualTo(request.get("client_id"));
        }
        if (claims.has("azp")) {
            assertThat(claims.path("azp").asString()).isEqualTo(request.get("client_id"));
        }
        for (String time : List.of("exp", "iat")) {
            assertThat(claims.path(time).isIntegralNumber()).as(time).isTrue();
        }
        assertThat(claims.path("exp").asLong()).isGreaterThan(suite.now());
        assertThat(claims.path("iat").asLong()).isBetween(suite.now() - SKEW, suite.now());
        assertThat(claims.path("exp").asLong()).isGreaterThan(claims.path("iat").asLong());
        assertThat(claims.path("sub").asString("")).matches("\\p{ASCII}{1,255}");
        if (request.containsKey("nonce")) {
            assertThat(claims.path("nonce").asString("")).isEqualTo(request.get("nonce"));
        } else {
            assertThat(claims.has("nonce")).isFalse();
        }
        if (claims.has("auth_time")) {
            assertThat(claims.path("auth_time").isIntegralNumber()).isTrue();
            assertThat(claims.path("auth_time").asLong())
                    .isLessThanOrEqualTo(claims.path("iat").asLong());
        }
        if (claims.has("acr")) {
            assertThat(claims.path("acr").isString()).isTrue();
        }
        standardClaims(suite, claims);
        return claims;
    }

    private static void signature(JsonNode jwks, SignedJWT jwt) {
        try {
            String kid = jwt.getHeader().getKeyID();
            assertThat(kid).as("kid").isNotNull();
            List<JWK> named = JWKSet.parse(Json.write(jwks)).getKeys().stream()
                    .filter(each -> kid.equals(each.getKeyID()))
                    .toList();
            assertThat(named).as("keys named " + kid).hasSize(1);
            JWK key = named.getFirst();
            if (key.getAlgorithm() != null) {
                assertThat(key.getAlgorithm()).isEqualTo(jwt.getHeader().getAlgorithm());
            }
            JWSVerifier verifier = key.toPublicJWK().getKeyType().getValue().equals("RSA")
                    ? new RSASSAVerifier(key.toRSAKey())
                    : new ECDSAVerifier(key.toECKey());
            assertThat(jwt.verify(verifier)).as("signature").isTrue();
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Types of claims in ID tokens and at the userinfo endpoint (OpenID Connect Core sections 5.1, 5.1.1, 5.3.2). */
    public static void standardClaims(Suite suite, JsonNode claims) {
        claims.forEachEntry((name, value) -> {
            Predicate<JsonNode> type = STANDARD_CLAIMS.get(name);
            assertThat(value.isNull()).as(name + " is not null").isFalse();
            assertThat(type == null || type.test(value)).as(name + " " + value).isTrue();
            assertThat(value.isString() && value.asString().isEmpty())
                    .as(name + " is not empty")
                    .isFalse();
        });
        if (claims.has("address")) {
            assertThat(claims.path("address").propertyNames()).isNotEmpty().isSubsetOf(MEMBERS_OF_ADDRESSES);
            claims.path("address").forEach(each -> assertThat(each.isString()).isTrue());
        }
        if (claims.has("updated_at")) {
            assertThat(claims.path("updated_at").asLong())
                    .as("updated_at, seconds")
                    .isBetween(YEAR_1990, suite.now() + SKEW);
        }
        if (claims.has("birthdate")) {
            assertThat(claims.path("birthdate").asString()).matches("\\d{4}(-\\d{2}-\\d{2})?");
        }
        if (claims.has("phone_number")) {
            assertThat(claims.path("phone_number").asString())
                    .as("E.164 is recommended")
                    .matches("\\+[0-9 ()-]+");
        }
    }

    /** OpenID Connect Core section 3.3.2.11. */
    public static void hash(JsonNode claims, String name, String jwt, String of) {
        String algorithm = parsed(jwt).getHeader().getAlgorithm().getName();
        assertThat(claims.path(name).asString("")).as(name).isEqualTo(leftHash(algorithm, of));
    }

    private static String leftHash(String algorithm, String of) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-" + algorithm.substring(2))
                    .digest(of.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public static JsonNode claims(String jwt) {
        return Json.read(Base64.getUrlDecoder().decode(List.of(jwt.split("\\.")).get(1)));
    }

    static SignedJWT parsed(String jwt) {
        try {
            return SignedJWT.parse(jwt);
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    // userinfo --------------------------------------------------------------------------------------------------------

    /** OpenID Connect Core section 5.3.2. */
    public static JsonNode userinfo(Suite suite, Answer answer, String subject) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        json(answer);
        JsonNode claims = answer.json();
        assertThat(claims.path("sub").asString("")).isEqualTo(subject);
        standardClaims(suite, claims);
        return claims;
    }
}
