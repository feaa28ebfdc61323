package dev.ostiary.oidc.authorize;

import static dev.ostiary.oidc.authorize.SignInHouse.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ThirdPartyConsentTest {
    private static final String URI = "https://third.example/cb";
    private static final String BOOKS = "https://books.example";
    private static final String ORGANIZATIONS = "urn:logto:scope:organizations";

    private static SignInHouse house;
    private static TestApi api;

    @BeforeAll
    static void open() {
        house = new SignInHouse();
        api = house.server.api();
        house.application("third", "Traditional", List.of(URI), "{}", true);
        String resource = api.created("/resources", Map.of("name", "Books", "indicator", BOOKS))
                .path("id")
                .asString();
        String read = scope(resource, "read:books", "Read your books");
        scope(resource, "burn:books", "Burn your books");
        api.post(
                "/applications/third/user-consent-scopes",
                Map.of("userScopes", List.of("profile", ORGANIZATIONS), "resourceScopes", List.of(read)));
        api.put(
                "/applications/third/sign-in-experience",
                Map.of(
                        "displayName",
                        "Reader <b>",
                        "termsOfUseUrl",
                        "https://third.example/terms",
                        "privacyPolicyUrl",
                        ""));
        for (String id : List.of("acme", "bolt", "other")) {
            run("INSERT INTO organizations (tenant_id, id, name) VALUES (:tenant, '" + id + "', 'Org " + id + "')");
        }
        for (String id : List.of("acme", "bolt")) {
            run("INSERT INTO organization_users (tenant_id, organization_id, user_id) VALUES (:tenant, '" + id
                    + "', 'u1')");
        }
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static String scope(String resource, String name, String description) {
        return api.created("/resources/" + resource + "/scopes", Map.of("name", name, "description", description))
                .path("id")
                .asString();
    }

    private static void run(String sql) {
        house.server.app().database().run(Tenants.DEFAULT, tx -> tx.update(sql).execute());
    }

    private static List<String> granted() {
        return api.get("/applications/third/users/u1/consent-organizations")
                .json()
                .path("organizations")
                .valueStream()
                .map(each -> each.path("id").asString())
                .sorted()
                .toList();
    }

    private static Answer signIn(TestBrowser browser, String scope) {
        return house.signIn(browser, "u1", "third", "redirect_uri", URI, "scope", scope, "resource", BOOKS);
    }

    private static Answer decide(TestBrowser browser, String fields) {
        String page = browser.get("/consent?app_id=third").text();
        String token = page.replaceAll("(?s).*name=\"_token\" value=\"([^\"]+)\".*", "$1");
        return browser.send(
                "POST",
                "/consent?app_id=third",
                "_token=" + token + "&" + fields,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Origin",
                house.server.origin());
    }

    @Test
    void a_scope_that_is_not_enabled_is_told_to_the_visitor_and_leads_nowhere() {
        Answer answer =
                SignInHouse.authorize(house.server.browser(), "third", "redirect_uri", URI, "scope", "openid email");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.text()).contains("invalid_scope");
    }

    @Test
    void the_question_has_what_is_enabled_by_resource_and_the_organizations_of_the_user() {
        TestBrowser browser = house.server.browser();
        signIn(browser, "openid profile read:books burn:books " + ORGANIZATIONS);
        JsonNode question =
                browser.get("/api/interaction/consent", "Logto-App-Id", "third").json();
        assertThat(question.path("application").path("displayName").asString()).isEqualTo("Reader <b>");
        assertThat(question.path("application").path("termsOfUseUrl").asString())
                .isEqualTo("https://third.example/terms");
        assertThat(question.path("missingResourceScopes").get(0).path("scopes"))
                .hasSize(1)
                .first()
                .satisfies(scope -> assertThat(scope.path("name").asString()).isEqualTo("read:books"));
        assertThat(question.path("organizations").findValuesAsString("id")).containsExactlyInAnyOrder("acme", "bolt");
        Answer refused = browser.json(
                "POST",
                "/api/interaction/consent",
                Map.of("organizationIds", List.of("other")),
                "Logto-App-Id",
                "third");
        assertThat(refused.code()).isEqualTo("organization.require_membership");
    }

    @Test
    void the_page_says_it_in_words_ticks_nothing_and_remembers_what_was_chosen() {
        run("DELETE FROM application_user_consent_organizations WHERE tenant_id = :tenant");
        TestBrowser browser = house.server.browser();
        signIn(browser, "openid profile read:books burn:books " + ORGANIZATIONS);
        String page = browser.get("/consent?app_id=third").text();
        assertThat(page)
                .contains("Reader &lt;b&gt; asks for access", "Read your books", "Org acme", "Org bolt")
                .contains("href=\"https://third.example/terms\"", "Use another account")
                .doesNotContain("Burn your books", "Org other", " checked", "<b>");
        Answer allowed = decide(browser, "decision=allow&organizationIds=acme");
        assertThat(browser.get(allowed.location()).location()).startsWith(URI + "?code=");
        assertThat(granted()).containsExactly("acme");

        String again = SignInHouse.authorize(
                        browser, "third", "redirect_uri", URI, "scope", "openid profile", "prompt", "")
                .location();
        assertThat(again).as("nothing new is asked").startsWith(URI + "?code=");

        SignInHouse.authorize(
                browser, "third", "redirect_uri", URI, "scope", "openid profile " + ORGANIZATIONS, "prompt", "consent");
        String second = browser.get("/consent?app_id=third").text();
        assertThat(second).contains("value=\"acme\" checked").doesNotContain("value=\"bolt\" checked");
        decide(browser, "decision=allow&organizationIds=bolt");
        assertThat(granted()).containsExactly("bolt");
    }

    @Test
    void permissions_in_organizations_are_seen_before_they_are_granted() {
        String invite = api.created(
                        "/organization-scopes", Map.of("name", "invite:people", "description", "Invite people"))
                .path("id")
                .asString();
        api.created("/organization-scopes", Map.of("name", "close:it", "description", "Close the organization"));
        house.application("inviter", "Traditional", List.of(URI), "{}", true);
        api.post(
                "/applications/inviter/user-consent-scopes",
                Map.of("userScopes", List.of(ORGANIZATIONS), "organizationScopes", List.of(invite)));
        TestBrowser browser = house.server.browser();
        String[] asked = {"redirect_uri", URI, "scope", "openid invite:people close:it " + ORGANIZATIONS};
        house.signIn(browser, "u1", "inviter", asked);
        JsonNode missing = browser.get("/api/interaction/consent", "Logto-App-Id", "inviter")
                .json()
                .path("missingResourceScopes");
        assertThat(missing).hasSize(1);
        assertThat(missing.get(0).path("resource").path("indicator").asString())
                .isEqualTo("urn:logto:resource:organizations");
        assertThat(missing.get(0).path("scopes").findValuesAsString("name")).containsExactly("invite:people");
        String page = browser.get("/consent?app_id=inviter").text();
        assertThat(page)
                .contains("In the organizations that you choose", "Invite people")
                .doesNotContain("Close the organization", "urn:logto:resource");
        Answer allowed = browser.json(
                "POST",
                "/api/interaction/consent",
                Map.of("organizationIds", List.of("acme")),
                "Logto-App-Id",
                "inviter");
        browser.get(allowed.json().path("redirectTo").asString().replace(house.server.origin(), ""));
        Answer again = SignInHouse.authorize(browser, "inviter", asked);
        assertThat(again.location()).as("nothing new is asked").startsWith(URI + "?code=");
    }

    @Test
    void with_the_last_grant_the_choice_of_organizations_ends() {
        TestBrowser browser = house.server.browser();
        signIn(browser, "openid profile " + ORGANIZATIONS);
        browser.get(decide(browser, "decision=allow&organizationIds=acme").location());
        assertThat(granted()).contains("acme");
        List<String> grants = api.get("/users/u1/grants?appType=thirdParty")
                .json()
                .path("grants")
                .valueStream()
                .filter(grant ->
                        "third".equals(grant.path("application").path("id").asString()))
                .map(grant -> grant.path("id").asString())
                .toList();
        for (String id : grants) {
            assertThat(granted()).contains("acme");
            assertThat(api.delete("/users/u1/grants/" + id).status()).isEqualTo(204);
        }
        assertThat(granted()).isEmpty();
    }

    @Test
    void organizations_are_not_allowed_where_none_were_asked_for() {
        run("DELETE FROM application_user_consent_organizations WHERE tenant_id = :tenant");
        TestBrowser browser = house.server.browser();
        signIn(browser, "openid profile");
        decide(browser, "decision=allow&organizationIds=acme");
        assertThat(granted()).isEmpty();
    }

    @Test
    void who_is_not_let_in_is_told_by_a_page_and_the_application_by_an_error_TK8() {
        house.application("closed", "Traditional", List.of(SignInHouse.CALLBACK), "{}");
        Map<String, Object> only = Map.of(
                "userIds",
                List.of("u2"),
                "userRoleIds",
                List.of(),
                "organizationIds",
                List.of(),
                "organizationRoleRules",
                List.of());
        api.put("/applications/closed/access-control", only);
        api.patch("/applications/closed", Map.of("appLevelAccessControlEnabled", true));
        TestBrowser browser = house.server.browser();
        Answer stopped = house.signIn(browser, "u1", "closed");
        assertThat(stopped.location()).isEqualTo("/consent?app_id=closed");
        Answer page = browser.get(stopped.location());
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains("You cannot use closed", "<strong>u1</strong>", "Use another account");
        for (String path : List.of("/api/interaction/consent")) {
            assertThat(browser.get(path, "Logto-App-Id", "closed").code()).isEqualTo("oidc.access_denied");
            assertThat(browser.json("POST", path, Map.of(), "Logto-App-Id", "closed")
                            .code())
                    .isEqualTo("oidc.access_denied");
        }
        String another = page.text().replaceAll("(?s).*href=\"(/oidc/auth[^\"]+)\".*", "$1");
        assertThat(browser.get(another.replace("&amp;", "&")).location()).startsWith("/sign-in?app_id=closed");
        assertThat(error(SignInHouse.authorize(browser, "closed", "prompt", "none")))
                .isEqualTo("access_denied");
        assertThat(house.signIn(house.server.browser(), "u2", "closed").location())
                .startsWith(SignInHouse.CALLBACK + "?code=");
    }

    @Test
    void who_goes_back_is_refused_for_the_application_too() {
        house.application("shut", "Traditional", List.of(SignInHouse.CALLBACK), "{}");
        run(
                "UPDATE applications SET app_level_access_control_enabled = true WHERE tenant_id = :tenant AND id = 'shut'");
        TestBrowser browser = house.server.browser();
        Answer stopped = house.signIn(browser, "u1", "shut");
        String page = browser.get(stopped.location()).text();
        String token = page.replaceAll("(?s).*name=\"_token\" value=\"([^\"]+)\".*", "$1");
        for (String decision : List.of("allow", "deny")) {
            Answer answer = browser.form(
                    "/consent?app_id=shut",
                    Map.of("_token", token, "decision", decision),
                    "Origin",
                    house.server.origin());
            if (decision.equals("allow")) {
                assertThat(answer.location()).isEqualTo("/consent?app_id=shut");
            } else {
                assertThat(error(browser.get(answer.location()))).isEqualTo("access_denied");
            }
        }
    }
}
