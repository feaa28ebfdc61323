package dev.ostiary.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtCustomizerRoutesTest {
    private static final String ALL = "/configs/jwt-customizer";
    private static final String USERS = ALL + "/access-token";
    private static final String MACHINES = ALL + "/client-credentials";
    private static final String SCRIPT = "const getCustomJwtClaims = async () => ({ a: 1 });";

    private static TestServer server;
    private static TestApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clean() {
        api.delete(USERS);
        api.delete(MACHINES);
    }

    private static Map<String, Object> full() {
        return Map.of(
                "script", SCRIPT,
                "environmentVariables", Map.of("API_KEY", "very secret"),
                "contextSample", Map.of("user", Map.of("id", "u1", "name", "Ada")),
                "tokenSample", Map.of("jti", "j", "aud", "https://api", "kind", "AccessToken"),
                "blockIssuanceOnError", true);
    }

    @Test
    void it_is_made_replaced_read_and_deleted() {
        assertThat(api.get(USERS).status()).isEqualTo(404);
        assertThat(api.get(USERS).code()).isEqualTo("entity.not_exists");
        Answer made = api.put(USERS, full());
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json()).isEqualTo(Json.tree(full()));
        assertThat(api.get(USERS).json()).isEqualTo(Json.tree(full()));
        assertThat(api.get(USERS).header("Cache-Control")).contains("no-store");

        Answer replaced = api.put(USERS, Map.of("script", SCRIPT));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json()).isEqualTo(Json.tree(Map.of("script", SCRIPT)));
        assertThat(api.get(USERS).json()).isEqualTo(replaced.json());

        assertThat(api.delete(USERS).status()).isEqualTo(204);
        assertThat(api.delete(USERS).status()).isEqualTo(404);
        assertThat(api.get(USERS).status()).isEqualTo(404);
    }

    @Test
    void a_patch_changes_what_it_names() {
        assertThat(api.patch(USERS, Map.of("script", "x")).code()).isEqualTo("entity.not_exists");
        api.put(USERS, full());
        Answer patched =
                api.patch(USERS, Map.of("environmentVariables", Map.of("B", "2"), "blockIssuanceOnError", false));
        Map<String, Object> expected = new LinkedHashMap<>(full());
        expected.put("environmentVariables", Map.of("B", "2"));
        expected.put("blockIssuanceOnError", false);
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json()).isEqualTo(Json.tree(expected));
        assertThat(api.patch(USERS, Map.of()).json()).isEqualTo(Json.tree(expected));
        assertThat(api.get(USERS).json()).isEqualTo(Json.tree(expected));
    }

    @Test
    void the_list_names_them_by_key() {
        assertThat(api.get(ALL).json()).isEqualTo(Json.array());
        api.put(MACHINES, Map.of("script", SCRIPT));
        api.put(USERS, Map.of("script", SCRIPT));
        assertThat(api.get(ALL).json())
                .isEqualTo(Json.tree(List.of(
                        Map.of("key", "jwt.accessToken", "value", Map.of("script", SCRIPT)),
                        Map.of("key", "jwt.clientCredentials", "value", Map.of("script", SCRIPT)))));
    }

    @Test
    void of_two_that_edit_at_once_the_slower_is_told() {
        api.put(USERS, full());
        String tag = api.get(USERS).header("ETag").orElseThrow();
        TestBrowser browser = server.browser();
        String bearer = "Bearer " + server.managementToken(Tenants.DEFAULT);
        Answer first =
                browser.json("PATCH", "/api" + USERS, Map.of("script", "1"), "Authorization", bearer, "If-Match", tag);
        assertThat(first.status()).isEqualTo(200);
        for (String method : List.of("PATCH", "PUT")) {
            Answer second = browser.json(
                    method, "/api" + USERS, Map.of("script", "2"), "Authorization", bearer, "If-Match", tag);
            assertThat(second.status()).isEqualTo(412);
            assertThat(second.code()).isEqualTo("entity.changed_meanwhile");
        }
        Answer next = browser.json(
                "PUT",
                "/api" + USERS,
                Map.of("script", "3"),
                "Authorization",
                bearer,
                "If-Match",
                first.header("ETag").orElseThrow());
        assertThat(next.status()).isEqualTo(200);
    }

    @Test
    void variables_lie_sealed_in_the_database_bound_to_their_row() throws Exception {
        api.put(USERS, full());
        try (var connection = server.database().connect();
                var sql = connection.createStatement()) {
            sql.execute("SET ostiary.tenant = '*'");
            var rows = sql.executeQuery("SELECT row_to_json(c)::text FROM jwt_customizers c");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).contains("Ada").doesNotContain("very secret", "API_KEY");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"script\":5}",
                "{\"script\":null}",
                "{\"script\":\"x\",\"environmentVariables\":{\"A\":1}}",
                "{\"script\":\"x\",\"environmentVariables\":[]}",
                "{\"script\":\"x\",\"environmentVariables\":{\"\":\"a\"}}",
                "{\"script\":\"x\",\"contextSample\":{}}",
                "{\"script\":\"x\",\"contextSample\":5}",
                "{\"script\":\"x\",\"tokenSample\":[]}",
                "{\"script\":\"x\",\"blockIssuanceOnError\":\"yes\"}",
                "{\"script\":\"a\\u0000b\"}"
            })
    void bad_input_is_named_and_nothing_is_saved(String body) {
        Answer answer = api.put(USERS, Json.read(body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("guard.invalid_input");
        assertThat(api.get(USERS).status()).isEqualTo(404);
    }

    @Test
    void sizes_are_bounded() {
        assertThat(api.put(USERS, Map.of("script", "x".repeat(65_537))).code()).isEqualTo("guard.invalid_input");
        assertThat(api.put(USERS, Map.of("script", "x", "environmentVariables", Map.of("A", "x".repeat(40_000))))
                        .code())
                .isEqualTo("guard.invalid_input");
        assertThat(api.put(USERS, Map.of("script", "x", "tokenSample", Map.of("jti", "x".repeat(70_000))))
                        .code())
                .isEqualTo("guard.invalid_input");
    }

    @Test
    void only_two_kinds_of_tokens_are_known() {
        assertThat(api.get(ALL + "/id-token").status()).isEqualTo(400);
        assertThat(api.put(ALL + "/id-token", full()).status()).isEqualTo(400);
    }

    @Test
    void tokens_of_the_admin_tenant_are_not_customized() {
        Answer answer = server.adminApi().put(USERS, full());
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("jwt_customizer.can_not_create_for_admin_tenant");
    }

    private static Map<String, Object> test(String script) {
        return Map.of(
                "tokenType", "access-token",
                "script", script,
                "environmentVariables", Map.of("K", "v"),
                "token", Map.of("scope", "read"),
                "context", Map.of("user", Map.of("id", "u1")));
    }

    @Test
    void a_test_run_answers_with_the_claims() {
        Answer answer = api.post(
                ALL + "/test",
                test("const getCustomJwtClaims = async ({ token, context, environmentVariables }) =>"
                        + " ({ token, context, environmentVariables });"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(Json.read("{\"token\":{\"scope\":\"read\"},\"context\":{\"user\":{\"id\":\"u1\"}},"
                        + "\"environmentVariables\":{\"K\":\"v\"}}"));
        assertThat(api.get(USERS).status()).isEqualTo(404);
        Answer machine = api.post(
                ALL + "/test",
                Map.of(
                        "tokenType", "client-credentials",
                        "script", "const getCustomJwtClaims = ({ token }) => ({ s: token.scope });",
                        "token", Map.of("scope", "read")));
        assertThat(machine.json()).isEqualTo(Json.read("{\"s\":\"read\"}"));
    }

    @Test
    void a_test_run_tells_what_was_logged_if_it_is_asked_to() {
        String saying =
                "const getCustomJwtClaims = async ({ token, api }) => { console.log('scope', token.scope); %s };";
        Answer claims = api.post(ALL + "/test", withLog(saying.formatted("return { a: 1 };")));
        assertThat(claims.status()).isEqualTo(200);
        assertThat(claims.json())
                .isEqualTo(Json.read("{\"claims\":{\"a\":1},\"log\":{\"lines\":[{\"level\":\"log\","
                        + "\"text\":\"scope read\"}],\"cut\":false}}"));
        Answer failed = api.post(ALL + "/test", withLog(saying.formatted("nothing.there;")));
        assertThat(failed.status()).isEqualTo(422);
        assertThat(failed.json().at("/data/log/lines/0/text").asString()).isEqualTo("scope read");
        Answer denied = api.post(ALL + "/test", withLog(saying.formatted("api.denyAccess();")));
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().at("/data/log/lines/0/text").asString()).isEqualTo("scope read");
        assertThat(api.post(ALL + "/test", test(saying.formatted("nothing.there;")))
                        .json()
                        .path("data")
                        .has("log"))
                .isFalse();
    }

    private static Map<String, Object> withLog(String script) {
        Map<String, Object> body = new java.util.HashMap<>(test(script));
        body.put("withLog", true);
        return body;
    }

    @Test
    void a_test_run_tells_why_it_failed_and_where() {
        Answer syntax = api.post(ALL + "/test", test("const getCustomJwtClaims = async () => {\n  return {;\n}"));
        assertThat(syntax.status()).isEqualTo(422);
        assertThat(syntax.code()).isEqualTo("jwt_customizer.general");
        assertThat(syntax.json().at("/data/error/name").asString()).isEqualTo("SyntaxError");
        assertThat(syntax.json().at("/data/error/line").asInt()).isEqualTo(2);
        assertThat(syntax.json().at("/data/message").asString())
                .startsWith("SyntaxError: ")
                .contains("line 2");

        Answer denied =
                api.post(ALL + "/test", test("const getCustomJwtClaims = ({ api }) => api.denyAccess('No entry');"));
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.code()).isEqualTo("jwt_customizer.general");
        assertThat(denied.json().at("/data/message").asString()).isEqualTo("No entry");
        assertThat(denied.json().at("/data/error/code").asString()).isEqualTo("AccessDenied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"tokenType\":\"id-token\",\"script\":\"x\",\"token\":{},\"context\":{\"user\":{}}}",
                "{\"tokenType\":\"access-token\",\"script\":\"x\",\"token\":{}}",
                "{\"tokenType\":\"access-token\",\"script\":\"x\",\"token\":{},\"context\":{}}",
                "{\"tokenType\":\"access-token\",\"token\":{},\"context\":{\"user\":{}}}",
                "{\"tokenType\":\"client-credentials\",\"script\":\"x\"}"
            })
    void a_test_needs_all_that_the_script_needs(String body) {
        assertThat(api.post(ALL + "/test", Json.read(body)).status()).isEqualTo(400);
    }

    @Test
    void without_the_scope_to_write_nobody_runs_code_SC4_MA4() {
        for (String scope : List.of("", "read", "view")) {
            String bearer = "Bearer " + server.managementToken(Tenants.DEFAULT, Map.of("scope", scope));
            Answer answer =
                    server.browser().json("POST", "/api" + ALL + "/test", test(SCRIPT), "Authorization", bearer);
            assertThat(answer.status()).isEqualTo(403);
        }
        assertThat(server.browser()
                        .json("POST", "/api" + ALL + "/test", test(SCRIPT))
                        .status())
                .isEqualTo(401);
        assertThat(server.browser()
                        .json(
                                "POST",
                                "/api" + ALL + "/test",
                                test(SCRIPT),
                                "Authorization",
                                "Bearer "
                                        + server.managementToken(
                                                Tenants.ADMIN, Map.of("aud", "https://admin.logto.app/api")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void another_node_hears_of_a_change() throws Exception {
        try (TestServer other = TestServer.start(server.database(), BootstrapCredentials.none())) {
            api.put(USERS, Map.of("script", "1"));
            assertThat(other.api().get(USERS).json().path("script").asString()).isEqualTo("1");
        }
    }

    @Test
    void an_unknown_key_is_dropped() {
        Map<String, Object> body = new LinkedHashMap<>(full());
        body.put("other", Collections.emptyList());
        assertThat(api.put(USERS, body).json().has("other")).isFalse();
    }
}
