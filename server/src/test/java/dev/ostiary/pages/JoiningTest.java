package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.organizations.Organizing;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestProvider;
import dev.ostiary.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who signs in and finds themselves a member. */
class JoiningTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static TestServer server;
    private static TestProvider provider;
    private static Organizing organizing;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        provider = TestProvider.start();
        provider.clock = server.clock();
        organizing = new Organizing(server);
        assertThat(server.api()
                        .patch("/sign-in-exp", Map.of("singleSignOnEnabled", true))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    private static String domain() {
        return "company" + COUNT.incrementAndGet() + ".test";
    }

    private static String byDomain(String domain, String... roles) {
        String id = organizing.organization("By " + domain);
        server.api().put("/organizations/" + id + "/jit/email-domains", Map.of("emailDomains", List.of(domain)));
        server.api().put("/organizations/" + id + "/jit/roles", Map.of("organizationRoleIds", List.of(roles)));
        return id;
    }

    private static String byConnector(String connector) {
        String id = organizing.organization("By connector");
        server.api().put("/organizations/" + id + "/jit/sso-connectors", Map.of("ssoConnectorIds", List.of(connector)));
        return id;
    }

    /** The whole sign-in by the company. @return id of the user */
    private static String signIn(String sub, String address, String typed) {
        provider.user = Map.of("sub", sub, "email", address, "email_verified", true);
        Walker walker = new Walker(server).arrive().enter(typed, "");
        String away = walker.page.status() == 303
                ? walker.page.location()
                : Walker.unescaped(walker.group("<a class=\"button\" href=\"([^\"]*)\""));
        Answer back = server.browser().get(away);
        walker.page = walker.browser.get(back.location());
        assertThat(walker.followed()).contains("code=");
        JsonNode found =
                server.api().get("/users?search.primaryEmail=" + address).json();
        return found.get(0).path("id").asString();
    }

    @Test
    void a_newcomer_joins_the_organizations_of_the_connector_and_of_the_domain_once_with_their_default_roles() {
        String domain = domain();
        String role = organizing.role("member");
        String connector = server.api().connect("c " + domain, provider, domain);
        String one = byDomain(domain, role);
        String two = byConnector(connector);
        server.api()
                .put("/organizations/" + one + "/jit/sso-connectors", Map.of("ssoConnectorIds", List.of(connector)));
        byDomain("sub." + domain);
        byDomain("other-" + domain);

        String user = signIn("n1" + domain, "ann@" + domain, "ann@" + domain);
        assertThat(organizing.of(user)).containsExactlyInAnyOrder(one, two);
        assertThat(organizing.rolesOf(one, user)).containsExactly(role);
        assertThat(organizing.rolesOf(two, user)).isEmpty();
        for (String id : List.of(one, two)) {
            assertThat(organizing.count(
                            "logs WHERE key = 'Organization.Membership.Updated' AND payload::text LIKE '%" + id + "%'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void an_account_that_was_there_joins_when_it_is_linked_and_not_again_afterwards() {
        String domain = domain();
        String connector = server.api().connect("c " + domain, provider, domain);
        String one = byDomain(domain);
        String two = byConnector(connector);
        String user = organizing.user("bob@" + domain);
        assertThat(organizing.of(user))
                .as("what an administrator types proves nothing")
                .isEmpty();

        assertThat(signIn("n2" + domain, "bob@" + domain, "bob@" + domain)).isEqualTo(user);
        assertThat(organizing.of(user)).containsExactlyInAnyOrder(one, two);
        organizing.run("DELETE FROM organization_users WHERE user_id = '" + user + "'");
        signIn("n2" + domain, "bob@" + domain, "bob@" + domain);
        assertThat(organizing.of(user)).as("who was removed stays removed").isEmpty();
    }

    @Test
    void an_address_outside_the_connectors_domains_joins_by_the_connector_only_OR3() {
        String domain = domain();
        String foreign = domain();
        String connector = server.api().connect("c " + domain, provider, domain);
        String one = byConnector(connector);
        byDomain(foreign);
        String sub = "n3" + domain;
        provider.user = Map.of("sub", sub, "email", "eve@" + foreign, "email_verified", true, "name", sub);
        Walker walker = new Walker(server).arrive().enter("eve@" + domain, "");
        String away = walker.page.status() == 303
                ? walker.page.location()
                : Walker.unescaped(walker.group("<a class=\"button\" href=\"([^\"]*)\""));
        walker.page = walker.browser.get(server.browser().get(away).location());
        assertThat(walker.followed()).contains("code=");
        String user = server.api()
                .get("/users?search.name=" + sub)
                .json()
                .get(0)
                .path("id")
                .asString();
        assertThat(organizing.of(user)).containsExactly(one);
    }

    @Test
    void who_registers_with_a_name_asks_nobody_about_organizations() {
        byDomain(domain());
        long before = server.app().database().statements();
        Walker first = new Walker(server).arrive("first_screen", "register");
        first.enter("nobody_" + COUNT.incrementAndGet(), Walker.PASSWORD);
        assertThat(first.followed()).contains("code=");
        assertThat(server.app().database().statements() - before).isLessThan(60);
        assertThat(organizing.count(
                        "organization_users m JOIN users u ON u.id = m.user_id" + " WHERE u.username LIKE 'nobody_%'"))
                .isZero();
    }

    @Test
    void an_invited_newcomer_joins_by_the_domain_too() {
        String domain = domain();
        String one = byDomain(domain);
        String acme = organizing.organization("Inviting");
        String id = server.api()
                .created(
                        "/organization-invitations",
                        Map.of(
                                "organizationId",
                                acme,
                                "invitee",
                                "cleo@" + domain,
                                "expiresAt",
                                server.clock().millis() + 60_000,
                                "messagePayload",
                                false))
                .path("id")
                .asString();
        String link = server.api()
                .created("/organization-invitations/" + id + "/link", Map.of())
                .path("link")
                .asString();
        Walker walker = new Walker(server);
        walker.page = walker.browser.get(link);
        walker.submit(Map.of());
        walker.page = walker.browser.follow(walker.page);
        walker.enter("cleo_" + COUNT.incrementAndGet(), Walker.PASSWORD);
        walker.page = walker.browser.follow(walker.page);
        assertThat(walker.page.text()).contains("You have joined Inviting");
        String user = server.api()
                .get("/users?search.primaryEmail=cleo@" + domain)
                .json()
                .get(0)
                .path("id")
                .asString();
        assertThat(organizing.of(user)).containsExactlyInAnyOrder(one, acme);
    }

    @Test
    void an_organization_deleted_at_the_same_moment_fails_nobodys_registration() throws Exception {
        String domain = domain();
        server.api().connect("c " + domain, provider, domain);
        String one = byDomain(domain);
        Thread deleting = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 20; i++) {
                organizing.run("DELETE FROM organizations WHERE id = '" + one + "'");
            }
        });
        signIn("n5" + domain, "dan@" + domain, "dan@" + domain);
        deleting.join();
    }
}
