package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.organizations.Organizing;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestProvider;
import dev.ostiary.testing.TestServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every form there is, filled in one browser with what makes it good in another: SE4. */
class FormsOfOthersTest {
    private static final String CALLBACK = "https://partner.example/callback";
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static TestServer server;
    private static TestProvider provider;

    /** A form as one browser has it before it. */
    private record Form(TestBrowser browser, Answer page, Map<String, String> typed) {
        Form(Walker walker, Map<String, String> typed) {
            this(walker.browser, walker.page, typed);
        }

        Map<String, String> hidden() {
            Map<String, String> hidden = new LinkedHashMap<>();
            Matcher each = HIDDEN.matcher(page.text());
            while (each.find()) {
                hidden.put(each.group(1), Walker.unescaped(each.group(2)));
            }
            return hidden;
        }

        Answer sendWith(Map<String, String> hidden) {
            Matcher action = ACTION.matcher(page.text());
            assertThat(action.find()).as(page.text()).isTrue();
            Map<String, String> all = new LinkedHashMap<>(hidden);
            all.putAll(typed);
            return browser.form(Walker.unescaped(action.group(1)), all);
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.api().created("/users", Map.of("username", "owner", "password", Walker.PASSWORD));
        application("partner", "SPA", "[\"" + CALLBACK + "\"]", "{}", true);
        application("tv", "Native", "[]", "{\"isDeviceFlow\":true}", false);
        provider = TestProvider.start();
        provider.clock = server.clock();
        server.api().connect("Acme", provider, "acme.test");
        String method =
                "{\"identifier\":\"%s\",\"password\":true,\"verificationCode\":false,\"isPasswordPrimary\":true}";
        Answer settings = server.api()
                .patch(
                        "/sign-in-exp",
                        Json.read("{\"singleSignOnEnabled\":true,\"signIn\":{\"methods\":["
                                + method.formatted("username") + "," + method.formatted("email") + "]}}"));
        assertThat(settings.status()).as(settings.text()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    private static void application(String id, String type, String redirects, String custom, boolean isThirdParty) {
        server.app().database().run(Tenants.DEFAULT, tx -> tx.update(
                        """
                INSERT INTO applications (tenant_id, id, name, type, oidc_client_metadata, custom_client_metadata,
                    is_third_party)
                VALUES (:tenant, :id, :id, :type, :metadata::jsonb, :custom::jsonb, :third)
                """)
                .bind("id", id)
                .bind("type", type)
                .bind("metadata", "{\"redirectUris\":" + redirects + ",\"postLogoutRedirectUris\":[]}")
                .bind("custom", custom)
                .bind("third", isThirdParty)
                .execute());
    }

    private static Walker arrived() {
        return new Walker(server).arrive();
    }

    private static Walker signedIn() {
        Walker walker = arrived().enter("owner", Walker.PASSWORD);
        walker.followed();
        return walker;
    }

    private static Walker at(Walker walker, String path) {
        walker.page = walker.browser.follow(walker.browser.get(path));
        return walker;
    }

    private static Form signIn() {
        return new Form(arrived(), Map.of("identifier", "owner", "password", Walker.PASSWORD));
    }

    private static Form registration() {
        return new Form(
                at(arrived(), "/register"),
                Map.of("identifier", "new_" + COUNT.incrementAndGet(), "password", Walker.PASSWORD));
    }

    private static Form enterpriseEmail() {
        return new Form(at(arrived(), "/single-sign-on/email?app_id=demo-app"), Map.of("email", "ada@acme.test"));
    }

    /** An account without a username, where one is asked for. */
    private static Form missingProfile() {
        String email = "nameless" + COUNT.incrementAndGet() + "@shop.example";
        server.api().created("/users", Map.of("primaryEmail", email, "password", Walker.PASSWORD));
        Walker walker = arrived().enter(email, Walker.PASSWORD);
        assertThat(walker.action()).startsWith("/sign-in/more");
        return new Form(walker, Map.of("identifier", "named_" + COUNT.incrementAndGet()));
    }

    private static Form consent() {
        Walker walker = new Walker(server);
        walker.client = "partner";
        walker.callback = CALLBACK;
        walker.arrive("scope", "openid").enter("owner", Walker.PASSWORD);
        return new Form(at(walker, walker.page.location()), Map.of("decision", "allow"));
    }

    private static Form device() {
        return new Form(at(new Walker(server), "/device"), Map.of("user_code", userCode()));
    }

    private static String userCode() {
        return server.browser()
                .form("/oidc/device/auth", Map.of("client_id", "tv", "scope", "openid"))
                .json()
                .path("user_code")
                .asString();
    }

    private static Form deviceConfirmation() {
        Form typed = device();
        return new Form(typed.browser, typed.browser.follow(typed.sendWith(typed.hidden())), Map.of("confirm", "yes"));
    }

    private static Form logout() {
        return new Form(at(signedIn(), "/oidc/session/end"), Map.of("logout", "yes"));
    }

    private static Form invitation() {
        String organization = new Organizing(server).organization("Acme");
        String email = "guest" + COUNT.incrementAndGet() + "@invited.example";
        server.api()
                .created(
                        "/users",
                        Map.of("username", "guest_" + COUNT.get(), "primaryEmail", email, "password", Walker.PASSWORD));
        String id = server.api()
                .created(
                        "/organization-invitations",
                        Map.of(
                                "organizationId",
                                organization,
                                "invitee",
                                email,
                                "expiresAt",
                                server.clock().millis() + 3_600_000,
                                "messagePayload",
                                false))
                .path("id")
                .asString();
        String link = server.api()
                .created("/organization-invitations/" + id + "/link", Map.of())
                .path("link")
                .asString();
        Walker walker = arrived().enter("guest_" + COUNT.get(), Walker.PASSWORD);
        walker.followed();
        return new Form(at(walker, link), Map.of());
    }

    @TestFactory
    Stream<DynamicTest> SE4_what_makes_a_form_good_is_worth_nothing_in_another_browser() {
        Map<String, Supplier<Form>> forms = new LinkedHashMap<>();
        forms.put("sign-in", FormsOfOthersTest::signIn);
        forms.put("registration", FormsOfOthersTest::registration);
        forms.put("enterprise e-mail", FormsOfOthersTest::enterpriseEmail);
        forms.put("missing profile", FormsOfOthersTest::missingProfile);
        forms.put("consent", FormsOfOthersTest::consent);
        forms.put("device code", FormsOfOthersTest::device);
        forms.put("device confirmation", FormsOfOthersTest::deviceConfirmation);
        forms.put("logout", FormsOfOthersTest::logout);
        forms.put("invitation", FormsOfOthersTest::invitation);
        return forms.entrySet().stream()
                .map(form -> DynamicTest.dynamicTest(form.getKey(), () -> walk(form.getValue())));
    }

    private static void walk(Supplier<Form> open) {
        Form attacker = open.get();
        Form victim = open.get();
        Map<String, String> own = victim.hidden();
        Map<String, String> foreign = attacker.hidden();
        List<String> secrets = own.keySet().stream()
                .filter(name -> name.equals("_token") || name.equals("xsrf"))
                .toList();
        assertThat(secrets).as(victim.page.text()).hasSize(1);
        String secret = secrets.getFirst();
        String mine = Objects.requireNonNull(own.get(secret));
        String theirs = Objects.requireNonNull(foreign.get(secret));
        assertThat(theirs).isNotEqualTo(mine);
        for (String value : List.of(theirs, "", mine + "x", mine.substring(1))) {
            Map<String, String> forged = new LinkedHashMap<>(own);
            forged.put(secret, value);
            refused(victim.sendWith(forged));
        }
        Map<String, String> without = new LinkedHashMap<>(own);
        without.remove(secret);
        refused(victim.sendWith(without));
        // It was none of these that stood in the way.
        Answer sent = victim.sendWith(own);
        assertThat(sent.status()).as(sent.text()).isLessThan(400);
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(400, 403, 404);
    }
}
