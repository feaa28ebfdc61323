package dev.ostiary.app;

import static dev.ostiary.oidc.TestOidc.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever comes, the answer says what was wrong with it; a 500 would say that we had not thought of it. */
class HostileRequestsTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String LONG = "x".repeat(9_000);

    /** In place of a member of a JSON body. */
    private static final List<String> VALUES = List.of(
            "null",
            "1",
            "-1",
            "1e400",
            "99999999999999999999",
            "true",
            "[]",
            "{}",
            "[null]",
            "[[[[]]]]",
            "{\"\":{\"\":null}}",
            "{\"a\\u0000\":\"b\\u0000\"}",
            "\"\"",
            "\"\\u0000\"",
            "[\"\\u0000\"]",
            "\"\\ud800\"",
            "[\"\\ud800\"]",
            "\"\\u202e\"",
            "\"" + LONG + "\"",
            "[\"" + LONG + "\"]");

    /** In place of a whole JSON body. */
    private static final List<String> BODIES =
            List.of("", " ", "{", "[]", "null", "1", "\"x\"", "{\"a\":1}{", "[".repeat(5_000), "\uffff");

    /** In place of a value of a form, encoded. */
    private static final List<String> ENCODED =
            List.of("", "%00", "a%00b", "%ED%A0%80", "%FF", "%", "%E2%80%AE", "'%20OR%201=1--", LONG);

    private static final List<String> IDS = List.of(
            "%00", "a%00b", "%FF", "%ED%A0%80", "..", "%2e%2e", "a%2fb", "'", "%F0%9F%92%A9", "x".repeat(3_000));

    private static TestOidc oidc;
    private static Client web;
    private static String account;
    private static String management;

    @BeforeAll
    static void open() {
        oidc = TestOidc.start();
        web = oidc.client("Traditional", "{\"allowTokenExchange\":true,\"dpop\":\"optional\"}");
        account = member(oidc.signIn(web, oidc.user("hostile"), "openid"), "access_token");
        management = oidc.server().managementToken(Tenants.DEFAULT);
        Answer on = oidc.server()
                .api()
                .patch(
                        "/configs/oidc/registration",
                        Map.of("enabled", true, "requiresInitialAccessToken", false, "attemptsPerHour", 10_000));
        assertThat(on.status()).isEqualTo(200);
    }

    @AfterAll
    static void close() {
        oidc.close();
    }

    private static void sent(
            List<String> faults, String method, String path, @Nullable String body, String... headers) {
        Answer answer = oidc.browser().send(method, path, body, headers);
        if (answer.status() >= 500) {
            String shown = body == null ? "" : body.substring(0, Math.min(body.length(), 120));
            faults.add(method + " " + path.substring(0, Math.min(path.length(), 100)) + " " + shown + ": "
                    + answer.status());
        }
    }

    @Test
    void json_of_any_shape_is_no_fault_of_ours() {
        Map<String, List<String>> routes = Map.ofEntries(
                Map.entry(
                        "PUT /api/configs/jwt-customizer/access-token",
                        List.of(
                                "script",
                                "environmentVariables",
                                "contextSample",
                                "tokenSample",
                                "blockIssuanceOnError")),
                Map.entry(
                        "PATCH /api/configs/jwt-customizer/client-credentials",
                        List.of(
                                "script",
                                "environmentVariables",
                                "contextSample",
                                "tokenSample",
                                "blockIssuanceOnError")),
                Map.entry(
                        "POST /api/configs/jwt-customizer/test",
                        List.of("tokenType", "script", "token", "context", "environmentVariables")),
                Map.entry("PATCH /api/configs/cimd", List.of("enabled")),
                Map.entry(
                        "PATCH /api/configs/oidc/registration",
                        List.of("types", "allowsDeviceFlow", "redirectHosts", "maxClients", "unusedLifetimeInDays")),
                Map.entry(
                        "POST /api/configs/oidc/registration/initial-access-tokens",
                        List.of("name", "maxUses", "expiresAt", "types", "redirectHosts")),
                Map.entry(
                        "POST /api/configs/oidc/registration/user-consent-scopes",
                        List.of("userScopes", "resourceScopes", "organizationScopes")),
                Map.entry("POST /api/cimd/user-consent-scopes", List.of("userScopes", "organizationResourceScopes")),
                Map.entry("PATCH /api/configs/oidc/session", List.of("ttl")),
                Map.entry("POST /api/configs/oidc/private-keys/import", List.of("privateKey", "key", "pem")),
                Map.entry("POST /api/configs/oidc/private-keys/rotate", List.of("signingKeyAlgorithm")),
                Map.entry("POST /api/verifications/password", List.of("password")),
                Map.entry(
                        "POST /oidc/register",
                        List.of(
                                "redirect_uris",
                                "client_name",
                                "jwks",
                                "response_types",
                                "contacts",
                                "scope",
                                "logo_uri")),
                Map.entry("POST /oidc/token", List.of("grant_type", "code", "scope", "resource")),
                Map.entry("POST /oidc/request", List.of("scope", "claims", "state", "redirect_uri")),
                Map.entry("POST /oidc/device/auth", List.of("scope", "resource", "max_age")));
        List<String> faults = new ArrayList<>();
        routes.forEach((route, members) -> {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            String authorization = path.startsWith("/api/verifications")
                    ? "Bearer " + account
                    : path.startsWith("/api/")
                            ? "Bearer " + management
                            : path.endsWith("/register") ? null : web.basic();
            String[] headers = authorization == null
                    ? new String[] {"Content-Type", JSON}
                    : new String[] {"Content-Type", JSON, "Authorization", authorization};
            BODIES.forEach(body -> sent(faults, method, path, body, headers));
            for (String member : members) {
                VALUES.forEach(value -> sent(
                        faults,
                        method,
                        path,
                        "{\"" + member + "\":" + value + "," + others(members, member) + "}",
                        headers));
            }
            for (String type : List.of("text/plain", "multipart/form-data", "x", JSON + ";charset=utf-99")) {
                headers[1] = type;
                sent(faults, method, path, "{}", headers);
            }
        });
        assertThat(faults).isEmpty();
    }

    /** So that the one in question is looked at, the others are of the right shape. */
    private static String others(List<String> members, String but) {
        Map<String, String> good = Map.of(
                "script", "\"const getCustomJwtClaims = async () => ({})\"",
                "tokenType", "\"access-token\"",
                "token", "{}",
                "context", "{}",
                "name", "\"x\"",
                "redirect_uris", "[\"https://agent.example/cb\"]",
                "grant_type", "\"authorization_code\"");
        List<String> written = new ArrayList<>();
        members.stream()
                .filter(member -> !member.equals(but) && good.containsKey(member))
                .forEach(member -> written.add("\"" + member + "\":" + good.get(member)));
        written.add("\"other\":0");
        return String.join(",", written);
    }

    @Test
    void forms_of_any_content_are_no_fault_of_ours() {
        Map<String, List<String>> routes = Map.of(
                "/oidc/token",
                List.of("grant_type", "device_code", "refresh_token", "subject_token", "organization_id", "resource"),
                "/oidc/request",
                List.of("scope", "claims", "resource", "dpop_jkt", "max_age", "id_token_hint", "acr_values"),
                "/oidc/device/auth",
                List.of("scope", "claims", "resource", "client_assertion", "id_token_hint"),
                "/oidc/device",
                List.of("user_code", "xsrf", "confirm", "abort"),
                "/oidc/auth",
                List.of("client_id", "request_uri", "claims", "display", "redirect_uri", "ui_locales"),
                "/oidc/session/end",
                List.of("id_token_hint", "logout_hint", "client_id", "post_logout_redirect_uri", "ui_locales"),
                "/oidc/session/end/confirm",
                List.of("xsrf", "logout"),
                "/oidc/me",
                List.of("access_token"));
        List<String> faults = new ArrayList<>();
        routes.forEach((path, names) -> names.forEach(name -> ENCODED.forEach(value -> {
            String field = name + "=" + value;
            for (String body : List.of(
                    field,
                    field + "&" + field,
                    field
                            + "&grant_type=urn:ietf:params:oauth:grant-type:device_code&response_type=code&scope=openid")) {
                sent(faults, "POST", path, body, "Content-Type", FORM, "Authorization", web.basic());
                sent(faults, "POST", path, body + "&client_id=" + web.id(), "Content-Type", FORM);
            }
            sent(faults, "POST", path, field, "Content-Type", "text/plain");
            if (!value.equals("%") && value.length() < 4_000) {
                sent(faults, "GET", path + "?" + field, null);
            }
        })));
        for (String header : List.of("DPoP " + account, "DPoP x", "Bearer", "Bearer " + LONG.substring(0, 4_000))) {
            sent(faults, "GET", "/oidc/me", null, "Authorization", header, "DPoP", "x.y.z");
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void odd_ids_are_those_of_nobody() {
        List<String> faults = new ArrayList<>();
        for (String id : IDS) {
            for (String route : List.of(
                    "GET /api/configs/jwt-customizer/",
                    "DELETE /api/configs/jwt-customizer/",
                    "DELETE /api/configs/oidc/registration/initial-access-tokens/",
                    "DELETE /api/configs/oidc/registration/user-consent-scopes/user-scopes/",
                    "DELETE /api/cimd/user-consent-scopes/resource-scopes/",
                    "DELETE /api/configs/oidc/private-keys/",
                    "GET /api/users/x/sessions/",
                    "DELETE /api/users/x/grants/",
                    "GET /api/logs?applicationId=",
                    "GET /api/sign-in-exp?organizationId=")) {
                call(faults, route + id, management);
            }
            call(faults, "DELETE /api/users/" + id + "/sessions", management);
            for (String route : List.of("DELETE /api/my-account/sessions/", "DELETE /api/my-account/grants/")) {
                call(faults, route + id, account);
            }
            for (String method : List.of("GET ", "PUT ", "DELETE ")) {
                call(faults, method + "/oidc/register/" + id, "x");
            }
            for (String route : List.of("GET /oidc/auth/", "GET /device?user_code=", "GET /oidc/device?user_code=")) {
                call(faults, route + id, "x");
            }
        }
        assertThat(faults).isEmpty();
    }

    private static void call(List<String> faults, String route, String token) {
        int space = route.indexOf(' ');
        String body = route.startsWith("PUT") ? "{}" : null;
        sent(
                faults,
                route.substring(0, space),
                route.substring(space + 1),
                body,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                JSON,
                "logto-verification-id",
                "x");
    }
}
