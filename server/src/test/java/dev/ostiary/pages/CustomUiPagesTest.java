package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.jobs.ExpiredRows;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import dev.ostiary.testing.TestZip;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CustomUiPagesTest {
    private static final String UPLOAD = "/sign-in-exp/default/custom-ui-assets";
    private static final String PAGE = "<!doctype html><script>run()</script><script src=/assets/a.js></script>";
    private static final byte[] UI = TestZip.of(
            "index.html",
            PAGE,
            "assets/app-BxK3v9Qa.js",
            "run=()=>1",
            "logo.svg",
            "<svg/>",
            "favicon.svg",
            "<svg own/>");

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void off() {
        assertThat(use(null).status()).isEqualTo(200);
    }

    private static String uploaded() {
        Answer answer = server.api().upload(UPLOAD, "application/zip", UI);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("customUiAssetId").asString();
    }

    private static Answer use(@Nullable String id) {
        Object assets = id == null ? null : Map.of("id", id, "createdAt", 1_700_000_000_000L);
        return server.api().patch("/sign-in-exp", Collections.singletonMap("customUiAssets", assets));
    }

    private static String switchedOn() {
        String id = uploaded();
        assertThat(use(id).status()).isEqualTo(200);
        return id;
    }

    @Test
    void pages_that_were_uploaded_stand_in_the_place_of_ours_while_they_are_switched_on() {
        String id = uploaded();
        assertThat(new Walker(server).arrive().page.text()).contains("name=\"_token\"");
        assertThat(use(id).json().at("/customUiAssets/id").asString()).isEqualTo(id);
        assertThat(new Walker(server).arrive().page.text()).isEqualTo(PAGE);
        for (String path : List.of(
                "/",
                "/sign-in",
                "/sign-in/x?app_id=demo-app",
                "/register",
                "/consent",
                "/single-sign-on/email",
                "/forgot-password",
                "/callback/c1?code=x&state=mine",
                "/continue/email",
                "/favicon-not-there")) {
            assertThat(server.browser().get(path).text()).as(path).isEqualTo(PAGE);
        }
        assertThat(server.browser().get("/favicon.svg").text()).isEqualTo("<svg own/>");
        assertThat(use(null).status()).isEqualTo(200);
        assertThat(new Walker(server).arrive().page.text()).contains("name=\"_token\"");
        assertThat(server.browser().get("/logo.svg").status()).isEqualTo(404);
    }

    @Test
    void what_is_no_sign_in_page_stays_ours() {
        switchedOn();
        TestBrowser browser = server.browser();
        assertThat(browser.get("/oidc/nothing").status()).isEqualTo(404);
        assertThat(browser.get("/api/nothing").status()).isEqualTo(404);
        assertThat(browser.get("/assets/missing.js").status()).isEqualTo(404);
        assertThat(browser.get("/.well-known/nothing").status()).isEqualTo(404);
        assertThat(browser.get("/oidc/.well-known/openid-configuration").json().has("issuer"))
                .isTrue();
        for (String path : List.of("/demo-app", "/invitation/x", "/unknown-session", "/sign-in?preview=1")) {
            assertThat(browser.get(path).text()).as(path).doesNotContain(PAGE);
        }
        assertThat(browser.get("/callback/c1?state=pages.x").text()).doesNotContain(PAGE);
        assertThat(browser.send("POST", "/logo.svg", "").status()).isEqualTo(404);
        assertThat(server.adminApi().upload(UPLOAD, "application/zip", UI).code())
                .isEqualTo("guard.not_allowed_for_admin_tenant");
        assertThat(new TestBrowser(server.adminOrigin()).get("/logo.svg").status())
                .isEqualTo(404);
    }

    @Test
    void its_scripts_run_nobody_elses_do_and_files_named_by_their_hash_are_kept() {
        switchedOn();
        server.api()
                .patch(
                        "/sign-in-exp",
                        Map.of("customUiCsp", Map.of("scriptSrc", List.of("https://cdn.example", "a;b"))));
        Answer page = server.browser().get("/sign-in");
        String hash = Base64.getEncoder().encodeToString(Hashes.sha256("run()"));
        assertThat(page.header("Content-Security-Policy").orElse(""))
                .contains("script-src 'self' 'sha256-" + hash + "' https://cdn.example; connect-src 'self';")
                .contains("frame-ancestors 'none'");
        assertThat(page.header("Cache-Control")).contains("no-cache");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("X-Frame-Options")).contains("DENY");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        String tag = page.header("ETag").orElseThrow();
        assertThat(server.browser().get("/register", "If-None-Match", tag).status())
                .isEqualTo(304);
        Answer script = server.browser().get("/assets/app-BxK3v9Qa.js");
        assertThat(script.header("Cache-Control").orElse("")).contains("immutable");
        assertThat(script.header("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(server.browser().get("/logo.svg").header("Cache-Control")).contains("no-cache");
        server.api().patch("/sign-in-exp", Map.of("customUiCsp", Map.of()));
    }

    @Test
    void a_visitor_signs_in_from_it_by_the_experience_api() {
        switchedOn();
        server.api().created("/users", Map.of("username", "bring_your_own", "password", Walker.PASSWORD));
        Walker walker = new Walker(server).arrive();
        assertThat(walker.page.response().uri().getPath()).isEqualTo("/sign-in");
        assertThat(walker.page.response().uri().getQuery()).contains("app_id=demo-app");
        TestBrowser browser = walker.browser;
        String[] own = {"Origin", server.origin(), "Sec-Fetch-Site", "same-origin", "Logto-App-Id", "demo-app"};
        String api = "/api/experience";
        browser.json("PUT", api, Map.of("interactionEvent", "SignIn"), own);
        Map<String, ?> password = Map.of(
                "identifier", Map.of("type", "username", "value", "bring_your_own"), "password", Walker.PASSWORD);
        Answer proof = browser.json("POST", api + "/verification/password", password, own);
        assertThat(proof.status()).as(proof.text()).isEqualTo(200);
        assertThat(browser.json("POST", api + "/identification", proof.json(), own)
                        .status())
                .isEqualTo(204);
        Answer done = browser.json("POST", api + "/submit", null, own);
        walker.page = browser.get(done.json().path("redirectTo").asString());
        assertThat(walker.followed()).contains("code=");
    }

    @Test
    void only_what_was_uploaded_by_this_tenant_can_be_switched_on() {
        server.app().database().run("admin", tx -> tx.update(
                        "INSERT INTO custom_ui_assets (tenant_id, id, created_at, expires_at)"
                                + " VALUES (:tenant, 'theirs', now(), now() + interval '1 day')")
                .execute());
        for (String id : List.of("nothing", "theirs", "x".repeat(500), "")) {
            Answer refused = use(id);
            assertThat(refused.status()).as(id).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("entity.relation_foreign_key_not_found");
        }
        assertThat(use("a\0b").status()).isEqualTo(400);
        assertThat(server.browser().get("/logo.svg").status()).isEqualTo(404);
    }

    @Test
    void uploads_without_use_go_after_a_day_and_the_one_in_use_stays() {
        String used = switchedOn();
        String unused = uploaded();
        MovedJob.run(server, Duration.ofHours(26));
        assertThat(server.browser().get("/logo.svg").text()).isEqualTo("<svg/>");
        assertThat(use(unused).status()).isEqualTo(422);
        assertThat(use(used).status()).isEqualTo(200);
        assertThat(use(null).status()).isEqualTo(200);
        MovedJob.run(server, Duration.ofHours(26));
        assertThat(use(used).status()).isEqualTo(422);
    }

    @Test
    void of_uploads_without_use_the_newest_are_kept() {
        String used = switchedOn();
        String first = uploaded();
        for (int i = 0; i < 5; i++) {
            server.clock().forward(Duration.ofSeconds(1));
            uploaded();
        }
        assertThat(use(first).status()).isEqualTo(422);
        assertThat(use(used).status()).isEqualTo(200);
    }

    @Test
    void another_node_serves_it_too() {
        try (TestServer other = TestServer.start(server.database(), BootstrapCredentials.none())) {
            switchedOn();
            assertThat(other.browser().get("/logo.svg").text()).isEqualTo("<svg/>");
        }
    }

    @Test
    void a_refused_upload_leaves_nothing_and_an_accepted_one_is_in_the_log() {
        long before = uploads();
        assertThat(server.browser()
                        .upload("/api" + UPLOAD, "application/zip", UI)
                        .status())
                .isEqualTo(401);
        Answer large = server.api().upload(UPLOAD, "application/zip", new byte[(20 << 20) + 1]);
        assertThat(large.code()).isEqualTo("guard.file_size_exceeded");
        assertThat(server.api().upload(UPLOAD, "image/png", UI).code()).isEqualTo("guard.mime_type_not_allowed");
        assertThat(server.api()
                        .upload(UPLOAD, "application/zip", PAGE.getBytes())
                        .code())
                .isEqualTo("guard.mime_type_not_allowed");
        Answer slip = server.api().upload(UPLOAD, "application/zip", TestZip.of("index.html", "", "../x", ""));
        assertThat(slip.status()).isEqualTo(400);
        assertThat(slip.text()).contains("leads out of it");
        assertThat(server.api().post(UPLOAD, Map.of("file", "x")).status()).isEqualTo(400);
        assertThat(uploads()).isEqualTo(before);
        String id = uploaded();
        assertThat(server.api()
                        .get("/logs?logKey=SignInExperience.CustomUi.Uploaded")
                        .text())
                .contains(id);
    }

    @Test
    void other_routes_take_no_more_than_before() {
        String text = "\"" + "x".repeat(2 << 20) + "\"";
        Answer answer = server.api().post("/users", text);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("request.body_too_large");
    }

    private static long uploads() {
        return server.app().database().read("default", tx -> tx.query("SELECT count(*) FROM custom_ui_assets")
                .mapTo(Long.class)
                .one());
    }

    private static final class MovedJob {
        static void run(TestServer server, Duration passed) {
            server.clock().forward(passed);
            new ExpiredRows(Map.of("custom_ui_assets", "expires_at"), server.clock())
                    .run(server.app().database());
        }
    }
}
