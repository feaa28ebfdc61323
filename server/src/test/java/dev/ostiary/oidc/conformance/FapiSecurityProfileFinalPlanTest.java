package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.http.Params;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.oidc.dpop.TestProofs;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The modules of the plan {@code fapi2-security-profile-final-test-plan} of the OpenID Foundation's conformance suite, with
 * {@code private_key_jwt}, DPoP, unsigned requests, plain answers, OpenID Connect. Each method does what the module of its
 * name sends, and asks what its conditions ask. Two clients of somebody else, as the suite has them: the page of consent is
 * where its user says no.
 */
class FapiSecurityProfileFinalPlanTest {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String SUFFIX = "?dummy1=lorem&dummy2=ipsum";

    /** What may stand in an error description (RFC 6749 section 5.2). */
    private static final Pattern DESCRIPTION = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private static SignInHouse house;
    private static String issuer;
    private static Client first;
    private static Client second;

    /** One of the suite's two clients, with its keys for assertions and proofs. */
    private static final class Client {
        final String id;
        final String redirectUri;
        final TestKey key;
        final TestProofs proofs;
        String nonce = "";

        Client(String id, String redirectUri, TestKey key, TestProofs proofs) {
            this.id = id;
            this.redirectUri = redirectUri;
            this.key = key;
            this.proofs = proofs;
        }
    }

    private record Tokens(JsonNode json, String access, String idToken) {}

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        issuer = house.server.origin() + "/oidc";
        rotate("P-256");
        first = client(TestKey.of("PS256"), SignInHouse.CALLBACK);
        second = client(TestKey.of("ES256"), SignInHouse.CALLBACK + SUFFIX);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void now() {
        house.server.clock().reset();
        first.nonce = "";
        second.nonce = "";
    }

    private static void rotate(String kind) {
        house.server
                .api()
                .created(
                        "/configs/oidc/private-keys/rotate",
                        Map.of("signingKeyAlgorithm", kind, "rotationGracePeriod", 0));
    }

