package dev.ostiary.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ApplicationRoutesTest {
    private static final Map<String, Object> NO_ADDRESSES =
            Map.of("redirectUris", List.of(), "postLogoutRedirectUris", List.of());

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

    @Test
    void who_was_slower_is_told_and_overwrites_nothing() {
        String id = create("SPA");
        api.patch("/applications/" + id, Map.of("customData", Json.read("{\"zebra\":1,\"ant\":2}")));
        String seen = api.get("/applications/" + id).header("ETag").orElseThrow();
        assertThat(rename(id, "First", seen).status()).isEqualTo(200);
        Answer late = rename(id, "Second", seen);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("entity.changed_meanwhile");
        Answer third = rename(
                id, "Third", api.get("/applications/" + id).header("ETag").orElseThrow());
        assertThat(third.status()).isEqualTo(200);
        assertThat(rename(id, "Fourth", third.header("ETag").orElseThrow()).status())
                .isEqualTo(200);
    }

    private static Answer rename(String id, String name, String tag) {
        return change(id, Map.of("name", name), tag);
    }

    private static Answer change(String id, Map<String, Object> change, String tag) {
        return server.browser()
                .json(
                        "PATCH",
                        "/api/applications/" + id,
                        change,
                        "Authorization",
                        "Bearer " + server.managementToken("default"),
                        "If-Match",
                        tag);
    }

    private static final Map<String, Object> STANDARD_CLAIMS =
            Map.of("customClientMetadata", Map.of("standardClaims", true));
    private static final Map<String, Object> PUSHED_ONLY = Map.of(
            "oidcClientMetadata",
            Map.of(
                    "redirectUris",
                    List.of(),
                    "postLogoutRedirectUris",
                    List.of(),
                    "requirePushedAuthorizationRequests",
                    true));

    private static void hasBoth(String id) {
        JsonNode now = api.get("/applications/" + id).json();
        assertThat(now.at("/customClientMetadata/standardClaims").asBoolean())
                .as(now.toString())
                .isTrue();
        assertThat(now.at("/oidcClientMetadata/requirePushedAuthorizationRequests")
                        .asBoolean())
                .as(now.toString())
                .isTrue();
    }

    /** Two administrators press "Save" in the same moment; each has seen the application as it was. */
    @Test
    void of_two_changes_at_once_of_what_both_have_seen_one_is_made_and_one_is_told() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                String id = create("Traditional");
                String seen = api.get("/applications/" + id).header("ETag").orElseThrow();
                Future<Answer> one = threads.submit(() -> change(id, STANDARD_CLAIMS, seen));
                Future<Answer> other = threads.submit(() -> change(id, PUSHED_ONLY, seen));
                assertThat(List.of(one.get().status(), other.get().status())).containsExactlyInAnyOrder(200, 412);
                boolean oneWasSlower = one.get().status() == 412;
                Answer late = oneWasSlower ? one.get() : other.get();
                assertThat(late.code()).isEqualTo("entity.changed_meanwhile");
                String fresh = api.get("/applications/" + id).header("ETag").orElseThrow();
                assertThat(change(id, oneWasSlower ? STANDARD_CLAIMS : PUSHED_ONLY, fresh)
                                .status())
                        .isEqualTo(200);
                hasBoth(id);
            }
        }
    }

    /** Who names no version wants what they send and nothing else. */
    @Test
    void two_changes_at_once_of_different_settings_are_both_made() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                String id = create("Traditional");
                Future<Answer> one = threads.submit(() -> api.patch("/applications/" + id, STANDARD_CLAIMS));
                Future<Answer> other = threads.submit(() -> api.patch("/applications/" + id, PUSHED_ONLY));
                assertThat(List.of(one.get().status(), other.get().status())).containsExactly(200, 200);
                hasBoth(id);
            }
        }
    }

    @Test
    void a_new_application_is_answered_whole_and_without_a_secret() {
        Answer answer = api.post("/applications", Map.of("name", "Bookstore", "type", "Traditional"));
        assertThat(answer.status()).isEqualTo(200);
        JsonNode made = answer.json();
        List<String> keys = new ArrayList<>(made.propertyNames());
        assertThat(keys)
                .containsExactly(
                        "tenantId",
                        "id",
                        "name",
                        "description",
                        "type",
                        "oidcClientMetadata",
                        "customClientMetadata",
                        "protectedAppMetadata",
                        "customData",
                        "isThirdParty",
                        "appLevelAccessControlEnabled",
                        "createdAt");
        assertThat(made.get("id").asString()).matches("[0-9a-z]{21}");
        assertThat(made.get("description").isNull()).isTrue();
        assertThat(made.get("oidcClientMetadata"))
                .isEqualTo(Json.read("{\"redirectUris\":[],\"postLogoutRedirectUris\":[]}"));
        assertThat(made.get("customClientMetadata")).isEqualTo(Json.object());
        assertThat(made.get("createdAt").asLong())
                .isBetween(
                        server.clock().instant().toEpochMilli() - 5_000,
                        server.clock().instant().toEpochMilli());
        JsonNode read = api.get("/applications/" + id(made)).json();
        assertThat(read.get("isAdmin").asBoolean()).isFalse();
        assertThat(read.get("name").asString()).isEqualTo("Bookstore");
    }

    @Test
    void only_types_that_can_keep_one_get_a_secret() {
        for (String type : List.of("Traditional", "MachineToMachine")) {
            JsonNode secrets =
                    api.get("/applications/" + create(type) + "/secrets").json();
            assertThat(secrets).hasSize(1);
            JsonNode secret = secrets.get(0);
            assertThat(secret.get("name").asString()).isEqualTo("Default secret");
            assertThat(secret.get("value").asString()).matches("[0-9A-Za-z]{32}");
            assertThat(secret.get("expiresAt").isNull()).isTrue();
        }
        for (String type : List.of("Native", "SPA")) {
            assertThat(api.get("/applications/" + create(type) + "/secrets").json())
                    .isEmpty();
        }
    }

    @Test
    void secrets_leave_only_by_their_own_url_and_reading_them_is_recorded_MA5() {
        String id = create("Traditional");
        String value = api.get("/applications/" + id + "/secrets")
                .json()
                .get(0)
                .get("value")
                .asString();
        assertThat(api.get("/applications").text()).doesNotContain(value);
        assertThat(api.get("/applications/" + id).text()).doesNotContain(value);
        assertThat(api.patch("/applications/" + id, Map.of("name", "Renamed")).text())
                .doesNotContain(value);
        Answer logs = api.get("/logs?logKey=ManagementApi.Secrets.Read&page_size=100");
        assertThat(logs.text()).contains("/api/applications/" + id + "/secrets").doesNotContain(value);
        assertThat(api.get("/logs?page_size=100").text()).doesNotContain(value);
        String stored = server.app().database().read("default", tx -> tx.query(
                        "SELECT string_agg(s::text, ' ') FROM application_secrets s WHERE tenant_id = :tenant")
                .mapTo(String.class)
                .one());
        assertThat(stored).doesNotContain(value);
        assertThat(api.get("/applications/" + id + "/secrets").header("Cache-Control"))
                .hasValue("no-store");
    }

    @Test
    void secrets_have_unique_names_and_can_be_renamed_and_deleted() {
        String secrets = "/applications/" + create("Traditional") + "/secrets";
        Answer made = api.post(secrets, Map.of("name", "Rotation 2026"));
        assertThat(made.status()).isEqualTo(201);
        String value = made.json().get("value").asString();
        assertThat(api.post(secrets, Map.of("name", "Rotation 2026")).code())
                .isEqualTo("application.secret_name_exists");
        assertThat(api.patch(secrets + "/Rotation%202026", Map.of("name", "Default secret"))
                        .status())
                .isEqualTo(422);
        Answer renamed = api.patch(secrets + "/Rotation%202026", Map.of("name", "鍵 ✓"));
        assertThat(renamed.json().get("value").asString()).isEqualTo(value);
        assertThat(api.get(secrets).json().get(1).get("value").asString()).isEqualTo(value);
        assertThat(api.patch(secrets + "/nobody", Map.of("name", "x")).code()).isEqualTo("entity.not_exists");
        assertThat(api.delete(secrets + "/Default%20secret").status()).isEqualTo(204);
        assertThat(api.delete(secrets + "/Default%20secret").code()).isEqualTo("entity.not_found");
        assertThat(api.get(secrets).json()).hasSize(1);
    }

    @Test
    void two_who_make_a_secret_of_the_same_name_make_one() throws Exception {
        String secrets = "/applications/" + create("Traditional") + "/secrets";
        Callable<Integer> make =
                () -> server.api().post(secrets, Map.of("name", "Both")).status();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : two.invokeAll(List.of(make, make))) {
                statuses.add(status.get());
            }
            assertThat(statuses).containsExactlyInAnyOrder(201, 422);
        }
        assertThat(api.get(secrets).json()).hasSize(2);
    }

    @Test
    void a_secret_is_accepted_until_it_expires_CA2() {
        String id = create("Traditional");
        long end = server.clock().instant().plus(Duration.ofHours(1)).toEpochMilli();
        Answer made = api.post("/applications/" + id + "/secrets", Map.of("name", "Short", "expiresAt", end));
        String value = made.json().get("value").asString();
        Application application = server.app()
                .database()
                .read("default", tx -> ApplicationStore.find(tx, id))
                .orElseThrow();
        assertThat(application.check(value, server.clock().instant())).isEqualTo(ApplicationSecret.Verdict.ACCEPTED);
        assertThat(application.check(value, server.clock().instant().plus(Duration.ofHours(1))))
                .isEqualTo(ApplicationSecret.Verdict.EXPIRED);
        assertThat(application.check(value + "x", server.clock().instant())).isEqualTo(ApplicationSecret.Verdict.WRONG);
        assertThat(application.check("", server.clock().instant())).isEqualTo(ApplicationSecret.Verdict.WRONG);
        Answer past = api.post("/applications/" + id + "/secrets", Map.of("name", "Past", "expiresAt", 1));
        assertThat(past.status()).isEqualTo(400);
        assertThat(past.code()).isEqualTo("request.invalid_input");
    }

    @Test
    void a_patch_replaces_whole_objects_and_leaves_the_rest() {
        String id = create("SPA");
        Map<String, Object> addresses = Map.of(
                "redirectUris", List.of("http://localhost:3000/callback"),
                "postLogoutRedirectUris", List.of("http://localhost:3000"));
        Answer first = api.patch(
                "/applications/" + id,
                Map.of("oidcClientMetadata", addresses, "customData", Map.of("a", 1), "description", "Books"));
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().at("/oidcClientMetadata/redirectUris/0").asString())
                .isEqualTo("http://localhost:3000/callback");
        JsonNode second = api.patch("/applications/" + id, Map.of("customData", Map.of("b", 2)))
                .json();
        assertThat(second.get("customData")).isEqualTo(Json.read("{\"b\":2}"));
        assertThat(second.get("description").asString()).isEqualTo("Books");
        assertThat(second.at("/oidcClientMetadata/redirectUris")).hasSize(1);
        assertThat(api.call("PATCH", "/applications/" + id, Json.read("{\"description\":null}"))
                        .json()
                        .get("description")
                        .isNull())
                .isTrue();
        assertThat(api.patch("/applications/" + id, Map.of()).status()).isEqualTo(200);
        Answer half = api.patch("/applications/" + id, Map.of("oidcClientMetadata", Map.of("redirectUris", List.of())));
        assertThat(half.code()).isEqualTo("guard.invalid_input");
    }

    @Test
    void custom_data_is_merged_by_its_own_url() {
        String id = create("SPA");
        String url = "/applications/" + id + "/custom-data";
        assertThat(api.patch(url, Map.of("a", 1, "b", Map.of("c", 2))).status()).isEqualTo(200);
        assertThat(api.patch(url, Map.of("b", "x")).json()).isEqualTo(Json.read("{\"a\":1,\"b\":\"x\"}"));
        assertThat(api.patch("/applications/nobody/custom-data", Map.of()).status())
                .isEqualTo(404);
    }

    @Test
    void settings_that_do_not_fit_the_type_are_refused() {
        assertThat(post("SAML", Map.of()).code()).isEqualTo("application.saml.use_saml_app_api");
        assertThat(post("Protected", Map.of()).code()).isEqualTo("application.protected_app_metadata_is_required");
        Answer unavailable = post(
                "Protected", Map.of("protectedAppMetadata", Map.of("subDomain", "a", "origin", "https://a.example")));
        assertThat(unavailable.status()).isEqualTo(501);
        assertThat(post("MachineToMachine", Map.of("isThirdParty", true)).code())
                .isEqualTo("application.invalid_third_party_application_type");
        assertThat(post("SPA", Map.of("customClientMetadata", Map.of("isDeviceFlow", true)))
                        .code())
                .isEqualTo("application.device_flow_native_only");
        Map<String, Object> exchange = Map.of("allowTokenExchange", true);
        assertThat(post("SPA", Map.of("isThirdParty", true, "customClientMetadata", exchange))
                        .code())
                .isEqualTo("application.third_party_application_cannot_enable_token_exchange");
        String native_ = create("Native");
        assertThat(api.patch("/applications/" + native_, Map.of("customClientMetadata", Map.of("isDeviceFlow", true)))
                        .code())
                .isEqualTo("application.device_flow_not_changeable");
        assertThat(post("Fridge", Map.of()).code()).isEqualTo("guard.invalid_input");
        for (int days : List.of(0, 181)) {
            assertThat(post("SPA", Map.of("customClientMetadata", Map.of("refreshTokenTtlInDays", days)))
                            .code())
                    .isEqualTo("guard.invalid_input");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(document.domain)",
                "data:text/html;base64,PHNjcmlwdD4=",
                "vbscript:x",
                "file:///etc/passwd",
                "blob:https://example.com/x",
                "https://user@example.com/",
            })
    void a_dangerous_address_is_registered_nowhere_RU4(String uri) {
        for (Map<String, Object> metadata : List.<Map<String, Object>>of(
                Map.of("redirectUris", List.of(uri), "postLogoutRedirectUris", List.of()),
                Map.of("redirectUris", List.of(), "postLogoutRedirectUris", List.of(uri)),
                Map.of("redirectUris", List.of(), "postLogoutRedirectUris", List.of(), "logoUri", uri),
                Map.of("redirectUris", List.of(), "postLogoutRedirectUris", List.of(), "backchannelLogoutUri", uri))) {
            Answer refused = post("Traditional", Map.of("oidcClientMetadata", metadata));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("guard.invalid_input");
            assertThat(refused.json().at("/data/issues/0/path/0").asString()).isEqualTo("oidcClientMetadata");
        }
    }

    @Test
    void lists_are_newest_first_paged_filtered_and_searched() {
        String tag = "list" + System.nanoTime();
        List<String> types = List.of("Traditional", "SPA", "SPA", "MachineToMachine");
        for (int i = 0; i < types.size(); i++) {
            server.clock().forward(Duration.ofMillis(5));
            api.created(
                    "/applications", Map.of("name", tag + " " + i, "type", types.get(i), "description", "Shop_" + i));
        }
        String query = "/applications?search=" + tag + "%25";
        Answer page = api.get(query + "&page=1&page_size=3");
        assertThat(page.json()).hasSize(3);
        assertThat(page.json().get(0).get("name").asString()).isEqualTo(tag + " 3");
        assertThat(page.header("Total-Number")).hasValue("4");
        assertThat(api.get(query).header("Total-Number")).isEmpty();
        assertThat(api.get(query + "&types=SPA").json()).hasSize(2);
        assertThat(api.get(query + "&types=SPA&types=Traditional").json()).hasSize(3);
        assertThat(api.get(query + "&isThirdParty=true").json()).isEmpty();
        assertThat(api.get("/applications?search.description=shop%5C_2&joint=and&search.name=" + tag + "%25")
                        .json())
                .hasSize(1);
        assertThat(api.get("/applications?types=Fridge").status()).isEqualTo(400);
        assertThat(api.get("/applications?search.secret=x").code()).isEqualTo("request.invalid_input");
        assertThat(api.get("/applications?page_size=-1").code()).isEqualTo("guard.invalid_pagination");
    }

    @Test
    void a_list_costs_the_same_number_of_statements_whatever_its_length() {
        create("Traditional");
        long few = statements(() -> api.get("/applications?page_size=1"));
        for (int i = 0; i < 10; i++) {
            create("Traditional");
        }
        assertThat(statements(() -> api.get("/applications?page_size=11")))
                .isEqualTo(few)
                .isLessThanOrEqualTo(2);
    }

    @Test
    void a_deleted_application_is_gone_with_its_secrets() {
        String id = create("Traditional");
        assertThat(api.delete("/applications/" + id).status()).isEqualTo(204);
        assertThat(api.get("/applications/" + id).code()).isEqualTo("entity.not_exists_with_id");
        assertThat(api.get("/applications/" + id + "/secrets").status()).isEqualTo(404);
        assertThat(api.delete("/applications/" + id).status()).isEqualTo(404);
        assertThat(api.post("/applications/" + id + "/secrets", Map.of("name", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(api.delete("/applications/" + create("SPA") + "/legacy-secret")
                        .code())
                .isEqualTo("application.no_legacy_secret_found");
    }

    @Test
    void what_another_tenant_has_is_not_there_MA2() {
        String id = create("Traditional");
        TestApi other = server.adminApi();
        String url = "/applications/" + id;
        assertThat(other.get(url).status()).isEqualTo(404);
        assertThat(other.patch(url, Map.of("name", "Mine")).status()).isEqualTo(404);
        assertThat(other.delete(url).status()).isEqualTo(404);
        assertThat(other.get(url + "/secrets").status()).isEqualTo(404);
        assertThat(other.post(url + "/secrets", Map.of("name", "x")).status()).isEqualTo(404);
        assertThat(other.delete(url + "/secrets/Default%20secret").status()).isEqualTo(404);
        assertThat(other.patch(url + "/secrets/Default%20secret", Map.of("name", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(other.patch(url + "/custom-data", Map.of("x", 1)).status()).isEqualTo(404);
        assertThat(other.get("/applications").text()).doesNotContain(id);
        // The second fence alone holds it back as well: no word of a tenant in the statement.
        Integer seen = server.app().database().read("admin", tx -> tx.query(
                        "SELECT count(*) FROM applications WHERE id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .one());
        assertThat(seen).isZero();
        JsonNode mine = api.get(url).json();
        assertThat(mine.get("name").asString()).isEqualTo("Traditional");
        assertThat(mine.get("customData")).isEmpty();
        assertThat(api.get(url + "/secrets").json()).hasSize(1);
    }

    @Test
    void any_text_is_stored_as_it_is_or_refused_with_a_code() {
        String text = "'; DROP TABLE applications; -- <script>alert(1)</script> 📚 \" \\ %00 ${x} :tenant";
        JsonNode made = api.created("/applications", Map.of("name", text, "type", "SPA", "description", text));
        assertThat(api.get("/applications/" + id(made)).json().get("name").asString())
                .isEqualTo(text);
        assertThat(post("SPA", Map.of("name", "x".repeat(10_000))).code()).isEqualTo("guard.invalid_input");
        assertThat(post("SPA", Map.of("name", "")).code()).isEqualTo("guard.invalid_input");
        assertThat(post("SPA", Map.of("description", "a\0b")).code()).isEqualTo("guard.invalid_input");
        assertThat(post("SPA", Map.of("customData", Map.of("k", "a\0b"))).code())
                .isEqualTo("guard.invalid_input");
        assertThat(api.get("/applications/%00").status()).isEqualTo(404);
        assertThat(api.get("/applications/" + "x".repeat(1_000)).status()).isEqualTo(404);
        assertThat(api.delete("/applications/" + "x".repeat(1_000)).status()).isEqualTo(404);
        assertThat(api.delete("/applications/%00").status()).isBetween(400, 422);
    }

    @Test
    void the_mark_of_administrators_is_a_role_of_machines() {
        String machine = create("MachineToMachine");
        assertThat(api.patch("/applications/" + machine, Map.of("isAdmin", true))
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/applications/" + machine).json().get("isAdmin").asBoolean())
                .isTrue();
        assertThat(api.get("/applications/" + machine + "/roles").json()).isEmpty();
        api.patch("/applications/" + machine, Map.of("isAdmin", false));
        assertThat(api.get("/applications/" + machine).json().get("isAdmin").asBoolean())
                .isFalse();
        assertThat(api.patch("/applications/" + create("SPA"), Map.of("isAdmin", true))
                        .code())
                .isEqualTo("application.invalid_type");
    }

    @Test
    void changes_are_seen_at_once_through_the_cache() {
        Applications applications = server.app().applications();
        String id = create("SPA");
        assertThat(applications.find("default", id)).isPresent();
        api.patch("/applications/" + id, Map.of("name", "Seen"));
        assertThat(applications.find("default", id).orElseThrow().name()).isEqualTo("Seen");
        assertThat(applications.find("admin", id)).isEmpty();
        api.delete("/applications/" + id);
        assertThat(applications.find("default", id)).isEmpty();
    }

    @Test
    void built_in_applications_are_at_home_at_their_tenants_origin() {
        Applications applications = server.app().applications();
        assertThat(applications
                        .find("default", "demo-app")
                        .orElseThrow()
                        .oidcClientMetadata()
                        .redirectUris())
                .containsExactly(server.origin() + "/demo-app");
        assertThat(applications.find("default", "admin-console")).isEmpty();
        Application console = applications.find("admin", "admin-console").orElseThrow();
        assertThat(RedirectUris.matches(console, server.adminOrigin() + "/console/callback"))
                .isTrue();
        assertThat(console.requiresPkce()).isTrue();
    }

    private static Answer post(String type, Map<String, Object> more) {
        Map<String, Object> body = new java.util.HashMap<>(Map.of("name", "App", "type", type));
        body.putAll(more);
        return api.post("/applications", body);
    }

    private static String create(String type) {
        return id(api.created("/applications", Map.of("name", type, "type", type, "oidcClientMetadata", NO_ADDRESSES)));
    }

    private static String id(JsonNode application) {
        return application.get("id").asString();
    }

    private static long statements(Runnable work) {
        long before = server.app().database().statements();
        work.run();
        return server.app().database().statements() - before;
    }
}
