package dev.ostiary.oidc.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.authorize.SignInHouse;
import dev.ostiary.oidc.dpop.TestProofs;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From the device that asks to the device that has tokens, and everything that may go wrong between. */
class DeviceFlowTest {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private SignInHouse house;
    private TestBrowser device;
    private TestBrowser person;

    @BeforeEach
    void start() {
        house = new SignInHouse();
        house.application("tv", "Native", List.of(), "{\"isDeviceFlow\":true}");
        house.application("radio", "Native", List.of(), "{\"isDeviceFlow\":true}");
        house.application("partner", "Native", List.of(), "{\"isDeviceFlow\":true}", true);
        device = house.server.browser();
        person = house.server.browser();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Answer ask(String client, String... more) {
        return device.form("/oidc/device/auth", fields("client_id", client, more));
    }

    private static Map<String, String> fields(String name, String value, String... more) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(name, value));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    private JsonNode waiting(String... more) {
        Answer answer = ask("tv", more.length == 0 ? new String[] {"scope", "openid profile"} : more);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String userCode(JsonNode waiting) {
        return waiting.path("user_code").asString();
    }

    private Answer poll(JsonNode waiting) {
        return poll(waiting, "tv");
    }

    private Answer poll(JsonNode waiting, String client) {
        // A node remembers for a second that a code has to wait.
        house.server.clock().forward(Duration.ofSeconds(5));
        return device.form(
                "/oidc/token",
                Map.of(
                        "grant_type",
                        GRANT,
                        "client_id",
                        client,
                        "device_code",
                        waiting.path("device_code").asString()));
    }

    private String error(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().path("error").asString();
    }

    /** A form of the page. */
    private Answer send(TestBrowser browser, String userCode, String... more) {
        browser.get("/oidc/device");
        String xsrf = browser.cookie("_logto_device_flow_xsrf").orElseThrow();
        return browser.form("/oidc/device", fields("xsrf", xsrf, with(more, "user_code", userCode)));
    }

    private static String[] with(String[] more, String name, String value) {
        List<String> all = new ArrayList<>(List.of(more));
        all.add(name);
        all.add(value);
        return all.toArray(String[]::new);
    }

    private Answer confirm(TestBrowser browser, JsonNode waiting) {
        return send(browser, userCode(waiting), "confirm", "yes");
    }

    /** The sign-in of whoever was sent off. */
    private Answer signIn(TestBrowser browser, String user) {
        return browser.get(house.answerAs(browser, user).replace("/oidc/auth/", "/oidc/device/"));
    }

    private long count(String sql) {
        return house.server.app().database().read(Tenants.DEFAULT, tx -> tx.query(sql)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void a_device_is_told_exactly_what_the_wire_has() {
        Answer answer = ask("tv", "scope", "openid");
        JsonNode body = answer.json();
        assertThat(body.propertyNames())
                .containsExactly(
                        "device_code", "user_code", "verification_uri", "verification_uri_complete", "expires_in");
        String code = userCode(body);
        assertThat(code).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        assertThat(body.path("device_code").asString()).matches("[A-Za-z0-9_-]{43}");
        assertThat(body.path("verification_uri").asString()).isEqualTo(house.server.origin() + "/device");
        assertThat(body.path("verification_uri_complete").asString())
                .isEqualTo(house.server.origin() + "/device?user_code=" + code);
        assertThat(body.path("expires_in").asInt()).isEqualTo(600);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        String stored = house.server.app().database().read(Tenants.DEFAULT, tx -> tx.query(
                        "SELECT row_to_json(d)::text FROM device_codes d")
                .mapTo(String.class)
                .one());
        assertThat(stored)
                .doesNotContain(
                        code, code.replace("-", ""), body.path("device_code").asString());
    }

    @Test
    void what_no_device_may_ask_is_refused() {
        assertThat(error(ask("spa"))).isEqualTo("invalid_request");
        assertThat(error(ask("nobody"))).isEqualTo("invalid_client");
        assertThat(error(ask("tv", "prompt", "none"))).isEqualTo("invalid_request");
        assertThat(error(ask("tv", "resource", "https://unknown.example"))).isEqualTo("invalid_target");
        assertThat(error(ask("tv", "nonce", "n"))).isEqualTo("invalid_request");
        assertThat(error(ask("partner", "scope", "openid email"))).isEqualTo("invalid_scope");
        assertThat(error(device.form("/oidc/device/auth", Map.of("client_id", "tv"), "Origin", "https://evil.example")))
                .isEqualTo("invalid_request");
        assertThat(error(device.send(
                        "POST",
                        "/oidc/device/auth",
                        "client_id=tv&scope=a&scope=b",
                        "Content-Type",
                        "application/x-www-form-urlencoded")))
                .isEqualTo("invalid_request");
        assertThat(count("SELECT count(*) FROM device_codes WHERE tenant_id = :tenant"))
                .isZero();
    }

    @Test
    void who_it_waits_for_is_no_parameter_of_the_other_endpoints() {
        Answer answer = person.get("/oidc/auth?client_id=tv&device=x&response_type=code&redirect_uri=/device/success");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void a_device_gets_tokens_when_its_user_has_signed_in_elsewhere() {
        JsonNode waiting = waiting("scope", "openid profile offline_access");
        assertThat(error(poll(waiting))).isEqualTo("authorization_pending");
        String typed = userCode(waiting).toLowerCase(java.util.Locale.ROOT).replace("-", " ");
        assertThat(send(person, typed).location()).isEqualTo("/device?app_id=tv&user_code=" + userCode(waiting));
        assertThat(confirm(person, waiting).location()).isEqualTo("/sign-in?app_id=tv");
        assertThat(error(poll(waiting))).isEqualTo("authorization_pending");
        assertThat(signIn(person, "u1").location()).isEqualTo("/device/success");
        Answer tokens = poll(waiting);
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        assertThat(tokens.json().path("token_type").asString()).isEqualTo("Bearer");
        assertThat(tokens.json().path("scope").asString()).isEqualTo("openid profile offline_access");
        assertThat(tokens.json().path("id_token").asString()).isNotEmpty();
        Answer refreshed = device.form(
                "/oidc/token",
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "tv",
                        "refresh_token", tokens.json().path("refresh_token").asString()));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(count("SELECT count(*) FROM logs WHERE tenant_id = :tenant AND key = 'ExchangeTokenBy.DeviceCode'"))
                .as("waiting leaves no entries")
                .isEqualTo(1);
    }

    @Test
    void whoever_is_signed_in_only_has_to_confirm() {
        house.signIn(person, "u1", "web");
        JsonNode waiting = waiting();
        assertThat(confirm(person, waiting).location()).isEqualTo("/device/success");
        Answer tokens = poll(waiting);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.json().has("refresh_token")).isFalse();
        JsonNode again = waiting("scope", "openid", "prompt", "login");
        assertThat(confirm(person, again).location()).isEqualTo("/sign-in?app_id=tv");
    }

    @Test
    void the_page_is_told_what_the_device_has_asked_for() {
        JsonNode waiting = waiting("scope", "openid", "ui_locales", "ja", "organization_id", "o1", "login_hint", "a@b");
        assertThat(send(person, userCode(waiting)).location())
                .isEqualTo("/device?app_id=tv&organization_id=o1&ui_locales=ja&user_code=" + userCode(waiting));
        assertThat(confirm(person, waiting).location())
                .isEqualTo("/sign-in?app_id=tv&organization_id=o1&ui_locales=ja&login_hint=a%40b");
    }

    @Test
    void the_shortcut_sets_the_cookies_and_leads_to_the_page() {
        Answer answer = person.get("/oidc/device?user_code=BCDF-GHJK&x=y");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/device?user_code=BCDF-GHJK");
        assertThat(answer.headers("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("_logto_device_flow_xsrf=")
                        .contains("path=/device", "samesite=lax", "max-age=600")
                        .doesNotContain("httponly"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("_device=").contains("httponly"));
    }

    @Test
    void who_says_no_is_obeyed() {
        JsonNode waiting = waiting();
        assertThat(send(person, userCode(waiting), "abort", "yes").location())
                .isEqualTo("/device?app_id=tv&error=AbortedError");
        assertThat(error(poll(waiting))).isEqualTo("access_denied");
        assertThat(confirm(person, waiting).location()).endsWith("error=AlreadyUsedError");
    }

    @Test
    void who_says_no_while_signing_in_is_obeyed_too() {
        house.signIn(person, "u1", "web");
        Answer asked = ask("partner", "scope", "openid");
        assertThat(confirm(person, asked.json()).location()).isEqualTo("/consent?app_id=partner");
        assertThat(person.get("/api/interaction/consent")
                        .json()
                        .path("redirectUri")
                        .asString())
                .isEqualTo(house.server.origin() + "/device/success");
        ObjectNode no = Json.object().put("error", "access_denied");
        Answer told = person.get(house.answer(person, no).replace("/oidc/auth/", "/oidc/device/"));
        assertThat(told.location()).isEqualTo("/device?app_id=partner&error=AbortedError");
        assertThat(error(poll(asked.json(), "partner"))).isEqualTo("access_denied");
    }

    @Test
    void the_wrong_account_can_be_left_for_another() {
        house.signIn(person, "u1", "web");
        Answer asked = ask("partner", "scope", "openid");
        confirm(person, asked.json());
        Answer again = person.get("/oidc/device/" + SignInHouse.uid(person) + "?prompt=login");
        assertThat(again.location()).isEqualTo("/sign-in?app_id=partner");
        Answer switching = signIn(person, "u2");
        assertThat(switching.text()).contains("/oidc/session/end/confirm");
        String xsrf = switching.text().replaceAll("(?s).*name=\"xsrf\" value=\"([^\"]*)\".*", "$1");
        Answer back = person.form("/oidc/session/end/confirm", Map.of("xsrf", xsrf, "logout", "yes"));
        assertThat(person.get(back.location()).location()).isEqualTo("/consent?app_id=partner");
    }

    @Test
    void a_code_expires() {
        JsonNode waiting = waiting();
        house.server.clock().forward(Duration.ofSeconds(600));
        assertThat(error(poll(waiting))).isEqualTo("expired_token");
        assertThat(send(person, userCode(waiting)).location())
                .isEqualTo("/device?input_code=" + userCode(waiting) + "&error=ExpiredError");
    }

    @Test
    void whoever_signs_in_too_late_is_told_and_grants_nothing() {
        JsonNode waiting = waiting();
        confirm(person, waiting);
        house.server.clock().forward(Duration.ofSeconds(601));
        assertThat(signIn(person, "u1").location()).isEqualTo("/device?app_id=tv&error=ExpiredError");
        assertThat(count("SELECT count(*) FROM grants WHERE tenant_id = :tenant"))
                .isZero();
        assertThat(error(poll(waiting))).isEqualTo("expired_token");
    }

    @Test
    void what_is_typed_wrongly_is_told_by_name() {
        assertThat(send(person, "").location()).isEqualTo("/device?error=NoCodeError");
        assertThat(send(person, "BCDF-GHJK").location()).isEqualTo("/device?input_code=BCDF-GHJK&error=NotFoundError");
        assertThat(send(person, "1234").location()).isEqualTo("/device?input_code=1234&error=NotFoundError");
    }

    @Test
    void a_code_is_worth_tokens_once_TK1() throws Exception {
        house.signIn(person, "u1", "web");
        JsonNode waiting = waiting();
        confirm(person, waiting);
        house.server.clock().forward(Duration.ofSeconds(5));
        Map<String, String> form = Map.of(
                "grant_type",
                GRANT,
                "client_id",
                "tv",
                "device_code",
                waiting.path("device_code").asString());
        List<Answer> answers = atOnce(8, () -> house.server.browser().form("/oidc/token", form));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .allSatisfy(answer -> assertThat(error(answer)).isEqualTo("invalid_grant"));
        assertThat(count("SELECT count(*) FROM access_tokens WHERE tenant_id = :tenant AND client_id = 'tv'"))
                .as("requests that crossed are no theft")
                .isEqualTo(1);
        house.server.clock().forward(Duration.ofMinutes(2));
        assertThat(error(poll(waiting))).isEqualTo("invalid_grant");
        assertThat(count("SELECT count(*) FROM access_tokens WHERE tenant_id = :tenant AND client_id = 'tv'"))
                .as("one that comes later is")
                .isZero();
    }

    private static List<Answer> atOnce(int threads, Callable<Answer> call) throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> running = pool.invokeAll(java.util.Collections.nCopies(threads, call));
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }

    @Test
    void a_code_of_another_client_is_worth_nothing_and_stays_good_TK11() {
        house.signIn(person, "u1", "web");
        JsonNode waiting = waiting();
        assertThat(error(poll(waiting, "radio"))).isEqualTo("invalid_grant");
        confirm(person, waiting);
        assertThat(error(poll(waiting, "radio"))).isEqualTo("invalid_grant");
        assertThat(error(poll(waiting, "spa"))).isEqualTo("invalid_request");
        assertThat(poll(waiting).status()).isEqualTo(200);
    }

    @Test
    void who_was_suspended_meanwhile_gets_nothing_TK8() {
        house.signIn(person, "u1", "web");
        JsonNode waiting = waiting();
        confirm(person, waiting);
        house.server.api().patch("/users/u1/is-suspended", Map.of("isSuspended", true));
        assertThat(error(poll(waiting))).isEqualTo("invalid_grant");
    }

    @Test
    void the_tokens_end_with_the_session_unless_they_were_to_outlive_it() {
        house.signIn(person, "u1", "web");
        JsonNode waiting = waiting();
        confirm(person, waiting);
        house.server.app().database().run(Tenants.DEFAULT, tx -> tx.update(
                        "DELETE FROM sessions WHERE tenant_id = :tenant")
                .execute());
        assertThat(error(poll(waiting))).isEqualTo("invalid_grant");
    }

    @Test
    void another_browser_cannot_take_a_confirmed_code_over_AZ6() {
        JsonNode waiting = waiting();
        TestBrowser thief = house.server.browser();
        house.signIn(thief, "u2", "web");
        confirm(person, waiting);
        String uid = SignInHouse.uid(person);
        assertThat(confirm(thief, waiting).location()).endsWith("error=AlreadyUsedError");
        assertThat(send(thief, userCode(waiting), "abort", "yes").location()).endsWith("error=AlreadyUsedError");
        assertThat(thief.get("/oidc/device/" + uid).status()).isEqualTo(400);
        assertThat(confirm(person, waiting).location()).as("the same may again").isEqualTo("/sign-in?app_id=tv");
        assertThat(signIn(person, "u1").location()).isEqualTo("/device/success");
        assertThat(poll(waiting).status()).isEqualTo(200);
    }

    @Test
    void two_sign_ins_of_one_browser_decide_once() {
        JsonNode waiting = waiting();
        confirm(person, waiting);
        String first = house.answerAs(person, "u1").replace("/oidc/auth/", "/oidc/device/");
        confirm(person, waiting);
        assertThat(signIn(person, "u1").location()).isEqualTo("/device/success");
        assertThat(person.get(first).status()).isEqualTo(400);
        assertThat(poll(waiting).status()).isEqualTo(200);
    }

    @Test
    void forms_from_elsewhere_are_refused_SE4() {
        JsonNode waiting = waiting();
        house.signIn(person, "u1", "web");
        TestBrowser other = house.server.browser();
        other.get("/oidc/device");
        String foreign = other.cookie("_logto_device_flow_xsrf").orElseThrow();
        person.get("/oidc/device");
        String own = person.cookie("_logto_device_flow_xsrf").orElseThrow();
        for (String xsrf : List.of(foreign, "", own.substring(1))) {
            Answer answer =
                    person.form("/oidc/device", Map.of("xsrf", xsrf, "user_code", userCode(waiting), "confirm", "yes"));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("device.form_rejected");
        }
        Map<String, String> good = Map.of("xsrf", own, "user_code", userCode(waiting), "confirm", "yes");
        assertThat(person.form("/oidc/device", good, "Origin", "null").status()).isEqualTo(403);
        assertThat(person.form("/oidc/device", good, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(person.form("/oidc/device", good, "Sec-Fetch-Site", "same-site")
                        .status())
                .isEqualTo(403);
        assertThat(error(poll(waiting))).isEqualTo("authorization_pending");
        assertThat(person.form("/oidc/device", good, "Origin", house.server.origin())
                        .location())
                .isEqualTo("/device/success");
    }

    @Test
    void ten_wrong_codes_and_a_network_waits_whatever_it_tries_SI4() {
        JsonNode waiting = waiting();
        for (int i = 0; i < 9; i++) {
            assertThat(send(house.server.browser(), "BCDF-GHJ" + "BCDFGHJKL".charAt(i))
                            .location())
                    .endsWith("error=NotFoundError");
        }
        assertThat(send(person, "BCDF-BCDF").location()).endsWith("error=TooManyAttemptsError");
        assertThat(send(person, userCode(waiting)).location()).endsWith("error=TooManyAttemptsError");
        assertThat(confirm(person, waiting).location()).endsWith("error=TooManyAttemptsError");
        house.server.clock().forward(Duration.ofSeconds(601));
        JsonNode next = waiting();
        assertThat(send(person, userCode(next)).location()).endsWith("user_code=" + userCode(next));
    }

    /** What the log has of refusals: error, and all that was kept. */
    private List<JsonNode> refusals() {
        return house.server.app().database().read(Tenants.DEFAULT, tx -> tx.query(
                        """
                SELECT payload::text FROM logs WHERE tenant_id = :tenant AND key = 'Interaction.Create'
                    AND payload->>'result' = 'Error' ORDER BY created_at, id
                """)
                .mapTo(String.class)
                .map(Json::read)
                .list());
    }

    private List<String> refused() {
        return refusals().stream()
                .map(refusal -> refusal.path("error").asString())
                .toList();
    }

    @Test
    void a_device_that_is_refused_leaves_a_mark() {
        ask("nobody", "scope", "openid");
        ask("tv", "prompt", "none", "login_hint", "somebody@example.com");
        ask("partner", "scope", "openid email");
        assertThat(refused())
                .containsExactlyInAnyOrder("oidc.invalid_client", "oidc.invalid_request", "oidc.invalid_scope");
        assertThat(refusals())
                .anySatisfy(refusal -> {
                    assertThat(refusal.path("applicationId").asString("")).isEqualTo("partner");
                    assertThat(refusal.path("params").path("scope").asString()).isEqualTo("openid email");
                    assertThat(refusal.path("ip").asString()).isNotEmpty();
                })
                .allSatisfy(refusal -> assertThat(refusal.toString()).doesNotContain("somebody@"));
        waiting();
        assertThat(refused()).hasSize(3);
    }

    @Test
    void a_wrong_code_leaves_one_mark_without_the_code() {
        send(person, "BCDF-GHJK");
        send(person, "hunter2");
        send(person, "");
        JsonNode waiting = waiting();
        send(person, userCode(waiting));
        assertThat(refused()).containsExactly("device.not_found", "device.not_found");
        house.server.clock().forward(Duration.ofSeconds(601));
        send(person, userCode(waiting));
        assertThat(refused()).containsExactly("device.not_found", "device.not_found", "device.expired");
        assertThat(refusals().toString())
                .doesNotContain("BCDF", "GHJK", "hunter2", userCode(waiting).substring(0, 4));
        for (int i = 0; i < 9; i++) {
            send(person, "BCDF-GHJK");
        }
        assertThat(refused()).hasSize(12).endsWith("device.too_many_attempts", "device.too_many_attempts");
    }

    @Test
    void a_network_has_no_more_than_a_hundred_living_codes_of_a_client_DO4() throws Exception {
        for (int i = 0; i < 98; i++) {
            waiting();
        }
        List<Answer> answers = atOnce(
                8,
                () -> house.server.browser().form("/oidc/device/auth", Map.of("client_id", "tv", "scope", "openid")));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(2);
        assertThat(answers.stream().filter(answer -> answer.status() != 200)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.code()).isEqualTo("device.too_many_codes");
            assertThat(answer.json().path("error").asString()).isEqualTo("temporarily_unavailable");
            assertThat(answer.json().path("error_description").asString()).contains("Too many devices");
            assertThat(answer.header("Retry-After")).contains("60");
        });
        assertThat(count("SELECT count(*) FROM device_codes WHERE tenant_id = :tenant"))
                .isEqualTo(100);
        assertThat(refused()).hasSize(6).containsOnly("device.too_many_codes");
        assertThat(ask("radio", "scope", "openid").status()).isEqualTo(200);
        house.server.clock().forward(Duration.ofSeconds(601));
        waiting();
    }

    @Test
    void whoever_has_stolen_the_table_cannot_try_all_codes_out() {
        JsonNode waiting = waiting();
        String letters = userCode(waiting).replace("-", "");
        byte[] stored = house.server.app().database().read(Tenants.DEFAULT, tx -> tx.query(
                        "SELECT user_code FROM device_codes WHERE tenant_id = :tenant")
                .mapTo(byte[].class)
                .one());
        assertThat(stored).hasSize(32).isNotEqualTo(Hashes.sha256(letters));
    }

    @Test
    void a_code_outlives_the_change_of_a_key() {
        JsonNode waiting = waiting();
        house.server.api().created("/configs/oidc/cookie-keys/rotate", Map.of());
        assertThat(send(person, userCode(waiting)).location()).endsWith("user_code=" + userCode(waiting));
        house.signIn(person, "u1", "web");
        assertThat(confirm(person, waiting).location()).isEqualTo("/device/success");
        assertThat(poll(waiting).status()).isEqualTo(200);
    }

    @Test
    void the_language_that_a_person_has_chosen_counts_more_than_that_of_the_device() {
        JsonNode waiting = waiting("scope", "openid", "ui_locales", "zh-CN");
        assertThat(sendIn("ja", waiting, "confirm", "yes").location()).isEqualTo("/sign-in?app_id=tv&ui_locales=ja");
        assertThat(signIn(person, "u1").location()).isEqualTo("/device/success?ui_locales=ja");
        JsonNode other = waiting("scope", "openid", "prompt", "login");
        assertThat(sendIn("tlh&x=y", other, "confirm", "yes").location()).isEqualTo("/sign-in?app_id=tv");
        assertThat(sendIn("ja", other, "abort", "yes").location())
                .isEqualTo("/device?app_id=tv&ui_locales=ja&error=AbortedError");
    }

    private Answer sendIn(String language, JsonNode waiting, String... more) {
        person.get("/oidc/device");
        String xsrf = person.cookie("_logto_device_flow_xsrf").orElseThrow();
        return person.form(
                "/oidc/device?lang=" + language, fields("xsrf", xsrf, with(more, "user_code", userCode(waiting))));
    }

    // DPoP ------------------------------------------------------------------------------------------------------------

    private Answer poll(JsonNode waiting, String client, @Nullable String proof) {
        Map<String, String> form = Map.of(
                "grant_type",
                GRANT,
                "client_id",
                client,
                "device_code",
                waiting.path("device_code").asString());
        return proof == null ? device.form("/oidc/token", form) : device.form("/oidc/token", form, "DPoP", proof);
    }

    @Test
    void the_tokens_of_a_device_are_bound_to_its_key_TK11() {
        house.application("bound", "Native", List.of(), "{\"isDeviceFlow\":true,\"dpop\":\"optional\"}");
        house.signIn(person, "u1", "web");
        TestProofs own = TestProofs.of(house.server);
        TestProofs other = TestProofs.of(house.server);
        JsonNode waiting = ask("bound", "scope", "openid offline_access").json();
        assertThat(error(poll(waiting, "bound", own.token()))).isEqualTo("authorization_pending");
        confirm(person, waiting);
        house.server.clock().forward(Duration.ofSeconds(5));
        Answer tokens = poll(waiting, "bound", own.token());
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        assertThat(tokens.json().path("token_type").asString()).isEqualTo("DPoP");
        String access = tokens.json().path("access_token").asString();
        assertThat(me("Bearer", access, null).status()).isEqualTo(401);
        assertThat(me("DPoP", access, other.me(access)).status()).isEqualTo(401);
        assertThat(me("DPoP", access, own.me(access)).status()).isEqualTo(200);
        Map<String, String> refresh = Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                "bound",
                "refresh_token",
                tokens.json().path("refresh_token").asString());
        assertThat(error(device.form("/oidc/token", refresh, "DPoP", other.token())))
                .isEqualTo("invalid_grant");
        assertThat(device.form("/oidc/token", refresh, "DPoP", own.token()).status())
                .isEqualTo(200);
        JsonNode bearer = ask("bound", "scope", "openid").json();
        confirm(person, bearer);
        assertThat(poll(bearer, "bound", null).json().path("token_type").asString())
                .isEqualTo("Bearer");
    }

    private Answer me(String scheme, String token, @Nullable String proof) {
        String authorization = scheme + " " + token;
        return proof == null
                ? device.get("/oidc/me", "Authorization", authorization)
                : device.get("/oidc/me", "Authorization", authorization, "DPoP", proof);
    }

    @Test
    void a_device_that_must_prove_its_key_gets_nothing_without() {
        house.application("bound", "Native", List.of(), "{\"isDeviceFlow\":true,\"dpop\":\"required\"}");
        house.signIn(person, "u1", "web");
        TestProofs proofs = TestProofs.of(house.server);
        JsonNode waiting = ask("bound", "scope", "openid").json();
        confirm(person, waiting);
        assertThat(error(poll(waiting, "bound", null))).isEqualTo("invalid_request");
        Answer asked = poll(waiting, "bound", proofs.token());
        assertThat(error(asked)).isEqualTo("use_dpop_nonce");
        String nonce = asked.header("DPoP-Nonce").orElseThrow();
        Answer tokens = poll(waiting, "bound", proofs.token("nonce", nonce));
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        assertThat(tokens.json().path("token_type").asString()).isEqualTo("DPoP");
    }

    @Test
    void a_device_may_name_its_key_when_it_asks() {
        house.application("bound", "Native", List.of(), "{\"isDeviceFlow\":true,\"dpop\":\"optional\"}");
        house.signIn(person, "u1", "web");
        TestProofs own = TestProofs.of(house.server);
        JsonNode waiting =
                ask("bound", "scope", "openid", "dpop_jkt", own.jkt()).json();
        confirm(person, waiting);
        assertThat(error(poll(waiting, "bound", TestProofs.of(house.server).token())))
                .isEqualTo("invalid_grant");
    }

    @Test
    void codes_of_other_tenants_are_as_unknown_as_any_SI5() {
        JsonNode waiting = waiting();
        TestBrowser there = new TestBrowser(house.server.adminOrigin());
        assertThat(send(there, userCode(waiting)).location()).endsWith("error=NotFoundError");
    }

    @Test
    void asking_too_fast_costs_the_database_nothing() {
        JsonNode waiting = waiting();
        poll(waiting);
        long before = house.server.app().database().statements();
        for (int i = 0; i < 50; i++) {
            assertThat(error(device.form(
                            "/oidc/token",
                            Map.of(
                                    "grant_type",
                                    GRANT,
                                    "client_id",
                                    "tv",
                                    "device_code",
                                    waiting.path("device_code").asString()))))
                    .isEqualTo("authorization_pending");
        }
        assertThat(house.server.app().database().statements() - before).isZero();
    }
}