    private static Client client(TestKey key, String redirectUri) {
        var jwks = Json.object();
        jwks.putArray("keys").add(key.jwk("k").put("use", "sig").put("alg", key.algorithm()));
        Map<String, Object> metadata = Map.of(
                "redirectUris",
                List.of(redirectUri),
                "postLogoutRedirectUris",
                List.of(),
                "tokenEndpointAuthMethod",
                "private_key_jwt",
                "jwks",
                jwks);
        String id = house.server
                .api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Bank",
                                "type",
                                "Traditional",
                                "isThirdParty",
                                true,
                                "oidcClientMetadata",
                                metadata,
                                "customClientMetadata",
                                Map.of("securityProfile", "fapi2", "alwaysIssueRefreshToken", true)))
                .path("id")
                .asString();
        house.server
                .api()
                .post("/applications/" + id + "/user-consent-scopes", Map.of("userScopes", List.of("profile")));
        return new Client(id, redirectUri, key, TestProofs.of(house.server));
    }

    // what is sent ----------------------------------------------------------------------------------------------------

    /** Claims of an honest assertion; pairs are laid over them, a null value takes one away. */
    private static String assertion(Client client, @Nullable Object... changes) {
        long now = house.server.clock().instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", client.id);
        claims.put("sub", client.id);
        claims.put("aud", issuer);
        claims.put("jti", Ids.secure().token());
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + 60);
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                claims.remove(changes[i]);
            } else {
                claims.put((String) changes[i], changes[i + 1]);
            }
        }
        return client.key.sign(Map.of("kid", "k"), claims);
    }

    private static Map<String, String> proven(Map<String, String> form, String assertion) {
        Map<String, String> whole = new LinkedHashMap<>(form);
        whole.put("client_assertion_type", TYPE);
        whole.put("client_assertion", assertion);
        return whole;
    }

    private static Map<String, String> request(Client client, String... pairs) {
        List<String> all = new ArrayList<>(List.of("redirect_uri", client.redirectUri, "nonce", "n-0S6_WzA2Mj"));
        all.addAll(Arrays.asList(pairs));
        return SignInHouse.params(client.id, all.toArray(String[]::new));
    }

    private static Answer push(Client client, String... pairs) {
        return house.server.browser().form("/oidc/request", proven(request(client, pairs), assertion(client)));
    }

    private static Answer pushProvenBy(Client client, String assertion) {
        return house.server.browser().form("/oidc/request", proven(request(client), assertion));
    }

    /** With a proof at the endpoint for pushed requests: another one if that wants a nonce. */
    private static Answer pushBound(Client client, String... pairs) {
        Answer answer = pushBoundOnce(client, pairs);
        if (answer.code().equals("oidc.use_dpop_nonce")) {
            client.nonce = answer.header("DPoP-Nonce").orElseThrow();
            answer = pushBoundOnce(client, pairs);
        }
        return answer;
    }

    private static Answer pushBoundOnce(Client client, String... pairs) {
        return house.server
                .browser()
                .form(
                        "/oidc/request",
                        proven(request(client, pairs), assertion(client)),
                        "DPoP",
                        client.proofs.proof("POST", "/oidc/request", "nonce", nonceOf(client)));
    }

    private static @Nullable String nonceOf(Client client) {
        return client.nonce.isEmpty() ? null : client.nonce;
    }

    /** CheckPAREndpointResponse201WithNoError and those after it. */
    private static String reference(Answer pushed) {
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        assertThat(pushed.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(pushed.json().has("error")).isFalse();
        assertThat(pushed.json().path("expires_in").asInt()).isBetween(5, 599);
        String reference = pushed.json().path("request_uri").asString();
        assertThat(reference).matches("urn:ietf:params:oauth:request_uri:[\\w-]{43}");
        return reference;
    }

    private static String address(Client client, String reference) {
        return "/oidc/auth?client_id=" + client.id + "&request_uri=" + Params.encode(reference);
    }

    private static Answer visit(TestBrowser browser, Client client, String reference) {
        return visit(browser, address(client, reference));
    }

    /** Signs in and allows, wherever that is asked. */
    private static Answer visit(TestBrowser browser, String address) {
        Answer answer = browser.get(address);
        if (answer.header("Location").filter(to -> to.startsWith("/sign-in")).isPresent()) {
            answer = browser.get(house.answerAs(browser, "u1"));
        }
        return answer.header("Location").filter(to -> to.startsWith("/consent")).isPresent()
                ? browser.get(decide(browser, answer.location(), "allow"))
                : answer;
    }

    private static String decide(TestBrowser browser, String page, String decision) {
        Matcher token = Pattern.compile("name=\"_token\" value=\"([^\"]+)\"")
                .matcher(browser.get(page).text());
        assertThat(token.find()).isTrue();
        return browser.form(
                        page, Map.of("_token", token.group(1), "decision", decision), "Origin", house.server.origin())
                .location();
    }

    /** onAuthorizationCallbackResponse: code, state, iss in the query, and nothing in the fragment. */
    private static String code(Client client, Answer answer) {
        return code(client, answer, "s t&<1>");
    }

    private static String code(Client client, Answer answer, @Nullable String state) {
        String location = answer.location();
        assertThat(location).startsWith(client.redirectUri).doesNotContain("#").doesNotContain("error=");
        assertThat(SignInHouse.param(location, "state")).isEqualTo(Optional.ofNullable(state));
        assertThat(SignInHouse.param(location, "iss")).contains(issuer);
        assertThat(Params.parse(URI.create(location).getRawQuery()).names())
                .isSubsetOf("code", "state", "iss", "dummy1", "dummy2");
        String code = SignInHouse.code(answer);
        assertThat(code).hasSizeGreaterThanOrEqualTo(22);
        return code;
    }

    private static String freshCode(Client client, String... pairs) {
        return code(client, visit(house.server.browser(), client, reference(push(client, pairs))));
    }

    private static Map<String, String> redemption(Client client, String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", client.redirectUri);
        form.put("code_verifier", SignInHouse.VERIFIER);
        return form;
    }

    private static Answer token(Client client, Map<String, String> form, @Nullable Object... changes) {
        return token(client, client.proofs, () -> proven(form, assertion(client)), changes);
    }

    /** callSenderConstrainedTokenEndpoint: once more with a nonce, if one is wanted. */
    private static Answer token(
            Client client, TestProofs by, Supplier<Map<String, String>> form, @Nullable Object... changes) {
        Answer answer = null;
        for (int i = 0; i < 2; i++) {
            List<Object> all = new ArrayList<>(Arrays.asList("nonce", nonceOf(client)));
            all.addAll(Arrays.asList(changes));
            answer = house.server.browser().form("/oidc/token", form.get(), "DPoP", by.token(all.toArray()));
            if (!answer.code().equals("oidc.use_dpop_nonce")) {
                break;
            }
            assertThat(answer.status()).isEqualTo(400);
            client.nonce = answer.header("DPoP-Nonce").orElseThrow();
        }
        return answer;
    }

    private static Answer redeem(Client client, String code) {
        return token(client, redemption(client, code));
    }

    /** processTokenEndpointResponse. */
    private static Tokens tokens(Client client, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode json = answer.json();
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(json.path("token_type").asString()).isEqualTo("DPoP");
        assertThat(json.path("expires_in").isIntegralNumber()).isTrue();
        assertThat(json.path("access_token").asString()).hasSizeGreaterThanOrEqualTo(22);
        assertThat(json.path("refresh_token").asString()).hasSizeGreaterThanOrEqualTo(22);
        String idToken = json.path("id_token").asString();
        JsonNode header = part(idToken, 0);
        assertThat(header.path("alg").asString()).isIn("PS256", "ES256", "EdDSA");
        JsonNode keys = house.server.browser().get("/oidc/jwks").json().path("keys");
        assertThat(keys.findValuesAsString("kid"))
                .doesNotHaveDuplicates()
                .hasSize(keys.size())
                .contains(header.path("kid").asString());
        keys.forEach(key -> assertThat(key.propertyNames()).doesNotContain("d", "k", "p", "q"));
        JsonNode claims = part(idToken, 1);
        long now = house.server.clock().instant().getEpochSecond();
        assertThat(claims.path("iss").asString()).isEqualTo(issuer);
        assertThat(claims.path("aud").asString()).isEqualTo(client.id);
        assertThat(claims.path("sub").asString()).isEqualTo("u1");
        assertThat(claims.path("exp").asLong()).isGreaterThan(now);
        assertThat(claims.path("iat").asLong()).isBetween(now - 300, now + 1);
        return new Tokens(json, json.path("access_token").asString(), idToken);
    }

    private static JsonNode part(String jwt, int index) {
        return Json.read(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[index]), StandardCharsets.UTF_8));
    }

    private static Tokens signIn(Client client, String... pairs) {
        return tokens(client, redeem(client, freshCode(client, pairs)));
    }

    private static Answer me(String authorization, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", authorization));
        all.addAll(List.of(headers));
        return house.server.browser().get("/oidc/me", all.toArray(String[]::new));
    }

    /** CallProtectedResourceAllowingDpopNonceError: once more with a nonce, if one is wanted. */
    private static Answer resource(Client client, String access, @Nullable Object... changes) {
        Answer answer = null;
        for (int i = 0; i < 2; i++) {
            List<Object> all = new ArrayList<>(Arrays.asList("nonce", nonceOf(client)));
            all.addAll(Arrays.asList(changes));
            answer = me("DPoP " + access, "DPoP", client.proofs.me(access, all.toArray()));
            if (answer.status() == 200 || !answer.code().equals("oidc.use_dpop_nonce")) {
                break;
            }
            assertThat(answer.status()).isEqualTo(401);
            client.nonce = answer.header("DPoP-Nonce").orElseThrow();
        }
        return answer;
    }

    private static void works(Client client, String access) {
        Answer answer = resource(client, access);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Date")).isPresent();
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.json().path("sub").asString()).isEqualTo("u1");
    }

    // what is asked of a refusal --------------------------------------------------------------------------------------

    /** JSON, an error of these words, a description of the letters it may have, the status that belongs to it. */
    private static void refused(Answer answer, String... words) {
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        String error = answer.json().path("error").asString();
        assertThat(error).as(answer.text()).isIn((Object[]) words);
        assertThat(answer.status()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
        assertThat(answer.json().path("error_description").asString()).matches(DESCRIPTION);
    }

    private static void refusedOnAPage(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.json().path("error").asString()).isEqualTo(error);
    }

    // well behaved clients --------------------------------------------------------------------------------------------

    @Test
    void fapi2_security_profile_final_discovery_end_point_verification() {
        Answer answer = house.server.browser().get("/oidc/.well-known/openid-configuration");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        JsonNode document = answer.json();
        assertThat(document.path("issuer").asString()).isEqualTo(issuer);
        assertThat(texts(document, "response_types_supported")).contains("code");
        assertThat(document.path("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
        for (String endpoint : List.of(
                "pushed_authorization_request_endpoint", "token_endpoint", "authorization_endpoint", "jwks_uri")) {
            assertThat(document.path(endpoint).asString()).startsWith(issuer + "/");
        }
        Set<String> good = Set.of("PS256", "ES256", "EdDSA");
        for (String algorithms : List.of(
                "dpop_signing_alg_values_supported",
                "id_token_signing_alg_values_supported",
                "token_endpoint_auth_signing_alg_values_supported")) {
            assertThat(texts(document, algorithms)).as(algorithms).containsAnyElementsOf(good);
        }
        assertThat(texts(document, "token_endpoint_auth_methods_supported")).contains("private_key_jwt");
        assertThat(texts(document, "code_challenge_methods_supported")).contains("S256");
        assertThat(texts(document, "scopes_supported")).contains("openid");
        assertThat(texts(document, "subject_types_supported")).contains("public");
        JsonNode mustPush = document.path("require_pushed_authorization_requests");
        assertThat(mustPush.isMissingNode() || mustPush.isBoolean()).isTrue();
    }

    private static List<String> texts(JsonNode document, String name) {
        List<String> texts = new ArrayList<>();
        document.path(name).forEach(each -> texts.add(each.asString()));
        return texts;
    }

    @Test
    void fapi2_security_profile_final_happy_flow_with_an_RSA_key() {
        rotate("RSA-2048");
        try {
            Tokens tokens = signIn(first);
            assertThat(house.server.verified(tokens.idToken).getHeader().getAlgorithm())
                    .isEqualTo(JWSAlgorithm.PS256);
            works(first, tokens.access);
        } finally {
            rotate("P-256");
        }
    }

    @Test
    void fapi2_security_profile_final_happy_flow() {
        Tokens tokens = signIn(first);
        assertThat(part(tokens.idToken, 1).path("nonce").asString()).isEqualTo("n-0S6_WzA2Mj");
        works(first, tokens.access);
        String state = "x".repeat(128);
        Answer answer = visit(house.server.browser(), second, reference(push(second, "state", state)));
        String code = code(second, answer, state);
        assertThat(answer.location()).startsWith(second.redirectUri + "&");
        Tokens others = tokens(second, redeem(second, code));
        works(second, others.access);
        // The second client's token by the first one's key.
        second.nonce = first.nonce;
        Answer stolen = me("DPoP " + others.access, "DPoP", first.proofs.me(others.access, "nonce", first.nonce));
        assertThat(stolen.status()).isEqualTo(401);
    }

    @Test
    void fapi2_security_profile_final_user_rejects_authentication() {
        for (Client client : List.of(first, second)) {
            String state = "x".repeat(128);
            TestBrowser browser = house.server.browser();
            browser.get(address(client, reference(push(client, "state", state, "prompt", "consent"))));
            Answer asked = browser.get(house.answerAs(browser, "u1"));
            Answer answer = browser.get(decide(browser, asked.location(), "no"));
            assertThat(answer.location()).startsWith(client.redirectUri).doesNotContain("#");
            assertThat(SignInHouse.error(answer)).isEqualTo("access_denied");
            assertThat(SignInHouse.param(answer.location(), "state")).contains(state);
            assertThat(Params.parse(URI.create(answer.location()).getRawQuery()).names())
                    .isSubsetOf("error", "error_description", "state", "iss", "dummy1", "dummy2");
        }
    }

    @Test
    void fapi2_security_profile_final_ensure_authorization_request_without_state_success() {
        Answer answer = visit(house.server.browser(), first, reference(push(first, "state", "")));
        works(first, tokens(first, redeem(first, code(first, answer, null))).access);
    }

    @Test
    void fapi2_security_profile_final_ensure_authorization_request_without_nonce_success() {
        Tokens tokens = signIn(first, "nonce", "");
        assertThat(part(tokens.idToken, 1).has("nonce")).isFalse();
    }

    @Test
    void fapi2_security_profile_final_ensure_authorization_request_with_64_char_nonce_success() {
        Tokens tokens = signIn(first, "nonce", "n".repeat(64));
        assertThat(part(tokens.idToken, 1).path("nonce").asString()).isEqualTo("n".repeat(64));
    }

    @Test
    void fapi2_security_profile_final_ensure_authorization_request_with_long_nonce() {
        Tokens tokens = signIn(first, "nonce", "n".repeat(384));
        assertThat(part(tokens.idToken, 1).path("nonce").asString()).isEqualTo("n".repeat(384));
    }

    @Test
    void fapi2_security_profile_final_ensure_authorization_request_with_long_state() {
        String state = "s".repeat(1024);
        Answer answer = visit(house.server.browser(), first, reference(push(first, "state", state)));
        tokens(first, redeem(first, code(first, answer, state)));
    }

    @Test
    void fapi2_security_profile_final_ensure_other_scope_order_succeeds() {
        works(first, signIn(first, "scope", "profile openid").access);
    }

    @Test
    void fapi2_security_profile_final_test_claims_parameter_identity_claims() {
        String claims = "{\"id_token\":{\"name\":{\"essential\":true},\"username\":null,\"nonsense\":null},"
                + "\"userinfo\":{\"name\":null,\"username\":{\"essential\":false},\"other\":{\"value\":\"x\"}}}";
        Tokens tokens = signIn(first, "scope", "openid", "claims", claims);
        Answer told = resource(first, tokens.access);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().path("username").asString()).isEqualTo("u1");
        assertThat(told.json().path("sub").asString()).isEqualTo("u1");
        assertThat(part(tokens.idToken, 1).path("username").asString()).isEqualTo("u1");
        assertThat(part(tokens.idToken, 1).has("nonsense")).isFalse();
    }

    @Test
    void fapi2_security_profile_final_access_token_type_header_case_sensitivity() {
        String access = signIn(first).access;
        for (String scheme : List.of("dpOp", "DPOP", "dpop")) {
            works(first, access);
            Answer answer = me(scheme + " " + access, "DPoP", first.proofs.me(access, "nonce", first.nonce));
            assertThat(answer.status()).as(scheme).isEqualTo(200);
        }
    }

    // DPoP ------------------------------------------------------------------------------------------------------------

    @Test
    void fapi2_security_profile_final_check_dpop_proof_nbf_exp() {
        long now = house.server.clock().instant().getEpochSecond();
        Answer answer = token(first, redemption(first, freshCode(first)), "nbf", now, "exp", now + 300);
        String access = tokens(first, answer).access;
        assertThat(resource(first, access, "nbf", now, "exp", now + 300).status())
                .isEqualTo(200);
    }

    private static void isTakenWithIat(int seconds) {
        long iat = house.server.clock().instant().getEpochSecond() + seconds;
        String access = tokens(first, token(first, redemption(first, freshCode(first)), "iat", iat)).access;
        assertThat(resource(first, access, "iat", iat).status()).isEqualTo(200);
    }

    @Test
    void fapi2_security_profile_final_ensure_dpop_proof_with_iat_10seconds_before_succeeds() {
        isTakenWithIat(-10);
    }

    @Test
    void fapi2_security_profile_final_ensure_dpop_proof_with_iat_10seconds_after_succeeds() {
        isTakenWithIat(10);
    }

    @Test
    void fapi2_security_profile_final_ensure_mismatched_dpop_jkt_fails() {
        String other = TestProofs.of(house.server).jkt();
        refused(pushBound(first, "dpop_jkt", other), "invalid_request", "invalid_dpop_proof");
    }

    @Test
    void fapi2_security_profile_final_ensure_token_endpoint_fails_with_mismatched_dpop_proof_jkt() {
        String code = code(first, visit(house.server.browser(), first, reference(pushBound(first))));
        Map<String, String> form = redemption(first, code);
        Answer answer = token(first, TestProofs.of(house.server), () -> proven(form, assertion(first)));
        refused(answer, "invalid_request", "invalid_grant", "invalid_dpop_proof");
    }

    @Test
    void fapi2_security_profile_final_ensure_token_endpoint_fails_with_mismatched_dpop_jkt() {
        String code = freshCode(first, "dpop_jkt", TestProofs.of(house.server).jkt());
        refused(redeem(first, code), "invalid_request", "invalid_grant", "invalid_dpop_proof");
    }

    @Test
    void fapi2_security_profile_final_ensure_dpop_proof_at_par_endpoint_binding_success() {
        String code = code(first, visit(house.server.browser(), first, reference(pushBound(first))));
        works(first, tokens(first, redeem(first, code)).access);
    }

    @Test
    void fapi2_security_profile_final_ensure_dpopauthcode_binding_success() {
        String bound = freshCode(first, "dpop_jkt", first.proofs.jkt());
        works(first, tokens(first, redeem(first, bound)).access);
        Answer both = pushBound(first, "dpop_jkt", first.proofs.jkt());
        String code = code(first, visit(house.server.browser(), first, reference(both)));
        works(first, tokens(first, redeem(first, code)).access);
    }

    @Test
    void fapi2_security_profile_final_dpop_negative_tests() {
        String access = signIn(first).access;
        works(first, access);
        TestProofs proofs = first.proofs;
        String ath = Hashes.sha256Base64Url(access);
        // By each name that the suite gives to a try.
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("not well-formed", proofs.me(access).replaceAll("\\.[^.]*$", ""));
        bad.put("no typ", signed(proofs.header("typ", null), honest(ath)));
        bad.put("no alg", signed(proofs.header(), honest(ath)).replaceFirst("^[^.]+", withoutAlg(proofs)));
        bad.put("no jwk", signed(proofs.header("jwk", null), honest(ath)));
        for (String missing : List.of("jti", "htm", "htu", "iat", "ath")) {
            bad.put("no " + missing, signed(proofs.header(), honest(ath, missing, null)));
        }
        bad.put("wrong typ", signed(proofs.header("typ", "dpop+jwt+wrongyousee"), honest(ath)));
        bad.put(
                "alg none",
                TestKey.base64("{\"alg\": \"none\", \"typ\": \"dpop+jwt\"}") + "."
                        + TestKey.base64(Json.write(honest(ath))) + ".");
        String whole = signed(proofs.header(), honest(ath));
        bad.put(
                "bad signature",
                whole.substring(0, whole.length() - 8) + (whole.endsWith("AAAAAAAA") ? "B" : "A").repeat(8));
        bad.put("private key", signed(proofs.header("jwk", key().put("d", "AAAA")), honest(ath)));
        bad.put("htm", signed(proofs.header(), honest(ath, "htm", "PUT")));
        bad.put("htu", signed(proofs.header(), honest(ath, "htu", issuer + "/meohnonotagain")));
        bad.put("ath", signed(proofs.header(), honest(Hashes.sha256Base64Url("another"))));
        bad.put("another key", TestProofs.of(house.server).me(access, "nonce", first.nonce));
        bad.put("two proofs", whole + ", " + signed(proofs.header(), honest(ath)));
        bad.forEach((name, proof) -> {
            Answer answer = me("DPoP " + access, "DPoP", proof);
            assertThat(answer.status()).as(name + answer.text()).isIn(400, 401);
            assertThat(answer.code()).as(name).isNotEqualTo("oidc.use_dpop_nonce");
        });
        Answer twice = me(
                "DPoP " + access,
                "DPoP",
                signed(proofs.header(), honest(ath)),
                "DPoP",
                signed(proofs.header(), honest(ath)));
        assertThat(twice.status()).isEqualTo(401);

        // An hour away, without a nonce at first: refused for its age, so that no nonce makes up for it.
        long now = house.server.clock().instant().getEpochSecond();
        for (long iat : new long[] {now + 3600, now - 3600}) {
            Answer answer = me("DPoP " + access, "DPoP", proofs.me(access, "iat", iat));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("oidc.invalid_dpop_proof");
        }

        Map<String, Object> fixed = honest(ath, "jti", "fixed-jti");
        assertThat(me("DPoP " + access, "DPoP", signed(proofs.header(), fixed)).status())
                .isEqualTo(200);
        assertThat(me("DPoP " + access, "DPoP", signed(proofs.header(), fixed)).status())
                .isEqualTo(401);

        String here = issuer + "/me";
        Map<String, String> good = new LinkedHashMap<>();
        good.put("query and fragment", signed(proofs.header(), honest(ath, "htu", here + "?all#programmed")));
        good.put("upper case", signed(proofs.header(), honest(ath, "htu", here.replaceFirst("http", "HTTP"))));
        good.put("more members", signed(proofs.header("tx_id", now + 3600), honest(ath, "tx_id_key", now + 3600)));
        good.put(
                "a key as libraries write it",
                signed(
                        proofs.header(
                                "jwk",
                                key().put("use", "sig").put("alg", "ES256").put("kid", "dpop")),
                        honest(ath)));
        good.forEach((name, proof) -> {
            Answer answer = me("DPoP " + access, "DPoP", proof);
            assertThat(answer.status()).as(name + answer.text()).isEqualTo(200);
        });
        assertThat(me("DPoP " + access, "DPOP", signed(proofs.header(), honest(ath)))
                        .status())
                .isEqualTo(200);

        assertThat(me("DPoP " + access).status()).isEqualTo(401);
        assertThat(me("Bearer " + access).status()).isEqualTo(401);
        assertThat(me("Bearer " + access, "DPoP", signed(proofs.header(), honest(ath)))
                        .status())
                .isEqualTo(401);
        works(first, access);
    }

    private static Map<String, Object> honest(String ath, @Nullable Object... changes) {
        List<Object> all = new ArrayList<>(Arrays.asList("ath", ath, "nonce", first.nonce));
        all.addAll(Arrays.asList(changes));
        return first.proofs.claims("GET", "/oidc/me", all.toArray());
    }

    private static String signed(Map<String, Object> header, Map<String, Object> claims) {
        return first.proofs.sign(header, claims);
    }

    private static String withoutAlg(TestProofs proofs) {
        return TestKey.base64(Json.write(proofs.header("alg2", "ES256")));
    }

    private static ObjectNode key() {
        return (ObjectNode) Json.read(Json.write(first.proofs.header().get("jwk")));
    }

    // requests that are not good --------------------------------------------------------------------------------------

    private static void insideCounts(String name, String outside, @Nullable String inside, String... pushed) {
        String address = address(first, reference(push(first, pushed))) + "&" + name + "=" + Params.encode(outside);
        Answer answer = visit(house.server.browser(), address);
        String code = code(first, answer, name.equals("state") ? inside : "s t&<1>");
        Tokens tokens = tokens(first, redeem(first, code));
        if (name.equals("nonce")) {
            assertThat(part(tokens.idToken, 1).path("nonce").asString()).isEqualTo(inside);
        }
    }

    @Test
    void fapi2_security_profile_final_ensure_different_nonce_inside_and_outside_request_object() {
        insideCounts("nonce", "another", "n-0S6_WzA2Mj");
    }

    @Test
    void fapi2_security_profile_final_ensure_different_state_inside_and_outside_request_object() {
        insideCounts("state", "another", "s t&<1>");
    }

    @Test
    void fapi2_security_profile_final_state_only_outside_request_object_not_used() {
        insideCounts("state", "outside", null, "state", "");
    }

    @Test
    void fapi2_security_profile_final_ensure_request_object_without_redirect_uri_fails() {
        refused(push(first, "redirect_uri", ""), "invalid_request", "invalid_request_object");
    }

    @Test
    void fapi2_security_profile_final_ensure_redirect_uri_in_authorization_request() {
        refused(push(first, "redirect_uri", ""), "invalid_request");
        refused(push(second, "redirect_uri", ""), "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_plain_fapi_tolerate_unregistered_redirect_uri() {
        refused(
                push(first, "redirect_uri", SignInHouse.CALLBACK + "/bad"),
                "invalid_request",
                "invalid_request_object");
        refused(push(second, "redirect_uri", SignInHouse.CALLBACK), "invalid_request", "invalid_request_object");
    }

    @Test
    void fapi2_security_profile_final_ensure_unsigned_authorization_request_without_using_par_fails() {
        Answer answer = house.server.browser().get("/oidc/auth?" + TestBrowser.encode(request(first)));
        assertThat(SignInHouse.error(answer)).isEqualTo("invalid_request");
        assertThat(SignInHouse.param(answer.location(), "state")).contains("s t&<1>");
        assertThat(SignInHouse.param(answer.location(), "iss")).contains(issuer);
        Answer asForm = house.server.browser().form("/oidc/auth", request(first));
        assertThat(SignInHouse.error(asForm)).isEqualTo("invalid_request");
    }

    @Test
    void fapi2_security_profile_final_ensure_response_type_code_idtoken_fails() {
        refused(
                push(first, "response_type", "code id_token"),
                "unsupported_response_type",
                "invalid_request",
                "unauthorized_client");
    }

    @Test
    void fapi2_security_profile_final_ensure_response_type_token_fails() {
        refused(
                push(first, "response_type", "token"),
                "unsupported_response_type",
                "invalid_request",
                "unauthorized_client");
    }

    // token endpoint --------------------------------------------------------------------------------------------------

    @Test
    void fapi2_security_profile_final_ensure_client_id_in_token_endpoint() {
        // The second client's id, and an assertion of the second client that the first one has signed.
        Map<String, String> form = redemption(first, freshCode(first));
        form.put("client_id", second.id);
        Answer answer =
                token(first, first.proofs, () -> proven(form, assertion(first, "iss", second.id, "sub", second.id)));
        refused(answer, "invalid_client", "invalid_grant");
    }

    @Test
    void fapi2_security_profile_final_ensure_holder_of_key_required() {
        String code = freshCode(first);
        Answer answer = house.server.browser().form("/oidc/token", proven(redemption(first, code), assertion(first)));
        // Of the words that later and earlier versions of the suite take, those that all of them take.
        refused(answer, "invalid_request", "invalid_grant");
    }

    @Test
    void fapi2_security_profile_final_ensure_authorization_code_is_bound_to_client() {
        refused(token(second, redemption(first, freshCode(first))), "invalid_grant");
    }

    @Test
    void fapi2_security_profile_final_attempt_reuse_authorization_code_after_one_second() {
        String code = freshCode(first);
        String access = tokens(first, redeem(first, code)).access;
        works(first, access);
        house.server.clock().forward(Duration.ofSeconds(1));
        refused(redeem(first, code), "invalid_grant");
        assertThat(resource(first, access).status()).isEqualTo(401);
    }

    @Test
    void fapi2_security_profile_final_ensure_token_endpoint_fails_with_expired_auth_code() {
        String code = freshCode(first);
        house.server.clock().forward(Duration.ofSeconds(62));
        refused(redeem(first, code), "invalid_grant");
    }

    // assertions ------------------------------------------------------------------------------------------------------

    private static void refusedAtToken(@Nullable Object... changes) {
        Map<String, String> form = redemption(first, freshCode(first));
        refused(
                token(first, first.proofs, () -> proven(form, assertion(first, changes))),
                "invalid_client",
                "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_ensure_signed_client_assertion_with_RS256_fails() {
        TestKey weak = TestKey.of("RS256");
        var jwks = Json.object();
        jwks.putArray("keys").add(weak.jwk("k"));
        Map<String, Object> metadata = Map.of(
                "redirectUris",
                List.of(SignInHouse.CALLBACK),
                "postLogoutRedirectUris",
                List.of(),
                "tokenEndpointAuthMethod",
                "private_key_jwt",
                "jwks",
                jwks);
        String id = house.server
                .api()
                .created(
                        "/applications",
                        Map.of(
                                "name",
                                "Weak",
                                "type",
                                "Traditional",
                                "oidcClientMetadata",
                                metadata,
                                "customClientMetadata",
                                Map.of("securityProfile", "fapi2")))
                .path("id")
                .asString();
        // The same RSA key signs with PSS or not; only the header says which.
        Client client = new Client(id, SignInHouse.CALLBACK, weak, first.proofs);
        refused(push(client), "invalid_client", "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_ensure_client_assertion_in_token_endpoint() {
        Map<String, String> form = redemption(first, freshCode(first));
        Answer answer = token(first, first.proofs, () -> form);
        refused(answer, "invalid_client", "invalid_request");
        form.put("client_id", first.id);
        refused(token(first, first.proofs, () -> form), "invalid_client", "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_ensure_client_assertion_with_exp_is_5_minutes_in_past_fails() {
        long now = house.server.clock().instant().getEpochSecond();
        refusedAtToken("exp", now - 300, "iat", now - 600, "nbf", now - 600);
    }

    @Test
    void fapi2_security_profile_final_ensure_client_assertion_with_wrong_aud_fails() {
        refusedAtToken("aud", "https://www.other1.example.com/");
        refusedAtToken("aud", List.of("https://www.other1.example.com/", "invalid"));
    }

    @Test
    void fapi2_security_profile_final_ensure_client_assertion_with_no_sub_fails() {
        refusedAtToken("sub", (Object) null);
    }

    @Test
    void fapi2_security_profile_final_par_ensure_jwt_client_assertions_nbf_8_seconds_in_the_future_is_accepted() {
        long soon = house.server.clock().instant().getEpochSecond() + 8;
        reference(pushProvenBy(first, assertion(first, "iat", soon, "nbf", soon, "exp", soon + 60)));
    }

    @Test
    void fapi2_security_profile_final_par_ensure_jwt_client_assertions_nbf_over_60_seconds_in_the_future_fails() {
        long late = house.server.clock().instant().getEpochSecond() + 70;
        Answer answer = pushProvenBy(first, assertion(first, "iat", late, "nbf", late, "exp", late + 60));
        refused(answer, "invalid_client", "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_par_test_array_as_audience_fails() {
        refused(
                pushProvenBy(first, assertion(first, "aud", List.of(issuer, "https://other.example/"))),
                "invalid_client",
                "invalid_request");
        refused(pushProvenBy(first, assertion(first, "aud", List.of(issuer))), "invalid_client", "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_par_test_par_endpoint_as_audience_fails() {
        refused(pushProvenBy(first, assertion(first, "aud", issuer + "/request")), "invalid_client", "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_par_test_token_endpoint_as_audience_fails() {
        refused(pushProvenBy(first, assertion(first, "aud", issuer + "/token")), "invalid_client", "invalid_request");
    }

    // refresh ---------------------------------------------------------------------------------------------------------

    @Test
    void fapi2_security_profile_final_refresh_token() {
        String others = "";
        for (Client client : List.of(first, second)) {
            JsonNode before = signIn(client).json;
            String refresh = before.path("refresh_token").asString();
            assertThat(refresh).matches("[\\x20-\\x7E]+");
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", refresh);
            if (client == first) {
                form.put("scope", "openid profile");
            }
            Answer refreshed = token(client, form);
            assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
            JsonNode after = refreshed.json();
            assertThat(after.path("access_token").asString())
                    .isNotEqualTo(before.path("access_token").asString());
            assertThat(after.path("token_type").asString()).isEqualTo("DPoP");
            assertThat(after.path("refresh_token").asString()).isEqualTo(refresh);
            works(client, after.path("access_token").asString());
            JsonNode old = part(before.path("id_token").asString(), 1);
            JsonNode fresh = part(after.path("id_token").asString(), 1);
            for (String same : List.of("iss", "sub", "aud")) {
                assertThat(fresh.path(same)).isEqualTo(old.path(same));
            }
            assertThat(fresh.path("iat").asLong())
                    .isGreaterThanOrEqualTo(old.path("iat").asLong());
            if (client == first) {
                refused(
                        house.server.browser().form("/oidc/token", proven(form, assertion(client))),
                        "invalid_request",
                        "invalid_grant",
                        "invalid_client");
            }
            others = refresh;
        }
        refused(
                token(first, Map.of("grant_type", "refresh_token", "refresh_token", others, "scope", "openid profile")),
                "invalid_grant");
    }

    // pushed requests -------------------------------------------------------------------------------------------------

    @Test
    void fapi2_security_profile_final_par_ensure_reused_request_uri_prior_to_auth_completion_succeeds() {
        String reference = reference(push(first));
        TestBrowser browser = house.server.browser();
        assertThat(browser.get(address(first, reference)).location()).startsWith("/sign-in");
        works(first, tokens(first, redeem(first, code(first, visit(browser, first, reference)))).access);
    }

    @Test
    void fapi2_security_profile_final_par_attempt_reuse_request_uri() {
        String reference = reference(push(first));
        TestBrowser browser = house.server.browser();
        tokens(first, redeem(first, code(first, visit(browser, first, reference))));
        refusedOnAPage(browser.get(address(first, reference)), "invalid_request_uri");
    }

    @Test
    void fapi2_security_profile_final_par_attempt_to_use_expired_request_uri() {
        Answer pushed = push(first);
        house.server
                .clock()
                .forward(Duration.ofSeconds(pushed.json().path("expires_in").asInt() + 1L));
        refusedOnAPage(house.server.browser().get(address(first, reference(pushed))), "invalid_request_uri");
    }

    @Test
    void fapi2_security_profile_final_par_attempt_to_use_request_uri_for_different_client() {
        refusedOnAPage(house.server.browser().get(address(second, reference(push(first)))), "invalid_request_uri");
    }

    @Test
    void fapi2_security_profile_final_par_authorization_request_containing_request_uri_form_param() {
        refused(push(first, "request_uri", "urn:ietf:params:oauth:request_uri:random"), "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_par_attempt_invalid_http_method() {
        String body = TestBrowser.encode(proven(request(first), assertion(first)));
        Answer answer = house.server
                .browser()
                .send("PUT", "/oidc/request", body, "Content-Type", "application/x-www-form-urlencoded");
        assertThat(answer.status()).isBetween(400, 499);
    }

    @Test
    void fapi2_security_profile_final_par_ensure_pkce_required() {
        refused(push(first, "code_challenge", "", "code_challenge_method", ""), "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_par_ensure_plain_pkce_rejected() {
        refused(
                push(first, "code_challenge", SignInHouse.VERIFIER, "code_challenge_method", "plain"),
                "invalid_request");
        refused(push(first, "code_challenge_method", ""), "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_par_ensure_pkce_code_verifier_required() {
        Map<String, String> form = redemption(first, freshCode(first));
        form.remove("code_verifier");
        refused(token(first, form), "invalid_grant", "invalid_request");
    }

    @Test
    void fapi2_security_profile_final_par_incorrect_pkce_code_verifier_rejected() {
        Map<String, String> form = redemption(first, freshCode(first));
        form.put("code_verifier", "x".repeat(43));
        refused(token(first, form), "invalid_grant");
    }

    @Test
    void fapi2_security_profile_final_par_without_duplicate_parameters() {
        // Every other test sends these two alone; the suite's usual request repeats response_type and scope beside
        // them.
        String address = address(first, reference(push(first)))
                + "&response_type=code&scope=openid%20profile&redirect_uri=" + Params.encode(first.redirectUri);
        works(first, tokens(first, redeem(first, code(first, visit(house.server.browser(), address)))).access);
        works(first, signIn(first).access);
    }
}
