package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.json.Json;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SignInExperienceTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer patch(Map<String, ?> body) {
        return server.api().patch("/sign-in-exp", body);
    }

    private static JsonNode settings() {
        return server.api().get("/sign-in-exp").json();
    }

    private static void refused(Map<String, ?> body, int status, String code) {
        String before = settings().toString();
        Answer answer = patch(body);
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(settings().toString()).isEqualTo(before);
    }

    private static Map<String, @Nullable Object> cleared(String key) {
        return new HashMap<>(Collections.singletonMap(key, null));
    }

    @Test
    void a_fresh_tenant_has_the_seeds_of_the_contract() {
        try (TestServer fresh = TestServer.start()) {
            JsonNode settings = fresh.api().get("/sign-in-exp").json();
            assertThat(settings.get("tenantId").asString()).isEqualTo("default");
            assertThat(settings.get("id").asString()).isEqualTo("default");
            assertThat(settings.at("/color/primaryColor").asString()).isEqualTo("#6139F6");
            assertThat(settings.get("signUp").toString())
                    .isEqualTo("{\"identifiers\":[\"username\"],\"password\":true,\"verify\":false}");
            assertThat(settings.get("signIn").toString())
                    .isEqualTo("{\"methods\":[{\"identifier\":\"username\",\"password\":true,"
                            + "\"verificationCode\":false,\"isPasswordPrimary\":true}]}");
            assertThat(settings.get("mfa").toString()).isEqualTo("{\"factors\":[],\"policy\":\"UserControlled\"}");
            assertThat(settings.get("passwordPolicy").toString()).isEqualTo("{}");
            assertThat(settings.get("termsOfUseUrl").isNull()).isTrue();
            assertThat(settings.get("signInMode").asString()).isEqualTo("SignInAndRegister");
            assertThat(fresh.adminApi()
                            .get("/sign-in-exp")
                            .json()
                            .get("signInMode")
                            .asString())
                    .isEqualTo("Register");
        }
    }

    @Test
    void the_public_view_has_the_members_pages_read_and_not_the_blocklist() {
        for (String path : List.of("/api/.well-known/sign-in-exp?appId=x", "/api/.well-known/experience")) {
            JsonNode view = server.browser().get(path).json();
            assertThat(view.has("emailBlocklistPolicy")).isFalse();
            assertThat(view.has("forgotPasswordMethods")).isFalse();
            assertThat(view.get("forgotPassword").toString()).isEqualTo("{\"phone\":false,\"email\":false}");
            assertThat(view.get("socialConnectors").isEmpty()).isTrue();
            assertThat(view.get("isDevelopmentTenant").asBoolean(true)).isFalse();
        }
    }

    @Test
    void a_patch_replaces_what_it_names_and_null_clears() {
        assertThat(patch(Map.of(
                                "color",
                                Map.of(
                                        "primaryColor", "#abc",
                                        "isDarkModeEnabled", true,
                                        "darkPrimaryColor", "#DEFDEF"),
                                "customCss",
                                "body { color: red } /* '; DROP TABLE users; -- </style><script> 😀 */",
                                "termsOfUseUrl",
                                "https://example.com/terms",
                                "unknown",
                                1))
                        .status())
                .isEqualTo(200);
        assertThat(settings().at("/color/primaryColor").asString()).isEqualTo("#abc");
        assertThat(settings().get("customCss").asString()).contains("😀");
        assertThat(settings().has("unknown")).isFalse();
        assertThat(patch(cleared("customCss")).status()).isEqualTo(200);
        assertThat(settings().get("customCss").isNull()).isTrue();
        assertThat(patch(Map.of("termsOfUseUrl", ""))
                        .json()
                        .get("termsOfUseUrl")
                        .asString())
                .isEmpty();
        assertThat(patch(Map.of()).status()).isEqualTo(200);
        assertThat(settings().at("/color/primaryColor").asString()).isEqualTo("#abc");
    }

    @Test
    void what_is_half_given_of_a_password_policy_has_its_defaults() {
        JsonNode policy = patch(Map.of("passwordPolicy", Map.of("length", Map.of("min", 12), "rejects", Map.of())))
                .json()
                .get("passwordPolicy");
        assertThat(policy.get("length").toString()).isEqualTo("{\"min\":12,\"max\":256}");
        assertThat(policy.at("/rejects/pwned").asBoolean()).isTrue();
        Answer check = server.api().post("/sign-in-exp/default/check-password", Map.of("password", "Plum-tree7"));
        assertThat(check.json().get("result").asBoolean(true)).isFalse();
        assertThat(check.json().at("/issues/0/code").asString()).isEqualTo("password_rejected.too_short");
        assertThat(check.json().at("/issues/0/interpolation/min").asInt()).isEqualTo(12);
        patch(Map.of("passwordPolicy", Map.of()));
        assertThat(server.api()
                        .post("/sign-in-exp/default/check-password", Map.of("password", "Plum-tree7-windy"))
                        .text())
                .isEqualTo("{\"result\":true}");
    }

    @Test
    void values_of_the_wrong_kind_are_told_by_their_keys() {
        Map<String, @Nullable Object> wrong = new HashMap<>();
        wrong.put("signInMode", "Anything");
        wrong.put("color", Map.of("primaryColor", "red", "isDarkModeEnabled", true, "darkPrimaryColor", "#fff"));
        wrong.put("hideLogtoBranding", null);
        Answer answer = patch(wrong);
        assertThat(answer.code()).isEqualTo("guard.invalid_input");
        assertThat(answer.json().get("details").asString())
                .contains("signInMode")
                .contains("color.primaryColor")
                .contains("hideLogtoBranding");
        refused(Map.of("customCss", "a\u0000b"), 400, "guard.invalid_input");
        refused(Map.of("branding", Map.of("logoUrl", "javascript:alert(1)")), 400, "guard.invalid_input");
        refused(Map.of("termsOfUseUrl", "javascript:alert(1)"), 400, "guard.invalid_input");
        refused(Map.of("unknownSessionRedirectUrl", "//evil.example"), 400, "guard.invalid_input");
        refused(Map.of("supportEmail", "nobody"), 400, "guard.invalid_input");
        refused(
                Map.of("languageInfo", Map.of("autoDetect", true, "fallbackLanguage", "xx")),
                400,
                "guard.invalid_input");
        refused(Map.of("sentinelPolicy", Map.of("maxAttempts", 0)), 400, "guard.invalid_input");
        refused(Map.of("usernamePolicy", Map.of("minLength", 9, "maxLength", 3)), 400, "guard.invalid_input");
    }

    @Test
    void settings_that_contradict_themselves_are_refused_as_a_whole() {
        refused(
                Map.of("signUp", Map.of("identifiers", List.of("email"), "password", true, "verify", false)),
                400,
                "sign_in_experiences.passwordless_requires_verify");
        refused(
                Map.of("signUp", Map.of("identifiers", List.of("email"), "password", true, "verify", true)),
                400,
                "sign_in_experiences.enabled_connector_not_found");
        refused(
                Map.of(
                        "signUp",
                        Map.of("identifiers", List.of("username", "username"), "password", true, "verify", false)),
                400,
                "sign_in_experiences.duplicated_sign_up_identifiers");
        refused(
                Map.of(
                        "signUp",
                        Map.of(
                                "identifiers",
                                List.of(),
                                "password",
                                true,
                                "verify",
                                false,
                                "secondaryIdentifiers",
                                List.of(Map.of("identifier", "username")))),
                400,
                "sign_in_experiences.missing_sign_up_identifiers");
        refused(method("username", false, false), 400, "sign_in_experiences.at_least_one_authentication_factor");
        refused(method("email", true, true), 400, "sign_in_experiences.enabled_connector_not_found");
        refused(mfa("BackupCode"), 400, "sign_in_experiences.backup_code_cannot_be_enabled_alone");
        refused(mfa("Totp", "Totp"), 400, "sign_in_experiences.duplicated_mfa_factors");
        refused(Map.of("adaptiveMfa", Map.of("enabled", true)), 422, "sign_in_experiences.adaptive_mfa_requires_mfa");
        refused(
                Map.of("languageInfo", Map.of("autoDetect", true, "fallbackLanguage", "sq-AL")),
                400,
                "sign_in_experiences.unsupported_default_language");
        refused(
                Map.of("passwordExpiration", Map.of("enabled", true, "validPeriodDays", 0)),
                422,
                "sign_in_experiences.password_expiration_invalid_period_days");
        refused(
                Map.of("passwordExpiration", Map.of("enabled", true, "validPeriodDays", 90)),
                422,
                "sign_in_experiences.password_expiration_requires_forgot_password");
        refused(
                Map.of("emailBlocklistPolicy", Map.of("customBlocklist", List.of("nonsense"))),
                400,
                "sign_in_experiences.invalid_custom_email_blocklist_format");
        refused(
                Map.of("forgotPasswordMethods", List.of("EmailVerificationCode")),
                400,
                "sign_in_experiences.forgot_password_method_requires_connector");
    }

    /** A second factor that nobody asks for would be believed in. */
    @Test
    void what_cannot_be_enforced_yet_cannot_be_switched_on() {
        refused(mfa("Totp"), 422, "request.feature_not_supported");
        refused(Map.of("captchaPolicy", Map.of("enabled", true)), 422, "request.feature_not_supported");
        refused(Map.of("passkeySignIn", Map.of("enabled", true)), 422, "request.feature_not_supported");
    }

    private static Map<String, ?> method(String identifier, boolean password, boolean code) {
        return Map.of(
                "signIn",
                Map.of(
                        "methods",
                        List.of(Map.of(
                                "identifier", identifier,
                                "password", password,
                                "verificationCode", code,
                                "isPasswordPrimary", true))));
    }

    private static Map<String, ?> mfa(String... factors) {
        return Map.of("mfa", Map.of("factors", Arrays.asList(factors), "policy", "UserControlled"));
    }

    @Test
    void usernames_that_differ_in_case_only_keep_the_policy_case_sensitive() {
        server.api().created("/users", Map.of("username", "Casey"));
        server.api().created("/users", Map.of("username", "casey"));
        Answer conflicts = server.api().get("/sign-in-exp/username-policy/case-sensitivity-conflicts?limit=5");
        assertThat(conflicts.json().get("totalConflicts").asInt()).isEqualTo(1);
        assertThat(conflicts.json().at("/samples/0/usernameLower").asString()).isEqualTo("casey");
        assertThat(conflicts.json().at("/samples/0/userIds").size()).isEqualTo(2);
        refused(
                Map.of("usernamePolicy", Map.of("caseSensitive", false)),
                409,
                "sign_in_experiences.username_policy_case_conflicts_exist");
    }

    @Test
    void the_username_policy_is_what_registration_obeys() {
        patch(Map.of(
                "usernamePolicy",
                Map.of(
                        "minLength", 4,
                        "maxLength", 8,
                        "allowedChars",
                                Map.of("lowercase", true, "uppercase", false, "numbers", false, "underscore", false))));
        Visitor visitor = Visitor.of(server);
        visitor.begin("Register");
        Map<String, String> refusals = Map.of(
                "abc", "user.username_too_short",
                "abcdefghi", "user.username_too_long",
                "Abcde", "user.username_uppercase_not_allowed",
                "abcd1", "user.username_numbers_not_allowed",
                "ab_cd", "user.username_underscore_not_allowed");
        refusals.forEach((name, code) ->
                assertThat(visitor.newIdentity(name, Visitor.PASSWORD).code()).isEqualTo(code));
        assertThat(visitor.newIdentity("abcde", Visitor.PASSWORD).status()).isEqualTo(200);
        JsonNode whole = (JsonNode) Json.read("{\"caseSensitive\":true,\"minLength\":1,\"maxLength\":128,"
                + "\"allowedChars\":{\"lowercase\":true,\"uppercase\":true,\"numbers\":true,\"underscore\":true}}");
        assertThat(patch(Map.of("usernamePolicy", whole)).json().get("usernamePolicy"))
                .isEqualTo(whole);
    }

    @Test
    void a_change_on_one_node_is_seen_by_the_other_at_once() throws Exception {
        try (TestServer second = TestServer.start(server.database(), BootstrapCredentials.none())) {
            second.api().get("/sign-in-exp");
            patch(Map.of("hideLogtoBranding", true));
            boolean seen = false;
            for (int i = 0; i < 500 && !seen; i++) {
                seen = second.browser()
                        .get("/api/.well-known/sign-in-exp")
                        .json()
                        .get("hideLogtoBranding")
                        .asBoolean(false);
                Thread.sleep(20);
            }
            assertThat(seen).isTrue();
        }
    }

    @Test
    void phrases_come_in_the_language_asked_for_or_preferred_or_set() {
        assertThat(phrases("?lng=ja")).isEqualTo("ja");
        assertThat(phrases("?lng=zh-CN", "Accept-Language", "ja")).isEqualTo("zh-CN");
        assertThat(phrases("", "Accept-Language", "fr;q=0.9, ja;q=0.8")).isEqualTo("ja");
        assertThat(phrases("?lng=xx%00")).isEqualTo("en");
        patch(Map.of("languageInfo", Map.of("autoDetect", false, "fallbackLanguage", "zh-CN")));
        assertThat(phrases("", "Accept-Language", "ja")).isEqualTo("zh-CN");
        patch(Map.of("languageInfo", Map.of("autoDetect", true, "fallbackLanguage", "en")));
    }

    private static String phrases(String query, String... headers) {
        return server.browser()
                .get("/api/.well-known/phrases" + query, headers)
                .header("Content-Language")
                .orElse("");
    }

    @Test
    void the_settings_are_for_managers_only() {
        assertThat(server.browser().get("/api/sign-in-exp").status()).isEqualTo(401);
        assertThat(server.browser()
                        .json("PATCH", "/api/sign-in-exp", Map.of("signInMode", "Register"))
                        .status())
                .isEqualTo(401);
        assertThat(server.browser()
                        .json("POST", "/api/sign-in-exp/default/check-password", Map.of("password", "x"))
                        .status())
                .isEqualTo(401);
    }
}
