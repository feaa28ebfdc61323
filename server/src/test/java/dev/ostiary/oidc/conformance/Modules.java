package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.oidc.conformance.Suite.Callback;
import dev.ostiary.oidc.conformance.Suite.Client;
import dev.ostiary.oidc.conformance.Suite.Variant;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The modules that every plan has. */
abstract class Modules {
    private static final List<String> PROFILE = List.of(
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at");

    final Suite suite = Suite.shared();
    final Variant variant;

    Modules(Variant variant) {
        this.variant = variant;
    }

    /**
     * What a sign-in gave the client.
     *
     * @param first the ID token that came first: by the redirect if there is one
     * @param tokens answer of the token endpoint; null where there is no code
     */
    record Signed(Callback callback, String idToken, JsonNode first, JsonNode tokens, JsonNode second) {}

    /** Who asks. */
    Client client() {
        return suite.client;
    }

    /** Who must not do with a token what only the first may. */
    Client client2() {
        return suite.client2;
    }

    TestBrowser browser() {
        return suite.server.browser();
    }

    Map<String, String> request(String... pairs) {
        return suite.request(client(), variant, pairs);
    }

    /** The request, at which somebody signs in, and all that follows in every module. */
    Signed flow(TestBrowser browser, Map<String, String> request) {
        return follow(client(), request, suite.signIn(browser, request));
    }

    Signed silently(TestBrowser browser, Map<String, String> request) {
        return follow(client(), request, suite.silently(browser, request));
    }

    Signed follow(Client client, Map<String, String> request, Callback callback) {
        Conditions.success(suite, variant, request, callback);
        String idToken = null;
        JsonNode first = null;
        JsonNode tokens = null;
        JsonNode second = null;
        if (variant.hasIdToken()) {
            idToken = callback.get("id_token");
            first = Conditions.idToken(suite, request, idToken);
            if (variant.hasCode()) {
                Conditions.hash(first, "c_hash", idToken, callback.get("code"));
            } else {
                assertThat(first.has("c_hash")).isFalse();
            }
            assertThat(first.has("at_hash")).isFalse();
            Conditions.hash(first, "s_hash", idToken, request.get("state"));
        }
        if (variant.hasCode()) {
            tokens = Conditions.tokens(suite.redeem(client, callback.get("code")));
            String ofTokenEndpoint = tokens.path("id_token").asString("");
            second = Conditions.idToken(suite, request, ofTokenEndpoint);
            if (second.has("at_hash")) {
                Conditions.hash(
                        second,
                        "at_hash",
                        ofTokenEndpoint,
                        tokens.path("access_token").asString());
            }
            if (first == null) {
                idToken = ofTokenEndpoint;
                first = second;
            }
            for (String same : List.of("iss", "sub", "aud")) {
                assertThat(second.path(same)).as(same).isEqualTo(first.path(same));
            }
            Conditions.userinfo(
                    suite,
                    suite.userinfo(tokens.path("access_token").asString()),
                    first.path("sub").asString());
        }
        return new Signed(callback, idToken, first, tokens, second);
    }

    /** Where the claims of scopes are told: at the userinfo endpoint, or in the ID token where there is no other place. */
    JsonNode told(Signed signed) {
        return variant.hasCode()
                ? suite.userinfo(signed.tokens.path("access_token").asString()).json()
                : signed.first;
    }

    /** A page for the person, not for the client: the address is not one to go to. */
    static void page(Answer answer) {
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(answer.text()).doesNotContain(Suite.CALLBACK + "\"").contains("<html");
    }

    static void namesNothing(JsonNode claims, List<String> claimsOfScopes) {
        assertThat(claims.propertyNames()).doesNotContainAnyElementsOf(claimsOfScopes);
    }

    // happy flows -----------------------------------------------------------------------------------------------------

    @Test
    void oidcc_server() {
        Signed signed = flow(browser(), request());
        // A warning of the suite: scope=openid asks for nothing of the profile.
        namesNothing(signed.first, PROFILE);
        assertThat(signed.first.path("sub").asString()).isEqualTo(suite.user);
        if (signed.tokens != null) {
            assertThat(signed.tokens.path("scope").asString()).isEqualTo("openid");
        }
    }

    @Test
    void oidcc_idtoken_signature() {
        Signed signed = flow(browser(), request());
        assertThat(Conditions.parsed(signed.idToken).getHeader().getAlgorithm().getName())
                .as("every provider signs with RS256 (OpenID Connect Core section 15.1)")
                .isEqualTo("RS256");
        String[] parts = signed.idToken.split("\\.");
        assertThat(parts).hasSize(3);
        Base64.getUrlDecoder().decode(parts[2]);
    }

    // what is told of the user ----------------------------------------------------------------------------------------

    private JsonNode scope(String scope, List<String> expected) {
        assertThat(suite.discovery().path("scopes_supported"))
                .extracting(JsonNode::asString)
                .containsAll(List.of(scope.split(" ")));
        Signed signed = flow(browser(), request("scope", scope));
        JsonNode told = told(signed);
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(told.propertyNames());
        assertThat(missing)
                .as("claims of " + scope + "; a warning of the suite")
                .isEmpty();
        if (signed.tokens != null) {
            assertThat(signed.tokens.path("scope").asString().split(" ")).containsExactlyInAnyOrder(scope.split(" "));
        }
        return told;
    }

    @Test
    void oidcc_scope_profile() {
        JsonNode told = scope("openid profile", PROFILE);
        assertThat(told.path("name").asString()).isEqualTo("Con Formance");
        assertThat(told.path("birthdate").asString()).isEqualTo("1990-12-31");
        namesNothing(told, List.of("email", "phone_number", "address"));
    }

    @Test
    void oidcc_scope_email() {
        JsonNode told = scope("openid email", List.of("email", "email_verified"));
        assertThat(told.path("email").asString()).isEqualTo("conformance@example.com");
        assertThat(told.path("email_verified").asBoolean()).isTrue();
        namesNothing(told, PROFILE);
    }

    @Test
    void oidcc_scope_address() {
        JsonNode told = scope("openid address", List.of("address"));
        assertThat(told.path("address").path("street_address").asString("")).isEqualTo("1 Main Street");
        assertThat(told.path("address").path("postal_code").asString("")).isEqualTo("97475");
    }

    @Test
    void oidcc_scope_phone() {
        JsonNode told = scope("openid phone", List.of("phone_number", "phone_number_verified"));
        assertThat(told.path("phone_number").asString()).isEqualTo("+815012345678");
    }

    @Test
    void oidcc_scope_all() {
        List<String> all = new ArrayList<>(PROFILE);
        all.addAll(List.of("email", "email_verified", "phone_number", "phone_number_verified", "address"));
        scope("openid profile email address phone", all);
    }

    @Test
    void oidcc_ensure_other_scope_order_succeeds() {
        JsonNode told = scope("email openid", List.of("email", "email_verified"));
        namesNothing(told, PROFILE);
    }

    @Test
    void oidcc_claims_essential() {
        String place = variant.hasCode() ? "userinfo" : "id_token";
        Signed signed = flow(browser(), request("claims", "{\"" + place + "\":{\"name\":{\"essential\":true}}}"));
        // Without the claim the suite would warn; with claims_parameter_supported it must be there.
        assertThat(suite.discovery().path("claims_parameter_supported").asBoolean())
                .isTrue();
        assertThat(told(signed).path("name").asString("")).isEqualTo("Con Formance");
        if (variant.hasCode()) {
            assertThat(signed.first.has("name"))
                    .as("asked for at userinfo only")
                    .isFalse();
        }
    }

    // pages -----------------------------------------------------------------------------------------------------------

    private Signed shown(String name, String value) {
        TestBrowser browser = browser();
        Map<String, String> request = request(name, value);
        Answer sentOff = Suite.authorize(browser, request);
        Answer page = browser.get(sentOff.location(), "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("<form").contains("type=\"password\"".substring(0, 5));
        return follow(client(), request, suite.signIn(browser, sentOff, Suite.USERNAME));
    }

    @Test
    void oidcc_display_page() {
        shown("display", "page");
    }

    @Test
    void oidcc_display_popup() {
        shown("display", "popup");
    }

    @Test
    void oidcc_ui_locales() {
        // Languages that nobody here speaks are no error; one that is spoken is shown.
        shown("ui_locales", "se");
        TestBrowser browser = browser();
        Answer page = browser.get(
                Suite.authorize(browser, request("ui_locales", "se ja")).location(), "Accept", "text/html");
        assertThat(page.text()).contains("lang=\"ja\"");
    }

    @Test
    void oidcc_claims_locales() {
        shown("claims_locales", "se");
    }

    @Test
    void oidcc_login_hint() {
        TestBrowser browser = browser();
        Map<String, String> request = request("login_hint", "buffy@suite.example");
        Answer sentOff = Suite.authorize(browser, request);
        Answer page = browser.get(sentOff.location(), "Accept", "text/html");
        assertThat(page.text()).contains("buffy@suite.example");
        // A hint, not a demand: somebody else may sign in.
        follow(client(), request, suite.signIn(browser, sentOff, Suite.USERNAME));
    }

    @Test
    void oidcc_ensure_request_with_unknown_parameter_succeeds() {
        shown("extra", "foobar");
    }

    @Test
    void oidcc_ensure_request_with_acr_values_succeeds() {
        List<String> supported = new ArrayList<>();
        suite.discovery().path("acr_values_supported").forEach(each -> supported.add(each.asString()));
        assertThat(supported).isNotEmpty();
        Signed signed = flow(browser(), request("acr_values", String.join(" ", supported)));
        // A warning of the suite where it is missing.
        assertThat(signed.first.path("acr").asString("")).isIn(supported);
        Signed unknown = flow(browser(), request("acr_values", "1 2"));
        assertThat(unknown.first.path("acr").asString("")).isIn(supported);
    }

    // who is signed in, and since when --------------------------------------------------------------------------------

    @Test
    void oidcc_prompt_login() {
        TestBrowser browser = browser();
        Signed before = flow(browser, request());
        suite.wait(Duration.ofSeconds(1));
        // The person is known, and is asked all the same: flow() insists on the page.
        Signed after = flow(browser, request("prompt", "login"));
        assertThat(after.first.path("sub")).isEqualTo(before.first.path("sub"));
        assertThat(after.first.path("auth_time").asLong()).isBetween(suite.now() - 5, suite.now());
        assertThat(after.first.path("auth_time").asLong())
                .isGreaterThan(before.first.path("iat").asLong());
    }

    @Test
    void oidcc_prompt_none_not_logged_in() {
        Map<String, String> request = request("prompt", "none");
        Callback callback = suite.silently(browser(), request);
        assertThat(callback.way())
                .isEqualTo(variant.formPost() ? "form" : variant.responseType().equals("code") ? "query" : "fragment");
        Conditions.error(
                suite, request, callback, "login_required", "interaction_required", "account_selection_required");
        assertThat(callback.get("error")).isEqualTo("login_required");
    }

    @Test
    void oidcc_prompt_none_logged_in() {
        TestBrowser browser = browser();
        Signed before = flow(browser, request("max_age", "15000"));
        suite.wait(Duration.ofSeconds(1));
        Signed after = silently(browser, request("prompt", "none", "max_age", "15000"));
        same(before, after);
        // Without max_age auth_time may be left out, and need not be asked for.
        same(flow(browser(), request()), silently(browser, request("prompt", "none")));
    }

    private static void same(Signed before, Signed after) {
        assertThat(after.first.path("sub")).isEqualTo(before.first.path("sub"));
        assertThat(after.first.has("auth_time")).isEqualTo(before.first.has("auth_time"));
        assertThat(after.first.path("auth_time")).isEqualTo(before.first.path("auth_time"));
    }

    @Test
    void oidcc_max_age_1() {
        TestBrowser browser = browser();
        Signed before = flow(browser, request("max_age", "15000"));
        suite.wait(Duration.ofSeconds(2));
        Signed after = flow(browser, request("max_age", "1"));
        assertThat(after.first.path("sub")).isEqualTo(before.first.path("sub"));
        assertThat(after.first.path("auth_time").asLong())
                .isGreaterThan(before.first.path("auth_time").asLong())
                .isBetween(suite.now() - 5, suite.now());
    }

    @Test
    void oidcc_max_age_10000() {
        TestBrowser browser = browser();
        Signed before = flow(browser, request("max_age", "10000"));
        suite.wait(Duration.ofSeconds(1));
        Signed after = silently(browser, request("max_age", "10000"));
        same(before, after);
        assertThat(after.first.has("auth_time")).isTrue();
    }

    @Test
    void oidcc_id_token_hint() {
        TestBrowser browser = browser();
        Signed before = flow(browser, request());
        Signed after = silently(browser, request("prompt", "none", "id_token_hint", before.idToken));
        assertThat(after.first.path("sub")).isEqualTo(before.first.path("sub"));
        // Not in the suite: the hint is of somebody who is not signed in here.
        TestBrowser others = browser();
        Map<String, String> request = request();
        follow(client(), request, suite.signIn(others, Suite.authorize(others, request), Suite.OTHER));
        Map<String, String> hinted = request("prompt", "none", "id_token_hint", before.idToken);
        Conditions.error(suite, hinted, suite.silently(others, hinted), "login_required");
    }

    /** {@code oidcc-ensure-request-without-nonce-fails}, for the plans whose answers have an ID token. */
    void withoutNonceFails() {
        Map<String, String> request = request("nonce", "");
        Callback callback = suite.silently(browser(), request);
        assertThat(callback.way()).isEqualTo(variant.formPost() ? "form" : "fragment");
        Conditions.error(suite, request, callback, "invalid_request");
    }

    // what is not taken -----------------------------------------------------------------------------------------------

    @Test
    void oidcc_ensure_registered_redirect_uri() {
        Map<String, String> request = request("redirect_uri", Suite.CALLBACK + "/not-registered");
        page(Suite.authorize(browser(), request));
    }

    /** What the suite leaves outside of a request object: what OAuth itself demands. Everything else is inside. */
    private Map<String, String> outside(String name, String value) {
        return suite.request(
                client(), variant, "state", "", "nonce", "", "response_mode", "", "claims", "", name, value);
    }

    @Test
    void oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported() {
        assertThat(suite.discovery().path("request_uri_parameter_supported").asBoolean(true))
                .isFalse();
        Map<String, String> request = outside("request_uri", "https://suite.example/test/a/ostiary/requesturi.jwt#abc");
        unsupported(suite.silently(browser(), request), "request_uri_not_supported");
    }

    @Test
    void oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported() {
        assertThat(suite.discovery().path("request_parameter_supported").asBoolean(false))
                .isFalse();
        Map<String, String> inside = request();
        Callback callback = suite.silently(browser(), outside("request", unsigned(inside)));
        // The client hears of it in the way it asked for, inside: without that, plans with form posts would fail.
        assertThat(callback.way())
                .isEqualTo(variant.formPost() ? "form" : variant.responseType().equals("code") ? "query" : "fragment");
        assertThat(callback.get("state")).isEqualTo(inside.get("state"));
        unsupported(callback, "request_not_supported");
    }

    /** The module is then skipped. */
    private void unsupported(Callback callback, String error) {
        assertThat(callback.params().keySet()).isSubsetOf("error", "error_description", "iss", "state");
        assertThat(callback.get("error")).isEqualTo(error);
        assertThat(callback.get("iss")).isEqualTo(suite.issuer());
    }

    @Test
    void oidcc_ensure_request_object_with_redirect_uri() {
        // The address inside is registered, the one outside is not: the object would have to be followed, or nobody.
        Map<String, String> request = outside("request", unsigned(request()));
        request.put("redirect_uri", Suite.CALLBACK + "/not-registered");
        page(Suite.authorize(browser(), request));
    }

    private static String unsigned(Map<String, String> claims) {
        return encoded("{\"alg\":\"none\"}") + "." + encoded(Json.write(claims)) + ".";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
