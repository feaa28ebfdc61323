package dev.ostiary.oidc.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RegistrationTest {
    private static final String CONFIG = "/configs/oidc/registration";
    private static final String CALLBACK = "https://agent.example/cb";

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
    void open() {
        server.clock().reset();
        settings(Map.of(
                "enabled",
                true,
                "requiresInitialAccessToken",
                false,
                "attemptsPerHour",
                10_000,
                "maxClients",
                100_000,
                "redirectHosts",
                List.of(),
                "allowsDeviceFlow",
                false,
                "types",
                List.of("Native", "SPA", "Traditional")));
    }

    private static JsonNode settings(Map<String, ?> changes) {
        Answer answer = api.patch(CONFIG, changes);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static Answer register(String document, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return server.browser().send("POST", "/oidc/register", document, all.toArray(String[]::new));
    }

    private static JsonNode registered(String document, String... headers) {
        Answer answer = register(document, headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        return answer.json();
    }

    private static Answer own(String method, JsonNode client) {
        return server.browser()
                .send(
                        method,
                        client.path("registration_client_uri").asString(),
                        null,
                        "Authorization",
                        "Bearer " + client.path("registration_access_token").asString());
    }

    private static Answer own(String method, JsonNode client, Object body) {
        return server.browser()
                .json(
                        method,
                        client.path("registration_client_uri").asString(),
                        body,
                        "Authorization",
                        "Bearer " + client.path("registration_access_token").asString());
    }

    private static String error(Answer answer) {
        return answer.json().path("error").asString();
    }

    @Test
    void it_is_off_and_not_advertised_unless_switched_on() {
        settings(Map.of("enabled", false));
        assertThat(register("{\"redirect_uris\":[\"" + CALLBACK + "\"]}").status())
                .isEqualTo(404);
        assertThat(discovered("/oidc/.well-known/openid-configuration").has("registration_endpoint"))
                .isFalse();
        settings(Map.of("enabled", true));
        for (String path : List.of(
                "/oidc/.well-known/openid-configuration",
                "/oidc/.well-known/oauth-authorization-server",
                "/.well-known/oauth-authorization-server/oidc",
                "/.well-known/openid-configuration/oidc")) {
            assertThat(discovered(path).path("registration_endpoint").asString())
                    .as(path)
                    .isEqualTo(server.origin() + "/oidc/register");
        }
    }

    private static JsonNode discovered(String path) {
        Answer answer = server.browser().get(path, "Origin", "https://inspector.example");
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).hasValue("https://inspector.example");
        return answer.json();
    }

    @Test
    void a_client_of_a_server_gets_a_secret_that_works() {
        JsonNode client = registered(
                """
                {"redirect_uris":["https://agent.example/cb"],"client_name":"Agent","client_uri":"https://agent.example",
                 "contacts":["ops@agent.example"],"tos_uri":"https://agent.example/tos",
                 "policy_uri":"https://agent.example/privacy","logo_uri":"https://agent.example/logo.png",
                 "software_id":"agent","software_version":"1.2","grant_types":["authorization_code","refresh_token"],
                 "initiate_login_uri":"https://agent.example/login",
                 "post_logout_redirect_uris":["https://agent.example/bye"],
                 "frontchannel_logout_uri":"https://agent.example/front","what_is_this":1}
                """);
        assertThat(client.path("client_secret_expires_at").asLong(-1)).isZero();
        assertThat(client.path("token_endpoint_auth_method").asString()).isEqualTo("client_secret_basic");
        assertThat(client.path("application_type").asString()).isEqualTo("web");
        assertThat(client.path("response_types").toString()).isEqualTo("[\"code\"]");
        assertThat(client.path("scope").asString()).isEqualTo("openid offline_access");
        assertThat(client.path("contacts").get(0).asString()).isEqualTo("ops@agent.example");
        assertThat(client.path("tos_uri").asString()).isEqualTo("https://agent.example/tos");
        assertThat(client.path("id_token_signed_response_alg").asString()).isEqualTo("ES384");
        assertThat(client.has("what_is_this")).isFalse();
        Answer used = server.browser()
                .form(
                        "/oidc/token",
                        Map.of(
                                "client_id",
                                client.path("client_id").asString(),
                                "client_secret",
                                client.path("client_secret").asString(),
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                "no"));
        assertThat(error(used)).as("the client is known").isEqualTo("invalid_grant");

        JsonNode application =
                api.get("/applications/" + client.path("client_id").asString()).json();
        assertThat(application.path("isThirdParty").asBoolean()).isTrue();
        assertThat(application.path("source").asString()).isEqualTo("Registered");
        assertThat(application.path("type").asString()).isEqualTo("Traditional");
        JsonNode listed = api.get(
                        "/applications?search.id=" + client.path("client_id").asString())
                .json();
        assertThat(listed.get(0).path("source").asString()).isEqualTo("Registered");
    }

    @Test
    void the_method_decides_what_kind_it_is_and_a_public_one_has_no_secret_DR2() {
        Map<String, String> expected = new HashMap<>();
        expected.put("{\"redirect_uris\":[\"http://127.0.0.1:3334/cb\"]}", "Native");
        expected.put("{\"redirect_uris\":[\"cursor://anysphere.cursor/cb\"]}", "Native");
        expected.put("{\"redirect_uris\":[\"https://agent.example/cb\"]}", "SPA");
        expected.put("{\"redirect_uris\":[\"https://agent.example/cb\"],\"application_type\":\"native\"}", "Native");
        expected.put("{\"redirect_uris\":[\"http://localhost/cb\"],\"application_type\":\"web\"}", "SPA");
        expected.forEach((document, type) -> {
            ObjectNode wanted = (ObjectNode) Json.read(document);
            wanted.put("token_endpoint_auth_method", "none");
            wanted.put("client_secret", "mine");
            JsonNode client = registered(wanted.toString());
            assertThat(client.has("client_secret")).as(document).isFalse();
            String id = client.path("client_id").asString();
            assertThat(api.get("/applications/" + id).json().path("type").asString())
                    .as(document)
                    .isEqualTo(type);
            assertThat(api.get("/applications/" + id + "/secrets").json()).isEmpty();
            assertThat(client.path("token_endpoint_auth_method").asString()).isEqualTo("none");
        });
    }

    @Test
    void response_types_are_those_that_we_have() {
        JsonNode client = registered(
                """
                {"redirect_uris":["https://agent.example/cb"],"response_types":["code","id_token code","id_token"],
                 "grant_types":["authorization_code","implicit"]}
                """);
        assertThat(client.path("response_types").toString()).isEqualTo("[\"code\",\"code id_token\",\"id_token\"]");
        assertThat(client.path("grant_types").toString()).contains("implicit", "authorization_code");
        for (String types : List.of("[\"token\"]", "[\"code token\"]", "[]", "\"code\"")) {
            assertThat(error(register("{\"redirect_uris\":[\"" + CALLBACK + "\"],\"response_types\":" + types + "}")))
                    .as(types)
                    .isEqualTo("invalid_client_metadata");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "vbscript:x",
                "blob:https://agent.example/x",
                "https://good@evil.example/cb",
                "https://agent.example/cb#x",
                "https://agent.example/../cb",
                "https://agent.example/%2e%2e/cb",
                "https:evil.example",
                "https://agent.example\\\\@evil.example/",
                "https://*.agent.example/cb",
                "https://agent.example/*",
                "http://agent.example/cb",
                "http://192.168.0.1/cb",
                "http://localhost.evil.example/cb",
                "https://0x7f.1/cb",
                "https://agent .example/cb",
                "//agent.example/cb",
                ""
            })
    void a_redirect_uri_that_readers_could_take_for_another_is_refused_RU2_RU4(String uri) {
        ObjectNode document = Json.object();
        document.putArray("redirect_uris").add(uri);
        Answer answer = register(document.toString());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(error(answer)).isIn("invalid_redirect_uri", "invalid_client_metadata");
    }

    @Test
    void redirects_go_to_allowed_hosts_only() {
        settings(Map.of("redirectHosts", List.of("agent.example", "*.tools.example", "localhost", "cursor:")));
        for (String good : List.of(
                CALLBACK, "https://a.tools.example/cb", "http://127.0.0.1:1/cb", "http://[::1]/cb", "cursor://x/cb")) {
            assertThat(register("{\"redirect_uris\":[\"" + good + "\"]}").status())
                    .as(good)
                    .isEqualTo(201);
        }
        for (String bad : List.of(
                "https://evil.example/cb",
                "https://agent.example.evil.example/cb",
                "https://tools.example/cb",
                "https://eviltools.example/cb",
                "https://a.agent.example/cb",
                "other://x/cb")) {
            assertThat(error(register("{\"redirect_uris\":[\"" + bad + "\"]}")))
                    .as(bad)
                    .isEqualTo("invalid_redirect_uri");
        }
        assertThat(error(register("{\"redirect_uris\":[\"" + CALLBACK
                        + "\"],\"post_logout_redirect_uris\":[\"https://evil.example/\"]}")))
                .isEqualTo("invalid_redirect_uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"client_name\":1",
                "\"client_name\":\"a\\u202eb\"",
                "\"client_name\":\"a\\nb\"",
                "\"client_uri\":\"javascript:alert(1)\"",
                "\"logo_uri\":\"data:image/svg+xml,x\"",
                "\"tos_uri\":\"javascript:alert(1)\"",
                "\"policy_uri\":[\"https://x.example\"]",
                "\"contacts\":\"x\"",
                "\"jwks_uri\":\"http://169.254.169.254/latest\"",
                "\"jwks_uri\":\"https://10.0.0.1/jwks\"",
                "\"jwks_uri\":\"https://[fd00::1]/jwks\"",
                "\"jwks_uri\":\"file:///etc/passwd\"",
                "\"backchannel_logout_uri\":\"https://192.168.1.1/out\"",
                "\"jwks\":[]",
                "\"jwks\":{\"keys\":[]},\"jwks_uri\":\"https://127.0.0.1/jwks\"",
                "\"token_endpoint_auth_method\":\"private_key_jwt\"",
                "\"token_endpoint_auth_method\":\"tls_client_auth\"",
                "\"grant_types\":[\"client_credentials\"]",
                "\"grant_types\":[\"password\"]",
                "\"grant_types\":[\"refresh_token\"]",
                "\"grant_types\":[\"urn:ietf:params:oauth:grant-type:device_code\"]",
                "\"grant_types\":[\"urn:ietf:params:oauth:grant-type:token-exchange\",\"authorization_code\"]",
                "\"application_type\":\"desktop\"",
                "\"subject_type\":\"pairwise\"",
                "\"id_token_signed_response_alg\":\"none\"",
                "\"userinfo_signed_response_alg\":\"RS256\"",
                "\"id_token_encrypted_response_alg\":\"RSA-OAEP\"",
                "\"require_signed_request_object\":true",
                "\"dpop_bound_access_tokens\":\"yes\"",
                "\"scope\":{}"
            })
    void metadata_that_is_hostile_or_cannot_be_honoured_is_refused_DR1(String member) {
        Answer answer = register("{\"redirect_uris\":[\"" + CALLBACK + "\"]," + member + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo("invalid_client_metadata");
    }

    @Test
    void software_statements_have_errors_of_their_own() {
        String document = "{\"redirect_uris\":[\"" + CALLBACK + "\"],\"software_statement\":\"%s\"}";
        assertThat(error(register(document.formatted("a.b.c")))).isEqualTo("unapproved_software_statement");
        assertThat(error(register(document.formatted("nothing")))).isEqualTo("invalid_software_statement");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"x\"", "null", "{\"redirect_uris\":[\"https://a.example/\\u0000\"]}"})
    void what_is_no_json_object_is_refused(String body) {
        assertThat(register(body).status()).isEqualTo(400);
    }

    @Test
    void a_body_that_is_too_large_or_too_deep_is_refused_DR1() {
        String large = "{\"redirect_uris\":[\"" + CALLBACK + "\"],\"x\":\"" + "a".repeat(1_000_000) + "\"}";
        assertThat(register(large).status()).isBetween(400, 413);
        assertThat(register("[".repeat(5000)).status()).isEqualTo(400);
        assertThat(server.browser()
                        .send("POST", "/oidc/register", "redirect_uris=x", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer  ", "Basic !!!", "Bearer \u00e9", "Bearer a b", "bearer", "x"})
    void a_malformed_header_is_no_token_and_no_fault_of_ours_DR2(String header) {
        String document = "{\"redirect_uris\":[\"" + CALLBACK + "\"]}";
        assertThat(register(document, "Authorization", header).status()).isEqualTo(401);
        JsonNode client = registered(document);
        Answer read =
                server.browser().get(client.path("registration_client_uri").asString(), "Authorization", header);
        assertThat(read.status()).isEqualTo(401);
        assertThat(read.header("WWW-Authenticate").orElse("")).startsWith("Bearer ");
    }

    @Test
    void scopes_are_cut_to_the_ceiling_DR1() {
        String resource = api.created("/resources", Map.of("name", "Docs", "indicator", "https://docs.example"))
                .path("id")
                .asString();
        String read = api.created(
                        "/resources/" + resource + "/scopes", Map.of("name", "read:docs", "description", "Read"))
                .path("id")
                .asString();
        api.created("/resources/" + resource + "/scopes", Map.of("name", "burn:docs", "description", "Burn"));
        String ceiling = CONFIG + "/user-consent-scopes";
        assertThat(api.post(ceiling, Map.of("userScopes", List.of("profile", "email"), "resourceScopes", List.of(read)))
                        .status())
                .isEqualTo(201);
        JsonNode all = registered("{\"redirect_uris\":[\"" + CALLBACK + "\"]}");
        assertThat(all.path("scope").asString()).isEqualTo("openid offline_access email profile read:docs");
        JsonNode some = registered(
                "{\"redirect_uris\":[\"" + CALLBACK + "\"],\"scope\":\"openid profile burn:docs read:docs phone\"}");
        assertThat(some.path("scope").asString()).isEqualTo("openid offline_access profile read:docs");
        JsonNode kept = api.get("/applications/" + some.path("client_id").asString() + "/user-consent-scopes")
                .json();
        assertThat(kept.path("userScopes").toString()).isEqualTo("[\"profile\"]");
        assertThat(kept.path("resourceScopes")).hasSize(1);
        assertThat(api.delete(ceiling + "/user-scopes/email").status()).isEqualTo(204);
        assertThat(api.delete(ceiling + "/user-scopes/email").status()).isEqualTo(404);
        assertThat(api.post(ceiling, Map.of("resourceScopes", List.of("nothing")))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void with_invited_clients_only_a_token_is_good_for_its_uses_and_its_time() {
        settings(Map.of("requiresInitialAccessToken", true));
        String document = "{\"redirect_uris\":[\"" + CALLBACK + "\"]}";
        assertThat(register(document).status()).isEqualTo(401);
        JsonNode token = api.created(
                CONFIG + "/initial-access-tokens",
                Map.of(
                        "name",
                        "CI",
                        "maxUses",
                        2,
                        "types",
                        List.of("Traditional"),
                        "redirectHosts",
                        List.of("agent.example")));
        String bearer = "Bearer " + token.path("value").asString();
        assertThat(error(register("{\"redirect_uris\":[\"https://other.example/cb\"]}", "Authorization", bearer)))
                .as("a refusal spends nothing")
                .isEqualTo("invalid_redirect_uri");
        assertThat(error(register(
                        "{\"redirect_uris\":[\"" + CALLBACK + "\"],\"token_endpoint_auth_method\":\"none\"}",
                        "Authorization",
                        bearer)))
                .isEqualTo("invalid_client_metadata");
        registered(document, "Authorization", bearer);
        registered(document, "Authorization", bearer);
        assertThat(register(document, "Authorization", bearer).status()).isEqualTo(401);
        JsonNode listed = api.get(CONFIG + "/initial-access-tokens").json().get(0);
        assertThat(listed.path("uses").asInt()).isEqualTo(2);
        assertThat(listed.has("value")).as("never shown again (MA5)").isFalse();
        assertThat(api.delete(CONFIG + "/initial-access-tokens/"
                                + listed.path("id").asString())
                        .status())
                .isEqualTo(204);

        long soon = server.clock().millis() + 60_000;
        JsonNode brief = api.created(CONFIG + "/initial-access-tokens", Map.of("name", "brief", "expiresAt", soon));
        server.clock().forward(Duration.ofMinutes(2));
        assertThat(register(
                                document,
                                "Authorization",
                                "Bearer " + brief.path("value").asString())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void of_many_at_once_as_many_register_as_the_token_has_uses() throws Exception {
        JsonNode token = api.created(CONFIG + "/initial-access-tokens", Map.of("name", "race", "maxUses", 1));
        String bearer = "Bearer " + token.path("value").asString();
        List<Callable<Integer>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(() -> register("{\"redirect_uris\":[\"" + CALLBACK + "\"]}", "Authorization", bearer)
                    .status());
        }
        int made = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(attempts)) {
                made += answer.get() == 201 ? 1 : 0;
            }
        }
        assertThat(made).isEqualTo(1);
    }

    @Test
    void there_is_an_end_to_how_many_and_how_fast() {
        settings(Map.of("maxClients", 1));
        registeredOrFull();
        Answer full = register("{\"redirect_uris\":[\"" + CALLBACK + "\"]}");
        assertThat(full.status()).isEqualTo(403);
        assertThat(error(full)).isEqualTo("access_denied");
        settings(Map.of("attemptsPerHour", 1));
        assertThat(register("{}").status()).isEqualTo(429);
        server.clock().forward(Duration.ofHours(2));
        assertThat(register("{}").status()).isEqualTo(400);
        assertThat(register("{}").status()).isEqualTo(429);
        server.clock().forward(Duration.ofHours(2));
    }

    private static void registeredOrFull() {
        assertThat(register("{\"redirect_uris\":[\"" + CALLBACK + "\"]}").status())
                .isIn(201, 403);
    }

    @Test
    void a_client_reads_changes_and_ends_its_registration_by_its_token() {
        JsonNode client = registered("{\"redirect_uris\":[\"" + CALLBACK + "\"],\"client_name\":\"One\"}");
        assertThat(own("GET", client).json()).isEqualTo(client);

        Answer changed = own(
                "PUT",
                client,
                Map.of(
                        "client_id",
                        client.path("client_id").asString(),
                        "client_name",
                        "Two",
                        "client_secret",
                        client.path("client_secret").asString(),
                        "redirect_uris",
                        List.of("https://agent.example/new")));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        JsonNode now = changed.json();
        assertThat(now.path("client_name").asString()).isEqualTo("Two");
        assertThat(now.path("redirect_uris").toString()).isEqualTo("[\"https://agent.example/new\"]");
        assertThat(now.path("client_secret")).isEqualTo(client.path("client_secret"));
        assertThat(own("GET", client).status()).as("the old token is over").isEqualTo(401);
        assertThat(own("GET", now).status()).isEqualTo(200);

        assertThat(own("DELETE", now).status()).isEqualTo(204);
        assertThat(own("GET", now).status()).isEqualTo(401);
        assertThat(api.get("/applications/" + client.path("client_id").asString())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_change_must_be_of_the_client_itself_and_of_its_kind() {
        JsonNode client = registered("{\"redirect_uris\":[\"" + CALLBACK + "\"]}");
        JsonNode other = registered("{\"redirect_uris\":[\"" + CALLBACK + "\"]}");
        String id = client.path("client_id").asString();
        List<String> uris = List.of(CALLBACK);
        for (Map<String, ?> wrong : List.of(
                Map.of("redirect_uris", uris),
                Map.of("client_id", other.path("client_id").asString(), "redirect_uris", uris),
                Map.of("client_id", id, "redirect_uris", uris, "client_secret", "chosen by me"),
                Map.of("client_id", id, "redirect_uris", uris, "registration_access_token", "x"),
                Map.of("client_id", id, "redirect_uris", uris, "token_endpoint_auth_method", "none"))) {
            Answer answer = own("PUT", client, wrong);
            assertThat(answer.status()).as(wrong.toString()).isEqualTo(400);
            assertThat(error(answer)).isEqualTo("invalid_client_metadata");
        }
        Answer foreign = server.browser()
                .get(
                        other.path("registration_client_uri").asString(),
                        "Authorization",
                        "Bearer " + client.path("registration_access_token").asString());
        assertThat(foreign.status()).isEqualTo(401);
        assertThat(own("GET", client).status()).as("nothing was spent").isEqualTo(200);
    }

    @Test
    void what_an_administrator_has_set_outlives_a_change() {
        JsonNode client = registered("{\"redirect_uris\":[\"" + CALLBACK + "\"]}");
        String id = client.path("client_id").asString();
        api.patch("/applications/" + id, Map.of("customClientMetadata", Map.of("refreshTokenTtlInDays", 3)));
        own("PUT", client, Map.of("client_id", id, "redirect_uris", List.of(CALLBACK), "scope", "openid"));
        JsonNode application = api.get("/applications/" + id).json();
        assertThat(application
                        .path("customClientMetadata")
                        .path("refreshTokenTtlInDays")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void a_client_may_demand_that_its_requests_are_pushed_and_no_one_undoes_it_in_passing_RFC9126_6() {
        String document = "{\"redirect_uris\":[\"" + CALLBACK + "\"],\"require_pushed_authorization_requests\":%s}";
        JsonNode client = registered(document.formatted("true"));
        assertThat(client.path("require_pushed_authorization_requests").asBoolean())
                .isTrue();
        String id = client.path("client_id").asString();
        assertThat(server.browser()
                        .get("/oidc/auth?client_id=" + id + "&response_type=code&scope=openid&redirect_uri="
                                + dev.ostiary.http.Params.encode(CALLBACK))
                        .location())
                .contains("error=invalid_request");
        Map<String, ?> silent = Map.of("client_id", id, "redirect_uris", List.of(CALLBACK));
        JsonNode now = own("PUT", client, silent).json();
        assertThat(now.path("require_pushed_authorization_requests").asBoolean())
                .isTrue();
        Map<String, Object> otherwise = new HashMap<>(silent);
        otherwise.put("require_pushed_authorization_requests", false);
        now = own("PUT", now, otherwise).json();
        assertThat(now.path("require_pushed_authorization_requests").asBoolean(true))
                .isFalse();
        assertThat(registered("{\"redirect_uris\":[\"" + CALLBACK + "\"]}")
                        .has("require_pushed_authorization_requests"))
                .isFalse();
        assertThat(error(register(document.formatted("\"yes\"")))).isEqualTo("invalid_client_metadata");
    }

    @Test
    void a_token_that_an_administrator_has_bound_to_keys_stays_bound_unless_the_client_says_otherwise() {
        JsonNode client = registered("{\"redirect_uris\":[\"" + CALLBACK + "\"]}");
        String id = client.path("client_id").asString();
        api.patch("/applications/" + id, Map.of("customClientMetadata", Map.of("dpop", "required")));
        Map<String, ?> silent = Map.of("client_id", id, "redirect_uris", List.of(CALLBACK));
        JsonNode now = own("PUT", client, silent).json();
        assertThat(now.path("dpop_bound_access_tokens").asBoolean()).isTrue();
        Map<String, Object> unbound = new HashMap<>(silent);
        unbound.put("dpop_bound_access_tokens", false);
        now = own("PUT", now, unbound).json();
        assertThat(now.path("dpop_bound_access_tokens").asBoolean(true)).isFalse();
        api.patch("/applications/" + id, Map.of("customClientMetadata", Map.of("dpop", "optional")));
        own("PUT", now, unbound);
        assertThat(api.get("/applications/" + id)
                        .json()
                        .path("customClientMetadata")
                        .path("dpop")
                        .asString())
                .isEqualTo("optional");
    }

    @Test
    void hosts_that_an_invitation_allows_are_the_only_ones_of_later_changes_too_DR1() {
        JsonNode token = api.created(
                CONFIG + "/initial-access-tokens", Map.of("name", "one", "redirectHosts", List.of("agent.example")));
        JsonNode client = registered(
                "{\"redirect_uris\":[\"" + CALLBACK + "\"]}",
                "Authorization",
                "Bearer " + token.path("value").asString());
        String id = client.path("client_id").asString();
        Map<String, ?> elsewhere = Map.of("client_id", id, "redirect_uris", List.of("https://evil.example/cb"));
        assertThat(error(own("PUT", client, elsewhere))).isEqualTo("invalid_redirect_uri");
        api.delete(CONFIG + "/initial-access-tokens/" + token.path("id").asString());
        assertThat(error(own("PUT", client, elsewhere)))
                .as("nor when the invitation is gone")
                .isEqualTo("invalid_redirect_uri");
        Map<String, ?> here = Map.of("client_id", id, "redirect_uris", List.of("https://agent.example/new"));
        assertThat(own("PUT", client, here).status()).isEqualTo(200);
    }

    @Test
    void a_client_that_nobody_lets_in_is_removed_after_a_while() {
        String unused = registered("{\"redirect_uris\":[\"" + CALLBACK + "\"]}")
                .path("client_id")
                .asString();
        String used = registered("{\"redirect_uris\":[\"" + CALLBACK + "\"]}")
                .path("client_id")
                .asString();
        server.app().database().run(Tenants.DEFAULT, tx -> {
            tx.update("INSERT INTO users (tenant_id, id, username) VALUES (:tenant, 'u1', 'u1')")
                    .execute();
            tx.update("INSERT INTO grants (tenant_id, id, user_id, client_id, expires_at)"
                            + " VALUES (:tenant, 'g1', 'u1', :client, now() + interval '1 day')")
                    .bind("client", used)
                    .execute();
        });
        UnusedClients job = server.app().unusedClients();
        job.run(server.app().database());
        assertThat(api.get("/applications/" + unused).status()).isEqualTo(200);
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update("DELETE FROM grants WHERE id = 'g1'")
                .execute());
        server.clock().forward(Duration.ofDays(8));
        job.run(server.app().database());
        assertThat(server.api().get("/applications/" + unused).status()).isEqualTo(404);
        assertThat(server.api().get("/applications/" + used).status()).isEqualTo(200);
    }

    @Test
    void refusals_are_in_the_log() {
        register("{\"redirect_uris\":[\"javascript:alert(1)\"]}");
        JsonNode logs =
                api.get("/logs?logKey=Registration.Create&page=1&page_size=50").json();
        assertThat(logs.valueStream()
                        .map(log -> log.path("payload").path("error").asString("")))
                .contains("oidc.invalid_redirect_uri");
    }

    @Test
    void devices_register_where_that_is_allowed() {
        settings(Map.of("allowsDeviceFlow", true));
        JsonNode client =
                registered("{\"grant_types\":[\"urn:ietf:params:oauth:grant-type:device_code\",\"refresh_token\"]}");
        assertThat(client.has("client_secret")).isFalse();
        assertThat(client.path("response_types")).isEmpty();
        assertThat(client.path("grant_types").toString()).contains("device_code", "refresh_token");
    }
}
