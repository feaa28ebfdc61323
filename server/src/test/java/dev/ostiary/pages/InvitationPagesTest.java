package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.organizations.Organizing;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestProvider;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Accepting an invitation as a visitor without JavaScript does it. */
class InvitationPagesTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String METHOD =
            "{\"identifier\":\"%s\",\"password\":true,\"verificationCode\":false,\"isPasswordPrimary\":true}";
    private static final String BY_NAME_OR_ADDRESS = "{\"signIn\":{\"methods\":[" + METHOD.formatted("username") + ","
            + METHOD.formatted("email") + "]},\"signUp\":{\"identifiers\":[\"username\"],\"password\":true,"
            + "\"verify\":false},\"signInMode\":\"SignInAndRegister\",\"singleSignOnEnabled\":true,"
            + "\"unknownSessionRedirectUrl\":null}";

    private static TestServer server;
    private static TestProvider provider;
    private static Organizing organizing;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        provider = TestProvider.start();
        provider.clock = server.clock();
        organizing = new Organizing(server);
        set(BY_NAME_OR_ADDRESS);
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    @AfterEach
    void settings_as_they_were() {
        server.clock().reset();
        set(BY_NAME_OR_ADDRESS);
    }

    private static void set(String members) {
        Answer answer = server.api().patch("/sign-in-exp", dev.ostiary.json.Json.read(members));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** An invitation and its link. */
    private record Sent(String id, String organization, String invitee, String link) {}

    private static Sent invite(String organization, String invitee, String... roles) {
        Map<String, Object> draft = new LinkedHashMap<>(Map.of(
                "organizationId",
                organization,
                "invitee",
                invitee,
                "expiresAt",
                server.clock().millis() + 3_600_000,
                "organizationRoleIds",
                List.of(roles),
                "messagePayload",
                false));
        String id = server.api()
                .created("/organization-invitations", draft)
                .path("id")
                .asString();
        String link = server.api()
                .created("/organization-invitations/" + id + "/link", Map.of())
                .path("link")
                .asString();
        return new Sent(id, organization, invitee, link);
    }

    private static Sent invite(String invitee) {
        return invite(organizing.organization("Acme"), invitee);
    }

    private static String address() {
        return "guest" + COUNT.incrementAndGet() + "@invited.test";
    }

    private static String account(String email) {
        String username = "account_" + COUNT.incrementAndGet();
        return server.api()
                .created("/users", Map.of("username", username, "primaryEmail", email, "password", Walker.PASSWORD))
                .path("id")
                .asString();
    }

    private static Walker open(String link) {
        Walker walker = new Walker(server);
        walker.page = walker.browser.get(link);
        return walker;
    }

    private static Walker followed(Walker walker) {
        walker.page = walker.browser.follow(walker.page);
        return walker;
    }

    /** From the invitation's page over the sign-in page to the page afterwards. */
    private static Walker signedIn(String link, String email) {
        Walker walker = followed(open(link).submit(Map.of()));
        return followed(walker.enter(email, Walker.PASSWORD));
    }

    private static JsonNode user(String email) {
        return server.api().get("/users?search.primaryEmail=" + email).json().get(0);
    }

    private static String statusOf(Sent sent) {
        return server.api()
                .get("/organization-invitations/" + sent.id())
                .json()
                .path("status")
                .asString();
    }

    @ParameterizedTest
    @CsvSource({
        "en,Join Acme,Create an account and join,You have joined Acme",
        "ja,Acme に参加する,アカウントを作成して参加する,Acme に参加しました",
        "zh-CN,加入 Acme,创建账号并加入,您已加入 Acme"
    })
    void a_newcomer_registers_by_the_link_and_joins(String language, String join, String button, String joined) {
        String role = organizing.role("editor");
        Sent sent = invite(organizing.organization("Acme"), address(), role);
        Walker walker = open(sent.link() + "&lang=" + language);
        assertThat(walker.page.status()).isEqualTo(200);
        assertThat(walker.page.text()).contains("<h1>" + join + "</h1>", sent.invitee(), button);

        followed(walker.submit(Map.of()));
        assertThat(walker.title()).endsWith("Acme");
        assertThat(walker.input("email")).contains("value=\"" + sent.invitee() + "\"", "readonly");
        String name = "guest_" + COUNT.incrementAndGet();
        followed(walker.enter(name, Walker.PASSWORD));
        assertThat(walker.page.text()).contains("<h1>" + joined + "</h1>", sent.invitee(), "editor");

        JsonNode user = user(sent.invitee());
        assertThat(user.path("username").asString()).isEqualTo(name);
        assertThat(organizing.rolesOf(sent.organization(), user.path("id").asString()))
                .containsExactly(role);
        assertThat(statusOf(sent)).isEqualTo("Accepted");
    }

    @Test
    void who_has_an_account_signs_in_and_joins() {
        Sent sent = invite(address());
        String id = account(sent.invitee().toUpperCase(Locale.ROOT));
        Walker walker = open(sent.link());
        assertThat(walker.page.text()).contains("Sign in and join");
        followed(walker.submit(Map.of()));
        assertThat(walker.input("identifier")).contains("value=\"" + sent.invitee() + "\"");
        followed(walker.enter(sent.invitee(), Walker.PASSWORD));
        assertThat(walker.page.text()).contains("You have joined Acme");
        assertThat(organizing.of(id)).containsExactly(sent.organization());
        // Looked at again, or pressed again, it says the same.
        assertThat(walker.browser.get(sent.link()).text()).contains("You have joined Acme");
    }

    @Test
    void who_is_signed_in_presses_one_button() {
        String email = address();
        account(email);
        Walker walker = signedIn(invite(email).link(), email);
        Sent second = invite(organizing.organization("Second <b>&amp;"), email);
        walker.page = walker.browser.get(second.link());
        assertThat(walker.page.text()).contains("You join as <strong>" + email, "Second &lt;b&gt;&amp;amp;");
        followed(walker.submit(Map.of()));
        assertThat(walker.page.text()).contains("You have joined Second");
        assertThat(statusOf(second)).isEqualTo("Accepted");
    }

    @Test
    void an_account_of_the_address_alone_is_made_where_addresses_are_what_accounts_are_known_by() {
        // Nobody can choose it before there are codes; tenants that come from elsewhere have it.
        organizing.run("UPDATE sign_in_experiences SET value = value"
                + " || '{\"signUp\":{\"identifiers\":[\"email\"],\"password\":true,\"verify\":true}}'");
        set("{\"hideLogtoBranding\":false}");
        Sent sent = invite(address());
        Walker walker = followed(open(sent.link()).submit(Map.of()));
        assertThat(walker.input("identifier")).contains("value=\"" + sent.invitee() + "\"", "readonly");
        // What is settled is not taken from the form.
        followed(walker.enter("somebody-else@invited.test", Walker.PASSWORD));
        assertThat(walker.page.text()).contains("You have joined Acme");
        assertThat(user(sent.invitee()).path("username").isNull()).isTrue();
        // Registration as such is not possible so.
        assertThat(new Walker(server).arrive("first_screen", "register").page.text())
                .doesNotContain("type=\"password\"");
    }

    @Test
    void an_invited_person_registers_where_registration_is_closed_and_nobody_else_does() {
        set("{\"signInMode\":\"SignIn\"}");
        Sent sent = invite(address());
        Walker walker = followed(open(sent.link()).submit(Map.of()));
        assertThat(walker.title()).startsWith("Create an account");
        server.api().put("/organization-invitations/" + sent.id() + "/status", Map.of("status", "Revoked"));
        walker.enter("closed_" + COUNT.incrementAndGet(), Walker.PASSWORD);
        assertThat(walker.page.status()).isEqualTo(403);

        Sent good = invite(address());
        walker = followed(open(good.link()).submit(Map.of()));
        followed(walker.enter("open_" + COUNT.incrementAndGet(), Walker.PASSWORD));
        assertThat(walker.page.text()).contains("You have joined Acme");
    }

    @Test
    void the_sign_in_of_an_invitation_begun_by_somebody_else_proves_nothing_OR1() {
        Sent sent = invite(address());
        Walker walker = followed(open(sent.link()).submit(Map.of()));
        Walker foreign = new Walker(server);
        foreign.client = "invitation";
        foreign.callback = server.origin() + "/invitation";
        // The cookie of one sign-in beside the interaction of another.
        foreign.browser.setCookie(
                "_invitation", walker.browser.cookie("_invitation").orElseThrow());
        foreign.arrive("first_screen", "register");
        assertThat(foreign.page.text()).doesNotContain(sent.invitee());
        String name = "foreign_" + COUNT.incrementAndGet();
        foreign.enter(name, Walker.PASSWORD);
        foreign.page = foreign.browser.follow(foreign.page);
        assertThat(foreign.page.status()).isEqualTo(400);
        assertThat(server.api()
                        .get("/users?search.username=" + name)
                        .json()
                        .get(0)
                        .path("primaryEmail")
                        .isNull())
                .isTrue();
        assertThat(statusOf(sent)).isEqualTo("Pending");
    }

    @Test
    void another_user_is_told_so_and_may_switch_OR1() {
        String other = address();
        account(other);
        Walker walker = signedIn(invite(other).link(), other);
        Sent sent = invite(address());
        String id = account(sent.invitee());
        walker.page = walker.browser.get(sent.link());
        assertThat(walker.page.text())
                .contains("This invitation is for somebody else", "<strong>" + other, "<strong>" + sent.invitee())
                .doesNotContain("You join as");
        followed(walker.submit(Map.of()));
        assertThat(walker.title()).startsWith("Sign in");
        assertThat(statusOf(sent)).isEqualTo("Pending");
        walker.enter(sent.invitee(), Walker.PASSWORD);
        followed(walker);
        walker.page = walker.browser.form(
                "/oidc/session/end/confirm",
                Map.of("xsrf", walker.group("name=\"xsrf\" value=\"([^\"]*)\""), "logout", "yes"));
        followed(walker);
        assertThat(walker.page.text()).contains("You have joined Acme");
        assertThat(organizing.of(id)).containsExactly(sent.organization());
    }

    @Test
    void whoever_signs_in_as_somebody_else_has_not_joined_OR1() {
        Sent sent = invite(address());
        String stranger = address();
        String id = account(stranger);
        account(sent.invitee());
        Walker walker = signedIn(sent.link(), stranger);
        assertThat(walker.page.text()).contains("This invitation is for somebody else");
        assertThat(organizing.of(id)).isEmpty();
        // Nor by a form that is kept from before.
        walker.submit(Map.of());
        assertThat(statusOf(sent)).isEqualTo("Pending");
    }

    @Test
    void by_a_company_the_invited_person_comes_in_and_joins() {
        set("{\"signInMode\":\"SignIn\"}");
        server.api().connect("Invited company", provider, "company.test");
        provider.user = Map.of("sub", "inv-1", "name", "Ann", "email", "ann@company.test", "email_verified", true);
        Sent sent = invite("Ann@Company.test");
        Walker walker = open(sent.link());
        assertThat(walker.page.text()).contains("Sign in and join");
        followed(walker.submit(Map.of()));
        assertThat(walker.input("identifier")).contains("value=\"Ann@Company.test\"");
        walker.enter("Ann@Company.test", "");
        Answer away = server.browser().get(goes(walker));
        walker.page = walker.browser.get(away.location());
        followed(walker);
        assertThat(walker.page.text()).contains("You have joined Acme");
        assertThat(user("ann@company.test").path("name").asString()).isEqualTo("Ann");
    }

    @Test
    void closed_registration_opens_only_for_the_invited_address_OR1() {
        set("{\"signInMode\":\"SignIn\"}");
        server.api().connect("Other company", provider, "other-company.test");
        provider.user = Map.of("sub", "inv-2", "email", "eve@other-company.test", "email_verified", true);
        Sent sent = invite("bob@other-company.test");
        Walker walker = followed(open(sent.link()).submit(Map.of()));
        walker.enter("bob@other-company.test", "");
        walker.page = walker.browser.get(server.browser().get(goes(walker)).location());
        assertThat(walker.page.status()).isEqualTo(403);
        assertThat(server.api()
                        .get("/users?search.primaryEmail=eve@other-company.test")
                        .json())
                .isEmpty();
    }

    /** The provider's address; with or without a page between. */
    private static String goes(Walker walker) {
        return walker.page.status() == 303
                ? walker.page.location()
                : Walker.unescaped(walker.group("<a class=\"button\" href=\"([^\"]*)\""));
    }

    @Test
    void what_has_become_of_it_is_told_only_to_who_has_the_link_OR2() {
        Sent revoked = invite(address());
        server.api().put("/organization-invitations/" + revoked.id() + "/status", Map.of("status", "Revoked"));
        assertThat(open(revoked.link()).page.text()).contains("This invitation was withdrawn");
        Sent late = invite(address());
        server.clock().forward(Duration.ofHours(2));
        Walker expired = open(late.link());
        assertThat(expired.page.status()).isEqualTo(410);
        assertThat(expired.page.text()).contains("This invitation has expired");
        server.clock().reset();

        Sent sent = invite(address());
        String path = "/invitation/" + sent.id();
        for (String query :
                List.of("", "?token=", "?token=" + "x".repeat(43), "?token=%00", "?token=" + "y".repeat(5_000))) {
            Answer answer = server.browser().get(path + query);
            assertThat(answer.status()).as(query).isEqualTo(404);
            assertThat(answer.text()).doesNotContain(sent.invitee(), "Acme");
        }
        for (String id : List.of("nobody", "x".repeat(500), "%00", "..%2Foidc")) {
            assertThat(server.browser()
                            .get("/invitation/" + id + "?token=" + "x".repeat(43))
                            .status())
                    .isEqualTo(404);
        }
        assertThat(server.browser().get("/invitation?code=x&state=y").status()).isEqualTo(400);
        organizing.run("DELETE FROM organizations WHERE id = '" + sent.organization() + "'");
        assertThat(open(sent.link()).page.status()).isEqualTo(404);
    }

    @Test
    void a_form_of_another_site_or_another_invitation_is_refused_AZ8() {
        String email = address();
        account(email);
        Walker walker = signedIn(invite(email).link(), email);
        Sent sent = invite(email);
        walker.page = walker.browser.get(sent.link());
        Map<String, String> form = Map.of(
                "_token",
                walker.token(),
                "link",
                sent.link().substring(sent.link().indexOf('=') + 1));
        String action = walker.action();
        TestBrowser browser = walker.browser;
        assertThat(browser.form(action, form, "Origin", "https://evil.test").status())
                .isEqualTo(403);
        assertThat(browser.form(action, form, "Sec-Fetch-Site", "cross-site").status())
                .isEqualTo(403);
        assertThat(browser.form(action, Map.of("link", form.get("link"))).status())
                .isEqualTo(403);
        // Made for another invitation, and for a browser in which nobody is signed in.
        Sent third = invite(email.replace("guest", "third"));
        walker.page = browser.get(third.link());
        assertThat(browser.form(action, Map.of("_token", walker.token(), "link", form.get("link")))
                        .status())
                .isEqualTo(403);
        assertThat(server.browser().form(action, form).status()).isEqualTo(403);
        assertThat(statusOf(sent)).isEqualTo("Pending");
        assertThat(browser.form(action, form).status()).isEqualTo(303);
        assertThat(statusOf(sent)).isEqualTo("Accepted");
    }

    @Test
    void the_page_is_shown_in_no_frame_and_sends_its_address_nowhere_AZ9() {
        Answer page = open(invite(address()).link()).page;
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'", "default-src 'none'");
        assertThat(page.header("X-Frame-Options")).contains("DENY");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        assertThat(page.header("Cache-Control")).contains("no-store");
    }

    @Test
    void of_many_presses_at_once_one_joins_and_all_end_well_OR1() throws Exception {
        String email = address();
        account(email);
        Walker walker = signedIn(invite(email).link(), email);
        Sent sent = invite(email);
        walker.page = walker.browser.get(sent.link());
        Map<String, String> form = Map.of(
                "_token",
                walker.token(),
                "link",
                sent.link().substring(sent.link().indexOf('=') + 1));
        String action = walker.action();
        List<Callable<Answer>> presses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            presses.add(() -> walker.browser.form(action, form));
        }
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> press : pool.invokeAll(presses)) {
                assertThat(press.get().status()).isEqualTo(303);
            }
        }
        assertThat(organizing.count("logs WHERE key = 'Organization.Invitation.Accept' AND payload::text LIKE '%"
                        + sent.id() + "%'"))
                .isEqualTo(1);
    }

    @Test
    void the_link_is_in_no_row_and_no_log_and_goes_to_no_other_site() {
        Sent sent = invite(address());
        String token = sent.link().substring(sent.link().indexOf('=') + 1);
        Walker walker = followed(open(sent.link()).submit(Map.of()));
        for (String table : List.of("interactions", "logs", "organization_invitations")) {
            assertThat(organizing.count(table + " AS t WHERE t::text LIKE '%" + token + "%'"))
                    .as(table)
                    .isZero();
        }
        assertThat(walker.page.text()).doesNotContain(token);
    }

    @Test
    void the_organization_dresses_the_pages_of_its_invitation_and_of_its_sign_in() {
        String id = organizing.organization(
                "Dressed",
                "{\"primaryColor\":\"#b4005a\"}",
                "{\"logoUrl\":\"https://dressed.test/logo.png\",\"favicon\":\"https://dressed.test/icon.png\"}",
                ".dressed{color:red}");
        Sent sent = invite(id, address());
        Walker walker = open(sent.link());
        dressed(walker, id);
        dressed(followed(walker.submit(Map.of())), id);
        dressed(new Walker(server).arrive("organization_id", id), id);
        for (String unknown : List.of("nobody", "x".repeat(900), "'--")) {
            Walker plain = new Walker(server).arrive("organization_id", unknown);
            assertThat(plain.page.status()).isEqualTo(200);
            assertThat(plain.page.text()).doesNotContain("dressed", "css?organization_id=");
        }
        JsonNode settings = server.browser()
                .get("/api/.well-known/sign-in-exp?organizationId=" + id)
                .json();
        assertThat(settings.at("/color/primaryColor").asString()).isEqualTo("#b4005a");
        assertThat(settings.at("/branding/logoUrl").asString()).isEqualTo("https://dressed.test/logo.png");
        assertThat(settings.path("customCss").asString()).isEqualTo(".dressed{color:red}");
        assertThat(server.browser()
                        .get("/api/.well-known/sign-in-exp?organizationId=nobody")
                        .status())
                .isEqualTo(200);
    }

    private static void dressed(Walker walker, String id) {
        assertThat(walker.page.text())
                .contains("src=\"https://dressed.test/logo.png\" alt=\"Dressed\"", "https://dressed.test/icon.png");
        assertThat(walker.page.header("Content-Security-Policy").orElseThrow())
                .contains("https://dressed.test/logo.png");
        for (String sheet : List.of("theme", "custom")) {
            String address = Walker.unescaped(
                    walker.group("<link rel=\"stylesheet\" href=\"(/assets/pages/" + sheet + "\\.[^\"]*)\""));
            assertThat(address).contains("organization_id=" + id);
            Answer css = walker.browser.get(address);
            assertThat(css.text()).contains(sheet.equals("theme") ? "#b4005a" : ".dressed");
            assertThat(css.header("Cache-Control").orElseThrow()).contains("immutable");
        }
    }
}
